using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Policy;
using NanoComm.Records;
using NanoComm.Rig;
using NanoComm.Simulators.Wifi;
using NanoComm.Simulators.WiSun;
using NUnit.Framework;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The Wi-Fi path (requirements R19, R24, R32, R33): dark until ordered, and whatever the network does, back
    /// when it is back.</summary>
    [Parallelizable]
    internal static class WifiTests
    {
        // What the issue allows from the network's return to the service's.
        private const long Allowed = 10_000;

        private static readonly DateTime Noon = new(2027, 2, 27, 12, 0, 0);

        [Test]
        public static void It_is_dark_until_ordered_and_again_after()
        {
            using SimulatedUnit unit = Make(new PoweredParts { HasWifi = true, IsWifiOrdered = false });
            var hems = new Hems(unit, 2);
            RunTo(unit, Minutes(10));
            Assert.That(unit.Wifi.Starts, Is.Zero);
            Assert.That(unit.Port.Opens, Is.Zero);

            Order(unit, WifiOrder.Body());
            AssertServes(unit, hems, "ordered");
            Assert.That(unit.Wifi.Known, Is.EqualTo(Encoding.ASCII.GetBytes(WifiOrder.Ssid)));
            Assert.That(hems.Notifications(Epc.InstanceListNotification).Count(), Is.EqualTo(1), "it announces itself");

            Assert.That(unit.Unit.Policy.ForgetWifi(), Is.EqualTo(PolicyResult.Done));
            RunFor(unit, 1000);
            Assert.That(unit.Wifi.State, Is.EqualTo(WifiState.Off));
            Assert.That(unit.Wifi.IsQuiet);
            Assert.That(unit.Wifi.Known, Is.Null, "the board has forgotten it");
            Assert.That(unit.Port.IsOpen, Is.False);
            Assert.That(unit.Unit.Power.Of(PowerPart.Processor).IsOn, Is.False, "its power is given back");
            int starts = unit.Wifi.Starts;
            RunFor(unit, Minutes(10));
            Assert.That(unit.Wifi.Starts, Is.EqualTo(starts));
            Assert.That(EventsOf(unit), Does.StartWith("Start 1, WifiOn 1, WifiOff 1"));
            AssertNoSecrets(unit, WifiOrder.Passphrase);
        }

        [Test]
        public static void The_end_of_a_pairing_and_an_erasure_switch_it_off_and_have_it_forgotten()
        {
            foreach (bool isErased in new[] { false, true })
            {
                using SimulatedUnit unit = Make(new PoweredParts { HasWifi = true });
                AssertServes(unit, new Hems(unit, 2), "ordered");
                if (isErased)
                {
                    Assert.That(new Erasure(unit.Board).Begin(new ErasureOrder(ErasureOrderKind.Bench)), Is.True);
                }
                else
                {
                    Assert.That(unit.Unit.Policy.CloseAll(), Is.True);
                }

                RunFor(unit, Minutes(1));
                Assert.That(unit.Wifi.Starts, Is.EqualTo(1));
                Assert.That(unit.Wifi.IsQuiet);
                Assert.That(unit.Wifi.Known, Is.Null);
                Assert.That(unit.Port.IsOpen, Is.False);
                Assert.That(unit.Unit.Wifi.State, Is.EqualTo(WifiState.Off));
                AssertNoSecrets(unit, WifiOrder.Passphrase);
            }
        }

        [Test]
        public static void What_is_ordered_outlives_a_restart_and_what_is_forgotten_too()
        {
            var files = new MemoryFiles();
            using (SimulatedUnit unit = Make(new PoweredParts { HasWifi = true }, files))
            {
                AssertServes(unit, new Hems(unit, 2), "ordered");
            }

            using (SimulatedUnit unit = Make(new PoweredParts { HasWifi = true, IsWifiOrdered = false }, files))
            {
                AssertServes(unit, new Hems(unit, 2), "after a restart");
                Assert.That(unit.Unit.Policy.ForgetWifi(), Is.EqualTo(PolicyResult.Done));
            }

            // Cut before the board was told to forget.
            using (SimulatedUnit unit = Make(new PoweredParts { HasWifi = true, IsWifiOrdered = false }, files))
            {
                RunTo(unit, Minutes(1));
                Assert.That(unit.Wifi.Starts, Is.Zero);
                Assert.That(unit.Wifi.Forgets, Is.EqualTo(1));
            }
        }

        [Test]
        public static void Another_network_is_joined_in_its_place_and_another_decision_leaves_it_alone()
        {
            using SimulatedUnit unit = Make(new PoweredParts { HasWifi = true });
            var hems = new Hems(unit, 2);
            AssertServes(unit, hems, "ordered");

            Order(unit, WifiOrder.Body());
            RunFor(unit, Minutes(2));
            Assert.That(unit.Port.Opens, Is.EqualTo(1), "the same network");

            Order(unit, WifiOrder.Body("another passphrase"));
            RunFor(unit, Minutes(2));
            Assert.That(unit.Unit.Wifi.State, Is.EqualTo(WifiState.WrongPassphrase));
            Assert.That(unit.Port.IsOpen, Is.False);

            // As it is when the customer changes it, and the utility orders after.
            Change(unit, () => unit.AccessPoint.Passphrase = Encoding.ASCII.GetBytes("another passphrase"));
            AssertServes(unit, hems, "the access point has it too");
            AssertNoSecrets(unit, "another passphrase", WifiOrder.Passphrase);
        }

        [TestCase(WifiSecurity.Open)]
        [TestCase((WifiSecurity)1)]
        [TestCase((WifiSecurity)2)]
        public static void What_is_not_protected_by_AES_is_not_joined_be_it_ordered_or_there(WifiSecurity security)
        {
            using SimulatedUnit unit = Make(new PoweredParts { HasWifi = true, IsWifiOrdered = false });
            byte[] body = WifiOrder.Body(security: security);
            Assert.That(unit.Unit.Policy.SetWifi(body, 0, body.Length), Is.EqualTo(PolicyResult.SecurityNotAllowed));
            unit.Board.Store.Write(RecordCatalogue.Wifi, body, body.Length);
            RunTo(unit, Minutes(1));
            Assert.That(unit.Wifi.Starts, Is.Zero);
            Assert.That(unit.Wifi.Start(new WifiNetwork(WifiRole.Station, security, [1], [1])), Is.False, "nor would the radio");

            Change(unit, () => unit.AccessPoint.Security = security);
            Order(unit, WifiOrder.Body());
            RunFor(unit, Minutes(1));
            Assert.That(unit.Unit.Wifi.State, Is.EqualTo(WifiState.NetworkNotFound));
        }

        [Test]
        public static void A_bench_network_counts_in_a_unit_without_factory_keys_alone()
        {
            foreach (bool isEnrolled in new[] { false, true })
            {
                var files = new MemoryFiles();
                var store = new DurableStore(files);
                byte[] body = WifiOrder.Body();
                store.Write(RecordCatalogue.BenchWifi, body, body.Length);
                if (isEnrolled)
                {
                    store.Write(RecordCatalogue.FactoryKeys, new byte[56], 56);
                }

                using SimulatedUnit unit = Make(new PoweredParts { HasWifi = true, IsWifiOrdered = false }, files);
                RunTo(unit, Minutes(1));
                Assert.That(unit.Wifi.State, Is.EqualTo(isEnrolled ? WifiState.Off : WifiState.Joined));
                Assert.That(unit.Board.LogLines.Count(line => line.Contains("bench")), Is.EqualTo(isEnrolled ? 1 : 0));
            }
        }

        [TestCase(1)]
        [TestCase(5)]
        [TestCase(60)]
        [TestCase(3600)]
        [TestCase(86_400)]
        [TestCase(5 * 86_400)]
        public static void After_an_outage_of_any_length_it_serves_within_ten_seconds(int seconds)
        {
            // Their ends meet every moment of what it repeats: two seconds of looking and up to three of pause.
            int outages = seconds > 86_400 ? 2 : seconds > 3600 ? 4 : 60;
            using SimulatedUnit unit = Make(new PoweredParts { HasWifi = true });
            var hems = new Hems(unit, 2);
            AssertServes(unit, hems, "at the start");
            long longest = 0;
            for (int i = 0; i < outages; i++)
            {
                Change(unit, () => unit.AccessPoint.IsGone = true);
                Assert.That(unit.Port.IsOpen, Is.False);
                RunFor(unit, Seconds(seconds) + (i * 5_600 / outages));
                Change(unit, () => unit.AccessPoint.IsGone = false);
                longest = Math.Max(longest, AssertServes(unit, hems, $"outage {i}"));
                RunFor(unit, 3_000 + (i * 37));
            }

            TestContext.Out.WriteLine($"outages of {seconds} s: back after at most {longest} ms, pauses of at most "
                + $"{unit.Wifi.LongestPause} ms between attempts");
            Assert.That(unit.Wifi.LongestPause, Is.LessThanOrEqualTo(5_000));
        }

        [TestCase(0)]
        [TestCase(300)]
        public static void Each_fault_is_told_and_over_when_it_is_over(int afterSeconds)
        {
            foreach ((string fault, WifiState state, string told) in new[]
            {
                ("gone", WifiState.NetworkNotFound, "the network is not found"),
                ("passphrase", WifiState.WrongPassphrase, "refuses the passphrase"),
                ("dhcp", WifiState.NoAddress, "DHCP is silent"),
                ("conflict", WifiState.NoAddress, "another host has the address 198.51.100.7"),
                ("weak", WifiState.Joined, "link Wi-Fi -78 dBm, 8 dB below -70"),
            })
            {
                foreach (int length in new[] { 30, 3 * 3600 })
                {
                    using SimulatedUnit unit = Make(new PoweredParts { HasWifi = true });
                    var hems = new Hems(unit, 2);
                    RunTo(unit, Seconds(afterSeconds));
                    Change(unit, () => Set(unit, fault, true));
                    RunFor(unit, Seconds(length));
                    Assert.That(unit.Unit.Wifi.State, Is.EqualTo(state), fault);
                    RunFor(unit, Minutes(61));
                    Assert.That(unit.Board.LogLines, Has.Some.Contains(told), fault);
                    Change(unit, () => Set(unit, fault, false));
                    long back = AssertServes(unit, hems, fault);
                    Assert.That(unit.Wifi.LongestPause, Is.LessThanOrEqualTo(5_000), fault);
                    Assert.That(unit.Board.LogLines.Count(line => line.Contains(" wifi: ")), Is.LessThan(6), fault);
                    TestContext.Out.WriteLine($"{fault} after {afterSeconds} s for {length + 3660} s: back after {back} ms");
                    AssertNoSecrets(unit, WifiOrder.Passphrase);
                }
            }
        }

        [Test]
        public static void Ten_thousand_outages_leave_nothing_behind()
        {
            const int Outages = 10_000;
            using SimulatedUnit unit = Make(new PoweredParts { HasWifi = true });
            var hems = new Hems(unit, 2);
            AssertServes(unit, hems, "at the start");
            int objects = 0;
            int events = 0;
            for (int i = 0; i < Outages; i++)
            {
                if (i == 100)
                {
                    objects = CountObjects(unit);
                    events = unit.Board.LogLines.Count;
                }

                Change(unit, () => unit.AccessPoint.IsGone = true);
                RunFor(unit, 100 + (i % 7 * 900));
                Change(unit, () => unit.AccessPoint.IsGone = false);
                unit.Scheduler.Run(() => unit.Port.IsOpen, unit.Scheduler.Milliseconds + Allowed);
                RunFor(unit, 200 + (i % 5 * 300));
            }

            AssertServes(unit, hems, "at the end");
            long minutes = unit.Scheduler.Milliseconds / 60_000;
            int lines = unit.Board.LogLines.Count(line => line.Contains(" wifi: "));
            TestContext.Out.WriteLine($"{Outages} outages in {minutes} minutes: {CountObjects(unit)} objects, {objects} before; "
                + $"{lines} lines, {unit.Port.Opens} openings, {unit.Wifi.Starts} attempts");
            Assert.That(unit.Port.Opens, Is.InRange(Outages, Outages + 2));
            Assert.That(CountObjects(unit), Is.EqualTo(objects).Within(2), "objects of the unit");
            Assert.That(lines, Is.InRange(minutes / 2, minutes + 10));
            Assert.That(unit.Board.LogLines.Count - events, Is.LessThan(2 * minutes), "no other loop tells each outage");
            Assert.That(unit.Unit.Health.Failures, Is.Zero);
            Assert.That(CountOf(unit, SecurityEvent.WifiLost), Is.LessThanOrEqualTo((uint)minutes + 10));
        }

        [Test]
        public static void Another_address_reopens_the_port_and_the_unit_announces_itself()
        {
            using SimulatedUnit unit = Make(new PoweredParts { HasWifi = true });
            var hems = new Hems(unit, 2);
            AssertServes(unit, hems, "at the start");

            Change(unit, () => unit.AccessPoint.Address = IPAddress.Parse("198.51.100.8"));

            AssertServes(unit, hems, "at another address");
            Assert.That(unit.Port.Opens, Is.EqualTo(2));
            Assert.That(hems.Notifications(Epc.InstanceListNotification).Count(), Is.EqualTo(2));
            Assert.That(unit.Wifi.Starts, Is.EqualTo(1), "it stays in the network");
        }

        [Test]
        public static void It_can_be_the_access_point_where_the_radio_can()
        {
            foreach (bool can in new[] { false, true })
            {
                using SimulatedUnit unit = Make(new PoweredParts { HasWifi = true, IsWifiOrdered = false, CanBeAccessPoint = can });
                byte[] body = WifiOrder.Body(role: WifiRole.AccessPoint);
                Assert.That(unit.Unit.Policy.SetWifi(body, 0, body.Length), Is.EqualTo(can ? PolicyResult.Done : PolicyResult.NoPath));
                RunTo(unit, Minutes(1));
                Assert.That(unit.Port.IsOpen, Is.EqualTo(can));
            }
        }

        [Test]
        public static void A_board_that_does_not_forget_is_asked_again_and_that_is_told()
        {
            using SimulatedUnit unit = Make(new PoweredParts { HasWifi = true });
            AssertServes(unit, new Hems(unit, 2), "at the start");
            unit.Wifi.RefusesToForget = true;
            unit.Unit.Policy.ForgetWifi();
            RunFor(unit, Minutes(5));
            Assert.That(unit.Wifi.State, Is.EqualTo(WifiState.Off), "off at once, all the same");
            Assert.That(unit.Board.LogLines.Count(line => line.Contains("has not forgotten")), Is.InRange(5, 6));

            unit.Wifi.RefusesToForget = false;
            RunFor(unit, Minutes(1));
            Assert.That(unit.Wifi.Known, Is.Null);
            int forgets = unit.Wifi.Forgets;
            RunFor(unit, Minutes(10));
            Assert.That(unit.Wifi.Forgets, Is.EqualTo(forgets));
        }

        private static SimulatedUnit Make(PoweredParts parts, MemoryFiles files = null)
        {
            SimulatedUnit unit = SimulatedUnit.WithWiSun(1, Noon, files ?? new MemoryFiles(), parts: parts);
            unit.Unit.Start();
            return unit;
        }

        private static void Order(SimulatedUnit unit, byte[] body)
        {
            Assert.That(unit.Unit.Policy.SetWifi(body, 0, body.Length), Is.EqualTo(PolicyResult.Done));
        }

        private static void Change(SimulatedUnit unit, Action change)
        {
            ((IAirClock)unit.Air.Clock).Enter(change);
        }

        private static void Set(SimulatedUnit unit, string fault, bool isThere)
        {
            switch (fault)
            {
                case "gone":
                    unit.AccessPoint.IsGone = isThere;
                    break;
                case "passphrase":
                    unit.AccessPoint.Passphrase = Encoding.ASCII.GetBytes(isThere ? "the customer's new one" : WifiOrder.Passphrase);
                    break;
                case "dhcp":
                    unit.AccessPoint.IsDhcpSilent = isThere;
                    break;
                case "conflict":
                    unit.AccessPoint.HasConflict = isThere;
                    break;
                default:
                    unit.AccessPoint.SignalDbm = isThere ? SimulatedAccessPoint.WeakSignal : SimulatedAccessPoint.GoodSignal;
                    break;
            }
        }

        private static void RunFor(SimulatedUnit unit, long milliseconds)
        {
            unit.Scheduler.RunUntil(unit.Scheduler.Milliseconds + milliseconds);
        }

        // How long it took.
        private static long AssertServes(SimulatedUnit unit, Hems hems, string when)
        {
            long start = unit.Scheduler.Milliseconds;
            while (hems.AskNode(Epc.SelfNodeInstanceListS) is null)
            {
                Assert.That(unit.Scheduler.Milliseconds - start, Is.LessThan(Allowed), when);
                RunFor(unit, 49);
            }

            return unit.Scheduler.Milliseconds - start;
        }

        private static int CountObjects(SimulatedUnit unit)
        {
            return KeysInMemoryTests.Reach(unit.Unit).Count(thing =>
                thing.GetType().Assembly == typeof(CommunicationUnit).Assembly || thing is Array);
        }

        private static void AssertNoSecrets(SimulatedUnit unit, params string[] secrets)
        {
            IEnumerable<byte[]> arrays = KeysInMemoryTests.Reach(unit.Unit).OfType<byte[]>();
            foreach (string secret in secrets)
            {
                Assert.That(unit.Board.LogLines, Has.None.Contains(secret));
                byte[] bytes = Encoding.ASCII.GetBytes(secret);
                Assert.That(arrays.Count(array => array.AsSpan().IndexOf(bytes) >= 0), Is.Zero, "in the unit's memory");
            }
        }

        private static string EventsOf(SimulatedUnit unit)
        {
            var entry = new SecurityLogEntry();
            var events = new List<string>();
            for (int i = 0; unit.Unit.Security.Get(i, entry); i++)
            {
                events.Add($"{entry.Event} {entry.Count}");
            }

            return string.Join(", ", events);
        }

        private static uint CountOf(SimulatedUnit unit, SecurityEvent e)
        {
            var entry = new SecurityLogEntry();
            uint count = 0;
            for (int i = 0; unit.Unit.Security.Get(i, entry); i++)
            {
                count += entry.Event == e ? entry.Count : 0;
            }

            return count;
        }
    }
}
