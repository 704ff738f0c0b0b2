using System.Diagnostics;
using System.IO.Ports;
using System.Linq;
using System.Threading;
using NanoComm.Hal.Esp32;
using NUnit.Framework;

namespace NanoComm.Tests.Esp32
{
    /// <summary>Two UARTs share one completion event: what that must not do to them.</summary>
    [NonParallelizable]
    public sealed class SerialLineTests
    {
        private const int Length = 600;
        private const int Writes = 12;

        // Two writes that end by their deadline take four seconds; without one they would never end.
        private const int FarTooLong = 60000;

        private Surroundings _board;
        private Esp32SerialLine _metering;
        private Esp32SerialLine _wiSun;

        [SetUp]
        public void Open()
        {
            SerialPort.Reset();
            _board = new Surroundings();
            _metering = new Esp32SerialLine(2, 25, 26, 115200, 1024, _board);
            _wiSun = new Esp32SerialLine(3, 32, 33, 115200, 8192, _board);
        }

        [Test]
        public void Two_lines_that_write_at_once_neither_stall_nor_lose_anything()
        {
            var start = new ManualResetEventSlim();
            int failed = 0;
            Thread[] threads = new[] { _metering, _wiSun }.Select((line, which) => new Thread(() =>
            {
                start.Wait();
                for (int i = 0; i < Writes; i++)
                {
                    byte[] bytes = Enumerable.Repeat((byte)i, Length + (100 * which)).ToArray();
                    if (!line.Write(bytes, 0, bytes.Length))
                    {
                        Interlocked.Increment(ref failed);
                    }
                }
            })).ToArray();
            foreach (Thread thread in threads)
            {
                thread.Start();
            }

            start.Set();
            foreach (Thread thread in threads)
            {
                thread.Join();
            }

            Assert.That(failed, Is.Zero, "writes that stalled until their deadline");
            for (int which = 0; which < 2; which++)
            {
                Assert.That(SerialPort.All[which].Sent, Is.EqualTo(Enumerable.Range(0, Writes)
                    .SelectMany(i => Enumerable.Repeat((byte)i, Length + (100 * which)))));
            }
        }

        [Test]
        public void A_line_that_takes_nothing_fails_in_time_says_so_once_and_comes_back()
        {
            SerialPort stuck = SerialPort.All[0];
            var bytes = new byte[Length];
            stuck.IsStuck = true;

            var watch = Stopwatch.StartNew();
            Assert.That(_metering.Write(bytes, 0, Length), Is.False);
            Assert.That(_metering.Write(bytes, 0, Length), Is.False);
            Assert.That(watch.ElapsedMilliseconds, Is.LessThan(FarTooLong));
            stuck.IsStuck = false;
            Assert.That(_metering.Write(bytes, 0, Length), Is.True);
            Assert.That(_wiSun.Write(bytes, 0, Length), Is.True);

            Assert.That(_board.Lines, Is.EqualTo(new[]
            {
                "Warning uart: COM2 does not take what is written to it: The operation has timed out.",
                "Info uart: COM2 takes what is written to it again; writes that failed: 2",
            }));
        }
    }
}
