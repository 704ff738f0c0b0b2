using System;
using System.Diagnostics;
using System.Linq;
using NUnit.Framework;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The long run: a terminal reads every minute over a radio that loses one datagram in a hundred, renews
    /// its session every twelve minutes or nineteen hours, and the module hangs once a day.</summary>
    [Parallelizable]
    internal static class WiSunMonthTests
    {
        [TestCase(WiSunHome.QuarterHour)]
        [TestCase(null)]
        public static void Two_days_lose_no_half_hour_and_fetch_every_minute_again(int? sessionLifetime)
        {
            RunDays(2, sessionLifetime);
        }

        [TestCase(WiSunHome.QuarterHour)]
        [TestCase(null)]
        [Explicit("half a minute: the same as the two days, for a month")]
        public static void A_month_loses_no_half_hour_and_fetches_every_minute_again(int? sessionLifetime)
        {
            TimeSpan taken = RunDays(30, sessionLifetime);
            Assert.That(taken.TotalSeconds, Is.LessThan(60));
        }

        private static TimeSpan RunDays(int days, int? sessionLifetime)
        {
            var watch = Stopwatch.StartNew();
            using WiSunHome home = WiSunHome.Joined(seed: 11, sessionLifetime: sessionLifetime);
            home.Unit.Air.Between(home.Module, home.HemsModule).DatagramLoss = 0.01;
            home.Readings.Start();
            var random = new Random(7);
            for (int day = 0; day < days; day++)
            {
                int minute = random.Next(24 * 60);
                home.Run(Minutes(minute));
                home.Module.Faults.IsDead = true;
                home.Run(Day(1) - Minutes(minute));
            }

            home.Run(Minutes(60));
            WiSunFaultTests.Report(home, $"{days} days in {watch.Elapsed.TotalSeconds:0.0} s");
            home.AssertNothingMissed();
            Assert.That(home.HalfHours, Has.Count.InRange(days * 48, (days * 48) + 3));
            Assert.That(home.Module.Statistics.FlashWrites, Is.Zero);
            Assert.That(home.Coordinator.ModuleRestarts, Is.EqualTo(days), "the hangs, and nothing else");
            if (sessionLifetime != null)
            {
                Assert.That(home.Hems.Refreshes, Is.GreaterThan(days * 100), "every twelve minutes");
            }

            Assert.That(home.Unit.Unit.Health.Failures, Is.Zero);
            Assert.That(home.Minutes.Values.Count(row => row.IsFetchedAgain), Is.GreaterThan(0));
            return watch.Elapsed;
        }
    }
}
