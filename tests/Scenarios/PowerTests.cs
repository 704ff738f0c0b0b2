using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using NanoComm.Hal;
using NanoComm.Hems;
using NanoComm.Power;
using NanoComm.Rig;
using NanoComm.WiSun;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The whole unit at a transformer that has less left than all its parts could draw (requirements R29, R30),
    /// and in a supply that sags.</summary>
    [Parallelizable]
    internal static class PowerTests
    {
        private const int FiveMinutes = 300_000;

        [Test]
        public static void Radios_that_send_unasked_are_never_on_together_and_the_one_without_power_is_told()
        {
            RunUnasked(1);
        }

        [Test]
        public static void Radios_that_send_when_asked_take_turns_and_nothing_waits_longer_than_half_a_second()
        {
            RunAsked(1);
        }

        [Test]
        [Explicit("some minutes: the same for a month")]
        public static void A_month_of_both()
        {
            RunUnasked(30);
            RunAsked(30);
        }

        [TestCase(true)]
        [TestCase(false)]
        public static void Without_the_governor_the_same_traffic_takes_too_much(bool sendsUnasked)
        {
            using var site = new PowerHome(3, sendsUnasked, isGoverned: false);
            site.Start();
            site.Home.Run(Minutes(60));
            site.Meter.Count();

            Report(site, "not governed, an hour");
            Assert.That(site.Meter.Over, Is.Positive);
            Assert.That(site.Meter.Most, Is.GreaterThan(PowerHome.Free));
        }

        [Test]
        public static void A_supply_that_sags_sheds_Wi_Fi_and_module_and_both_come_back()
        {
            var supply = new SimulatedSupply { IsLow = true };
            var parts = new PoweredParts { HasWifi = true, Supply = supply };
            using var home = new WiSunHome(parts: parts);
            home.Unit.Unit.Start();

            // Low from the first millisecond.
            home.Run(5_000);
            Assert.That(home.Unit.Wifi.Starts, Is.LessThanOrEqualTo(1), "off within a moment");
            Assert.That(home.Unit.Wifi.IsQuiet);
            Assert.That(home.Coordinator.State, Is.EqualTo(CoordinatorState.NoPower));
            Assert.That(home.Unit.Unit.PowerWatch.IsLow);
            Assert.That(home.Unit.Direct, Is.Not.Null);
            Assert.That(home.Unit.Unit.Metering.Readings, Is.Positive, "it reads on");

            supply.IsLow = false;
            home.Run(59_000);
            Assert.That(home.Coordinator.State, Is.EqualTo(CoordinatorState.NoPower), "not yet");
            home.RunUntil(() => home.Coordinator.State == CoordinatorState.Ready, home.Now + 30_000);
            home.RunUntil(() => home.Unit.Wifi.State == WifiState.Joined, home.Now + 30_000);
            home.RunUntil(() => !home.Unit.Unit.PowerWatch.IsLow, home.Now + 30_000);

            // A sag of a moment, in each burst of a session.
            home.Hems.Start();
            home.RunUntil(() => home.Hems.State == HemsState.Joined && home.Coordinator.Port.IsJoined, home.Now + 60_000);
            supply.IsLow = true;
            home.Run(30);
            supply.IsLow = false;
            home.Run(1000);
            Assert.That(home.Unit.Wifi.State, Is.EqualTo(WifiState.Off));
            Assert.That(home.Coordinator.Port.IsJoined, "a moment sheds one load, the least");
        }

        [Test]
        public static void A_cut_in_a_low_supply_is_counted_by_the_next_start()
        {
            var files = new Hal.Host.MemoryFiles();
            var supply = new SimulatedSupply { IsLow = true };
            using (var home = new WiSunHome(files: files, parts: new PoweredParts { Supply = supply }))
            {
                home.Unit.Unit.Start();
                home.Run(2000);
            }

            using var again = new WiSunHome(files: files);
            Assert.That(again.Unit.Unit.PowerWatch.BrownOuts, Is.EqualTo(1));
        }

        [Test]
        public static void A_radio_that_hangs_when_told_to_leave_is_charged_on_and_what_needs_its_power_stays_off()
        {
            using var home = new WiSunHome(parts: new PoweredParts { HasWifi = true, Declaration = Tight });
            home.Unit.Wifi.Hangs = true;
            home.Unit.Wifi.Start(new WifiNetwork(WifiRole.Station, WifiSecurity.Wpa2, [1], [1]));
            home.Unit.Unit.Start();
            home.Run(Minutes(5));

            Assert.That(home.Coordinator.State, Is.EqualTo(CoordinatorState.NoPower));
            Assert.That(home.Unit.Unit.Power.Granted, Is.LessThanOrEqualTo(home.Unit.Unit.Power.Free));
            Assert.That(home.Unit.Board.LogLines, Has.Some.Contains("Wi-SUN module has to wait: with it the unit would take"));
        }

        // Wi-Fi is on at power-up, and leaves no room for the module.
        private static void Tight(IPowerSheet sheet)
        {
            const string Source = "made up";
            sheet.Supply(SupplyKind.MeterSupply, 2000, 0, 1000, Source);
            sheet.Rail("3.3 V", 3300, null, [0, 850], 470, Source);
            sheet.Load(PowerPart.WiSun, "Wi-SUN module", "3.3 V", 200, 0);
            sheet.State("held in reset", 1, 2, Sends.Never, Source);
            sheet.State("serving", 35, 35, Sends.Unasked, Source);
            sheet.Load(PowerPart.Processor, "ESP32", "3.3 V", 379, 1);
            sheet.State("Wi-Fi idle", 40, 68, Sends.Never, Source);
            sheet.State("Wi-Fi on", 110, 118, Sends.Unasked, Source);
        }

        private static void RunUnasked(int days)
        {
            using PowerHome site = Run(true, days);
            Assert.That(site.Home.Unit.Wifi.Starts, Is.LessThanOrEqualTo(1), "Wi-SUN goes first, and both do not fit");
            Assert.That(site.Home.Unit.Wifi.IsQuiet);
            Assert.That(site.Home.Unit.Board.LogLines,
                Has.Exactly(1).Contains("ESP32 has to wait: with it the unit would take 5788 mVA, and 5500 are free"));
            Assert.That(site.WiSunAnswers, Is.GreaterThan(days * 17_000));
        }

        private static void RunAsked(int days)
        {
            using PowerHome site = Run(false, days);
            PowerGovernor power = site.Home.Unit.Unit.Power;
            Assert.That(site.IpAnswers, Is.InRange(site.IpGets - 1, site.IpGets));
            Assert.That(site.IpGets, Is.GreaterThan(days * 170_000));
            Assert.That(site.LongestAnswer, Is.InRange(1, 500), "one waited for the other, and not too long");
            Assert.That(site.ModuleTransmissions, Is.GreaterThan(days * 17_000));
            Assert.That(power.Of(PowerPart.WiSun).LongestWait, Is.LessThanOrEqualTo(500));
            Assert.That(power.Of(PowerPart.WiSun).Overdue + power.Of(PowerPart.Processor).Overdue, Is.Zero);
            Assert.That(site.Announcements, Has.Count.InRange(days * 48, (days * 48) + 2));
            DateTime start = WiSunHome.Noon;
            Assert.That(site.Announcements.Select(at => start.AddMilliseconds(at))
                .Max(at => (at - Floor(at)).TotalMilliseconds), Is.LessThan(FiveMinutes));
        }

        private static PowerHome Run(bool sendsUnasked, int days)
        {
            var site = new PowerHome(3, sendsUnasked, isGoverned: true);
            site.Start();
            site.Home.Run(Day(days));
            site.Meter.Count();
            Report(site, $"governed, {days} days");
            Assert.That(site.Meter.Over, Is.Zero);
            Assert.That(site.Meter.Most, Is.InRange(1.0, PowerHome.Free));
            Assert.That(site.Home.Unit.Unit.Health.Failures, Is.Zero);
            Assert.That(HalfHoursLate(site.Home), Is.Empty, "EA and EB within five minutes");
            Assert.That(site.Home.HalfHours, Has.Count.InRange(days * 48, (days * 48) + 3));
            return site;
        }

        private static IEnumerable<HemsEnergy> HalfHoursLate(WiSunHome home)
        {
            return home.HalfHours.Values.Where(row => row.Time > WiSunHome.Noon.AddMinutes(2)
                && row.ReadAt - (row.Time - WiSunHome.Noon).TotalMilliseconds > FiveMinutes);
        }

        private static DateTime Floor(DateTime time)
        {
            return new DateTime(time.Ticks - (time.Ticks % TimeSpan.FromMinutes(30).Ticks), time.Kind);
        }

        private static void Report(PowerHome site, string what)
        {
            PowerGovernor power = site.Home.Unit.Unit.Power;
            TestContext.Out.WriteLine($"{what}: over {site.Meter.Over} ms, most {site.Meter.Most:0.000} VA of {PowerHome.Free}, "
                + $"mean {site.Meter.Taken / Math.Max(1, site.Home.Now):0.000}; IP {site.IpAnswers} of {site.IpGets}, longest "
                + $"{site.LongestAnswer} ms; Wi-SUN {site.WiSunAnswers}, given {site.ModuleTransmissions}; longest waits "
                + $"{power.Of(PowerPart.WiSun).LongestWait} and {power.Of(PowerPart.Processor).LongestWait} ms");
        }
    }
}
