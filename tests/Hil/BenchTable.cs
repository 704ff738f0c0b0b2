using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using NanoComm.Reporting;

namespace NanoComm.Tests.Hil
{
    /// <summary>A bench as it is wired for a board, with the virtual board in its place: two lines, a log, an address, a switch
    /// for the power.</summary>
    internal sealed class BenchTable : IDisposable
    {
        private static int _tables;

        private readonly string _net = $"127.16.{Environment.ProcessId % 256}";
        private readonly int _first = 8 * System.Threading.Interlocked.Increment(ref _tables);
        private Process _board;

        public WirePair Metering { get; } = new();

        public WirePair WiSun { get; } = new();

        public WirePair Log { get; } = new();

        public string Folder { get; } = Directory.CreateTempSubdirectory("bench-table").FullName;

        public string BoardAddress => $"{_net}.{_first}";

        public string Report => Path.Combine(Folder, "report");

        public string BoardFolder
        {
            get
            {
                string folder = Path.Combine(Folder, "board");
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, "Board.nfproj"), "<Project />");
                return folder;
            }
        }

        public string AddressOf(int terminal) => $"{_net}.{_first + 1 + terminal}";

        /// <summary>What every run on this table has.</summary>
        public List<string> Arguments(params string[] more)
        {
            return ["--board", BoardFolder, "--mu-port", Metering.BenchPort, "--wisun-port", WiSun.BenchPort, "--report", Report, .. more];
        }

        /// <summary>Puts a board there that is paired with some metering unit, so that it calls, and that drives its Wi-SUN
        /// module.</summary>
        public void PutPairedBoard()
        {
            string zeros = new('0', 32);
            _board = HilProgram.Start("nanocomm-virtual", ["--mu", Metering.BoardPort, "--wisun", WiSun.BoardPort, "--listen", BoardAddress,
                "--pair", $"4E434D5A00000001:4E43435A00000001:{zeros}:{zeros}", "--route-b-id", zeros, "--route-b-password", "0123456789ab"]);
        }

        /// <summary>Writes a script that switches a board's power, as a relay does.</summary>
        /// <param name="store">Where the board has its records.</param>
        public string PowerScript(string store)
        {
            string program = Path.Combine(NUnit.Framework.TestContext.CurrentContext.TestDirectory, "nanocomm-virtual.dll");
            string process = Path.Combine(Folder, "pid");
            string script = Path.Combine(Folder, "power");
            File.WriteAllText(script, $$"""
                #!/bin/sh
                if [ -f '{{process}}' ]; then kill -9 "$(cat '{{process}}')"; rm '{{process}}'; fi
                if [ "$1" = on ]; then
                    sh -c 'echo $$ > "{{process}}"; exec dotnet "{{program}}" --mu {{Metering.BoardPort}} --wisun {{WiSun.BoardPort}} --store "{{store}}" --listen {{BoardAddress}} --ip-path-rate 40' 2>&1 < /dev/null | cat > {{Log.BoardPort}} 2> /dev/null &
                    until [ -f '{{process}}' ]; do sleep 0.05; done
                fi
                """ + "\n");
            return $"sh {script}";
        }

        /// <summary>Says something on the log's wire.</summary>
        public void SayOnLog(string text) => Log.SendToBench(Encoding.ASCII.GetBytes(text));

        /// <summary>The report, as lines.</summary>
        public string[] ReportLines() => File.ReadAllLines(Path.Combine(Report, ReportFolder.Lines));

        public void Dispose()
        {
            if (_board is { HasExited: false })
            {
                _board.Kill();
            }

            _board?.Dispose();
            string process = Path.Combine(Folder, "pid");
            if (File.Exists(process))
            {
                Process.Start("kill", ["-9", File.ReadAllText(process).Trim()]).WaitForExit();
            }

            Metering.Dispose();
            WiSun.Dispose();
            Log.Dispose();
            Directory.Delete(Folder, recursive: true);
        }
    }
}
