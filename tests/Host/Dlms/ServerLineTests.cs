using System;
using System.Collections.Generic;
using System.IO;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Dlms
{
    public class ServerLineTests
    {
        [TestCase(9600)]
        [TestCase(115200)]
        [TestCase(38400)]
        public void BytesTakeTheirTimeAndNoneIsLostInRounding(int baud)
        {
            using var scheduler = new VirtualScheduler(1);
            var line = new SimulatedSerialLine(scheduler, baud);
            int arrived = 0;
            line.FarEnd.Received += bytes => arrived += bytes.Length;
            for (int i = 0; i < 1000; i++)
            {
                line.Write(new byte[7], 0, 7);
            }

            scheduler.Run(() => arrived == 7000, Deadline.Never);
            Assert.That(scheduler.Milliseconds, Is.EqualTo((7000L * 10_000 + baud - 1) / baud));
        }

        [Test]
        public void AnAnswerBeginsWhereTheQuestionEnded()
        {
            // Ping-pong of single bytes: 1.0417 ms each at 9600 baud. Rounded up every time it would be 2 ms.
            using var scheduler = new VirtualScheduler(1);
            var line = new SimulatedSerialLine(scheduler, 9600);
            int turns = 0;
            line.FarEnd.Received += bytes => line.FarEnd.Send(bytes.ToArray());
            ISignal signal = scheduler.CreateSignal("line");
            line.Notify(signal);
            scheduler.Start("near", new Reaction(() =>
            {
                var buffer = new byte[8];
                int count = line.Read(buffer, 0, 8);
                if (count > 0 && ++turns < 500)
                {
                    line.Write(buffer, 0, count);
                }
            }), signal);
            line.Write(new byte[1], 0, 1);
            scheduler.Run(() => turns == 500, Deadline.Never);

            Assert.That(scheduler.Milliseconds, Is.EqualTo((1000L * 10_000 + 9599) / 9600));
        }

        [Test]
        public void FaultsDoWhatTheySayAndRepeatFromTheSeed()
        {
            (int Count, int Wrong) Run(Action<LineFaults> set)
            {
                using var scheduler = new VirtualScheduler(7);
                var line = new SimulatedSerialLine(scheduler, 115200);
                set(line.ToFar);
                var arrived = new List<byte>();
                line.FarEnd.Received += bytes => arrived.AddRange(bytes.Span);
                for (int i = 0; i < 100; i++)
                {
                    line.Write(new byte[100], 0, 100);
                }

                scheduler.RunUntil(60_000);
                return (arrived.Count, arrived.Count(b => b != 0));
            }

            Assert.That(Run(_ => { }), Is.EqualTo((10_000, 0)));
            Assert.That(Run(f => f.Drop = 0.1).Count, Is.InRange(8800, 9200));
            Assert.That(Run(f => f.Double = 0.1).Count, Is.InRange(10_800, 11_200));
            Assert.That(Run(f => f.BitError = 0.01).Wrong, Is.InRange(700, 850));
            Assert.That(Run(f => f.Cut = 1).Count, Is.InRange(4000, 6000));
            Assert.That(Run(f => f.Delay = 1).Count, Is.EqualTo(10_000));
            Assert.That(Run(f => f.IsCut = true).Count, Is.Zero);
            Assert.That(Run(f => f.Drop = 0.1), Is.EqualTo(Run(f => f.Drop = 0.1)));
        }

        [Test]
        public void AMeteringUnitAnswersOnASimulatedLine()
        {
            using var scheduler = new VirtualScheduler(1);
            var line = new SimulatedSerialLine(scheduler, 9600);
            MeteringUnitServer server = Unit(scheduler);
            server.Attach(line.FarEnd);
            var received = new List<byte>();
            var buffer = new byte[64];
            line.Write(new ServerClient(server, 16, null, null).Frame(ServerClient.Snrm), 0, 9);
            scheduler.Run(() => Take(line, received, buffer) == 9, 1000);

            Assert.That(scheduler.Milliseconds, Is.EqualTo(19), "18 bytes at 9600 baud");
            Assert.That(received[5], Is.EqualTo(ServerClient.Ua));
        }

        [Test]
        public void AMeteringUnitAnswersOverTcpAndAfterTheLineWent()
        {
            int port = FreePort();
            using var near = new TcpSerialLine("127.0.0.1", port, 115200);
            for (int round = 0; round < 2; round++)
            {
                using StreamByteLine far = StreamByteLine.Listen("127.0.0.1", port, TimeSpan.FromMinutes(1));
                MeteringUnitServer server = Unit(new MonotonicClock());
                server.Attach(far);
                far.Start();
                Assert.That(Asks(near), Is.True, $"round {round}");
            }
        }

        [TestCase(false)]
        [TestCase(true)]
        public void AMeteringUnitAnswersOnAPseudoTerminal(bool byLink)
        {
            if (!OperatingSystem.IsLinux())
            {
                Assert.Ignore("pseudo terminals of Linux");
            }

            using var pair = new PseudoTerminal();
            string link = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            File.CreateSymbolicLink(link, pair.Name);
            try
            {
                using var near = new HostSerialLine(byLink ? link : pair.Name, 115200);
                MeteringUnitServer server = Unit(new MonotonicClock());
                server.Attach(pair);
                pair.Start();
                Assert.That(Asks(near), Is.True);
            }
            finally
            {
                File.Delete(link);
            }
        }

        [Test]
        public void APortThatIsNotThereSaysSo()
        {
            Assert.That(() => new HostSerialLine("/dev/no-such-port", 9600),
                Throws.InstanceOf<IOException>().With.Message.Contains("/dev/no-such-port"));
        }

        // SNRM until UA comes; the line may just be coming up.
        private static bool Asks(ISerialLine near)
        {
            using var signal = new Signal();
            near.Notify(signal);
            byte[] snrm = new ServerClient(Unit(new MonotonicClock()), 16, null, null).Frame(ServerClient.Snrm);
            var received = new List<byte>();
            var buffer = new byte[64];
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < TimeSpan.FromSeconds(20))
            {
                received.Clear();
                near.DiscardInput();
                near.Write(snrm, 0, snrm.Length);
                var wait = Stopwatch.StartNew();
                while (wait.Elapsed < TimeSpan.FromSeconds(1))
                {
                    if (Take(near, received, buffer) >= 9)
                    {
                        return received[5] == ServerClient.Ua;
                    }

                    signal.Wait(100);
                }
            }

            return false;
        }

        private static int Take(ISerialLine line, List<byte> received, byte[] buffer)
        {
            int count = line.Read(buffer, 0, buffer.Length);
            received.AddRange(buffer[..count]);
            return received.Count;
        }

        private static MeteringUnitServer Unit(IClock clock)
        {
            var bench = new ServerBench();
            var energy = new SimulatedMeteringUnit(HouseholdData.Recorded, clock, ServerBench.Start, 1);
            return new MeteringUnitServer(energy, bench.State, clock, new SeededRandom(1));
        }

        private static int FreePort()
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        private sealed class Signal : ISignal, IDisposable
        {
            private readonly AutoResetEvent _set = new(false);

            public void Set()
            {
                _set.Set();
            }

            public WaitResult Wait(long timeout)
            {
                return _set.WaitOne((int)timeout) ? WaitResult.Signalled : WaitResult.TimedOut;
            }

            public void Dispose()
            {
                _set.Dispose();
            }
        }

        private sealed class Reaction(Action step) : IReaction
        {
            public long Step(long now)
            {
                step();
                return Deadline.Never;
            }
        }
    }
}
