using System;
using System.Collections.Generic;
using System.IO;
using ToolCommand = NanoComm.Tests.Host.Tools.ToolCommand;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The key office's command line at a ledger of its own, whose clock shows what the computer's does.</summary>
    internal sealed class KmsOffice : IDisposable
    {
        public KmsOffice(Backend backend)
        {
            Ledger = new LedgerFixture(backend);
            Ledger.Clock.Time = DateTimeOffset.UtcNow;
            Environment = new Dictionary<string, string>
            {
                ["NANOCOMM_LEDGER"] = Ledger.Address,
                ["NANOCOMM_PASSPHRASE"] = LedgerFixture.Passphrase,
                ["COLUMNS"] = "",
            };
        }

        /// <summary>The ledger; where it is a file, it is in the folder where the commands run.</summary>
        public LedgerFixture Ledger { get; }

        /// <summary>The environment of the commands.</summary>
        public Dictionary<string, string> Environment { get; }

        /// <summary>A file in the folder.</summary>
        public string PathOf(string file) => Path.Combine(Ledger.Folder, file);

        /// <summary>Runs a command that does all it was asked for.</summary>
        /// <returns>What it said.</returns>
        public string Run(params string[] arguments)
        {
            (int exitCode, string output, string error) = Start(arguments);
            Assert.That(exitCode, Is.Zero, output + error);
            return output + error;
        }

        /// <summary>Runs a command.</summary>
        public (int ExitCode, string Output, string Error) Start(params string[] arguments)
        {
            return ToolCommand.Run(Ledger.Folder, Environment, arguments);
        }

        /// <summary>Begins a command as a program.</summary>
        public ToolProgram Begin(params string[] arguments) => new(Ledger.Folder, Environment, arguments);

        public void Dispose()
        {
            Ledger.Dispose();
        }
    }
}
