using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Hems;
using NanoComm.Simulators.WiSun;
using NanoComm.WiSun;
using NUnit.Framework;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>What goes wrong with Wi-SUN modules in the field (reference/wisun-skstack.md, 1 to 17): the terminal
    /// gets every value all the same, the missing ones within the hour.</summary>
    [Parallelizable]
    internal static class WiSunFaultTests
    {
        private static readonly Dictionary<string, Action<ModuleFaults>> Lasting = new()
        {
            ["3 garbage at every start"] = faults =>
            {
                faults.GarbageAtStart = 300;
                faults.DiesAfter = 20 * 60_000;
            },
            ["4 OK lost"] = faults => faults.LosesOk = 0.3,
            ["4 OK late"] = faults => faults.DelaysOk = 1500,
            ["4 OK before the event"] = faults => faults.OkBeforeEvent = true,
            ["7 neighbour solicited instead"] = faults => faults.SendSolicits = 0.3,
            ["7 not sent"] = faults => faults.SendFails = 0.3,
            ["11 re-authentication dies"] = faults => faults.PanaDiesAfter = 50 * 60_000,
            ["15 lines split"] = faults => faults.SplitsLines = 1,
            ["15 lines cut"] = faults => faults.TruncatesLines = 0.01,
            ["15 bits turned over"] = faults => faults.FlipsBits = 0.0005,
            ["15 empty lines"] = faults => faults.StrayLines = 1,
            ["echo that cannot be switched off"] = faults => faults.AlwaysEchoes = true,
            ["dies every 25 minutes"] = faults => faults.DiesAfter = 25 * 60_000,
        };

        private static IEnumerable<string> LastingFaults => Lasting.Keys;

        [Test]
        public static void A_lasting_fault_costs_no_value([ValueSource(nameof(LastingFaults))] string fault,
            [Values(WiSunHome.QuarterHour, null)] int? sessionLifetime)
        {
            using WiSunHome home = WiSunHome.Joined(sessionLifetime: sessionLifetime);
            home.Readings.Start();
            Lasting[fault](home.Module.Faults);
            home.Run(4 * Minutes(60));
            Report(home, fault);
            home.AssertNothingMissed();
            home.AssertNoSecrets();
            Assert.That(home.Module.Statistics.FlashWrites, Is.Zero);
            Assert.That(home.Unit.Unit.Health.Failures, Is.Zero);
        }

        [Test]
        public static void Fault_1_a_module_of_the_other_dialect_is_spoken_to_rightly_and_given_up_with_pauses()
        {
            using var home = new WiSunHome(
                module: new ModuleOptions { Dialect = ModuleDialect.C2, FactoryOption = 1 });
            home.Unit.Unit.Start();
            home.Run(Minutes(10));
            Assert.That(home.Coordinator.State, Is.EqualTo(CoordinatorState.Failed), "it cannot be a coordinator");
            Assert.That(home.Coordinator.Channel, Is.Not.Zero, "scanned with a side");
            Assert.That(home.Module.PowerUps, Is.LessThan(20));
            Assert.That(new Hems(home.Unit, 2).Get(Epc.NormalEnergy), Has.Length.EqualTo(4), "the other path works");
        }

        [Test]
        public static void Fault_2_a_year_of_restarts_writes_the_flash_once()
        {
            using var home = new WiSunHome(module: new ModuleOptions());
            home.Unit.Unit.Start();
            for (int i = 0; i < 30; i++)
            {
                home.Run(Minutes(2));
                home.Module.Faults.IsDead = true;
            }

            home.Run(Minutes(2));
            Assert.That(home.Coordinator.ModuleRestarts, Is.GreaterThan(20));
            Assert.That(home.Module.Statistics.FlashWrites, Is.EqualTo(1));
        }

        [TestCase(1)]
        [TestCase(2)]
        [TestCase(60)]
        [TestCase(1500)]
        public static void Fault_6_a_module_that_waits_for_the_rest_of_a_datagram_is_freed(int bytes)
        {
            using WiSunHome home = WiSunHome.Joined();
            home.Readings.Start();
            home.Run(Minutes(30));
            home.Module.Faults.SwallowsBytes = bytes;
            home.Run(Minutes(30));
            Report(home, "");
            Assert.That(home.Module.Faults.SwallowsBytes, Is.Zero);
            Assert.That(home.Coordinator.Port.GivenUp, Is.Zero);
            Assert.That(home.Coordinator.ModuleRestarts, bytes > 1000 ? Is.EqualTo(1) : Is.Zero, "only where CR LF do not help");
            home.AssertNothingMissed();
        }

        [Test]
        public static void Fault_8_while_the_limit_holds_nothing_is_sent_and_nothing_is_restarted()
        {
            using WiSunHome home = WiSunHome.Joined();
            home.Readings.Start();
            home.Run(Minutes(10));
            home.Module.Faults.IsLimited = true;
            home.Run(Minutes(2));
            long sent = home.Module.Statistics.DatagramsSent;
            home.Run(Minutes(20));
            Assert.That(home.Coordinator.State, Is.EqualTo(CoordinatorState.Limited));
            Assert.That(home.Module.Statistics.DatagramsSent, Is.EqualTo(sent));
            Assert.That(WiSunTests.CountOf(home, SecurityEvent.TransmitLimit), Is.EqualTo(1));
            Assert.That(home.Coordinator.ModuleRestarts, Is.Zero);

            home.Module.Faults.IsLimited = false;
            home.Run(Minutes(30));
            Assert.That(home.Coordinator.State, Is.Not.EqualTo(CoordinatorState.Limited));
            home.AssertNothingMissed();
        }

        [Test]
        public static void Fault_10_silence_after_a_join_ends_with_a_restart()
        {
            using WiSunHome home = WiSunHome.Ready();
            home.Module.Faults.IsSilentAfterJoin = true;
            home.Hems.Start();
            home.Readings.Start();
            home.Run(Minutes(12));
            Assert.That(home.Coordinator.ModuleRestarts, Is.GreaterThan(0));
            home.Module.Faults.IsSilentAfterJoin = false;
            home.Run(Minutes(60));
            Report(home, "");
            home.AssertNothingMissed();
        }

        [Test]
        public static void Fault_12_a_client_that_tries_to_join_is_not_thrown_out()
        {
            using WiSunHome home = WiSunHome.Ready();
            long restarts = home.Module.PowerUps;

            // Just before the unit would start the module anew for want of a session.
            home.Run(Minutes(15) - 5000 - home.Now);
            home.Hems.Start();
            home.RunUntil(() => home.Hems.State == HemsState.Joined, home.Now + 60_000);
            home.Run(Minutes(5));
            Assert.That(home.Module.PowerUps, Is.LessThanOrEqualTo(restarts + 1));
            Assert.That(home.Hems.Joins, Is.EqualTo(1));
        }

        [Test]
        public static void Fault_13_channel_and_pan_stay_whatever_happens()
        {
            using WiSunHome home = WiSunHome.Joined();
            (int channel, int pan) = (home.Coordinator.Channel, home.Coordinator.PanId);
            for (int i = 0; i < 10; i++)
            {
                home.Unit.Air.SetEnergy((byte)channel, 0xF0);
                home.Module.GlitchPower();
                home.Module.Faults.IsDead = true;
                home.Run(Minutes(2));
                Assert.That((home.Module.Channel, home.Module.Pan), Is.EqualTo((channel, pan)));
            }

            home.RunUntil(() => home.Hems.State == HemsState.Joined, home.Now + Minutes(10));
        }

        [Test]
        public static void A_module_that_lost_its_power_for_a_moment_is_found_out()
        {
            using WiSunHome home = WiSunHome.Joined();
            home.Readings.Start();
            home.Run(Minutes(20));
            home.Module.GlitchPower();
            home.Run(Minutes(2));
            Assert.That(home.Coordinator.ModuleRestarts, Is.EqualTo(1), "by the next probe");
            home.Run(Minutes(38));
            Report(home, "");
            home.AssertNothingMissed();
        }

        [Test]
        public static void Fault_17_the_longest_datagram_is_answered()
        {
            using WiSunHome home = WiSunHome.Joined();
            var all = new List<byte>();
            for (int i = 0; i < 200; i++)
            {
                all.AddRange([Epc.NormalEnergy, Epc.ReverseEnergy]);
            }

            byte[] epcs = all.Take(200).ToArray();
            EchonetMessage answer = home.Get(epcs);
            Assert.That(answer, Is.Not.Null);
            Assert.That(answer.Properties, Has.Count.EqualTo(200));
            Assert.That(home.Unit.WiSunLine.Overrun, Is.Zero);
        }

        [Test]
        public static void A_day_of_everything_at_once_loses_no_half_hour()
        {
            using WiSunHome home = WiSunHome.Joined(seed: 5);
            home.Readings.Start();
            ModuleFaults faults = home.Module.Faults;
            faults.GarbageAtStart = 100;
            faults.LosesOk = 0.05;
            faults.SendFails = 0.05;
            faults.SendSolicits = 0.05;
            faults.SplitsLines = 0.2;
            faults.TruncatesLines = 0.005;
            faults.FlipsBits = 0.0002;
            faults.StrayLines = 0.2;
            faults.DiesAfter = 7 * Minutes(60);
            home.Unit.Air.Between(home.Module, home.HemsModule).DatagramLoss = 0.02;
            home.Run(Day(1));
            Report(home, "");
            home.AssertNothingMissed();
            Assert.That(home.Unit.Unit.Health.Failures, Is.Zero);
        }

        internal static void Report(WiSunHome home, string what)
        {
            Coordinator coordinator = home.Coordinator;
            TestContext.Out.WriteLine($"{what}: {home.Minutes.Count} minutes, "
                + $"{home.Minutes.Values.Count(row => row.IsFetchedAgain)} fetched again, "
                + $"{home.HalfHours.Count} half hours, {coordinator.Port.Joins} joins, "
                + $"{coordinator.ModuleRestarts} restarts, {coordinator.Port.SendFailures} send failures, "
                + $"{coordinator.Port.GivenUp} given up, {coordinator.UnknownLines} unknown lines, "
                + $"{home.Hems.Repetitions} repetitions, {home.Hems.Unanswered} unanswered");
        }
    }
}
