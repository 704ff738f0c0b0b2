using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using NUnit.Framework;

namespace NanoComm.Tests.Web
{
    /// <summary>What the page costs, on a quiet machine with two cores:
    /// <c>dotnet test -c Release tests/Web --filter Name~What_it_costs</c>.</summary>
    internal static class CostTests
    {
        private const int Seconds = 30;
        private const int Asked = 3000;
        private const double MostOfACore = 0.03;

        private static readonly string[] WithoutLimits =
            ["--ip-rate", "1000000", "--ip-burst", "1000000", "--ip-path-rate", "1000000"];

        [Test]
        [Explicit("takes three minutes of a quiet machine")]
        public static void What_it_costs()
        {
            using ShownBoard board = new(["--wisun", "none", .. WithoutLimits]);
            board.WaitFor("live");
            Drain(board);
            double alone = Load(board);
            double[] answers = Answers(board);
            double one;
            using (Viewers viewers = new(board, 1))
            {
                one = Load(board);
            }

            using (Viewers viewers = new(board, 20))
            {
                double twenty = Load(board);
                double[] watched = Answers(board);
                TestContext.Out.WriteLine($"nobody looks: {alone:P2} of a core; one: {one:P2}; twenty: {twenty:P2}");
                TestContext.Out.WriteLine($"answers, ms, half / 99 of 100: nobody looks {answers[Asked / 2]:F3} / {answers[Asked * 99 / 100]:F3}, "
                    + $"twenty {watched[Asked / 2]:F3} / {watched[Asked * 99 / 100]:F3}");
                TestContext.Out.WriteLine($"events a second of one viewer: {viewers.EventsPerSecond:F1}");
                Assert.That(one - alone, Is.LessThan(MostOfACore));
                Assert.That(watched[Asked / 2], Is.LessThan(answers[Asked / 2] + 0.2));
            }
        }

        // What a day would bring in an hour: a clock that runs 3,600 times faster, and a controller that asks without a pause.
        [Test]
        [Explicit("takes five minutes")]
        public static void Its_memory_stays_flat()
        {
            using ShownBoard board = new(["--speed", "3600", "--wisun", "none", .. WithoutLimits]);

            // At that speed no two readings are of one minute: each is told as a whole.
            board.WaitFor("reading");
            Drain(board);
            using Viewers viewers = new(board, 20);
            var sizes = new List<long>();
            for (int i = 0; i < 10; i++)
            {
                var clock = Stopwatch.StartNew();
                while (clock.Elapsed < TimeSpan.FromSeconds(Seconds))
                {
                    Assert.That(board.Ask("1081 0001 05FF01 028801 62 02 E700 E200"), Is.Not.Null);
                }

                using Process process = Process.GetProcessById(board.Program.Id);
                sizes.Add(process.WorkingSet64 >> 20);
            }

            TestContext.Out.WriteLine("MiB each half minute: " + string.Join(", ", sizes));
            Assert.That(sizes[^1], Is.LessThan(sizes[3] * 1.15));
        }

        private static double Load(ShownBoard board)
        {
            using Process process = Process.GetProcessById(board.Program.Id);
            TimeSpan before = process.TotalProcessorTime;
            Thread.Sleep(TimeSpan.FromSeconds(Seconds));
            process.Refresh();
            return (process.TotalProcessorTime - before).TotalSeconds / Seconds;
        }

        private static double[] Answers(ShownBoard board)
        {
            return Enumerable.Range(0, Asked).Select(_ =>
            {
                long start = Stopwatch.GetTimestamp();
                Assert.That(board.Ask("1081 0001 05FF01 028801 62 02 E700 E000"), Is.Not.Null);
                Thread.Sleep(2);
                return Stopwatch.GetElapsedTime(start).TotalMilliseconds - 2;
            }).Order().ToArray();
        }

        // The board's log is read, so that it is not what holds the board up.
        private static void Drain(ShownBoard board)
        {
            new Thread(() => board.Program.Says("never said")) { IsBackground = true }.Start();
        }

        private sealed class Viewers : IDisposable
        {
            private readonly HttpClient _http;
            private readonly List<Stream> _streams = new();
            private readonly Stopwatch _clock = Stopwatch.StartNew();
            private long _events;

            public Viewers(ShownBoard board, int count)
            {
                _http = new HttpClient { BaseAddress = board.Root };
                for (int i = 0; i < count; i++)
                {
                    Stream stream = _http.GetStreamAsync("/stream").Result;
                    _streams.Add(stream);
                    bool isFirst = i == 0;
                    new Thread(() => Read(stream, isFirst)) { IsBackground = true }.Start();
                }
            }

            public double EventsPerSecond => Interlocked.Read(ref _events) / _clock.Elapsed.TotalSeconds;

            public void Dispose()
            {
                _streams.ForEach(stream => stream.Dispose());
                _http.Dispose();
            }

            private void Read(Stream stream, bool isCounted)
            {
                try
                {
                    using var reader = new StreamReader(stream);
                    while (reader.ReadLine() is string line)
                    {
                        if (isCounted && line.StartsWith("event: ", StringComparison.Ordinal))
                        {
                            Interlocked.Increment(ref _events);
                        }
                    }
                }
                catch (Exception failure) when (failure is IOException or ObjectDisposedException)
                {
                    // It was let go.
                }
            }
        }
    }
}
