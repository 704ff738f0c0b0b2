using System;
using System.Globalization;
using System.IO;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Simulators
{
    [TestFixture]
    public sealed class NetProfileTests
    {
        private static readonly DateTime Anchor = new(2020, 1, 1);

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

        private static double Mean(NetProfile profile, DateTime minute)
        {
            double sum = 0;
            for (int second = 0; second < 60; second++)
            {
                sum += profile.PowerAt(minute.AddSeconds(second));
            }

            return sum / 60;
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
            DateTime end = Anchor.AddDays(2);

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
            DateTime from = Anchor.AddDays(2).AddHours(-2);
            long normal = profile.NormalAt(from);
            long reverse = profile.ReverseAt(from);
            for (DateTime t = from; t < from.AddHours(12); t = t.AddSeconds(1))
            {
                normal += Math.Max(profile.PowerAt(t), 0);
                reverse += Math.Max(-profile.PowerAt(t), 0);
                if (profile.NormalAt(t.AddSeconds(1)) != normal || profile.ReverseAt(t.AddSeconds(1)) != reverse)
                {
                    Assert.Fail($"a second after {t}: {profile.NormalAt(t.AddSeconds(1))}, {profile.ReverseAt(t.AddSeconds(1))}, "
                        + $"expected {normal}, {reverse}");
                }
            }

            Assert.That(reverse, Is.GreaterThan(profile.ReverseAt(from)), "the morning sun fed in");
        }

        [Test]
        public void TheDaysRepeatByTimeOfDayInBothDirections()
        {
            NetProfile profile = Recorded(solar: false);
            foreach (int day in new[] { -4, -2, 0, 2, 2000, 100000 })
            {
                Assert.That(Mean(profile, Anchor.AddDays(day).AddHours(12)),
                    Is.EqualTo(HouseholdData.Recorded.ActiveWatts(720)), $"day {day}");
                Assert.That(profile.ReactiveAt(Anchor.AddDays(day + 1).AddHours(12)),
                    Is.EqualTo(HouseholdData.Recorded.ReactiveVars(1440 + 720)), $"day {day + 1}");
            }

            Assert.That(HouseholdData.Recorded.ActiveWatts(720),
                Is.Not.EqualTo(HouseholdData.Recorded.ActiveWatts(2160)));
        }

        [Test]
        public void EnergyGoesOnWithoutASeamOverTheEndOfTheDataAndOverTheAnchor()
        {
            NetProfile profile = Recorded(solar: true);

            foreach (DateTime seam in new[] { Anchor, Anchor.AddDays(2), Anchor.AddDays(-2) })
            {
                Assert.That(profile.NormalAt(seam) - profile.NormalAt(seam.AddMinutes(-1)),
                    Is.EqualTo(60 * HouseholdData.Recorded.ActiveWatts(2879)));
                Assert.That(profile.NormalAt(seam.AddMinutes(1)) - profile.NormalAt(seam),
                    Is.EqualTo(60 * HouseholdData.Recorded.ActiveWatts(0)));
            }

            Assert.That(profile.NormalAt(Anchor.AddDays(-2)),
                Is.EqualTo(-profile.NormalAt(Anchor.AddDays(2))));
        }
    }
}
