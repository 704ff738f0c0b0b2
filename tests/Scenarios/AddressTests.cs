using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using NanoComm.Hems;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The virtual board in a home's network whose addresses come and go, and a controller in the same network:
    /// two namespaces with a cable between them.</summary>
    [Platform("Linux")]
    [Parallelizable]
    internal static class AddressTests
    {
        private const int Port = 3610;
        private const int Patience = 20_000;
        private const int WithinMilliseconds = 2000;

        private static readonly IPAddress GroupIPv4 = IPAddress.Parse("224.0.23.0");
        private static readonly IPAddress GroupIPv6 = IPAddress.Parse("ff02::1");

        private static readonly byte[] GetInstances =
            new EchonetMessage { Tid = 7, Deoj = EchonetMessage.NodeProfile, Esv = EchonetMessage.Get }.With(0xD6).ToBytes();

        [Test]
        public static void An_address_that_comes_is_served_and_announced_within_two_seconds()
        {
            using Cable cable = new();
            using VirtualBoardProgram board = cable.StartBoard();
            using UdpClient controller = cable.Bind(AddressFamily.InterNetwork);
            foreach (string address in new[] { "192.0.2.9", "192.0.2.10" })
            {
                long answered = cable.AddAndAsk(controller, address, "/24", out long announced);
                TestContext.Out.WriteLine($"{address}: announced after {announced} ms, answers after {answered} ms");
                Assert.That(answered, Is.LessThan(WithinMilliseconds));
                Assert.That(announced, Is.LessThan(WithinMilliseconds));
                cable.AssertFound(controller, GroupIPv4, IPAddress.Parse(address));
                cable.Home.Ip($"addr del {address}/24 dev v0");
                board.WaitFor($"{address}:3610 is gone");
            }

            using UdpClient controller6 = cable.Bind(AddressFamily.InterNetworkV6);
            cable.Home.Ip("addr add 2001:db8::1/64 dev v0 nodad");
            long answered6 = cable.AddAndAsk(controller6, "2001:db8::9", "/64 nodad", out long announced6);
            TestContext.Out.WriteLine($"2001:db8::9: announced after {announced6} ms, answers after {answered6} ms");
            Assert.That(Math.Max(answered6, announced6), Is.LessThan(WithinMilliseconds));
        }

        [Test]
        public static void An_interface_that_comes_brings_its_link_local_address_and_its_group()
        {
            using Cable cable = new();
            using VirtualBoardProgram board = cable.StartBoard();
            using (UdpClient first = cable.Bind(AddressFamily.InterNetworkV6))
            {
                Assert.That(cable.Find(first, GroupIPv6, Patience), Is.Not.Null);
            }

            for (int i = 0; i < 2; i++)
            {
                cable.Unplug();
                board.WaitFor("is gone");
                var watch = Stopwatch.StartNew();
                cable.Plug();
                using UdpClient controller = cable.Bind(AddressFamily.InterNetworkV6);
                IPAddress meter = null;
                while (meter == null && watch.ElapsedMilliseconds < Patience)
                {
                    meter = cable.Find(controller, GroupIPv6, WithinMilliseconds / 4);
                }

                TestContext.Out.WriteLine($"{meter}: found {watch.ElapsedMilliseconds} ms after the cable was plugged in");
                Assert.That(meter?.IsIPv6LinkLocal, Is.True);
                Assert.That(watch.ElapsedMilliseconds, Is.LessThan(WithinMilliseconds));
            }
        }

        // Whoever starts later finds the meter by asking the group.
        [TestCase(AddressFamily.InterNetwork)]
        [TestCase(AddressFamily.InterNetworkV6)]
        public static void A_controller_that_starts_later_finds_the_meter_within_two_seconds(AddressFamily family)
        {
            using Cable cable = new();
            cable.Home.Ip("addr add 192.0.2.9/24 dev v0");
            using VirtualBoardProgram board = cable.StartBoard();
            board.WaitFor("reading ");
            for (int i = 0; i < 3; i++)
            {
                using UdpClient controller = cable.Bind(family);
                var watch = Stopwatch.StartNew();
                IPAddress meter = cable.Find(controller, family == AddressFamily.InterNetwork ? GroupIPv4 : GroupIPv6,
                    WithinMilliseconds);
                TestContext.Out.WriteLine($"{meter} after {watch.ElapsedMilliseconds} ms");
                Assert.That(meter, Is.Not.Null);
            }
        }

        private sealed class Cable : IDisposable
        {
            public Cable()
            {
                if (!File.Exists("/usr/sbin/ip") && !File.Exists("/sbin/ip") && !File.Exists("/usr/bin/ip"))
                {
                    Assert.Ignore("this machine has no command ip (package iproute2)");
                }

                Home = new NetworkNamespace();
                Lan = new NetworkNamespace();
                Plug();
            }

            /// <summary>Where the board is, at v0.</summary>
            public NetworkNamespace Home { get; }

            /// <summary>Where the controller is, at v1.</summary>
            private NetworkNamespace Lan { get; }

            public VirtualBoardProgram StartBoard()
            {
                VirtualBoardProgram board = Home.Run(() => new VirtualBoardProgram("--listen", "0.0.0.0", "--listen", "::",
                    "--wisun", "none"));
                board.WaitFor("reading the metering unit");
                return board;
            }

            // Without a try-out of addresses (RFC 4862), which takes one to two seconds, the operating system's own.
            public void Plug()
            {
                Home.Run(() => Write("default/dad_transmits", "0"));
                Lan.Run(() => Write("default/dad_transmits", "0"));
                Home.Ip($"link add v0 type veth peer name v1 netns {Lan.Id}");
                Lan.Ip("addr add 192.0.2.1/24 dev v1");
                Lan.Ip("addr add 2001:db8::2/64 dev v1 nodad");
                Lan.Ip("link set v1 up");
                Home.Ip("link set v0 up");
            }

            public void Unplug()
            {
                Home.Ip("link del v0");
            }

            public UdpClient Bind(AddressFamily family)
            {
                return Lan.Run(() =>
                {
                    bool isIPv4 = family == AddressFamily.InterNetwork;
                    var client = new UdpClient(family);
                    client.Client.Bind(new IPEndPoint(isIPv4 ? IPAddress.Any : IPAddress.IPv6Any, Port));
                    if (isIPv4)
                    {
                        client.JoinMulticastGroup(GroupIPv4, IPAddress.Parse("192.0.2.1"));
                        client.Client.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface,
                            IPAddress.Parse("192.0.2.1").GetAddressBytes());
                    }
                    else
                    {
                        int index = System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
                            .Single(network => network.Name == "v1").GetIPProperties().GetIPv6Properties().Index;
                        client.JoinMulticastGroup(index, GroupIPv6);
                        client.Client.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, index);
                    }

                    return client;
                });
            }

            /// <summary>Gives the board an address and asks it until it answers from there.</summary>
            /// <returns>After how many milliseconds.</returns>
            public long AddAndAsk(UdpClient controller, string address, string options, out long announced)
            {
                IPAddress wanted = IPAddress.Parse(address);
                long answered = long.MaxValue;
                announced = long.MaxValue;
                var watch = Stopwatch.StartNew();
                Home.Ip($"addr add {address}{options} dev v0");
                while (Math.Max(answered, announced) == long.MaxValue && watch.ElapsedMilliseconds < Patience)
                {
                    EchonetMessage heard = Ask(controller, wanted, 50, out IPAddress from);
                    if (heard == null || !from.Equals(wanted))
                    {
                        continue;
                    }

                    answered = heard.Esv == EchonetMessage.GetRes ? Math.Min(answered, watch.ElapsedMilliseconds) : answered;
                    announced = heard.Find(0xD5) != null ? Math.Min(announced, watch.ElapsedMilliseconds) : announced;
                }

                return answered;
            }

            /// <summary>Asks a group for its meters.</summary>
            /// <returns>The first that answers, or null.</returns>
            public IPAddress Find(UdpClient controller, IPAddress group, int milliseconds)
            {
                var watch = Stopwatch.StartNew();
                while (watch.ElapsedMilliseconds < milliseconds)
                {
                    EchonetMessage answer = Ask(controller, group, milliseconds / 4, out IPAddress from);
                    if (answer?.Esv == EchonetMessage.GetRes && answer.Find(0xD6) != null)
                    {
                        return from;
                    }
                }

                return null;
            }

            public void AssertFound(UdpClient controller, IPAddress group, IPAddress meter)
            {
                Assert.That(Find(controller, group, WithinMilliseconds), Is.EqualTo(meter), "its group is joined");
            }

            public void Dispose()
            {
                Lan?.Dispose();
                Home?.Dispose();
            }

            private EchonetMessage Ask(UdpClient controller, IPAddress to, int milliseconds, out IPAddress from)
            {
                from = null;
                controller.Client.ReceiveTimeout = milliseconds;
                IPEndPoint sender = null;
                try
                {
                    controller.Send(GetInstances, new IPEndPoint(to, Port));
                    byte[] frame = controller.Receive(ref sender);
                    from = sender.Address;
                    return EchonetMessage.Parse(frame);
                }
                catch (SocketException)
                {
                    return null;
                }
            }

            private static bool Write(string name, string value)
            {
                File.WriteAllText("/proc/sys/net/ipv6/conf/" + name, value);
                return true;
            }
        }
    }
}
