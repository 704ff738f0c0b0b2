using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using NanoComm.Echonet;

namespace NanoComm.Bench
{
    /// <summary>Fleets in a process of their own, as a user starts them: how long the start takes, what a unit costs, and how it
    /// answers while each polls its metering unit each second and is asked once a minute.</summary>
    internal static class FleetBench
    {
        private const int Port = 23613;
        private const int MostStart = 600;
        private const int BytesWanted = 160_000;
        private const double ReadLimit = 1.0;

        private static readonly TimeSpan Settling = TimeSpan.FromSeconds(180);
        private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);
        private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

        public static IEnumerable<Figure> Run()
        {
            (double start, _, _) = Start(1_000, TimeSpan.Zero, out _);
            yield return new Figure("fleet, start of 1,000 units: s", "at most 5", $"{start:0.0}", start <= 5);

            (start, JsonElement idle, JsonElement busy) = Start(10_000, Settling, out Asked asked);
            yield return new Figure("fleet, start of 10,000 units: s", "at most 60", $"{start:0.0}", start <= 60);
            double each = busy.GetProperty("memory").GetDouble() / 10_000;
            yield return new Figure("  memory of one, resident, of the whole process: kB", "at most 160", $"{each / 1000:0}",
                each <= BytesWanted);
            int threads = busy.GetProperty("threads").GetInt32();
            yield return new Figure("  threads in all", "below 64", $"{threads}", threads < 64);
            double cores = Difference(idle, busy, "processor") / Difference(idle, busy, "elapsed");
            double polls = Difference(idle, busy, "liveReadings") / Difference(idle, busy, "elapsed");
            yield return new Figure($"  cores, at {polls:N0} polls and {asked.Sent / Measured.TotalSeconds:0} Gets a second", "at most 1",
                $"{cores:0.00}", cores <= ReadLimit && polls > 9_500);
            yield return new Figure("  99th percentile of these Gets: ms", "below 50", $"{asked.Percentile(0.99):0.0}",
                asked.Percentile(0.99) < 50);
            yield return new Figure("  lost of these", "0", $"{asked.Lost}", asked.Lost == 0);
        }

        private static double Difference(JsonElement before, JsonElement after, string name)
        {
            return after.GetProperty(name).GetDouble() - before.GetProperty(name).GetDouble();
        }

        // The history is read in the time that the line leaves: only then is what comes every second all there is.
        private static (double Start, JsonElement Idle, JsonElement Busy) Start(int count, TimeSpan settling, out Asked asked)
        {
            asked = new Asked();
            using Process fleet = Process.Start(new ProcessStartInfo("dotnet",
                [Path.Combine(AppContext.BaseDirectory, "nanocomm.dll"), "fleet", "--count", $"{count}", "--network", "127.62.0.0/16",
                "--port", $"{Port}", "--json"]) { RedirectStandardOutput = true });
            try
            {
                JsonElement report = default;
                double start = MostStart;
                for (int second = 0; second < MostStart && start == MostStart; second++)
                {
                    report = Read(fleet);
                    start = report.GetProperty("startedAfter").ValueKind == JsonValueKind.Number
                        ? report.GetProperty("startedAfter").GetDouble() : start;
                }

                if (settling == TimeSpan.Zero)
                {
                    return (start, report, report);
                }

                JsonElement idle = Read(fleet, settling);
                Asked all = asked;
                var terminal = new Thread(() => Ask(all, count));
                terminal.Start();
                JsonElement busy = Read(fleet, Measured);
                terminal.Join();
                return (start, idle, busy);
            }
            finally
            {
                fleet.Kill();
                fleet.WaitForExit();
            }
        }

        private static JsonElement Read(Process fleet)
        {
            using JsonDocument line = JsonDocument.Parse(fleet.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException("The fleet has ended; is its port in use?"));
            return line.RootElement.Clone();
        }

        private static JsonElement Read(Process fleet, TimeSpan length)
        {
            long begin = Stopwatch.GetTimestamp();
            JsonElement report;
            do
            {
                report = Read(fleet);
            }
            while (Stopwatch.GetElapsedTime(begin) < length);
            return report;
        }

        // Each unit once, in equal steps over the time.
        private static void Ask(Asked asked, int count)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
            {
                ReceiveBufferSize = 1 << 22,
            };
            socket.Bind(new IPEndPoint(IPAddress.Parse("127.63.0.1"), Port));
            byte[] request = Frames.GetSeven;
            var response = new byte[EchonetNode.BufferLength];
            var sent = new Dictionary<string, long>();
            long begin = Stopwatch.GetTimestamp();
            TimeSpan now;
            while ((now = Stopwatch.GetElapsedTime(begin)) < Measured + Late)
            {
                while (asked.Sent < count && now >= Measured * asked.Sent / count)
                {
                    int host = asked.Sent + 1;
                    var unit = new IPEndPoint(IPAddress.Parse($"127.62.{host >> 8}.{host & 0xFF}"), Port);
                    sent[unit.Address.ToString()] = Stopwatch.GetTimestamp();
                    socket.SendTo(request, unit);
                    asked.Sent++;
                }

                if (socket.Poll(1000, SelectMode.SelectRead))
                {
                    EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
                    int length = socket.ReceiveFrom(response, ref sender);
                    string unit = ((IPEndPoint)sender).Address.ToString();
                    if (length > EchonetFrame.EsvOffset && response[EchonetFrame.EsvOffset] == Esv.GetRes && sent.Remove(unit, out long at))
                    {
                        asked.Latencies.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                    }
                }
            }
        }

        private sealed class Asked
        {
            public int Sent { get; set; }

            public List<double> Latencies { get; } = [];

            public int Lost => Sent - Latencies.Count;

            public double Percentile(double share)
            {
                return Latencies.Order().ElementAtOrDefault((int)(Latencies.Count * share));
            }
        }
    }
}
