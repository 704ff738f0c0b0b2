using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using NanoComm.CommandLine;
using NanoComm.Hil;
using NanoComm.Records;
using NanoComm.Simulators;

namespace NanoComm.Tool
{
    /// <summary>A board on the bench: serial adapters at its lines, its log at its USB port, its address; records by nanoff, and
    /// power by a command of the user's.</summary>
    internal sealed class SerialBoard : IBoardUnderTest
    {
        private const int Baud = 115200;
        private const int CommandPatience = 60_000;
        private const int LongestLine = 1000;

        private readonly RealBenchClock _clock;
        private readonly SerialBoardSettings _settings;
        private readonly List<IDisposable> _open = [];
        private readonly StringBuilder _line = new();
        private StreamByteLine _log;
        private bool? _isOn;

        /// <summary>Opens the ports. What the board's power is now is not known.</summary>
        /// <param name="clock">The bench's time.</param>
        /// <param name="settings">Where it is.</param>
        /// <exception cref="UserError">A port cannot be opened.</exception>
        public SerialBoard(RealBenchClock clock, SerialBoardSettings settings)
        {
            _clock = clock;
            _settings = settings;
            try
            {
                MeteringLine = Open("--mu-port", settings.MeteringPort, Baud, out _);
                WiSunLine = settings.WiSunPort == null ? null : Open("--wisun-port", settings.WiSunPort, Baud, out _);
                OpenLog();
            }
            catch (UserError)
            {
                Dispose();
                throw;
            }

            Records = settings.Enrols && settings.LogPort != null ? new DeployedRecords(this) : null;
        }

        public event Action<BoardLogLine> Logged;

        public string Name => $"board {Path.GetFileName(_settings.Folder.TrimEnd(Path.DirectorySeparatorChar))}";

        public IByteLine MeteringLine { get; }

        public IByteLine WiSunLine { get; }

        public IBoardRecords Records { get; }

        public string Lacks(BoardAbility ability) => ability switch
        {
            BoardAbility.WiSun => WiSunLine == null ? "no --wisun-port" : null,
            BoardAbility.Ip => _settings.Address == null ? "no --ip" : null,
            BoardAbility.SecondTerminal => _settings.From.Count < 2 ? "no second address of this PC: give --from twice" : null,
            BoardAbility.Log => _settings.LogPort == null ? "no --log-port" : null,
            BoardAbility.Power => _settings.PowerCommand == null ? "no --power-command" : null,
            BoardAbility.PutRecords => !_settings.Enrols ? "no --enrol: the bench may not write its keys to this board"
                : _settings.LogPort == null ? "no --log-port, through which records are put into a board" : null,
            BoardAbility.ReadRecords => _settings.LogPort == null ? "no --log-port, through which a board's records are read"
                : NanoffTool.Find().Dialect.Can(NanoffCommand.Backup) ? null
                : $"this nanoff reads no flash: take version {NanoffDialect.Pinned.Name} (dotnet tool restore in the repository)",
            BoardAbility.FastClock => "a board's metering clock runs at its own speed (MeterClockRate 1): --scenario soak takes its hour",
            BoardAbility.Resources => "what a board takes of its memory is not seen from outside",
            _ => null,
        };

        public void PowerOn() => Switch(true);

        public void PowerOff() => Switch(false);

        public IByteLine OpenTerminal(int number)
        {
            var socket = new HemsUdp(_settings.Address, _settings.From.Count > number ? _settings.From[number] : null);
            _open.Add(socket);
            var line = new PostedLine(_clock, socket);
            socket.Start();
            return line;
        }

        public IPAddress AddressOf(int number) => _settings.From[number];

        public BoardResources Measure() => null;

        public void Dispose()
        {
            IDisposable[] open = [.. _open];
            _open.Clear();
            foreach (IDisposable one in open)
            {
                one.Dispose();
            }
        }

        private void OpenLog()
        {
            if (_settings.LogPort != null)
            {
                Open("--log-port", _settings.LogPort, _settings.LogBaud, out _log).Received += Hear;
            }
        }

        // nanoff wants the port for itself.
        private void CloseLog()
        {
            StreamByteLine log = _log;
            _log = null;
            _open.Remove(log);
            log.Dispose();
        }

        private PostedLine Open(string option, string port, int baud, out StreamByteLine opened)
        {
            StreamByteLine line;
            try
            {
                line = StreamByteLine.OpenPort(port, baud);
            }
            catch (IOException error)
            {
                throw new UserError($"{option}: {error.Message}");
            }

            _open.Add(line);
            opened = line;
            var posted = new PostedLine(_clock, line);
            line.Changed += isOpen =>
            {
                if (!isOpen && _open.Contains(line))
                {
                    _clock.Lose($"{option}: the port {port} is gone, as if it was unplugged: plug it in again, and run anew");
                }
            };
            line.Start();
            return posted;
        }

        private void Hear(ReadOnlyMemory<byte> bytes)
        {
            foreach (byte one in bytes.Span)
            {
                if (one is not ((byte)'\n' or (byte)'\r') && _line.Length < LongestLine)
                {
                    _line.Append((char)one);
                }
                else if (_line.Length > 0)
                {
                    Logged?.Invoke(new BoardLogLine(_clock.Milliseconds, _line.ToString()));
                    _line.Clear();
                }
            }
        }

        private void Switch(bool isOn)
        {
            if (_settings.PowerCommand == null || _isOn == isOn)
            {
                return;
            }

            _isOn = isOn;
            string word = isOn ? "on" : "off";
            using Process process = Process.Start(OperatingSystem.IsWindows()
                ? new ProcessStartInfo("cmd", ["/c", $"{_settings.PowerCommand} {word}"])
                : new ProcessStartInfo("/bin/sh", ["-c", $"{_settings.PowerCommand} {word}"]));
            if (!process.WaitForExit(CommandPatience))
            {
                process.Kill(entireProcessTree: true);
                throw new BenchLostException($"--power-command: '{_settings.PowerCommand} {word}' did not end within "
                    + $"{CommandPatience / 1000} s: look at the relay, and see that the command does not wait");
            }

            if (process.ExitCode != 0)
            {
                throw new BenchLostException($"--power-command: '{_settings.PowerCommand} {word}' ended with exit code {process.ExitCode}: "
                    + "look at the relay; the board may be off");
            }
        }

        // Deployment takes seconds, a copy of the flash minutes, in which the bench goes on.
        private sealed class DeployedRecords(SerialBoard board) : IBoardRecords
        {
            private const int Patience = 120_000;
            private const int ReadingPatience = 300_000;

            public void Put(string name, byte[] content)
            {
                var deployment = new NanoffDeployment(board._settings.LogPort);
                WithThePort(() => deployment.Write([RecordFile.Seal(name, content)]), Patience, $"the record {name} could not be put into the board");
            }

            public byte[][] Read(params string[] names)
            {
                byte[] flash = [];
                WithThePort(() => flash = BoardFlash.Read(NanoffTool.Find(), board._settings.LogPort, null), ReadingPatience,
                    "the board's records could not be read");
                var store = new DurableStore(BoardFlash.Records(flash));
                byte[][] records = [.. names.Select(name => StoredRecord.Read(store, name))];
                Array.Clear(flash);
                return records;
            }

            private void WithThePort(Action action, int patience, string failure)
            {
                board.CloseLog();
                var task = Task.Run(action);
                bool isDone = board._clock.Until(() => task.IsCompleted, patience);
                if (!isDone || task.IsFaulted)
                {
                    throw new BenchLostException($"{failure}: "
                        + (task.Exception?.InnerException.Message ?? "nanoff did not end; unplug the board and plug it in again"));
                }

                board.OpenLog();
            }
        }
    }
}
