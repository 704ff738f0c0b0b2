using System;
using System.Diagnostics;
using System.IO;
using System.IO.Ports;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>board log</c>: what a unit says at UART0, as it says it, or out of a file.</summary>
    internal sealed class LogSession : IDisposable
    {
        /// <summary>Bits per second of the firmware image at UART0 (nf-interpreter, TARGET_SERIAL_BAUDRATE). The chip's ROM and boot
        /// loader speak at 115200 before it.</summary>
        public const int UsualBaud = 921600;

        private const string StandardInput = "-";
        private const int BlockLength = 4096;
        private const int ReadPatience = 250;
        private const int PauseBetweenLooks = 500;

        // So much that no line came of is a wrong speed; a disturbance when the port opens is less.
        private const int UnreadableTold = 64;
        private static readonly TimeSpan UnreadablePause = TimeSpan.FromSeconds(10);

        private readonly LogSettings _settings;
        private readonly LogView _view;
        private readonly LogLines _lines = new();
        private readonly EndSignals _end = new();
        private long? _unreadableTold;

        public LogSession(LogSettings settings)
        {
            _settings = settings;
            _view = new LogView(settings.Json);
        }

        /// <summary>Runs it until Ctrl-C, the end of the time or of the file.</summary>
        /// <returns>The exit code.</returns>
        /// <exception cref="UserError">Port or file cannot be opened.</exception>
        public int Run()
        {
            _end.EndAfter(_settings.Seconds);
            _end.EndUnread();
            if (_settings.From is not null)
            {
                using Stream file = OpenFile();
                ReadToEnd(file);
            }
            else
            {
                SerialPortCheck.Check(_settings.Port);
                Follow();
            }

            if (_lines.End() is string last)
            {
                _view.Show(LogParser.Parse(last));
            }

            TellUnreadable();
            return 0;
        }

        /// <inheritdoc/>
        public void Dispose() => _end.Dispose();

        private bool IsOver => _end.Token.IsCancellationRequested;

        private Stream OpenFile()
        {
            try
            {
                return _settings.From == StandardInput ? Console.OpenStandardInput()
                    : new FileStream(_settings.From, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--from: {_settings.From}: {Words.OfOther(failure.Message)}");
            }
        }

        private void ReadToEnd(Stream file)
        {
            var block = new byte[BlockLength];
            for (int read = file.Read(block); read > 0 && !IsOver; read = file.Read(block))
            {
                Take(block.AsSpan(0, read));
            }
        }

        // A USB bridge that goes away, as one does that is unplugged with its board, comes back under the same name as a rule.
        private void Follow()
        {
            bool wasOpen = false;
            bool isGoneTold = false;
            while (!IsOver)
            {
                SerialPort port = Open(mayFail: wasOpen);
                if (port is null)
                {
                    _end.Wait(PauseBetweenLooks);
                    continue;
                }

                if (isGoneTold)
                {
                    Note(Words.Of($"{_settings.Port} is back"), null);
                }

                wasOpen = true;
                using (port)
                {
                    ReadPort(port);
                }

                isGoneTold = !IsOver;
                if (isGoneTold)
                {
                    Note(Words.Of($"{_settings.Port} is gone"), Words.Of("waiting until it comes back; Ctrl-C ends"));
                }
            }
        }

        private SerialPort Open(bool mayFail)
        {
            var port = new SerialPort(_settings.Port, _settings.Baud) { ReadTimeout = ReadPatience };
            try
            {
                port.Open();
                return port;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
            {
                port.Dispose();
                return mayFail ? null : throw new UserError(Words.Of(
                    $"--port: {_settings.Port} cannot be opened: {Words.OfOther(failure.Message).TrimEnd('.')}; does another program use it?"));
            }
        }

        // Ends when the port is gone.
        private void ReadPort(SerialPort port)
        {
            var block = new byte[BlockLength];
            while (!IsOver)
            {
                try
                {
                    int read = port.Read(block, 0, block.Length);
                    if (read <= 0)
                    {
                        return;
                    }

                    Take(block.AsSpan(0, read));
                }
                catch (TimeoutException)
                {
                    if (!OperatingSystem.IsWindows() && !File.Exists(_settings.Port))
                    {
                        return;
                    }
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidOperationException)
                {
                    return;
                }
            }
        }

        private void Take(ReadOnlySpan<byte> bytes)
        {
            foreach (string line in _lines.Take(bytes))
            {
                _view.Show(LogParser.Parse(line));
            }

            TellUnreadable();
        }

        private void TellUnreadable()
        {
            if (_lines.Unreadable < UnreadableTold
                || (_unreadableTold is long told && Stopwatch.GetElapsedTime(told) < UnreadablePause))
            {
                return;
            }

            int count = _lines.TakeUnreadable();
            _unreadableTold = Stopwatch.GetTimestamp();
            Note(Words.Of($"{count:N0} bytes cannot be read"), _settings.From is null
                ? Words.Of($"the line does not speak at {_settings.Baud} baud: the firmware image speaks at {UsualBaud}, the chip's boot loader, for a moment after each reset, at "
                    + $"115200; --baud takes the other one")
                : Words.Of("they were taken down at another speed than they were sent at, or are no text"));
        }

        private void Note(string text, string words)
        {
            _view.Show(new LogEntry("", LogWeight.Warning, "port", text) { Words = words });
        }
    }
}
