using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NanoComm.Echonet;
using NanoComm.Hal.Host;

namespace NanoComm.Bench
{
    /// <summary>The whole unit on real sockets and threads: four controllers over loopback, each asking again as soon as
    /// it has its answer.</summary>
    internal static class UdpBench
    {
        private const int Controllers = 4;
        private const int Port = 23610;
        private const double WantedPerSecond = 30_000;
        private const double WantedMilliseconds = 2;

        private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
        private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

        public static IEnumerable<Figure> Run()
        {
            using var port = new UdpPort(IPAddress.Parse("127.0.0.2"), Port, false);
            if (!port.Open())
            {
                yield return new Figure("Gets over loopback UDP", "-", port.OpenError, false);
                yield break;
            }

            using var board = new BenchBoard(null, port);
            ServedUnit.Make(board, Port).Start();
            Thread.Sleep(500);

            Controller[] controllers = Enumerable.Range(0, Controllers).Select(i => new Controller(i)).ToArray();
            Thread[] threads = controllers.Select(controller => new Thread(controller.Run)).ToArray();
            foreach (Thread thread in threads)
            {
                thread.Start();
            }

            foreach (Thread thread in threads)
            {
                thread.Join();
            }

            double[] latencies = controllers.SelectMany(controller => controller.Latencies).Order().ToArray();
            int lost = controllers.Sum(controller => controller.Lost);
            double perSecond = latencies.Length / Measured.TotalSeconds;
            double p99 = latencies.Length == 0 ? double.PositiveInfinity : latencies[(int)(latencies.Length * 0.99)];
            yield return new Figure($"Gets/s over loopback UDP, {Controllers} controllers, rate limits lifted", $"at least {WantedPerSecond:N0}",
                $"{perSecond:N0}", perSecond >= WantedPerSecond);
            yield return new Figure("  99th percentile, ms", $"below {WantedMilliseconds}", $"{p99:0.000}",
                p99 < WantedMilliseconds);
            yield return new Figure("  lost", "0", lost.ToString(), lost == 0);
        }

        private sealed class Controller(int index)
        {
            private const int Timeout = 1000;

            public List<double> Latencies { get; } = new(1_000_000);

            public int Lost { get; private set; }

            public void Run()
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                socket.Bind(new IPEndPoint(IPAddress.Parse($"127.0.0.{11 + index}"), Port));
                socket.Connect(IPAddress.Parse("127.0.0.2"), Port);
                socket.ReceiveTimeout = Timeout;
                byte[] request = Frames.GetSeven;
                var response = new byte[EchonetNode.BufferLength];
                long start = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(start) < WarmUp + Measured)
                {
                    long sent = Stopwatch.GetTimestamp();
                    request[EchonetFrame.TidOffset + 1]++;
                    socket.Send(request);
                    bool answered = TryReceive(socket, response, request);
                    if (Stopwatch.GetElapsedTime(start) < WarmUp)
                    {
                        continue;
                    }

                    if (answered)
                    {
                        Latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                    }
                    else
                    {
                        Lost++;
                    }
                }
            }

            private static bool TryReceive(Socket socket, byte[] response, byte[] request)
            {
                try
                {
                    int length;
                    do
                    {
                        // The unit's own Get of D6, once a minute to who does not answer it, is not for this loop.
                        length = socket.Receive(response);
                    }
                    while (length > EchonetFrame.EsvOffset && response[EchonetFrame.EsvOffset] == Esv.Get);

                    return length > EchonetFrame.PropertiesOffset
                        && response[EchonetFrame.EsvOffset] == Esv.GetRes
                        && response[EchonetFrame.TidOffset + 1] == request[EchonetFrame.TidOffset + 1];
                }
                catch (SocketException)
                {
                    return false;
                }
            }
        }
    }
}
