using System;
using System.Linq;
using NUnit.Framework;
using NanoComm.Echonet;
using NanoComm.MeterLink;
using NanoComm.Records;
using NanoComm.Rig;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The whole unit when something goes wrong.</summary>
    [Parallelizable]
    internal static class FaultTests
    {
        private static readonly DateTime Noon = new(2027, 2, 27, 12, 0, 0);

        [Test]
        public static void A_lost_metering_unit_reads_no_data_and_a_found_one_fills_the_gap()
        {
            using SimulatedUnit unit = Start(Noon);
            var hems = new Hems(unit, 2);
            RunTo(unit, Minutes(5));
            Assert.That(hems.Get(Epc.FaultStatus), Is.EqualTo(new byte[] { 0x42 }));

            unit.Meter.IsAnswering = false;
            RunTo(unit, Minutes(6));
            Assert.That(Bytes.U32(hems.Get(Epc.NormalEnergy)), Is.Not.EqualTo(Bytes.NoData), "one missed poll is bridged");
            RunTo(unit, Minutes(25));
            Assert.That(Bytes.U32(hems.Get(Epc.NormalEnergy)), Is.EqualTo(Bytes.NoData));
            Assert.That(Bytes.U32(hems.Get(Epc.InstantaneousPower)), Is.EqualTo(0x7FFFFFFEu));
            Assert.That(hems.Get(Epc.InstantaneousCurrents), Is.EqualTo(new byte[] { 0x7F, 0xFE, 0x7F, 0xFE }));
            Assert.That(Bytes.U32(hems.Get(Epc.OneMinuteEnergy), 7), Is.EqualTo(Bytes.NoData));
            Assert.That(hems.Get(Epc.FaultStatus), Is.EqualTo(new byte[] { 0x41 }));
            Assert.That(hems.Notifications(Epc.FaultStatus).Last().Properties[Epc.FaultStatus],
                Is.EqualTo(new byte[] { 0x41 }), "and says so by itself");
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Lost));

            unit.Meter.IsAnswering = true;
            RunTo(unit, Minutes(26));
            Assert.That(hems.Get(Epc.FaultStatus), Is.EqualTo(new byte[] { 0x42 }));
            Assert.That(hems.Notifications(Epc.FaultStatus).Last().Properties[Epc.FaultStatus],
                Is.EqualTo(new byte[] { 0x42 }));
            foreach (int minute in Enumerable.Range(5, 21))
            {
                DateTime time = Noon.AddMinutes(minute);
                Assert.That(hems.GetMinutes(time, 1)[0].Normal, Is.EqualTo(unit.Meter.NormalAt(time)), $"{time}");
            }
        }

        [Test]
        public static void Without_a_metering_unit_the_meter_object_is_not_there_and_the_node_is()
        {
            using var unit = new SimulatedUnit(1, Noon);
            unit.Meter.IsAnswering = false;
            unit.Unit.Start();
            var hems = new Hems(unit, 2);
            RunTo(unit, Minutes(1));
            Assert.That(hems.Ask(Esv.Get, (Epc.NormalEnergy, [])), Is.Null);
            Assert.That(hems.Notifications(Epc.InstanceListNotification).Last().Properties[Epc.InstanceListNotification],
                Is.EqualTo(new byte[] { 0 }));

            unit.Meter.IsAnswering = true;
            RunTo(unit, Minutes(2));
            Assert.That(hems.Get(Epc.EnergyUnit), Is.EqualTo(new byte[] { 3 }));
            Assert.That(hems.Notifications(Epc.InstanceListNotification).Last().Properties[Epc.InstanceListNotification],
                Is.EqualTo(new byte[] { 1, 0x02, 0x88, 0x01 }));
        }

        [Test]
        public static void A_missing_half_hour_reads_no_data_everywhere()
        {
            using var unit = new SimulatedUnit(1, Noon.AddMinutes(-5));
            DateTime missing = Noon;
            unit.Meter.DropHalfHour(label => label == missing);
            unit.Unit.Start();
            var hems = new Hems(unit, 2);
            RunTo(unit, Minutes(40));

            Assert.That(hems.GetDay(0)[24], Is.EqualTo(Bytes.NoData));
            Assert.That(hems.GetDay(0)[23], Is.Not.EqualTo(Bytes.NoData));
            Assert.That(hems.GetDay(0)[25], Is.Not.EqualTo(Bytes.NoData));
            Assert.That(hems.GetHalfHours(missing, 1)[0], Is.EqualTo((Bytes.NoData, Bytes.NoData)));
            Assert.That(hems.Notifications(Epc.NormalFixedTimeEnergy)
                .Select(message => Bytes.Dt7(message.Properties[Epc.NormalFixedTimeEnergy])), Does.Not.Contain(missing));
            Assert.That(hems.GetMinutes(missing, 1)[0].Normal, Is.EqualTo(unit.Meter.NormalAt(missing)),
                "the minute of the same time is another profile's row");
        }

        [TestCase(-3600)]
        [TestCase(86400)]
        [TestCase(-86400 * 3)]
        public static void A_clock_that_steps_is_followed_and_nothing_stale_is_served(int seconds)
        {
            using SimulatedUnit unit = Start(Noon.AddMinutes(-90));
            var hems = new Hems(unit, 2);
            RunTo(unit, Minutes(95));
            unit.Meter.StepClock(TimeSpan.FromSeconds(seconds));
            DateTime stepped = Noon.AddMinutes(5).AddSeconds(seconds);
            RunTo(unit, Minutes(105) + Seconds(5));

            Assert.That(unit.Unit.Metering.ClockJumps, Is.EqualTo(1));
            Assert.That(hems.Get(Epc.CurrentDate), Is.EqualTo(Bytes.Dt6(stepped)[..4]));
            DateTime newest = stepped.AddMinutes(10);
            Assert.That(Bytes.Dt7(hems.Get(Epc.OneMinuteEnergy)), Is.EqualTo(newest));
            foreach (int minute in Enumerable.Range(1, 9))
            {
                DateTime label = stepped.AddMinutes(minute);
                Assert.That(hems.GetMinutes(label, 1)[0].Normal,
                    Is.EqualTo(unit.Meter.NormalAt(label.AddSeconds(-seconds))), $"{label}: recorded after the step");
            }

            Assert.That(hems.GetMinutes(newest.AddMinutes(1), 1)[0], Is.EqualTo((Bytes.NoData, Bytes.NoData)));
            Assert.That(hems.GetDay(0).Skip((newest.Hour * 2) + (newest.Minute / 30) + 1), Is.All.EqualTo(Bytes.NoData),
                "nothing of the day that the clock has not reached");
        }

        [Test]
        public static void A_restart_keeps_the_location_and_fills_the_buffers_again()
        {
            var files = new NanoComm.Hal.Host.MemoryFiles();
            byte[] location = [0x08];
            using (SimulatedUnit first = SimulatedUnit.WithFiles(1, Noon, files))
            {
                first.Unit.Start();
                var hems = new Hems(first, 2);
                RunTo(first, Minutes(1));
                hems.Set(Epc.InstallationLocation, location);
                RunTo(first, Minutes(2));
                Assert.That(hems.Notifications(Epc.InstallationLocation).Single().Properties[Epc.InstallationLocation],
                    Is.EqualTo(location));
            }

            using SimulatedUnit second = SimulatedUnit.WithFiles(2, Noon.AddMinutes(30), files);
            second.Unit.Start();
            var again = new Hems(second, 2);
            RunTo(second, Seconds(1));
            Assert.That(again.Get(Epc.InstallationLocation), Is.EqualTo(location));
            Assert.That(again.GetMinutes(Noon, 1)[0].Normal, Is.EqualTo(second.Meter.NormalAt(Noon)));
        }

        [Test]
        public static void A_location_set_twice_within_ten_minutes_is_saved_though_nobody_can_be_heard_any_more()
        {
            var files = new NanoComm.Hal.Host.MemoryFiles();
            using SimulatedUnit unit = SimulatedUnit.WithFiles(1, Noon, files);
            unit.Unit.Start();
            var hems = new Hems(unit, 2);
            RunTo(unit, Minutes(1));
            hems.Set(Epc.InstallationLocation, 0x08);
            hems.Set(Epc.InstallationLocation, 0x10);
            unit.Port.HasNetwork = false;
            RunTo(unit, Minutes(20));

            var saved = new byte[17];
            Assert.That(new InstallationLocation(new DurableStore(files)).Read(saved, 0), Is.EqualTo(1));
            Assert.That(saved[0], Is.EqualTo(0x10));
        }

        [Test]
        public static void A_corrupted_record_reads_as_the_default_and_is_replaced()
        {
            var files = new NanoComm.Hal.Host.MemoryFiles();
            files.Write("location.rec", [0x4E, 0x43, 0x52, 0x31, 0, 0, 0, 1, 0, 1, 0x08, 1, 2, 3, 4], 15);
            using SimulatedUnit unit = SimulatedUnit.WithFiles(1, Noon, files);
            unit.Unit.Start();
            var hems = new Hems(unit, 2);
            RunTo(unit, Seconds(1));
            Assert.That(hems.Get(Epc.InstallationLocation), Is.EqualTo(new byte[] { 0x00 }));
            hems.Set(Epc.InstallationLocation, 0x10);
            RunTo(unit, Minutes(1));
            Assert.That(new InstallationLocation(new DurableStore(files)).Read(new byte[17], 0), Is.EqualTo(1));
            Assert.That(hems.Get(Epc.InstallationLocation), Is.EqualTo(new byte[] { 0x10 }));
        }

        [Test]
        public static void A_network_that_comes_back_is_announced_to_again()
        {
            using SimulatedUnit unit = Start(Noon);
            var hems = new Hems(unit, 2);
            RunTo(unit, Minutes(1));
            int announced = hems.Notifications(Epc.InstanceListNotification).Count();

            unit.Port.HasNetwork = false;
            RunTo(unit, Minutes(2));
            Assert.That(hems.Ask(Esv.Get, (Epc.NormalEnergy, [])), Is.Null);
            unit.Port.HasNetwork = true;
            RunTo(unit, Minutes(3));

            Assert.That(hems.Notifications(Epc.InstanceListNotification).Count(), Is.EqualTo(announced + 1));
            Assert.That(hems.Get(Epc.NormalEnergy), Has.Length.EqualTo(4));
        }

        [Test]
        public static void A_loop_that_fails_is_logged_and_started_again()
        {
            using SimulatedUnit unit = Start(Noon);
            var hems = new Hems(unit, 2);
            RunTo(unit, Minutes(1));
            bool fail = true;
            unit.Meter.DropMinute(_ => fail ? throw new InvalidOperationException("profile on fire") : false);
            RunTo(unit, Minutes(4));
            Assert.That(unit.Unit.Health.Failures, Is.GreaterThan(0));
            Assert.That(unit.Board.LogLines, Has.Some.Contains("profile on fire"));

            fail = false;
            RunTo(unit, Minutes(6));
            int failures = unit.Unit.Health.Failures;
            RunTo(unit, Minutes(20));
            Assert.That(unit.Unit.Health.Failures, Is.EqualTo(failures));
            DateTime time = Noon.AddMinutes(3);
            Assert.That(hems.GetMinutes(time, 1)[0].Normal, Is.EqualTo(unit.Meter.NormalAt(time)));
        }
    }
}
