using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;

namespace NanoComm.Bench
{
    /// <summary>Clients that ask a meter over loopback UDP, each again as soon as it has its answer. All on one thread, several
    /// datagrams a call to the kernel, so that they cost less than who answers.</summary>
    internal static class Load
    {
        // A host has one ECHONET Lite port: more clients than this share the sockets of as many hosts, half of those that a unit has
        // places for.
        private const int MostHosts = 8;
        private const int LookEvery = 100;

        private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);

        // Made once: there is room for what a core can do.
        private static readonly long[] Latencies = new long[20_000_000];

        /// <summary>Measures.</summary>
        /// <param name="meter">Who is asked.</param>
        /// <param name="clients">How many ask at a time: 1, or a multiple of 4.</param>
        /// <param name="length">For how long, after a moment in which nothing is counted.</param>
        public static LoadResult Measure(Meter meter, int clients, TimeSpan length)
        {
            AskingHost[] hosts = Open(meter.At, clients);
            try
            {
                Run(hosts, WarmUp, _ => { });
                int lost = hosts.Sum(host => host.Lost);
                int refused = hosts.Sum(host => host.Refused);
                int count = 0;
                TimeSpan asking = Environment.CpuUsage.TotalTime;
                TimeSpan? answering = meter.Busy;
                Run(hosts, length, took => Latencies[count++] = took);
                answering = meter.Busy - answering;
                asking = Environment.CpuUsage.TotalTime - asking;
                Array.Sort(Latencies, 0, count);
                return new LoadResult(count / length.TotalSeconds, Percentile(count, 0.5), Percentile(count, 0.99),
                    hosts.Sum(host => host.Lost) - lost, hosts.Sum(host => host.Refused) - refused, asking / length, answering / length);
            }
            finally
            {
                Close(hosts);
            }
        }

        /// <summary>Whether a meter answers.</summary>
        /// <param name="meter">Who is asked.</param>
        /// <param name="patience">For how long at most.</param>
        public static bool IsAnswered(IPEndPoint meter, TimeSpan patience)
        {
            AskingHost[] hosts = Open(meter, 1);
            try
            {
                bool isAnswered = false;
                for (long start = Stopwatch.GetTimestamp(); !isAnswered && Stopwatch.GetElapsedTime(start) < patience;)
                {
                    Run(hosts, TimeSpan.FromMilliseconds(LookEvery), _ => isAnswered = true);
                }

                return isAnswered;
            }
            finally
            {
                Close(hosts);
            }
        }

        private static AskingHost[] Open(IPEndPoint meter, int clients)
        {
            int count = Math.Min(clients, MostHosts);
            AskingHost[] hosts = Enumerable.Range(1, count)
                .Select(host => new AskingHost(IPAddress.Parse($"127.0.77.{host}"), meter, Frames.GetSeven, clients / count)).ToArray();
            foreach (AskingHost host in hosts)
            {
                host.Begin();
            }

            return hosts;
        }

        private static void Close(IEnumerable<AskingHost> hosts)
        {
            foreach (AskingHost host in hosts)
            {
                host.Dispose();
            }
        }

        private static void Run(AskingHost[] hosts, TimeSpan length, Action<long> took)
        {
            LinuxDatagrams.PollEntry[] entries = hosts.Select(host => new LinuxDatagrams.PollEntry
            {
                Socket = host.Descriptor,
                Wanted = LinuxDatagrams.PollIn,
            }).ToArray();
            long now = Stopwatch.GetTimestamp();
            long end = now + (long)(length.TotalSeconds * Stopwatch.Frequency);
            for (long look = now; now < end; now = Stopwatch.GetTimestamp())
            {
                LinuxDatagrams.Wait(entries, LookEvery);
                for (int i = 0; i < hosts.Length; i++)
                {
                    if (entries[i].Got != 0)
                    {
                        hosts[i].Receive(took);
                    }
                }

                if (Stopwatch.GetElapsedTime(look).TotalMilliseconds >= LookEvery)
                {
                    look = Stopwatch.GetTimestamp();
                    foreach (AskingHost host in hosts)
                    {
                        host.AskAgain();
                    }
                }
            }
        }

        private static double Percentile(int count, double share)
        {
            return count == 0 ? double.PositiveInfinity : Latencies[(int)(count * share)] * 1000.0 / Stopwatch.Frequency;
        }
    }
}
