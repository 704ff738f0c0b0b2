using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using NanoComm.CommandLine;
using NanoComm.Hil;
using NanoComm.Simulators;

namespace NanoComm.Tool
{
    /// <summary>
    /// The virtual board in a process of its own, reached as a board on a bench is: two pseudo-terminals for its lines, UDP,
    /// a folder for its records, and a power cut that is a kill.
    /// </summary>
    internal sealed class VirtualBoardProcess : IBoardUnderTest
    {
        // As an ESP32 can bear it.
        private const int PathRequestsPerSecond = 40;
        private const int ExitPatience = 5000;

        private readonly RealBenchClock _clock;
        private readonly VirtualBoardPlace _place;
        private readonly int _speed;
        private readonly PseudoTerminal _metering = new();
        private readonly PseudoTerminal _wiSun = new();
        private readonly List<HemsUdp> _sockets = [];
        private readonly string _store = Directory.CreateTempSubdirectory("nanocomm-hil-").FullName;
        private Process _process;

        /// <summary>Makes one, off.</summary>
        /// <param name="clock">The bench's time.</param>
        /// <param name="place">Program and addresses.</param>
        /// <param name="speed">How fast its metering clock runs.</param>
        /// <exception cref="IOException">There are no pseudo terminals here.</exception>
        public VirtualBoardProcess(RealBenchClock clock, VirtualBoardPlace place, int speed)
        {
            _clock = clock;
            _place = place;
            _speed = speed;
            MeteringLine = new PostedLine(clock, _metering);
            WiSunLine = new PostedLine(clock, _wiSun);
            Records = new StoreRecords(_store);
            _metering.Start();
            _wiSun.Start();
        }

        public event Action<BoardLogLine> Logged;

        public string Name => "virtual board in a process of its own";

        public IByteLine MeteringLine { get; }

        public IByteLine WiSunLine { get; }

        public IBoardRecords Records { get; }

        public string Lacks(BoardAbility ability) => null;

        public void PowerOn()
        {
            if (_process != null)
            {
                return;
            }

            var process = new Process
            {
                StartInfo = new ProcessStartInfo(_place.Program[0], Arguments())
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    Environment = { [EndWith.Variable] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture) },
                },
                EnableRaisingEvents = true,
            };
            var complaints = new List<string>();
            process.OutputDataReceived += (_, line) => Hear(process, line.Data);
            process.ErrorDataReceived += (_, line) => complaints.Add(line.Data);
            process.Exited += (_, _) => _clock.Post(() => Notice(process, complaints));
            process.Start();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            _process = process;
        }

        public void PowerOff()
        {
            if (_process is not { } process)
            {
                return;
            }

            _process = null;
            process.Kill();
            process.WaitForExit(ExitPatience);
        }

        public IByteLine OpenTerminal(int number)
        {
            var socket = new HemsUdp(_place.Board, _place.Terminal(number));
            _sockets.Add(socket);
            var line = new PostedLine(_clock, socket);
            socket.Start();
            return line;
        }

        public IPAddress AddressOf(int number) => _place.Terminal(number);

        public BoardResources Measure()
        {
            if (_process is not { } process)
            {
                return null;
            }

            process.Refresh();
            string descriptors = $"/proc/{process.Id}/fd";
            return new BoardResources(process.WorkingSet64,
                Directory.Exists(descriptors) ? Directory.GetFiles(descriptors).Length : null);
        }

        public void Dispose()
        {
            PowerOff();
            _metering.Dispose();
            _wiSun.Dispose();
            _sockets.ForEach(socket => socket.Dispose());
            Directory.Delete(_store, recursive: true);
        }

        private IEnumerable<string> Arguments() =>
        [
            .. _place.Program.Skip(1), "--listen", _place.Board.Address.ToString(),
            "--port", _place.Board.Port.ToString(CultureInfo.InvariantCulture),
            "--mu", _metering.Name, "--wisun", _wiSun.Name, "--store", _store,
            "--speed", _speed.ToString(CultureInfo.InvariantCulture),
            "--ip-path-rate", PathRequestsPerSecond.ToString(CultureInfo.InvariantCulture), "--log", "json",
        ];

        // Of what it prints, what a board has in its log, and its state.
        private void Hear(Process process, string line)
        {
            string text = line == null ? null : Describe(line);
            if (text != null)
            {
                _clock.Post(() => Logged?.Invoke(new BoardLogLine(_clock.Milliseconds, text)));
            }
        }

        // A kill may come in the middle of a line: what is left of it is nothing.
        private static string Describe(string line)
        {
            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(line);
            }
            catch (JsonException)
            {
                return null;
            }

            using (document)
            {
                return Describe(document.RootElement);
            }
        }

        private static string Describe(JsonElement root)
        {
            return root.GetProperty("event").GetString() switch
            {
                "log" => $"{Text(root, "level")} {Text(root, "source")}: {Text(root, "text")}",
                "state" => $"state: {Text(root, "pairing")} {Text(root, "detail")}, epoch {Text(root, "epoch")}, light "
                    + $"{Text(root, "light")}, metering {Text(root, "metering")}",
                _ => null,
            };
        }

        private static string Text(JsonElement element, string name)
        {
            return element.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
        }

        private void Notice(Process process, List<string> complaints)
        {
            if (process == _process)
            {
                process.WaitForExit();
                string said = complaints.FirstOrDefault(line => line != null) ?? "it said nothing";
                _clock.Lose($"the virtual board has ended by itself, with exit code {process.ExitCode}: {said}");
            }
        }
    }
}
