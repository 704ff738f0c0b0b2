using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Simulators;

namespace NanoComm.Tool
{
    /// <summary>A Wi-SUN module with SKSTACK-IP as a controller uses it: every command has its deadline, and what comes
    /// unasked meanwhile is kept.</summary>
    internal sealed class HemsModule
    {
        private const int EchonetPort = 3610;
        private const int CommandPatience = 2000;
        private const int ScanMargin = 10_000;
        private const int JoinPatience = 60_000;
        private const int LeavePatience = 5000;
        private const int DrainTime = 300;
        private const int Attempts = 3;
        private const int Channels = 28;
        private const string EndOfLine = "\r\n";

        private readonly IByteLine _line;
        private readonly string _port;
        private readonly HemsLineReader _reader = new();
        private readonly BlockingCollection<object> _heard = new();
        private readonly Queue<object> _kept = new();
        private CancellationToken _end;
        private bool _isDual;

        /// <summary>Makes it; says nothing yet.</summary>
        /// <param name="line">The line to the module.</param>
        /// <param name="port">What it is called, for errors.</param>
        /// <param name="end">Ends every wait.</param>
        public HemsModule(IByteLine line, string port, CancellationToken end)
        {
            _line = line;
            _port = port;
            _end = end;
            line.Received += Hear;
        }

        /// <summary>What the module says it is.</summary>
        public string Version { get; private set; }

        /// <summary>The dialect it speaks: A1, or C2 with a side in many lines.</summary>
        public string Dialect => _isDual ? "C2" : "A1";

        /// <summary>Finds the module, puts it into its first state, and learns its dialect.</summary>
        /// <exception cref="HemsFault">There is none.</exception>
        public void Open()
        {
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    // An empty line ends whatever the module was told before; echo and old answers go by.
                    Write(EndOfLine);
                    Drain();
                    Ask("SKRESET");
                    Ask("SKSREG SFE 0");
                    Version = Ask("SKVER").FirstOrDefault()?.Split(' ').Last() ?? "?";
                    string info = Ask("SKINFO").FirstOrDefault(line => line.StartsWith("EINFO ", StringComparison.Ordinal));
                    _isDual = info != null && info.Split(' ').Last().Length == 1;
                    _reader.IsHexadecimal = Ask("ROPT", "\r").Contains("OK 01");
                    return;
                }
                catch (HemsFault) when (attempt < Attempts)
                {
                    // A module that was in the middle of something is itself again after an empty line or two.
                }
            }
        }

        /// <summary>Tells the module who we are.</summary>
        public void Use(RouteBCredentials credentials)
        {
            Ask($"SKSETPWD {RouteBCredentials.PasswordLength:X} {credentials.Password}");
            Ask($"SKSETRBID {credentials.Id}");
        }

        /// <summary>Looks for the meter of this id on all channels.</summary>
        /// <param name="pairingId">The last 8 digits of the route-B id.</param>
        /// <param name="duration">How long on each channel: 0.01 s × (2^duration + 1).</param>
        /// <returns>The meter, or null when none answered.</returns>
        public HemsPan Scan(string pairingId, int duration)
        {
            int time = (int)((Math.Pow(2, duration) + 1) * 10 * Channels);
            List<string> lines = Ask($"SKSCAN 2 FFFFFFFF {duration:X}{(_isDual ? " 0" : "")}");
            bool isDone = false;
            var clock = Stopwatch.StartNew();
            while (!isDone && Take(clock, time + ScanMargin) is object heard)
            {
                isDone = heard is HemsNotice { Number: HemsNotice.ScanDone };
                if (heard is string line)
                {
                    lines.Add(line);
                }
            }

            return isDone ? ToPans(lines).Where(pan => pan.PairingId == pairingId).MaxBy(pan => pan.Lqi)
                : throw Silent("SKSCAN");
        }

        /// <summary>Joins the meter.</summary>
        /// <param name="pan">Where it is.</param>
        /// <returns>Its address, or null when it does not let us in.</returns>
        public string Join(HemsPan pan)
        {
            Ask($"SKSREG S2 {pan.Channel:X2}");
            Ask($"SKSREG S3 {pan.Pan:X4}");
            string address = Ask($"SKLL64 {pan.Mac}", EndOfLine, line => line.Count(c => c == ':') == 7).Last();
            Ask($"SKJOIN {address}");
            var clock = Stopwatch.StartNew();
            while (Take(clock, JoinPatience) is object heard)
            {
                switch (heard)
                {
                    case HemsNotice { Number: HemsNotice.Joined }:
                        return address;
                    case HemsNotice { Number: HemsNotice.JoinFailed }:
                        return null;
                }
            }

            return null;
        }

        /// <summary>Ends the session, so that the meter is free for others: the last thing that is done here.</summary>
        public void Leave()
        {
            // The end is what brings us here; it must not cut the farewell short.
            _end = CancellationToken.None;
            Ask("SKTERM");
            var clock = Stopwatch.StartNew();
            while (Take(clock, LeavePatience) is object heard && heard is not HemsNotice { EndsSession: true })
            {
                // Whatever else was on its way does not matter any more.
            }
        }

        /// <summary>Sends a datagram over the session.</summary>
        /// <returns>Whether it went out.</returns>
        public bool Send(string address, byte[] data)
        {
            Write($"SKSENDTO 1 {address} {EchonetPort:X4} 1 {(_isDual ? "0 " : "")}{data.Length:X4} ", data);
            bool? isSent = null;
            bool isTaken = false;
            var clock = Stopwatch.StartNew();
            while ((isSent == null || !isTaken) && Take(_heard, clock, CommandPatience) is object heard)
            {
                switch (heard)
                {
                    case HemsNotice { Number: HemsNotice.UdpSent } notice:
                        isSent = notice.Parameter == 0;
                        break;
                    case "OK":
                        isTaken = true;
                        break;
                    case string line when line.StartsWith("FAIL", StringComparison.Ordinal):
                        return false;
                    case not string:
                        _kept.Enqueue(heard);
                        break;
                }
            }

            return isSent ?? throw Silent("SKSENDTO");
        }

        /// <summary>The next datagram for ECHONET Lite or notice, or null when the time is over.</summary>
        public object Receive(Stopwatch clock, long milliseconds)
        {
            object heard;
            do
            {
                heard = Take(clock, milliseconds);
            }
            while (heard is string or HemsDatagram { Port: not EchonetPort } or HemsDatagram { IsEncrypted: false });

            return heard;
        }

        private static IEnumerable<HemsPan> ToPans(IEnumerable<string> lines)
        {
            var fields = new Dictionary<string, string>();
            foreach (string[] parts in lines.Select(line => line.Trim().Split(':', 2)).Where(parts => parts.Length == 2))
            {
                fields[parts[0]] = parts[1];
                if (parts[0] == "PairID")
                {
                    yield return new HemsPan(Hex(fields, "Channel"), Hex(fields, "Pan ID"),
                        fields.GetValueOrDefault("Addr", ""), Hex(fields, "LQI"), parts[1]);
                    fields.Clear();
                }
            }
        }

        private static int Hex(Dictionary<string, string> fields, string name)
        {
            return int.TryParse(fields.GetValueOrDefault(name), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out int value) ? value : 0;
        }

        private List<string> Ask(string command, string end = EndOfLine, Func<string, bool> isLast = null)
        {
            Write(command + end);
            string name = command.Split(' ')[0];
            var lines = new List<string>();
            var clock = Stopwatch.StartNew();
            while (Take(_heard, clock, CommandPatience) is object heard)
            {
                switch (heard)
                {
                    case string line when line == command:
                        break;
                    case string line when line.StartsWith("FAIL", StringComparison.Ordinal):
                        throw new HemsFault($"the module at {_port} refuses {name} ({line}): look at the module and its "
                            + "firmware; the meter has no part in this");
                    case string line:
                        lines.Add(line);
                        if (isLast?.Invoke(line) ?? (line == "OK" || line.StartsWith("OK ", StringComparison.Ordinal)))
                        {
                            return lines;
                        }

                        break;
                    default:
                        _kept.Enqueue(heard);
                        break;
                }
            }

            throw Silent(name);
        }

        private HemsFault Silent(string command)
        {
            return new HemsFault($"no Wi-SUN module answers at {_port} ({command}): look at this side: whether the dongle "
                + "is plugged in, speaks SKSTACK at this baud rate, and no other program has it");
        }

        private void Write(string text, byte[] data = null)
        {
            _line.Send(Encoding.ASCII.GetBytes(text).Concat(data ?? []).ToArray());
        }

        private void Hear(ReadOnlyMemory<byte> bytes)
        {
            foreach (object heard in _reader.Read(bytes.ToArray()))
            {
                _heard.Add(heard, CancellationToken.None);
            }
        }

        private void Drain()
        {
            var clock = Stopwatch.StartNew();
            while (Take(clock, DrainTime) != null)
            {
                // What was before us is of no interest.
            }
        }

        private object Take(Stopwatch clock, long milliseconds)
        {
            return _kept.TryDequeue(out object kept) ? kept : Take(_heard, clock, milliseconds);
        }

        private object Take(BlockingCollection<object> from, Stopwatch clock, long milliseconds)
        {
            int left = (int)Math.Max(0, milliseconds - clock.ElapsedMilliseconds);
            return from.TryTake(out object heard, left, _end) ? heard : null;
        }
    }
}
