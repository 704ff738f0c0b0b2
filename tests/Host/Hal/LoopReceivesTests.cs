using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hal
{
    /// <summary>Ports whose loop receives itself, as it does on Linux; elsewhere the same, by readers' threads.</summary>
    [TestFixture]
    public sealed class LoopReceivesTests
    {
        private const int PatienceMilliseconds = 5000;
        private const int Asked = 1000;

        private static readonly IPAddress Group = IPAddress.Parse("224.0.23.0");

        private readonly List<IDisposable> _open = [];
        private MonotonicClock _clock;
        private RecordingLog _log;
        private ThreadLoops _loops;
        private ISignal _wake;

        [SetUp]
        public void Begin()
        {
            _clock = new MonotonicClock();
            _log = new RecordingLog();
            _loops = new ThreadLoops(_clock, _log);
            _wake = _loops.CreateSignal("test");
        }

        [TearDown]
        public void CloseAll()
        {
            _loops.Dispose();
            foreach (IDisposable each in _open)
            {
                each.Dispose();
            }

            _open.Clear();
        }

        [Test]
        public void Each_of_several_clients_gets_every_answer()
        {
            UdpPort port = Open(new UdpPort(IPAddress.Loopback, 0, false));
            StartEcho(port);

            int[] answered = Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4)
                .Select(_ => Ask(port, Asked)).ToArray();

            Assert.That(answered, Is.All.EqualTo(Asked));
            Assert.That(port.Lost, Is.Zero);
        }

        [Test]
        public void The_loop_answers_without_allocating()
        {
            UdpPort port = Open(new UdpPort(IPAddress.Loopback, 0, false));
            Echo echo = StartEcho(port);
            Ask(port, Asked);
            long before = Interlocked.Read(ref echo.Allocated);
            Ask(port, Asked);

            Assert.That(Interlocked.Read(ref echo.Allocated) - before, Is.Zero);
            Assert.That(echo.Answered, Is.EqualTo(2 * Asked));
        }

        [Test]
        public void A_flood_on_one_port_leaves_the_group_and_the_other_port_their_turn()
        {
            UdpPort flooded = Open(new UdpPort(IPAddress.Parse("127.0.0.1"), 0, false));
            UdpPort other = Open(new UdpPort(IPAddress.Parse("127.0.0.2"), flooded.Port, false));
            if (flooded.GroupError != null)
            {
                Assert.Ignore(flooded.GroupError);
            }

            Echo echo = StartEcho(flooded, other);
            using var end = new CancellationTokenSource();
            var flood = new Thread(() =>
            {
                using Socket client = OpenClient();
                while (!end.IsCancellationRequested)
                {
                    client.SendTo(new byte[9], EndPointOf(flooded));
                }
            });
            flood.Start();
            try
            {
                Assert.That(SpinWait.SpinUntil(() => echo.Answered > Asked, PatienceMilliseconds), "the flood arrives");
                Assert.That(Ask(other, 20), Is.EqualTo(20));
                using Socket asker = OpenClient();
                asker.SendTo(new byte[3], new IPEndPoint(Group, flooded.Port));
                Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref echo.OfGroup) > 0, PatienceMilliseconds), "the group is heard");
            }
            finally
            {
                end.Cancel();
                flood.Join();
            }
        }

        [Test]
        public void What_a_busy_loop_had_no_room_for_is_counted()
        {
            const int sent = 20_000;
            UdpPort port = Open(new UdpPort(IPAddress.Loopback, 0, false));
            Assert.That(_wake.Wait(_clock.Milliseconds), Is.EqualTo(WaitResult.TimedOut));
            using Socket client = OpenClient();
            for (int i = 0; i < sent; i++)
            {
                client.SendTo(new byte[100], EndPointOf(port));
            }

            // Sent behind them, so that the system tells how many were lost before it.
            int taken = Take(port);
            client.SendTo(new byte[1], EndPointOf(port));
            taken += Take(port);

            Assert.That(port.Lost, Is.Positive);
            Assert.That(taken + port.Lost, Is.EqualTo(sent + 1));
        }

        [Test]
        public void A_longer_datagram_than_is_kept_is_counted_and_the_next_one_taken()
        {
            UdpPort port = Open(new UdpPort(IPAddress.Loopback, 0, false));
            using Socket client = OpenClient();
            client.SendTo(new byte[1501], EndPointOf(port));
            client.SendTo(new byte[9000], EndPointOf(port));
            client.SendTo(new byte[1500], EndPointOf(port));

            Assert.That(Take(port), Is.EqualTo(1));
            Assert.That(port.Lost, Is.EqualTo(2));
        }

        [Test]
        public void A_waiting_loop_is_woken_by_its_signal_and_by_the_stop()
        {
            UdpPort port = Open(new UdpPort(IPAddress.Loopback, 0, false));
            Echo echo = StartEcho(port);
            Ask(port, 1);
            for (int i = 0; i < 100; i++)
            {
                int steps = echo.Steps;
                _wake.Set();
                Assert.That(SpinWait.SpinUntil(() => echo.Steps > steps, PatienceMilliseconds));
            }

            long start = Environment.TickCount64;
            _loops.Stop();
            Assert.That(_loops.Join(PatienceMilliseconds));
            Assert.That(Environment.TickCount64 - start, Is.LessThan(PatienceMilliseconds / 2));
        }

        [Test]
        public void A_loop_that_waits_is_idle_and_outlives_a_port_that_is_closed_under_it()
        {
            var slot = new AddressSlot(_log);
            _open.Add(slot);
            slot.Notify(_wake);
            slot.Serve(new LocalAddress(IPAddress.Loopback, 0), new UdpPort(IPAddress.Loopback, 0, false));
            Assert.That(slot.Open());
            Echo echo = StartEcho(slot);
            for (int i = 0; i < 20; i++)
            {
                var next = new UdpPort(IPAddress.Loopback, 0, false);
                slot.Leave();
                slot.Serve(new LocalAddress(IPAddress.Loopback, 0), next);
                Assert.That(SpinWait.SpinUntil(() => slot.IsOpen, PatienceMilliseconds), $"opened again, {i}");
                Assert.That(Ask(next, 3), Is.EqualTo(3));
            }

            int steps = echo.Steps;
            Thread.Sleep(200);
            Assert.That(echo.Steps - steps, Is.LessThan(5), "nothing arrives, and nothing is done");
        }

        [Test]
        public void Own_multicasts_are_not_heard()
        {
            UdpPort port = Open(new UdpPort(IPAddress.Loopback, 0, false));
            if (port.GroupError != null)
            {
                Assert.Ignore(port.GroupError);
            }

            Assert.That(port.SendToGroup(new byte[3], 3));
            using Socket client = OpenClient();
            client.SendTo(new byte[5], EndPointOf(port));
            client.SendTo(new byte[4], new IPEndPoint(Group, port.Port));
            var lengths = new List<int>();
            long latest = _clock.Milliseconds + PatienceMilliseconds;
            while (lengths.Count < 2 && _wake.Wait(latest) == WaitResult.Signalled)
            {
                int length;
                while ((length = port.Receive(new byte[1500], new DatagramPeer())) >= 0)
                {
                    lengths.Add(length);
                }
            }

            Assert.That(lengths, Is.EquivalentTo(new[] { 5, 4 }));
        }

        private static IPEndPoint EndPointOf(UdpPort port) => IPEndPoint.Parse(port.Name);

        private static Socket OpenClient()
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
            {
                ReceiveTimeout = PatienceMilliseconds,
            };
            client.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
            client.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return client;
        }

        private static int Ask(UdpPort port, int times)
        {
            using Socket client = OpenClient();
            client.Connect(EndPointOf(port));
            var answer = new byte[1500];
            int answered = 0;
            for (int i = 0; i < times; i++)
            {
                client.Send(BitConverter.GetBytes(i));
                answered += client.Receive(answer) == sizeof(int) && BitConverter.ToInt32(answer) == i ? 1 : 0;
            }

            return answered;
        }

        private int Take(UdpPort port)
        {
            int taken = 0;
            var buffer = new byte[1500];
            var peer = new DatagramPeer();
            while (_wake.Wait(_clock.Milliseconds + 100) == WaitResult.Signalled)
            {
                while (port.Receive(buffer, peer) >= 0)
                {
                    taken++;
                }
            }

            return taken;
        }

        private UdpPort Open(UdpPort port)
        {
            _open.Add(port);
            port.Notify(_wake);
            Assert.That(port.Open(), port.OpenError);
            return port;
        }

        private Echo StartEcho(params IDatagramPort[] ports)
        {
            var echo = new Echo(ports);
            _loops.Start("echo", echo, _wake);
            return echo;
        }

        // Sends each datagram back, at most so many of a port in one step.
        private sealed class Echo(IDatagramPort[] ports) : IReaction
        {
            private const int MostPerStep = 8;

            private readonly byte[] _buffer = new byte[1500];
            private readonly DatagramPeer _peer = new();

            public long Allocated;
            public int OfGroup;
            public volatile int Answered;
            public volatile int Steps;

            public long Step(long now)
            {
                long allocated = GC.GetAllocatedBytesForCurrentThread();
                Steps++;
                bool isDone = true;
                foreach (IDatagramPort port in ports)
                {
                    isDone &= (port.IsOpen || port.Open()) && Drain(port);
                }

                Interlocked.Exchange(ref Allocated, allocated);
                return isDone ? Deadline.Never : now;
            }

            private bool Drain(IDatagramPort port)
            {
                for (int i = 0; i < MostPerStep; i++)
                {
                    int length = port.Receive(_buffer, _peer);
                    if (length < 0)
                    {
                        return true;
                    }

                    OfGroup += _peer.Cast == DatagramCast.Multicast ? 1 : 0;
                    Answered++;
                    port.Send(_buffer, length, _peer);
                }

                return false;
            }
        }
    }
}
