using NanoComm.Hal;
using NanoComm.Power;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>Who is granted power, and who waits.</summary>
    [TestClass]
    public static class PowerGovernorTests
    {
        private const string Source = "made up";

        [TestMethod]
        public static void What_fits_is_granted_together()
        {
            PowerGovernor governor = FakePower.Governor(FakePower.Everything);

            Assert.IsTrue(governor.Of(PowerPart.Processor).TurnOn(0));
            Assert.IsTrue(governor.Of(PowerPart.WiSun).TurnOn(0));
            Assert.AreEqual(FakePower.Everything, governor.Granted);
            Assert.AreEqual(FakePower.Everything, governor.MostGranted);
        }

        [TestMethod]
        public static void One_milliampere_too_many_is_refused()
        {
            PowerGovernor governor = FakePower.Governor(FakePower.Everything - 1);

            Assert.IsTrue(governor.Of(PowerPart.WiSun).TurnOn(0));
            PowerGrant wifi = governor.Of(PowerPart.Processor);
            Assert.IsFalse(wifi.TurnOn(0));
            Assert.IsFalse(wifi.IsOn);
            Assert.AreEqual(1, wifi.Waits);
            Assert.AreEqual(FakePower.WithoutWifi, governor.Granted);
            Assert.AreEqual(FakePower.Everything, governor.DrawnWith(wifi));
        }

        [TestMethod]
        public static void A_part_that_is_not_declared_has_no_grant()
        {
            Assert.IsTrue(FakePower.Governor(FakePower.Everything).Of(PowerPart.Light) == null);
        }

        [TestMethod]
        public static void Who_has_the_better_right_gets_the_other_to_leave()
        {
            PowerGovernor governor = FakePower.Governor(FakePower.Everything - 1);
            PowerGrant wifi = governor.Of(PowerPart.Processor);
            PowerGrant module = governor.Of(PowerPart.WiSun);
            var woken = new FakeSignal(new FakeClock());
            wifi.Notify(woken);

            Assert.IsTrue(wifi.TurnOn(0));
            Assert.IsFalse(module.TurnOn(0));
            Assert.IsTrue(wifi.MustYield);
            Assert.AreEqual(1, woken.Sets);
            Assert.IsFalse(module.TurnOn(1));
            wifi.TurnOff();
            Assert.IsFalse(wifi.TurnOn(2));
            Assert.IsTrue(module.TurnOn(3));
            Assert.IsFalse(wifi.MustYield);
        }

        [TestMethod]
        public static void Who_has_the_lesser_right_gets_nobody_to_leave()
        {
            PowerGovernor governor = FakePower.Governor(FakePower.Everything - 1);
            PowerGrant module = governor.Of(PowerPart.WiSun);

            Assert.IsTrue(module.TurnOn(0));
            Assert.IsFalse(governor.Of(PowerPart.Processor).TurnOn(0));
            Assert.IsFalse(module.MustYield);
        }

        [TestMethod]
        public static void Who_is_shed_is_told_to_leave_and_is_refused_until_restored()
        {
            PowerGovernor governor = FakePower.Governor(FakePower.Everything);
            PowerGrant module = governor.Of(PowerPart.WiSun);
            Assert.IsTrue(module.TurnOn(0));

            governor.Shed(module, true);
            Assert.IsTrue(module.MustYield);
            module.TurnOff();
            Assert.IsFalse(module.TurnOn(1));
            governor.Shed(module, false);
            Assert.IsTrue(module.TurnOn(2));
        }

        [TestMethod]
        public static void What_the_board_has_on_at_power_up_is_charged_from_the_start()
        {
            var budget = new PowerBudget();
            budget.Supply(SupplyKind.MeterSupply, 1000, 0, 1000, Source);
            budget.Rail("1 V", 1000, null, new int[] { 0, 1000 }, 100, Source);
            budget.Load(PowerPart.Processor, "processor", "1 V", 300, 1);
            budget.State("Wi-Fi idle", 1, 10, Sends.Never, Source);
            budget.State("Wi-Fi on", 1, 10, Sends.Unasked, Source);
            var governor = new PowerGovernor(budget);

            Assert.AreEqual(300, governor.Granted);
            Assert.IsTrue(governor.Of(PowerPart.Processor).IsOn);
            governor.Of(PowerPart.Processor).TurnOff();
            Assert.AreEqual(10, governor.Granted);
        }

        [TestMethod]
        public static void One_transmission_at_a_time_where_two_are_too_many()
        {
            PowerGovernor governor = FakePower.AskedGovernor();
            PowerGrant first = governor.Of(PowerPart.WiSun);
            PowerGrant second = governor.Of(PowerPart.Processor);

            Assert.IsFalse(first.MaySend);
            Assert.IsTrue(first.Begin(Urgency.Traffic, 0));
            Assert.IsTrue(first.MaySend);
            Assert.IsFalse(second.Begin(Urgency.Traffic, 5));
            Assert.IsFalse(second.MaySend);
            first.End(true, 5);
            Assert.IsTrue(second.Begin(Urgency.Traffic, 8));
            Assert.AreEqual(3, second.LongestWait);
            Assert.IsFalse(second.MustYield);
        }

        [TestMethod]
        public static void Traffic_goes_before_a_scan_that_waits_longer()
        {
            PowerGovernor governor = FakePower.AskedGovernor();
            PowerGrant first = governor.Of(PowerPart.WiSun);
            PowerGrant second = governor.Of(PowerPart.Processor);
            PowerGrant third = governor.Of(PowerPart.Other);

            Assert.IsTrue(third.Begin(Urgency.Traffic, 0));
            Assert.IsFalse(first.Begin(Urgency.Scan, 1));
            Assert.IsFalse(second.Begin(Urgency.Traffic, 2));
            third.End(true, 2);
            Assert.IsFalse(first.Begin(Urgency.Scan, 3));
            Assert.IsTrue(second.Begin(Urgency.Traffic, 4));
        }

        [TestMethod]
        public static void The_primary_path_goes_before_the_secondary()
        {
            PowerGovernor governor = FakePower.AskedGovernor();
            PowerGrant first = governor.Of(PowerPart.WiSun);
            PowerGrant second = governor.Of(PowerPart.Processor);
            PowerGrant third = governor.Of(PowerPart.Other);

            Assert.IsTrue(third.Begin(Urgency.Traffic, 0));
            Assert.IsFalse(second.Begin(Urgency.Traffic, 1));
            Assert.IsFalse(first.Begin(Urgency.Traffic, 2));
            third.End(true, 2);
            Assert.IsFalse(second.Begin(Urgency.Traffic, 3));
            Assert.IsTrue(first.Begin(Urgency.Traffic, 4));
        }

        [TestMethod]
        public static void Who_has_waited_long_goes_before_the_primary_path()
        {
            PowerGovernor governor = FakePower.AskedGovernor();
            PowerGrant first = governor.Of(PowerPart.WiSun);
            PowerGrant second = governor.Of(PowerPart.Processor);

            // The first sends on and on, and asks again as soon as it is over.
            Assert.IsTrue(first.Begin(Urgency.Traffic, 0));
            Assert.IsFalse(second.Begin(Urgency.Traffic, 0));
            first.End(true, 0);
            Assert.IsTrue(first.Begin(Urgency.Traffic, 160));
            Assert.IsFalse(second.Begin(Urgency.Traffic, 200));
            first.End(true, 200);
            Assert.IsFalse(first.Begin(Urgency.Traffic, 201));
            Assert.IsTrue(second.Begin(Urgency.Traffic, 202));
        }

        [TestMethod]
        public static void Who_does_not_ask_any_more_holds_nobody_up()
        {
            PowerGovernor governor = FakePower.AskedGovernor();
            PowerGrant first = governor.Of(PowerPart.WiSun);
            PowerGrant second = governor.Of(PowerPart.Processor);
            PowerGrant third = governor.Of(PowerPart.Other);

            Assert.IsTrue(third.Begin(Urgency.Traffic, 0));
            Assert.IsFalse(first.Begin(Urgency.Traffic, 1));
            third.End(true, 1);
            Assert.IsFalse(second.Begin(Urgency.Traffic, 600));
            Assert.IsTrue(second.Begin(Urgency.Traffic, 601));
        }

        [TestMethod]
        public static void A_transmission_that_nobody_ends_is_over_with_the_longest_and_is_counted()
        {
            PowerGovernor governor = FakePower.AskedGovernor();
            PowerGrant first = governor.Of(PowerPart.WiSun);
            PowerGrant second = governor.Of(PowerPart.Processor);

            Assert.IsTrue(first.Begin(Urgency.Traffic, 0));
            Assert.IsFalse(second.Begin(Urgency.Traffic, 49));
            Assert.AreEqual(50, (int)second.RetryAt(49));
            Assert.IsTrue(second.Begin(Urgency.Traffic, 50));
            Assert.IsFalse(first.MaySend);
            Assert.AreEqual(1, first.Overdue);
        }

        [TestMethod]
        public static void An_end_of_which_the_moment_is_not_known_is_charged_to_the_longest_and_not_counted()
        {
            PowerGovernor governor = FakePower.AskedGovernor();
            PowerGrant first = governor.Of(PowerPart.WiSun);
            PowerGrant second = governor.Of(PowerPart.Processor);

            Assert.IsTrue(first.Begin(Urgency.Traffic, 0));
            first.Count();
            first.Count();
            first.End(false, 0);
            Assert.IsFalse(second.Begin(Urgency.Traffic, 99));
            Assert.IsTrue(second.Begin(Urgency.Traffic, 100));
            Assert.AreEqual(0, first.Overdue);
        }

        [TestMethod]
        public static void What_is_sent_behind_what_still_leaves_is_charged_behind_it()
        {
            PowerGovernor governor = FakePower.AskedGovernor();
            PowerGrant first = governor.Of(PowerPart.WiSun);
            PowerGrant second = governor.Of(PowerPart.Processor);

            Assert.IsTrue(first.Begin(Urgency.Traffic, 0));
            first.Count();
            first.End(false, 0);
            Assert.IsTrue(first.Begin(Urgency.Traffic, 20));
            first.Count();
            first.End(false, 20);
            Assert.IsTrue(first.Begin(Urgency.Traffic, 30));
            first.End(false, 30);
            Assert.IsFalse(second.Begin(Urgency.Traffic, 99));
            Assert.IsTrue(second.Begin(Urgency.Traffic, 100));
        }

        [TestMethod]
        public static void Who_was_granted_and_sent_nothing_is_not_charged_for_it()
        {
            PowerGovernor governor = FakePower.AskedGovernor();
            PowerGrant first = governor.Of(PowerPart.WiSun);

            Assert.IsTrue(first.Begin(Urgency.Traffic, 0));
            first.End(false, 0);
            Assert.IsTrue(governor.Of(PowerPart.Processor).Begin(Urgency.Traffic, 0));
        }

        [TestMethod]
        public static void What_is_on_leaves_room_for_the_transmissions_of_the_others()
        {
            var budget = new PowerBudget();
            budget.Supply(SupplyKind.MeterSupply, 250, 0, 1000, Source);
            budget.Rail("1 V", 1000, null, new int[] { 0, 1000 }, 100, Source);
            FakePower.DeclareAsked(budget, PowerPart.WiSun, "first");
            budget.Load(PowerPart.Processor, "second", "1 V", 0, 0);
            budget.State("off", 1, 0, Sends.Never, Source);
            budget.State("on", 1, 160, Sends.Never, Source);
            var governor = new PowerGovernor(budget);

            // 10 + 160 would fit, 100 + 160 would not.
            Assert.IsFalse(governor.Of(PowerPart.Processor).TurnOn(0));
        }

        [TestMethod]
        public static void A_load_out_of_service_sends_nothing()
        {
            PowerGovernor governor = FakePower.Governor(FakePower.Everything);

            Assert.IsFalse(governor.Of(PowerPart.WiSun).Begin(Urgency.Traffic, 0));
            Assert.IsFalse(governor.Of(PowerPart.WiSun).MaySend);
        }
    }
}
