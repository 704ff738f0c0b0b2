using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Echonet;
using NanoComm.Rig;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The whole unit through ordinary days.</summary>
    [Parallelizable]
    internal static class DayTests
    {
        [Test]
        public static void A_day_notifies_every_half_hour_in_time_and_every_value_is_the_meters()
        {
            using SimulatedUnit unit = Start(new DateTime(2027, 2, 27, 0, 0, 10));
            var hems = new Hems(unit, 2);

            RunTo(unit, Day(1) - Seconds(10) + Minutes(1));

            Message[] halfHours = hems.Notifications(Epc.NormalFixedTimeEnergy).ToArray();
            Assert.That(halfHours, Has.Length.EqualTo(48 + 1), "48 of the day, and the one of its first midnight");
            foreach (Message message in halfHours)
            {
                DateTime time = Bytes.Dt7(message.Properties[Epc.NormalFixedTimeEnergy]);
                Assert.That(time.Minute % 30 + time.Second, Is.Zero);
                Assert.That(unit.Meter.ClockTime, Is.GreaterThanOrEqualTo(time));
                Assert.That(message.At - ToVirtual(unit, time), Is.InRange(0, 300_000), $"{time} within five minutes");
                Assert.That(Bytes.U32(message.Properties[Epc.NormalFixedTimeEnergy], 7),
                    Is.EqualTo(unit.Meter.NormalAt(time)));
                Assert.That(Bytes.U32(message.Properties[Epc.ReverseFixedTimeEnergy], 7),
                    Is.EqualTo(unit.Meter.ReverseAt(time)));
            }
        }

        [Test]
        public static void The_node_is_announced_when_the_meter_is_known()
        {
            using SimulatedUnit unit = Start(new DateTime(2027, 2, 27, 12, 0, 10));
            var hems = new Hems(unit, 2);
            unit.Scheduler.RunUntil(1000);
            byte[] list = hems.Notifications(Epc.InstanceListNotification).Last().Properties[Epc.InstanceListNotification];
            Assert.That(list, Is.EqualTo(new byte[] { 1, 0x02, 0x88, 0x01 }));
        }

        [Test]
        public static void A_controller_that_was_away_for_an_hour_fetches_every_minute_it_missed()
        {
            var start = new DateTime(2027, 2, 27, 8, 0, 10);
            using SimulatedUnit unit = Start(start);
            var hems = new Hems(unit, 2);
            RunTo(unit, Minutes(61));

            var latest = new DateTime(2027, 2, 27, 9, 1, 0);
            for (int block = 0; block < 6; block++)
            {
                DateTime from = latest.AddMinutes(-10 * block);
                (uint Normal, uint Reverse)[] rows = hems.GetMinutes(from, 10);
                for (int row = 0; row < rows.Length; row++)
                {
                    DateTime time = from.AddMinutes(-row);
                    Assert.That(rows[row], Is.EqualTo((unit.Meter.NormalAt(time), unit.Meter.ReverseAt(time))),
                        $"{from.AddMinutes(-row)}");
                }
            }

            Assert.That(hems.GetMinutes(latest.AddMinutes(-60), 1)[0], Is.EqualTo((Bytes.NoData, Bytes.NoData)),
                "the 61st minute is no longer held");
            Assert.That(hems.GetMinutes(latest.AddMinutes(1), 1)[0], Is.EqualTo((Bytes.NoData, Bytes.NoData)),
                "the next minute is not there yet");
        }

        [Test]
        public static void The_history_reaches_back_99_days_and_no_further_than_the_meters()
        {
            var start = new DateTime(2027, 2, 27, 10, 45, 0);
            using SimulatedUnit unit = Start(start);
            var hems = new Hems(unit, 2);
            RunTo(unit, Minutes(1));

            for (byte back = 0; back < 100; back++)
            {
                uint[] normal = hems.GetDay(back);
                uint[] reverse = hems.GetDay(back, Epc.ReverseHistory1);
                for (int slot = 0; slot < 48; slot++)
                {
                    DateTime time = start.Date.AddDays(-back).AddMinutes(30 * slot);
                    bool reached = time <= start;
                    Assert.That(normal[slot], Is.EqualTo(reached ? unit.Meter.NormalAt(time) : Bytes.NoData),
                        $"{time}");
                    Assert.That(reverse[slot],
                        Is.EqualTo(reached ? unit.Meter.ReverseAt(time) : Bytes.NoData), $"{time}");
                }
            }
        }

        [Test]
        public static void Midnight_and_the_29th_of_February_roll_the_day_at_the_meters_clock()
        {
            using SimulatedUnit unit = Start(new DateTime(2028, 2, 28, 23, 50, 0));
            var hems = new Hems(unit, 2);

            RunTo(unit, Minutes(9) + Seconds(59));
            Assert.That(hems.Get(Epc.CurrentDate), Is.EqualTo(new byte[] { 0x07, 0xEC, 2, 28 }));
            uint[] before = hems.GetDay(0);
            Assert.That(before[47], Is.Not.EqualTo(Bytes.NoData));

            RunTo(unit, Minutes(10) + Seconds(0.5));
            Assert.That(hems.Get(Epc.CurrentDate), Is.EqualTo(new byte[] { 0x07, 0xEC, 2, 29 }));
            Assert.That(hems.GetDay(0), Is.All.EqualTo(Bytes.NoData), "the new day has no value yet");
            Assert.That(hems.GetDay(1), Is.EqualTo(before), "what was today is yesterday");

            RunTo(unit, Minutes(10) + Seconds(5));
            var midnight = new DateTime(2028, 2, 29);
            Assert.That(hems.GetDay(0)[0], Is.EqualTo(unit.Meter.NormalAt(midnight)));

            RunTo(unit, Minutes(10) + Day(1) + Seconds(5));
            Assert.That(hems.Get(Epc.CurrentDate), Is.EqualTo(new byte[] { 0x07, 0xEC, 3, 1 }));
            Assert.That(hems.GetDay(1)[0], Is.EqualTo(unit.Meter.NormalAt(midnight)));
            Assert.That(hems.GetHalfHours(new DateTime(2028, 3, 1), 12).Last().Normal,
                Is.EqualTo(unit.Meter.NormalAt(new DateTime(2028, 2, 29, 18, 30, 0))));
        }

        [Test]
        public static void A_run_is_repeated_exactly_from_its_seed()
        {
            static List<string> Trace(int seed)
            {
                using var unit = new SimulatedUnit(seed, new DateTime(2027, 2, 27, 23, 0, 0));
                var hems = new Hems(unit, 2);
                unit.Unit.Start();
                RunTo(unit, Minutes(90));
                hems.GetMinutes(new DateTime(2027, 2, 28, 0, 20, 0), 10);
                return hems.Received.Select(message => message.At + " " + Convert.ToHexString(message.Frame)).ToList();
            }

            List<string> first = Trace(7);
            Assert.That(first, Is.Not.Empty);
            Assert.That(Trace(7), Is.EqualTo(first));
            Assert.That(Trace(8), Is.Not.EqualTo(first), "the seed decides the transaction ids");
        }

        [Test]
        public static void Terminals_do_not_disturb_each_others_selectors()
        {
            using SimulatedUnit unit = Start(new DateTime(2027, 2, 27, 12, 0, 10));
            var one = new Hems(unit, 2);
            var other = new Hems(unit, 3);
            RunTo(unit, Minutes(2));

            one.Set(Epc.History1Day, 1);
            other.Set(Epc.History1Day, 7);
            one.Set(Epc.History3Time, [.. Bytes.Dt6(new DateTime(2027, 2, 27, 12, 0, 0)), 10]);

            Assert.That(one.Get(Epc.NormalHistory1)[1], Is.EqualTo(1));
            Assert.That(other.Get(Epc.NormalHistory1)[1], Is.EqualTo(7));
            Assert.That(other.Get(Epc.History3), Has.Length.EqualTo(15), "still the default: one row without data");
        }

        internal static SimulatedUnit Start(DateTime start, int seed = 1)
        {
            var unit = new SimulatedUnit(seed, start);
            unit.Unit.Start();
            return unit;
        }

        internal static void RunTo(SimulatedUnit unit, long milliseconds)
        {
            unit.Scheduler.RunUntil(milliseconds);
        }

        internal static long Seconds(double count) => (long)(count * 1000);

        internal static long Minutes(int count) => count * 60_000L;

        internal static long Day(int count) => count * 86_400_000L;

        private static long ToVirtual(SimulatedUnit unit, DateTime time)
        {
            return unit.Scheduler.Milliseconds - (long)(unit.Meter.ClockTime - time).TotalMilliseconds;
        }
    }
}
