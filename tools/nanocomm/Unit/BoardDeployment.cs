using System;
using System.Collections.Generic;
using System.IO;
using NanoComm.Records;

namespace NanoComm.Tool
{
    /// <summary>Deploys a ticket or an order to the inbox of a board at a serial port.</summary>
    internal sealed class BoardDeployment
    {
        private const string ShownFolder = "DIR";

        private readonly string _port;

        /// <summary>Plans it.</summary>
        /// <param name="port">The serial port.</param>
        public BoardDeployment(string port)
        {
            _port = port;
        }

        /// <summary>nanoff's arguments, by the version that the repository pins; DIR is a folder that only its owner may read.</summary>
        public IReadOnlyList<string> Arguments => NanoffDialect.Pinned.Arguments(NanoffCommand.Files,
            (NanoffDialect.Path, Path.Combine(ShownFolder, "deploy.json")), (NanoffDialect.Port, _port));

        /// <summary>The command as one types it.</summary>
        public string CommandLine => NanoffTool.CommandLine(Arguments);

        /// <summary>What nanoff is told to deploy.</summary>
        public string Json => NanoffDeployment.Plan(_port,
            NanoffDeployment.Steps([new RecordFile(RecordCatalogue.Inbox, default)], record => Path.Combine(ShownFolder, record.FileName)));

        /// <summary>What nanoff is told to deploy a record.</summary>
        /// <param name="port">The serial port.</param>
        /// <param name="record">The record's file name.</param>
        /// <param name="source">The file on this PC.</param>
        public static string Order(string port, string record, string source)
        {
            var file = new RecordFile(Path.GetFileNameWithoutExtension(record), default);
            return NanoffDeployment.Plan(port, NanoffDeployment.Steps([file], _ => source));
        }

        /// <summary>Deploys.</summary>
        /// <param name="content">What the unit is to find in its inbox: a ticket, or an order.</param>
        /// <exception cref="NanoComm.CommandLine.UserError">nanoff is not there, or did not deploy the file; the message says
        /// why, and what to do.</exception>
        public void Run(ReadOnlySpan<byte> content)
        {
            new NanoffDeployment(_port).Write([RecordFile.Seal(RecordCatalogue.Inbox, content)]);
        }
    }
}
