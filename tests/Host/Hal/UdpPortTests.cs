using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hal
{
    /// <summary>On loopback addresses only, and on free ports, so that nothing of the machine's is disturbed.</summary>
    [TestFixture]
    public sealed class UdpPortTests
    {
        private const int PatienceMilliseconds = 5000;
        private const int QuietMilliseconds = 200;
        private const int RingCapacity = 256;

        private static readonly IPAddress GroupIPv4 = IPAddress.Parse("224.0.23.0");

        private readonly List<IDisposable> _open = new List<IDisposable>();

        [TearDown]
        public void CloseAll()
        {
            foreach (IDisposable each in _open)
            {
                each.Dispose();
            }

            _open.Clear();
        }

        [TestCase("127.0.0.2")]
        [TestCase("127.0.0.3")]
        [TestCase("::1")]
        public void An_answer_leaves_from_the_address_that_was_asked(string address)
        {
            RequireAddress(address);
            UdpPort port = OpenPort(address, 0);
            Socket client = OpenClient(port.Name.StartsWith('[') ? "::1" : "127.0.0.1");
            client.SendTo(Bytes("question"), EndPoint(port));

            var peer = new DatagramPeer();
            var buffer = new byte[100];
            int length = Await(port, buffer, peer);

            Assert.That(Encoding.ASCII.GetString(buffer, 0, length), Is.EqualTo("question"));
            Assert.That(peer.Port, Is.EqualTo(((IPEndPoint)client.LocalEndPoint).Port));
            Assert.That(new IPAddress(peer.Address.AsSpan(0, peer.AddressLength)),
                Is.EqualTo(((IPEndPoint)client.LocalEndPoint).Address));
            Assert.That(port.Send(Bytes("answer"), 6, peer));
            EndPoint from = new IPEndPoint(client.AddressFamily == AddressFamily.InterNetwork
                ? IPAddress.Any : IPAddress.IPv6Any, 0);
            length = client.ReceiveFrom(buffer, ref from);
            Assert.That(Encoding.ASCII.GetString(buffer, 0, length), Is.EqualTo("answer"));
            Assert.That(from, Is.EqualTo(EndPoint(port)));
        }

        [Test]
        public void Two_addresses_of_one_port_number_do_not_hear_each_other()
        {
            RequireAddress("127.0.0.2");
            UdpPort two = OpenPort("127.0.0.2", 0);
            UdpPort three = OpenPort("127.0.0.3", two.Port);
            OpenClient("127.0.0.1").SendTo(Bytes("three"), EndPoint(three));

            Assert.That(Await(three, new byte[100], new DatagramPeer()), Is.EqualTo(5));
            Assert.That(two.Receive(new byte[100], new DatagramPeer()), Is.EqualTo(-1));
        }

        [Test]
        public void Datagrams_keep_their_order_and_lengths_and_each_sets_the_signal()
        {
            UdpPort port = OpenPort("127.0.0.1", 0, out CountingSignal signal);
            Socket client = OpenClient("127.0.0.1");
            int[] lengths = { 1, 0, 1232, 1500, 17 };
            foreach (int length in lengths)
            {
                client.SendTo(new byte[length], EndPoint(port));
            }

            var buffer = new byte[1500];
            foreach (int length in lengths)
            {
                Assert.That(Await(port, buffer, new DatagramPeer()), Is.EqualTo(length));
            }

            Assert.That(port.Receive(buffer, new DatagramPeer()), Is.EqualTo(-1));
            Assert.That(signal.Count, Is.EqualTo(lengths.Length));
            Assert.That(port.Lost, Is.Zero);
        }

        [Test]
        public void A_datagram_longer_than_the_buffer_or_the_ring_keeps_is_counted_as_lost()
        {
            UdpPort port = OpenPort("127.0.0.1", 0);
            Socket client = OpenClient("127.0.0.1");
            client.SendTo(new byte[101], EndPoint(port));
            client.SendTo(new byte[1501], EndPoint(port));
            client.SendTo(new byte[9000], EndPoint(port));
            client.SendTo(new byte[100], EndPoint(port));

            Assert.That(Await(port, new byte[100], new DatagramPeer()), Is.EqualTo(100));
            Assert.That(port.Lost, Is.EqualTo(3));

            client.SendTo(new byte[1501], EndPoint(port));
            client.SendTo(new byte[3], EndPoint(port));
            Assert.That(Await(port, new byte[2000], new DatagramPeer()), Is.EqualTo(3), "never a part of a datagram");
            Assert.That(port.Lost, Is.EqualTo(4));
        }

        [Test]
        public void A_reserved_address_is_held_and_closed_until_it_is_opened()
        {
            UdpPort port = Own(new UdpPort(IPAddress.Parse("127.0.0.1"), 0, share: false));
            Assert.That(port.Reserve(), port.OpenError);
            Assert.That(port.IsOpen, Is.False);
            Assert.That(port.SendToGroup(Bytes("early"), 5), Is.False);
            UdpPort other = Own(new UdpPort(IPAddress.Parse("127.0.0.1"), port.Port, share: false));
            Assert.That(other.Reserve(), Is.False);
            Assert.That(other.OpenError, Does.Contain("in use by another program"));

            OpenClient("127.0.0.1").SendTo(Bytes("early"), EndPoint(port));
            Assert.That(port.Open());
            Assert.That(port.IsOpen);
            Assert.That(Await(port, new byte[100], new DatagramPeer()), Is.EqualTo(5));
        }

        [Test]
        public void More_than_fit_are_counted_as_lost_and_the_oldest_stay()
        {
            UdpPort port = OpenPort("127.0.0.1", 0, out CountingSignal signal);
            Socket client = OpenClient("127.0.0.1");
            const int sent = RingCapacity + 44;
            for (int i = 0; i < sent; i++)
            {
                client.SendTo(BitConverter.GetBytes(i), EndPoint(port));
                int arrived = i + 1;
                Assert.That(() => signal.Count,
                    Is.EqualTo(arrived).After(PatienceMilliseconds).MilliSeconds.PollEvery(1));
            }

            var buffer = new byte[100];
            for (int i = 0; i < RingCapacity; i++)
            {
                Assert.That(port.Receive(buffer, new DatagramPeer()), Is.EqualTo(4));
                Assert.That(BitConverter.ToInt32(buffer), Is.EqualTo(i));
            }

            Assert.That(port.Receive(buffer, new DatagramPeer()), Is.EqualTo(-1));
            Assert.That(port.Lost, Is.EqualTo(sent - RingCapacity));
            client.SendTo(BitConverter.GetBytes(7), EndPoint(port));
            Assert.That(Await(port, buffer, new DatagramPeer()), Is.EqualTo(4), "there is room again");
        }

        [Test]
        public void Multicast_is_heard_by_every_port_but_the_one_that_sent_it()
        {
            RequireAddress("127.0.0.2");
            UdpPort two = OpenPort("127.0.0.2", 0);
            UdpPort three = OpenPort("127.0.0.3", two.Port);
            RequireGroup(two);
            Assert.That(three.GroupError, Is.Null);
            Assert.That(two.SendToGroup(Bytes("notify"), 6));

            var peer = new DatagramPeer();
            Assert.That(Await(three, new byte[100], peer), Is.EqualTo(6));
            Assert.That(new IPAddress(peer.Address.AsSpan(0, 4)).ToString(), Is.EqualTo("127.0.0.2"));
            Assert.That(peer.Port, Is.EqualTo(two.Port));
            Assert.That(peer.Cast, Is.EqualTo(ToldAs(DatagramCast.Multicast)));
            Assert.That(AwaitQuiet(two), "its own");

            Assert.That(three.Send(Bytes("you"), 3, peer));
            Assert.That(Await(two, new byte[100], peer), Is.EqualTo(3));
            Assert.That(peer.Cast, Is.EqualTo(ToldAs(DatagramCast.Unicast)));
        }

        [Test]
        public void A_controller_reaches_the_port_through_the_group_and_hears_it()
        {
            RequireAddress("127.0.0.2");
            UdpPort port = OpenPort("127.0.0.2", 0);
            RequireGroup(port);
            Socket listener = Own(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
            listener.ReceiveTimeout = PatienceMilliseconds;
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(new IPEndPoint(GroupIPv4, port.Port));
            listener.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership,
                new MulticastOption(GroupIPv4, IPAddress.Loopback));
            Socket client = OpenClient("127.0.0.1");
            client.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface,
                IPAddress.Loopback.GetAddressBytes());
            client.SendTo(Bytes("who?"), new IPEndPoint(GroupIPv4, port.Port));

            Assert.That(Await(port, new byte[100], new DatagramPeer()), Is.EqualTo(4));
            Assert.That(port.SendToGroup(Bytes("me"), 2));
            var buffer = new byte[100];
            Assert.That(listener.Receive(buffer), Is.EqualTo(4), "the controller's own");
            Assert.That(listener.Receive(buffer), Is.EqualTo(2));
        }

        [Test]
        public void A_shared_port_hears_its_own_multicasts()
        {
            RequireAddress("127.0.0.2");
            UdpPort port = Own(new UdpPort(IPAddress.Parse("127.0.0.2"), 0, share: true));
            Assert.That(port.Open(), Is.True, port.OpenError);
            RequireGroup(port);
            Assert.That(port.SendToGroup(Bytes("notify"), 6));

            Assert.That(Await(port, new byte[100], new DatagramPeer()), Is.EqualTo(6));
        }

        [Test]
        public void A_group_that_cannot_be_reached_is_no_failure_to_open_and_sending_to_it_says_so()
        {
            RequireAddress("::1");
            UdpPort port = OpenPort("::1", 0);
            bool sent = false;

            Assert.DoesNotThrow(() => sent = port.SendToGroup(Bytes("notify"), 6));
            Assert.That(port.IsOpen, "one destination refused is no reason to close");
            TestContext.Out.WriteLine($"ff02::1 on loopback: sent {sent}, {port.GroupError ?? "joined"}");
            if (OperatingSystem.IsLinux())
            {
                Assert.That(sent, Is.False);
            }
        }

        [TestCase("127.0.0.2", false)]
        [TestCase("127.0.0.2", true)]
        [TestCase("0.0.0.0", false)]
        [TestCase("0.0.0.0", true)]
        public void An_exclusive_port_refuses_every_other_holder_and_says_what_to_do(string holder, bool holderShares)
        {
            RequireAddress("127.0.0.2");
            Socket first = OpenHolder(holder, holderShares);
            int number = ((IPEndPoint)first.LocalEndPoint).Port;
            UdpPort port = Own(new UdpPort(IPAddress.Parse("127.0.0.2"), number, share: false));

            Assert.That(port.Open(), Is.False);
            Assert.That(port.IsOpen, Is.False);
            Assert.That(port.OpenErrorCode, Is.EqualTo(SocketError.AddressAlreadyInUse));
            Assert.That(port.OpenError, Is.EqualTo($"127.0.0.2:{number} is in use by another program: stop it, choose "
                + "another address with --listen, or allow sharing with --share"));

            first.Dispose();
            Assert.That(port.Open(), Is.True, "the other has gone");
            Assert.That(port.OpenError, Is.Null);
            Assert.That(port.OpenErrorCode, Is.EqualTo(SocketError.Success));
        }

        [Test]
        public void An_exclusive_port_is_not_taken_from_by_a_later_sharer()
        {
            RequireAddress("127.0.0.2");
            UdpPort port = OpenPort("127.0.0.2", 0);
            UdpPort sharer = Own(new UdpPort(IPAddress.Parse("127.0.0.2"), port.Port, share: true));

            Assert.That(sharer.Open(), Is.False);
            Assert.That(sharer.OpenError, Does.Contain("does not share it"));
            foreach (string address in new[] { "127.0.0.2", "0.0.0.0" })
            {
                using var wildcard = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                wildcard.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                var local = new IPEndPoint(IPAddress.Parse(address), port.Port);
                Assert.Throws<SocketException>(() => wildcard.Bind(local));
            }
        }

        [Test]
        public void A_shared_port_opens_next_to_a_controller_on_every_address_that_shares()
        {
            RequireAddress("127.0.0.2");
            Socket controller = OpenHolder("0.0.0.0", shares: true);
            int number = ((IPEndPoint)controller.LocalEndPoint).Port;
            UdpPort port = Own(new UdpPort(IPAddress.Parse("127.0.0.2"), number, share: true));

            Assert.That(port.Open(), Is.True, port.OpenError);
            OpenClient("127.0.0.1").SendTo(Bytes("unit"), EndPoint(port));
            Assert.That(Await(port, new byte[100], new DatagramPeer()), Is.EqualTo(4));
            UdpPort second = Own(new UdpPort(IPAddress.Parse("127.0.0.2"), number, share: true));
            Assert.That(second.Open(), Is.True, "sharers share");
        }

        [Test]
        public void An_address_of_another_machine_is_named_with_the_choices()
        {
            // TEST-NET-2 (RFC 5737): no machine has it.
            UdpPort port = Own(new UdpPort(IPAddress.Parse("198.51.100.7"), 0, share: false));

            Assert.That(port.Open(), Is.False);
            Assert.That(port.OpenErrorCode, Is.EqualTo(SocketError.AddressNotAvailable));
            Assert.That(port.OpenError, Does.StartWith("198.51.100.7 is not an address of this PC: choose one of ")
                .And.Contain("127.0.0.1").And.EndWith(" with --listen"));
        }

        [Test]
        public void Any_address_is_refused_and_expands_to_addresses_that_open()
        {
            Assert.Throws<ArgumentException>(() => _ = new UdpPort(IPAddress.Any, 0, false));
            Assert.Throws<ArgumentException>(() => _ = new UdpPort(IPAddress.IPv6Any, 0, false));

            IReadOnlyList<IPAddress> addresses = LocalAddresses.Expand(IPAddress.Any);
            Assert.That(addresses, Is.Unique.And.Contains(IPAddress.Loopback));
            Assert.That(addresses,
                Has.All.Property(nameof(IPAddress.AddressFamily)).EqualTo(AddressFamily.InterNetwork));
            if (Socket.OSSupportsIPv6)
            {
                Assert.That(LocalAddresses.Expand(IPAddress.IPv6Any), Is.Unique);
                Assert.That(LocalAddresses.Expand(IPAddress.IPv6Any),
                    Has.All.Property(nameof(IPAddress.AddressFamily)).EqualTo(AddressFamily.InterNetworkV6));
            }

            Assert.That(LocalAddresses.Expand(IPAddress.Parse("127.0.0.9")),
                Is.EqualTo(new[] { IPAddress.Parse("127.0.0.9") }));
        }

        [Test]
        public void A_closed_port_sends_and_receives_nothing_and_opens_again()
        {
            UdpPort port = Own(new UdpPort(IPAddress.Loopback, 0, share: false));
            var peer = new DatagramPeer { AddressLength = 4, Port = 9 };
            IPAddress.Loopback.GetAddressBytes().CopyTo(peer.Address, 0);

            Assert.That(port.IsOpen, Is.False);
            Assert.That(port.Send(new byte[1], 1, peer), Is.False);
            Assert.That(port.SendToGroup(new byte[1], 1), Is.False);
            Assert.That(port.Receive(new byte[1], peer), Is.EqualTo(-1));

            Assert.That(port.Open());
            Assert.That(port.Open(), "open again, after a change of address");
            OpenClient("127.0.0.1").SendTo(new byte[3], EndPoint(port));
            Assert.That(Await(port, new byte[100], peer), Is.EqualTo(3));
            port.Dispose();
            Assert.That(port.IsOpen, Is.False);
            Assert.That(port.Send(new byte[1], 1, peer), Is.False);
            Assert.That(port.Open(), Is.False, "disposed is for good");
        }

        [Test]
        public void What_cannot_be_sent_is_answered_with_false()
        {
            UdpPort port = OpenPort("127.0.0.1", 0);
            var peer = new DatagramPeer { AddressLength = 4, Port = 9 };
            IPAddress.Loopback.GetAddressBytes().CopyTo(peer.Address, 0);

            Assert.That(port.Send(new byte[65_508], 65_508, peer), Is.False, "longer than UDP carries");
            peer.Port = 0;
            Assert.That(port.Send(new byte[1], 1, peer), Is.False, "no port");
            peer.Port = 9;
            peer.AddressLength = 16;
            Assert.That(port.Send(new byte[1], 1, peer), Is.False, "another family");
            peer.AddressLength = 4;
            Assert.That(port.Send(new byte[1], 1, peer), Is.True);
            Assert.That(port.IsOpen, Is.True);
        }

        [Test]
        public void Closing_ends_the_threads_promptly()
        {
            UdpPort port = OpenPort("127.0.0.1", 0);
            long start = Environment.TickCount64;
            port.Dispose();
            Assert.That(Environment.TickCount64 - start, Is.LessThan(900),
                "a thread that had to be given up takes 1 s");

            using UdpPort again = new UdpPort(IPAddress.Loopback, port.Port, share: false);
            Assert.That(again.Open(), Is.True, "the address is free at once");
        }

        [Test]
        public void A_datagram_received_and_answered_allocates_nothing()
        {
            UdpPort port = OpenPort("127.0.0.1", 0, out CountingSignal signal);
            using UdpPort client = new UdpPort(IPAddress.Loopback, 0, share: false);
            var answered = new CountingSignal();
            client.Notify(answered);
            Assert.That(client.Open());
            var toPort = new DatagramPeer { AddressLength = 4, Port = port.Port };
            IPAddress.Loopback.GetAddressBytes().CopyTo(toPort.Address, 0);
            var peer = new DatagramPeer();
            var buffer = new byte[1500];
            Exchange(port, signal, client, answered, toPort, peer, buffer, 2000);

            // The test host may allocate of its own meanwhile, on a busy machine now and then much; one object a datagram
            // would be 24,000 or more, each time.
            long least = long.MaxValue;
            for (int attempt = 0; attempt < 40 && least >= 12_000; attempt++)
            {
                long own = GC.GetAllocatedBytesForCurrentThread();
                long all = GC.GetTotalAllocatedBytes(precise: true);
                Exchange(port, signal, client, answered, toPort, peer, buffer, 1000);
                all = GC.GetTotalAllocatedBytes(precise: true) - all;
                own = GC.GetAllocatedBytesForCurrentThread() - own;
                TestContext.Out.WriteLine($"1000 round trips: {own} bytes on the loop's thread, {all} in the process");
                Assert.That(own, Is.Zero);
                least = Math.Min(least, all);
            }

            Assert.That(least, Is.LessThan(12_000));
        }

        // Windows delivers both to one socket.
        private static DatagramCast ToldAs(DatagramCast cast)
        {
            return OperatingSystem.IsWindows() ? DatagramCast.Unknown : cast;
        }

        private static void Exchange(UdpPort port, CountingSignal asked, UdpPort client, CountingSignal answered,
            DatagramPeer toPort, DatagramPeer peer, byte[] buffer, int times)
        {
            for (int i = 0; i < times; i++)
            {
                int before = asked.Count;
                bool sent = client.Send(buffer, 100, toPort);
                Spin(asked, before);
                int length = port.Receive(buffer, peer);
                before = answered.Count;
                sent &= port.Send(buffer, length, peer);
                Spin(answered, before);
                if (!sent || client.Receive(buffer, peer) != 100)
                {
                    Assert.Fail("the exchange broke off");
                }
            }
        }

        private static void Spin(CountingSignal signal, int before)
        {
            long latest = Environment.TickCount64 + PatienceMilliseconds;
            while (signal.Count == before && Environment.TickCount64 < latest)
            {
                Thread.Yield();
            }
        }

        private static int Await(UdpPort port, byte[] buffer, DatagramPeer peer)
        {
            long latest = Environment.TickCount64 + PatienceMilliseconds;
            int length = port.Receive(buffer, peer);
            while (length < 0 && Environment.TickCount64 < latest)
            {
                Thread.Sleep(1);
                length = port.Receive(buffer, peer);
            }

            return length;
        }

        private static bool AwaitQuiet(UdpPort port)
        {
            Thread.Sleep(QuietMilliseconds);
            return port.Receive(new byte[1500], new DatagramPeer()) < 0;
        }

        private static byte[] Bytes(string text)
        {
            return Encoding.ASCII.GetBytes(text);
        }

        private static IPEndPoint EndPoint(UdpPort port)
        {
            return IPEndPoint.Parse(port.Name);
        }

        private static void RequireAddress(string address)
        {
            try
            {
                var local = new IPEndPoint(IPAddress.Parse(address), 0);
                using var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                socket.Bind(local);
            }
            catch (SocketException)
            {
                Assert.Ignore($"this machine has no {address}");
            }
        }

        private static void RequireGroup(UdpPort port)
        {
            if (port.GroupError != null)
            {
                Assert.Ignore(port.GroupError);
            }
        }

        private T Own<T>(T disposable)
            where T : IDisposable
        {
            _open.Add(disposable);
            return disposable;
        }

        private UdpPort OpenPort(string address, int number)
        {
            return OpenPort(address, number, out _);
        }

        private UdpPort OpenPort(string address, int number, out CountingSignal signal)
        {
            UdpPort port = Own(new UdpPort(IPAddress.Parse(address), number, share: false));
            signal = new CountingSignal();
            port.Notify(signal);
            Assert.That(port.Open(), Is.True, port.OpenError);
            return port;
        }

        private Socket OpenClient(string address)
        {
            var local = new IPEndPoint(IPAddress.Parse(address), 0);
            Socket client = Own(new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
            client.ReceiveTimeout = PatienceMilliseconds;
            client.Bind(local);
            return client;
        }

        private Socket OpenHolder(string address, bool shares)
        {
            Socket holder = Own(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
            if (shares)
            {
                holder.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            holder.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            return holder;
        }
    }
}
