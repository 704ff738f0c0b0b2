using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.Records;

namespace NanoComm.Tool
{
    /// <summary>Deploys a ticket or an order to a board at a serial port, through nanoff's file deployment.</summary>
    internal sealed class BoardDeployment
    {
        private const string Program = "nanoff";
        private const string RecordFolder = "I:\\records\\";

        private static readonly JsonSerializerOptions Readable = new()
        {
            WriteIndented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        private readonly string _port;
        private readonly string _folder;

        /// <summary>Plans it.</summary>
        /// <param name="port">The serial port.</param>
        /// <param name="unit">The unit, whose files are made in a folder of their own.</param>
        public BoardDeployment(string port, SystemTitle unit)
        {
            _port = port;
            _folder = Path.Combine(Path.GetTempPath(), $"nanocomm-swap-{unit}-{Path.GetRandomFileName()}");
        }

        /// <summary>nanoff's arguments.</summary>
        public IReadOnlyList<string> Arguments => ["--serialport", _port, "--filedeployment", PathOf("deploy.json")];

        /// <summary>The command as one types it.</summary>
        public string CommandLine => $"{Program} {string.Join(' ', Arguments)}";

        /// <summary>What nanoff is told to deploy.</summary>
        public string Json => Order(_port, RecordFile, PathOf(RecordFile));

        private static string RecordFile => RecordCatalogue.Inbox + ".rec";

        /// <summary>What nanoff is told to deploy a record.</summary>
        /// <param name="port">The serial port.</param>
        /// <param name="record">The record's file name.</param>
        /// <param name="source">The file on this PC.</param>
        public static string Order(string port, string record, string source)
        {
            return new JsonObject
            {
                ["serialport"] = port,
                ["files"] = new JsonArray(new JsonObject
                {
                    ["DestinationFilePath"] = RecordFolder + record,
                    ["SourceFilePath"] = source,
                }),
            }.ToJsonString(Readable);
        }

        /// <summary>Deploys.</summary>
        /// <param name="content">What the unit is to find in its inbox: a ticket, or an order.</param>
        /// <exception cref="UserError">nanoff is not there, or did not deploy the file; the message says what it
        /// said.</exception>
        public void Run(ReadOnlySpan<byte> content)
        {
            if (!new DurableStore(new FolderFiles(_folder)).Write(RecordCatalogue.Inbox, content.ToArray(), content.Length))
            {
                throw new UserError($"the record could not be written to {_folder}");
            }

            using (FileStream order = OwnerOnly.Create(PathOf("deploy.json")))
            {
                order.Write(Encoding.UTF8.GetBytes(Json));
            }

            string said;
            try
            {
                said = Start();
            }
            finally
            {
                Directory.Delete(_folder, recursive: true);
            }

            // Its exit code does not tell: it is 0 when a file was refused, and versions up to 2.5.125 end with an error
            // although the file was deployed, because deploying files was all they had to do.
            int deploying = said.IndexOf("Deploying file", StringComparison.Ordinal);
            bool isDeployed = deploying >= 0 && said.IndexOf("OK", deploying, StringComparison.Ordinal) > deploying
                && !said.Contains("Error deploying", StringComparison.Ordinal)
                && !said.Contains("Exception deploying", StringComparison.Ordinal);
            if (!isDeployed)
            {
                throw new UserError($"{Program} did not deploy the file; it said: {said.Trim()}");
            }
        }

        private string PathOf(string file) => Path.Combine(_folder, file);

        private string Start()
        {
            try
            {
                using Process process = System.Diagnostics.Process.Start(new ProcessStartInfo(Program, Arguments)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                });
                var error = process.StandardError.ReadToEndAsync();
                string output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                return output + error.Result;
            }
            catch (Win32Exception)
            {
                throw new UserError($"{Program} is not installed: dotnet tool install -g {Program}");
            }
        }
    }
}
