using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hal
{
    /// <summary>Addresses of the loopback that come and go by order of the test.</summary>
    [TestFixture]
    [Platform("Linux", Reason = "127.0.0.0/8 is all one's own there")]
    public sealed class EveryAddressTests
    {
        private const int Patience = 5000;

        private readonly RecordingLog _log = new();
        private readonly CountingSignal _signal = new();
        private volatile LocalAddress[] _there = [];
        private EveryAddress _every;

        [SetUp]
        public void Clear()
        {
            _log.Lines.Clear();
        }

        [TearDown]
        public void Close()
        {
            _every.Dispose();
        }

        [Test]
        public void What_is_there_at_the_start_is_held_and_opened()
        {
            Make(Address(71), Address(72));
            Assert.That(_every.Reserve(), Is.Null);
            Assert.That(Names(), Is.EqualTo(new[] { "127.0.0.71", "127.0.0.72" }));
            Assert.That(OpenAll(), Is.EqualTo(2));
            Assert.That(_log.Lines, Is.Empty);
            AssertServed(71);
            AssertServed(72);
        }

        [Test]
        public void One_that_is_in_use_is_named()
        {
            using var other = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.71"), 0));
            Make(((IPEndPoint)other.Client.LocalEndPoint).Port, Address(71));
            Assert.That(_every.Reserve(), Does.Contain("127.0.0.71").And.Contain("in use by another program"));
        }

        [Test]
        public void One_that_comes_wakes_the_loop_and_is_served()
        {
            Make(Address(71));
            OpenAll();
            int before = _signal.Count;
            _there = [Address(71), Address(73)];
            _every.Start();
            AddressSlot slot = Await(slot => slot.IsReady);
            Assert.That(_signal.Count, Is.GreaterThan(before));
            Assert.That(OpenAll(), Is.EqualTo(1));
            Assert.That(slot.IsReady, Is.False, "once");
            AssertServed(73);
            AssertServed(71);
            Assert.That(_log.Lines.Single(), Does.StartWith("Info ip 127.0.0.73:").And.EndWith("has come"));
        }

        [Test]
        public void One_that_goes_is_let_go_and_its_slot_is_used_again()
        {
            Make(Address(71), Address(72));
            OpenAll();
            for (byte host = 80; host < 120; host++)
            {
                _there = [Address(71), Address(host)];
                _every.Look();
                Assert.That(OpenAll(), Is.EqualTo(1));
            }

            AssertServed(119);
            AssertServed(71);
            Assert.That(Names(), Is.EquivalentTo(new[] { "127.0.0.71", "127.0.0.119" }));
            using var free = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.72"), Port(71)));
            Assert.That(_log.Lines.Count(line => line.EndsWith("is gone", StringComparison.Ordinal)), Is.EqualTo(40));
        }

        [Test]
        public void An_interface_that_came_back_under_its_address_is_joined_anew()
        {
            Make(Address(71));
            OpenAll();
            _there = [Address(71) with { Interface = 9 }];
            _every.Look();
            Assert.That(OpenAll(), Is.EqualTo(1));
            AssertServed(71);
        }

        [Test]
        public void What_was_lost_at_an_address_that_is_gone_stays_counted()
        {
            Make(Address(71));
            OpenAll();
            AddressSlot slot = _every.Slots[0];
            using var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            client.Send(new byte[101], new IPEndPoint(IPAddress.Parse("127.0.0.71"), Port(71)));
            Assert.That(() => Take(slot) < 0 && slot.Lost == 1, Is.True.After(Patience).MilliSeconds.PollEvery(5));
            _there = [];
            _every.Look();
            Assert.That(slot.Name, Is.Null);
            Assert.That(slot.Lost, Is.EqualTo(1));
            Assert.That((slot.IsOpen, slot.Open(), Take(slot), slot.SendToGroup(new byte[1], 1)),
                Is.EqualTo((false, false, -1, false)));
        }

        [Test]
        public void More_than_there_are_slots_for_is_said_once()
        {
            Make();
            _there = [.. Enumerable.Range(1, 20).Select(host => Address((byte)host))];
            _every.Look();
            _every.Look();
            Assert.That(Names(), Has.Length.EqualTo(16));
            Assert.That(_log.Lines.Count(line => line.StartsWith("Warning", StringComparison.Ordinal)), Is.EqualTo(1));
        }

        [Test]
        public void Addresses_that_were_named_are_somebody_elses()
        {
            _there = [Address(71), Address(72)];
            _every = new EveryAddress([IPAddress.Parse("127.0.0.71"), IPAddress.Any], 0, false, _log, Find);
            Assert.That(Names(), Is.EqualTo(new[] { "127.0.0.72" }));
        }

        [Test]
        public void Without_any_nothing_is_followed()
        {
            _there = [Address(71)];
            _every = new EveryAddress([IPAddress.Parse("127.0.0.71")], 0, false, _log, Find);
            _every.Start();
            Assert.That(_every.Slots, Is.Empty);
        }

        [Test]
        public void A_look_at_the_real_addresses_costs_little_time()
        {
            Make();
            LocalAddresses.Find();
            var watch = Stopwatch.StartNew();
            for (int i = 0; i < 100; i++)
            {
                LocalAddresses.Find();
            }

            TestContext.Out.WriteLine($"{watch.Elapsed.TotalMilliseconds / 100:0.00} ms a look");
            Assert.That(LocalAddresses.Find().Select(local => local.Address), Does.Contain(IPAddress.Loopback));
            Assert.That(watch.ElapsedMilliseconds, Is.LessThan(5000), "a tenth of the time from one to the next");
        }

        private static LocalAddress Address(byte host) => new(new IPAddress([127, 0, 0, host]), 1);

        private void Make(params LocalAddress[] there)
        {
            Make(0, there);
        }

        private void Make(int port, params LocalAddress[] there)
        {
            _there = there;
            _every = new EveryAddress([IPAddress.Any], port, false, _log, Find);
            foreach (AddressSlot slot in _every.Slots)
            {
                slot.Notify(_signal);
            }
        }

        private IReadOnlyList<LocalAddress> Find()
        {
            return [.. _there, new LocalAddress(IPAddress.IPv6Loopback, 1)];
        }

        private string[] Names() => [.. _every.Slots.Where(slot => slot.Name != null).Select(slot => slot.Name.Split(':')[0])];

        private int OpenAll() => _every.Slots.Count(slot => !slot.IsOpen && slot.Open());

        private AddressSlot Await(Func<AddressSlot, bool> condition)
        {
            AddressSlot found = null;
            Assert.That(() => (found = _every.Slots.FirstOrDefault(condition)) != null,
                Is.True.After(Patience).MilliSeconds.PollEvery(5));
            return found;
        }

        private int Port(byte host)
        {
            string name = _every.Slots.Select(slot => slot.Name)
                .Single(name => name?.StartsWith($"127.0.0.{host}:", StringComparison.Ordinal) == true);
            return IPEndPoint.Parse(name).Port;
        }

        private static int Take(AddressSlot slot) => slot.Receive(new byte[100], new DatagramPeer());

        private void AssertServed(byte host)
        {
            AddressSlot slot = _every.Slots.Single(slot => slot.Address == Address(host) || slot.Address?.Interface == 9);
            using var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            client.Client.ReceiveTimeout = Patience;
            client.Send(new byte[7], IPEndPoint.Parse(slot.Name));
            var peer = new DatagramPeer();
            Assert.That(() => slot.Receive(new byte[100], peer), Is.EqualTo(7).After(Patience).MilliSeconds.PollEvery(1));
            Assert.That(slot.Send(new byte[9], 9, peer));
            IPEndPoint from = null;
            Assert.That(client.Receive(ref from), Has.Length.EqualTo(9));
            Assert.That(from.Address, Is.EqualTo(Address(host).Address));
        }
    }
}
