using System;
using System.Globalization;
using System.IO;
using NanoComm.Metering;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Simulators
{
    [TestFixture]
    public sealed class NetProfileTests
    {
        private static readonly long Anchor = MeterTime.FromCalendar(2020, 1, 1, 0, 0, 0);

        // Sums the recording itself, in decimal kilowatts, by other means than the program's.
        private static (decimal Import, decimal Export, decimal Net) SumKilowattMinutes(bool solar)
        {
            using Stream stream =
                typeof(HouseholdData).Assembly.GetManifestResourceStream("household-1min-2007-02-01.csv");
            using var reader = new StreamReader(stream);
            reader.ReadLine();
            decimal import = 0, export = 0, sum = 0;
            for (int i = 0; reader.ReadLine() is { } row; i++)
            {
                double angle = Math.PI * (((i % 1440) + 0.5) - 360) / 720;
                bool day = i % 1440 is >= 360 and < 1080;
                decimal pv = solar && day ? Math.Round((decimal)(4 * Math.Sin(angle) * Math.Sin(angle)), 3) : 0;
                decimal net = decimal.Parse(row.Split(',')[1], CultureInfo.InvariantCulture) - pv;
                import += Math.Max(net, 0);
                export += Math.Max(-net, 0);
                sum += net;
            }

            return (import, export, sum);
        }

        private static NetProfile Recorded(bool solar)
        {
            return new NetProfile(HouseholdData.Recorded, solar ? SolarCurve.Default : SolarCurve.None);
        }

        [TestCase(false)]
        [TestCase(true)]
        public void NoWattSecondIsLostOverTheTwoDays(bool solar)
        {
            (decimal import, decimal export, decimal net) = SumKilowattMinutes(solar);
            NetProfile profile = Recorded(solar);
            long end = Anchor + (2 * MeterTime.Day);

            Assert.That(profile.NormalAt(Anchor), Is.Zero);
            Assert.That(profile.ReverseAt(Anchor), Is.Zero);
            Assert.That(profile.NormalAt(end), Is.EqualTo((long)(import * 60000)));
            Assert.That(profile.ReverseAt(end), Is.EqualTo((long)(export * 60000)));
            Assert.That(profile.NormalAt(end) - profile.ReverseAt(end), Is.EqualTo((long)(net * 60000)));
            Assert.That(profile.ReverseAt(end) > 0, Is.EqualTo(solar));
        }

        [Test]
        public void EnergyIsTheSumOfPowerSecondBySecond()
        {
            NetProfile profile = Recorded(solar: true);
            long from = Anchor + (2 * MeterTime.Day) - 7200;
            long normal = profile.NormalAt(from);
            long reverse = profile.ReverseAt(from);
            for (long t = from; t < from + (12 * 3600); t++)
            {
                normal += Math.Max(profile.PowerAt(t), 0);
                reverse += Math.Max(-profile.PowerAt(t), 0);
                if (profile.NormalAt(t + 1) != normal || profile.ReverseAt(t + 1) != reverse)
                {
                    Assert.Fail($"at {t + 1}: {profile.NormalAt(t + 1)}, {profile.ReverseAt(t + 1)}, "
                        + $"expected {normal}, {reverse}");
                }
            }

            Assert.That(reverse, Is.GreaterThan(profile.ReverseAt(from)), "the morning sun fed in");
        }

        [Test]
        public void TheDaysRepeatByTimeOfDayInBothDirections()
        {
            NetProfile profile = Recorded(solar: false);
            long noon = 12 * 3600;

            foreach (long day in new long[] { -4, -2, 0, 2, 2000, 100000 })
            {
                Assert.That(profile.PowerAt(Anchor + (day * MeterTime.Day) + noon),
                    Is.EqualTo(HouseholdData.Recorded.ActiveWatts(720)), $"day {day}");
                Assert.That(profile.ReactiveAt(Anchor + ((day + 1) * MeterTime.Day) + noon),
                    Is.EqualTo(HouseholdData.Recorded.ReactiveVars(1440 + 720)), $"day {day + 1}");
            }

            Assert.That(HouseholdData.Recorded.ActiveWatts(720),
                Is.Not.EqualTo(HouseholdData.Recorded.ActiveWatts(2160)));
        }

        [Test]
        public void EnergyGoesOnWithoutASeamOverTheEndOfTheDataAndOverTheAnchor()
        {
            NetProfile profile = Recorded(solar: true);

            foreach (long seam in new[] { Anchor, Anchor + (2 * MeterTime.Day), Anchor - (2 * MeterTime.Day) })
            {
                Assert.That(profile.NormalAt(seam) - profile.NormalAt(seam - 1),
                    Is.EqualTo(HouseholdData.Recorded.ActiveWatts(2879)));
                Assert.That(profile.NormalAt(seam + 1) - profile.NormalAt(seam),
                    Is.EqualTo(HouseholdData.Recorded.ActiveWatts(0)));
            }

            Assert.That(profile.NormalAt(Anchor - (2 * MeterTime.Day)),
                Is.EqualTo(-profile.NormalAt(Anchor + (2 * MeterTime.Day))));
        }
    }
}
