using System;
using System.Linq;
using NUnit.Framework;
using NanoComm.Simulators;

namespace NanoComm.Tests.Host.Simulators
{
    /// <summary>The simulated factory against sums over the recorded readings, minute by minute.</summary>
    public sealed class HighVoltageUnitTests
    {
        private static readonly DateTime Start = new(2026, 3, 1, 10, 0, 0);

        private readonly SimulatedMeteringUnit _unit =
            new(HouseholdData.Recorded, new ManualClock(), Start, 1, new HighVoltageService());

        [Test]
        public void DemandIsTheMeanOfTheHalfHourInTenthsOfAWattBehindTheTransformer()
        {
            var end = new DateTime(2026, 2, 28, 19, 30, 0);
            int[] net = Enumerable.Range(1, 30).Select(back => Net(end.AddMinutes(-back))).ToArray();
            Assert.That(_unit.DemandTo(false, end), Is.EqualTo(net.Sum(watts => Math.Max(watts, 0)) / 30));
            Assert.That(_unit.DemandTo(true, end), Is.EqualTo(net.Sum(watts => Math.Max(-watts, 0)) / 30));
            Assert.That(_unit.DemandTo(true, new DateTime(2026, 2, 28, 12, 30, 0)), Is.GreaterThan(0));
        }

        [Test]
        public void ReactiveEnergyOfADayIsCountedInTheQuadrantOfEachMinute()
        {
            var day = new DateTime(2026, 2, 27);
            long[] wanted = new long[9];
            for (DateTime minute = day; minute < day.AddDays(1); minute = minute.AddMinutes(1))
            {
                int vars = HouseholdData.Recorded.ReactiveVars(Place(minute)) - HighVoltageService.CapacitorVars;
                int quadrant = Net(minute) >= 0 ? vars >= 0 ? 5 : 8 : vars >= 0 ? 6 : 7;
                wanted[quadrant] += Math.Abs(vars) * 60L;
            }

            foreach (Quadrant quadrant in Enum.GetValues<Quadrant>())
            {
                long flow = _unit.ReactiveAt(quadrant, day.AddDays(1)) - (long)_unit.ReactiveAt(quadrant, day);
                Assert.That(flow, Is.InRange((wanted[(int)quadrant] / 3600) - 1, (wanted[(int)quadrant] / 3600) + 1), $"{quadrant}");
                Assert.That(flow, Is.GreaterThan(0), $"{quadrant}");
            }
        }

        [TestCase(1, "2026-03-01T00:00:00", "2026-03-01T00:00:00")]
        [TestCase(31, "2026-03-01T10:00:00", "2026-02-28T00:00:00")]
        [TestCase(31, "2026-03-31T00:00:00", "2026-03-31T00:00:00")]
        [TestCase(15, "2026-01-14T23:59:59", "2025-12-15T00:00:00")]
        public void AMonthBeginsAtTheFixedDateOrTheLastDay(int fixedDate, string instant, string begin)
        {
            var service = new HighVoltageService { FixedDate = fixedDate };
            Assert.That(service.MonthOf(DateTime.Parse(instant)), Is.EqualTo(DateTime.Parse(begin)));
        }

        [Test]
        public void TheMaximumOfTheMonthIsAddedToTheCumulativeOneWhenItBeginsAnew()
        {
            DateTime reset = new(2026, 3, 1);
            uint last = _unit.MaximumDemandAt(false, reset.AddSeconds(-1));
            Assert.That(last, Is.EqualTo(Enumerable.Range(1, 28 * 48 - 1)
                .Max(slot => _unit.DemandTo(false, new DateTime(2026, 2, 1).AddMinutes(30 * slot)))));
            Assert.That(_unit.MaximumDemandAt(false, reset.AddMinutes(29)), Is.Zero);
            Assert.That(_unit.MaximumDemandAt(false, reset.AddMinutes(30)), Is.EqualTo(_unit.DemandTo(false, reset.AddMinutes(30))));
            Assert.That(_unit.CumulativeDemandAt(false, reset) - _unit.CumulativeDemandAt(false, reset.AddSeconds(-1)),
                Is.InRange(last / 10, (last / 10) + 1));
        }

        [Test]
        public void PowerAndCurrentsAreThoseBeforeTheTransformer()
        {
            MeterValues now = _unit.Read();
            Assert.That(now.Power % HighVoltageService.LoadScale, Is.Zero);
            double apparent = double.Hypot(now.Power, 60.0 * (HouseholdData.Recorded.ReactiveVars(Place(Start)) - 100));
            Assert.That(Math.Abs((int)now.CurrentR), Is.EqualTo((int)(apparent * 10 / (Math.Sqrt(3) * 6600))));
            Assert.That(now.CurrentT, Is.EqualTo(now.CurrentR));
            Assert.That(Math.Sign(now.CurrentR), Is.EqualTo(Math.Sign(now.Power)));
        }

        private static int Net(DateTime minute)
        {
            return HouseholdData.Recorded.ActiveWatts(Place(minute))
                - SolarCurve.Default.WattsAt((minute.Hour * 60) + minute.Minute);
        }

        private static int Place(DateTime minute)
        {
            return (int)((minute - NetProfile.Anchor).TotalMinutes % HouseholdData.Recorded.Minutes);
        }
    }
}
