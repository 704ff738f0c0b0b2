using NanoComm.Audit;
using NanoComm.Hal;
using NanoComm.Policy;
using NanoComm.Power;
using NanoComm.Records;
using NanoComm.Supervision;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>When the Wi-Fi radio is on, in which network, and how often it tries.</summary>
    [TestClass]
    public static class WifiSwitchTests
    {
        private const string Passphrase = "passphrase";

        [TestMethod]
        public static void Without_an_order_it_is_off_takes_no_power_and_has_the_board_forget_what_it_knows()
        {
            var unit = new Unit(false);

            Assert.AreEqual(Deadline.Never, unit.Step(0));

            Assert.AreEqual(0, unit.Radio.Starts);
            Assert.IsFalse(unit.Radio.IsDeployed);
            Assert.IsFalse(unit.Power.IsOn);
            Assert.AreEqual(0, unit.Count(SecurityEvent.WifiOff), "it was never on");
            unit.Step(1000);
            Assert.AreEqual(1, unit.Radio.Forgets, "once");
        }

        [TestMethod]
        public static void Ordered_it_joins_and_clears_the_passphrase_behind_it()
        {
            var unit = new Unit(false);
            unit.Step(0);
            unit.Order(WifiRole.Station, WifiSecurity.Wpa2);

            unit.Step(1);

            Assert.AreEqual(1, unit.Radio.Starts);
            Assert.IsTrue(unit.Power.IsOn);
            Assert.AreEqual((int)Passphrase[0], unit.Radio.FirstOfPassphrase);
            Assert.AreEqual(0, (int)unit.Radio.Network.Passphrase[0]);
            Assert.AreEqual((int)WifiState.Joining, (int)unit.Wifi.State);
            unit.Radio.State = WifiState.Joined;
            unit.Step(500);
            Assert.AreEqual((int)WifiState.Joined, (int)unit.Wifi.State);
            Assert.AreEqual(1, unit.Count(SecurityEvent.WifiOn));
        }

        [TestMethod]
        public static void Ordered_off_it_leaves_and_the_board_forgets_until_it_has()
        {
            var unit = new Unit(true);
            unit.Step(0);
            unit.Radio.Refuses = true;
            Assert.AreEqual((int)PolicyResult.Done, (int)unit.Policy.ForgetWifi());

            long next = unit.Step(1000);

            Assert.IsFalse(unit.Radio.IsStarted);
            Assert.IsFalse(unit.Power.IsOn);
            Assert.AreEqual((int)WifiState.Off, (int)unit.Wifi.State);
            Assert.AreEqual(1, unit.Count(SecurityEvent.WifiOff));
            Assert.AreEqual(61000, (int)next);
            Assert.AreEqual(1, unit.Board.Warnings, "told");
            unit.Step(30000);
            Assert.AreEqual(1, unit.Radio.Forgets);
            unit.Radio.Refuses = false;
            Assert.AreEqual(Deadline.Never, unit.Step(61000));
            Assert.IsFalse(unit.Radio.IsDeployed);
        }

        [TestMethod]
        public static void An_access_point_is_one_where_the_radio_can()
        {
            var unit = new Unit(false);
            unit.Radio.CanBeAccessPoint = true;
            unit.Order(WifiRole.AccessPoint, WifiSecurity.Wpa2Wpa3);

            unit.Step(0);

            Assert.AreEqual((int)WifiRole.AccessPoint, (int)unit.Radio.Network.Role);
        }

        [TestMethod]
        public static void A_network_that_the_radio_does_not_take_is_told_and_takes_no_power()
        {
            var unit = new Unit(true);
            unit.Radio.IsPicky = true;

            unit.Step(0);
            unit.Step(100);

            Assert.IsFalse(unit.Power.IsOn);
            Assert.AreEqual(1, unit.Board.Warnings);
        }

        [TestMethod]
        [DataRow((int)WifiState.NetworkNotFound)]
        [DataRow((int)WifiState.WrongPassphrase)]
        public static void It_tries_again_for_ever_with_pauses_of_one_to_three_seconds(int outcome)
        {
            var unit = new Unit(true);
            unit.Step(0);
            int[] pauses = { 1000, 2000, 3000, 3000, 3000 };
            long now = 0;
            for (int i = 0; i < pauses.Length; i++)
            {
                now += 2500;
                unit.Radio.State = (WifiState)outcome;
                unit.Step(now);
                now += pauses[i] - 1;
                unit.Step(now);
                Assert.AreEqual(1 + i, unit.Radio.Starts);
                Assert.AreEqual(now + 1, unit.Step(now), "no later than that");
                now++;
                unit.Step(now);
                Assert.AreEqual(2 + i, unit.Radio.Starts);
                Assert.AreEqual(outcome, (int)unit.Wifi.State, "what is shown does not flicker");
            }

            Assert.AreEqual(1, unit.Board.Warnings, "told once");
        }

        [TestMethod]
        public static void A_network_that_is_lost_is_tried_after_a_second()
        {
            var unit = new Unit(true);
            unit.Step(0);
            unit.Radio.State = WifiState.Joined;
            unit.Step(500);
            unit.Radio.State = WifiState.NetworkNotFound;

            unit.Step(10000);
            Assert.AreEqual((int)WifiState.NetworkNotFound, (int)unit.Wifi.State);
            Assert.AreEqual(1, unit.Count(SecurityEvent.WifiLost));
            unit.Step(11000);

            Assert.AreEqual(2, unit.Radio.Starts);
        }

        [TestMethod]
        public static void A_network_that_is_joined_and_lost_between_two_looks_is_tried_after_a_second_too()
        {
            var unit = new Unit(true);
            unit.Step(0);

            unit.Radio.State = WifiState.NetworkNotFound;
            unit.Step(500);
            unit.Step(1500);

            Assert.AreEqual(2, unit.Radio.Starts);
        }

        [TestMethod]
        public static void Without_an_address_it_waits_eight_seconds_before_it_joins_anew()
        {
            var unit = new Unit(true);
            unit.Step(0);
            unit.Radio.State = WifiState.NoAddress;
            unit.Step(4000);
            unit.Step(11999);
            Assert.AreEqual(1, unit.Radio.Starts);
            unit.Step(12000);
            Assert.AreEqual(2, unit.Radio.Starts);
            unit.Radio.State = WifiState.Joined;
            unit.Step(12500);
            Assert.AreEqual((int)WifiState.Joined, (int)unit.Wifi.State);
        }

        [TestMethod]
        public static void An_attempt_that_never_ends_is_begun_anew()
        {
            var unit = new Unit(true);
            unit.Step(0);
            unit.Step(24999);
            Assert.AreEqual(1, unit.Radio.Starts);
            unit.Step(25000);
            Assert.AreEqual(2, unit.Radio.Starts);
        }

        [TestMethod]
        public static void Another_decision_of_the_utility_leaves_it_in_its_network()
        {
            var unit = new Unit(true);
            unit.Step(0);
            unit.Radio.State = WifiState.Joined;
            unit.Step(500);
            unit.Order(WifiRole.Station, WifiSecurity.Wpa2);

            // In the same network a radio stays, and says so.
            unit.Radio.StaysJoined = true;
            unit.Step(1000);
            unit.Step(60000);

            Assert.AreEqual((int)WifiState.Joined, (int)unit.Wifi.State);
            Assert.AreEqual(2, unit.Radio.Starts, "asked once");
            Assert.AreEqual(0, unit.Count(SecurityEvent.WifiLost));
            Assert.AreEqual(1, unit.Count(SecurityEvent.WifiOn));
        }

        [TestMethod]
        public static void Ten_thousand_losses_are_few_lines_and_few_events()
        {
            const int Minutes = 333;
            var unit = new Unit(true);
            unit.Step(0);
            for (int second = 1; second <= Minutes * 60; second += 2)
            {
                unit.Radio.State = WifiState.Joined;
                unit.Step(second * 1000L);
                unit.Radio.State = WifiState.NetworkNotFound;
                unit.Step((second + 1) * 1000L);
            }

            Assert.IsTrue(unit.Board.Lines <= Minutes + 5);
            Assert.IsTrue(unit.Count(SecurityEvent.WifiLost) <= Minutes + 5);
            Assert.IsTrue(unit.Count(SecurityEvent.WifiLost) >= Minutes);
        }

        [TestMethod]
        public static void A_bench_network_counts_without_factory_keys_and_behind_an_order()
        {
            var unit = new Unit(false);
            unit.Bench(1);
            unit.Step(0);
            Assert.AreEqual(1, unit.Radio.Starts);
            Assert.AreEqual(1, unit.Radio.Network.Ssid.Length);

            unit.Order(WifiRole.Station, WifiSecurity.Wpa2);
            unit.Step(1000);
            Assert.AreEqual(4, unit.Radio.Network.Ssid.Length, "an order goes before it");
        }

        [TestMethod]
        public static void A_bench_network_does_not_count_with_factory_keys()
        {
            var unit = new Unit(false, true);

            unit.Step(0);

            Assert.AreEqual(0, unit.Radio.Starts);
            Assert.AreEqual(1, unit.Board.Warnings, "told, once");
            unit.Step(60000);
            Assert.AreEqual(1, unit.Board.Warnings);
        }

        [TestMethod]
        public static void It_is_off_without_a_grant_and_on_once_there_is_one()
        {
            var unit = new Unit(true, false, FakePower.WithoutWifi + 1200);
            PowerGrant module = unit.Governor.Of(PowerPart.WiSun);
            Assert.IsTrue(module.TurnOn(0));

            Assert.AreEqual(PowerGovernor.RetryPause, (int)unit.Step(0));
            Assert.IsFalse(unit.Radio.IsStarted);
            module.TurnOff();
            unit.Step(200);
            Assert.IsTrue(unit.Radio.IsStarted);
        }

        [TestMethod]
        public static void Told_to_leave_it_gives_back_what_it_has_when_the_radio_is_quiet()
        {
            var unit = new Unit(true, false, FakePower.WithoutWifi + 1200);
            PowerGrant module = unit.Governor.Of(PowerPart.WiSun);
            unit.Step(0);
            Assert.IsFalse(module.TurnOn(1));

            unit.Radio.IsSlow = true;
            unit.Step(2);
            Assert.IsFalse(unit.Radio.IsStarted);
            Assert.IsFalse(module.TurnOn(3), "it still draws");
            unit.Radio.IsSlow = false;
            unit.Step(102);
            Assert.IsTrue(module.TurnOn(103));
        }

        [TestMethod]
        public static void Shed_in_a_low_supply_it_comes_back_after()
        {
            var unit = new Unit(true);
            unit.Step(0);

            unit.Governor.Shed(unit.Power, true);
            unit.Step(1);
            Assert.IsFalse(unit.Radio.IsStarted);
            Assert.IsFalse(unit.Power.IsOn);
            Assert.AreEqual((int)WifiState.Off, (int)unit.Wifi.State);
            unit.Step(201);
            Assert.IsFalse(unit.Radio.IsStarted);
            unit.Governor.Shed(unit.Power, false);
            unit.Step(401);
            Assert.IsTrue(unit.Radio.IsStarted);
            Assert.AreEqual(1, unit.Count(SecurityEvent.WifiOn), "the supply has events of its own");
        }

        [TestMethod]
        public static void Ordered_on_before_the_radio_had_left_it_can_be_ordered_off_again()
        {
            var unit = new Unit(true);
            unit.Step(0);
            unit.Radio.IsSlow = true;
            unit.Policy.ForgetWifi();
            unit.Step(1);
            unit.Order(WifiRole.Station, WifiSecurity.Wpa2);
            unit.Step(51);
            Assert.IsTrue(unit.Radio.IsStarted);

            unit.Policy.ForgetWifi();
            unit.Step(101);

            Assert.IsFalse(unit.Radio.IsStarted);
            Assert.IsTrue(unit.Power.IsOn, "it still draws");
            unit.Radio.IsSlow = false;
            unit.Step(201);
            Assert.IsFalse(unit.Power.IsOn);
        }

        /// <summary>A unit's switch with what is around it.</summary>
        private sealed class Unit : ISecurityLog
        {
            private readonly int[] _events = new int[256];
            private readonly DurableStore _store = new DurableStore(new FakeFiles());

            public Unit(bool isOrdered, bool isEnrolled = false, int power = FakePower.Ample)
            {
                Governor = FakePower.Governor(power);
                Policy = new RouteBPolicy(_store, RouteParts.Ip | RouteParts.Wifi | RouteParts.AccessPoint, isEnrolled);
                Radio.Stop();
                if (isEnrolled)
                {
                    Bench(1);
                }

                if (isOrdered)
                {
                    Order(WifiRole.Station, WifiSecurity.Wpa2);
                }

                Wifi = new WifiSwitch(Radio, Power, Policy, Board, this);
            }

            public FakeWifi Radio { get; } = new FakeWifi();

            public FakeBoard Board { get; } = new FakeBoard();

            public PowerGovernor Governor { get; }

            public PowerGrant Power
            {
                get { return Governor.Of(PowerPart.Processor); }
            }

            public RouteBPolicy Policy { get; }

            public WifiSwitch Wifi { get; }

            public long Step(long now)
            {
                return Wifi.Step(now);
            }

            public int Count(SecurityEvent e)
            {
                return _events[(int)e];
            }

            public void Add(SecurityEvent e)
            {
                _events[(int)e]++;
            }

            public void Order(WifiRole role, WifiSecurity security)
            {
                byte[] body = Body(role, security, 4);
                Assert.AreEqual((int)PolicyResult.Done, (int)Policy.SetWifi(body, 0, body.Length));
            }

            public void Bench(int ssidLength)
            {
                byte[] body = Body(WifiRole.Station, WifiSecurity.Wpa2, ssidLength);
                Assert.IsTrue(_store.Write(RecordCatalogue.BenchWifi, body, body.Length));
            }

            // As the order has it: role, security, name, passphrase.
            private static byte[] Body(WifiRole role, WifiSecurity security, int ssidLength)
            {
                var body = new byte[4 + ssidLength + Passphrase.Length];
                body[0] = (byte)role;
                body[1] = (byte)security;
                body[2] = (byte)ssidLength;
                for (int i = 0; i < ssidLength; i++)
                {
                    body[3 + i] = (byte)'s';
                }

                body[3 + ssidLength] = (byte)Passphrase.Length;
                for (int i = 0; i < Passphrase.Length; i++)
                {
                    body[4 + ssidLength + i] = (byte)Passphrase[i];
                }

                return body;
            }
        }
    }
}
