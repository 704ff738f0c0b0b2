using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Echonet;
using NanoComm.Hems;
using NUnit.Framework;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>Who holds the one session, and who gets it after him: it lasts for a day.</summary>
    [Parallelizable]
    internal static class WiSunSessionTests
    {
        private const string MadeRoom = "of the terminal nothing was heard for half an hour";

        [TestCase(5)]
        [TestCase(29)]
        [TestCase(31)]
        [TestCase(600)]
        public static void A_controller_that_was_replaced_holds_the_session_for_half_an_hour(int minutesLater)
        {
            using WiSunHome home = WiSunHome.Joined();
            home.Get(Epc.NormalEnergy);
            long last = home.Now;
            home.HemsModule.Faults.IsDead = true;
            home.Run(Minutes(minutesLater));

            (HemsController other, _) = home.AddHems();
            other.Start();
            home.RunUntil(() => other.State == HemsState.Joined && home.Coordinator.Port.IsJoined, last + Minutes(Math.Max(minutesLater, 30) + 3));
            long taken = home.Now - last;
            TestContext.Out.WriteLine($"in after {taken / 1000} s, {(taken / 1000) - (60 * Math.Max(minutesLater, 30))} s after it could be");
            Assert.That(taken, Is.GreaterThan(Minutes(30)));

            // The half-hours sent to it in vain ended the session; a unit without one starts its module anew now and then.
            Assert.That(home.Coordinator.ModuleRestarts, Is.AtMost(minutesLater / 60));
            Assert.That(home.Unit.Board.LogLines.Count(line => line.Contains(MadeRoom, StringComparison.Ordinal)), Is.EqualTo(1));
            home.Run(1000);
            Assert.That(home.Unit.Unit.WiSunPath.Path.Terminals.Count, Is.GreaterThan(0));
        }

        [Test]
        public static void A_controller_that_was_restarted_with_the_module_it_had_is_in_at_once()
        {
            using WiSunHome home = WiSunHome.Joined();
            home.Get(Epc.NormalEnergy);
            home.HemsModule.Faults.IsDead = true;
            home.Run(Minutes(10));
            home.HemsModule.Faults.IsDead = false;
            home.Hems.Start();
            home.RunUntil(() => home.Hems.State == HemsState.Joined, home.Now + Minutes(1));
            Assert.That(home.Get(Epc.NormalEnergy)?.Esv, Is.EqualTo(EchonetMessage.GetRes));
        }

        [Test]
        public static void A_module_that_lets_nobody_join_any_more_is_found_out_although_a_session_stands()
        {
            using WiSunHome home = WiSunHome.Joined();
            home.Get(Epc.NormalEnergy);
            home.Module.Faults.PanaDiesAfter = home.Now;
            home.Hems.Start();
            home.RunUntil(() => home.Hems.State == HemsState.Joined && home.Coordinator.Port.IsJoined, home.Now + Minutes(40));
            TestContext.Out.WriteLine($"in after {home.Now / 1000} s");
            Assert.That(home.Coordinator.ModuleRestarts, Is.EqualTo(1));
        }

        [TestCase(true)]
        [TestCase(false)]
        public static void Nobody_gets_a_session_that_is_used(bool knowsThePassword)
        {
            using WiSunHome home = WiSunHome.Joined();
            (HemsController other, _) = home.AddHems(knowsThePassword ? Rig.SimulatedUnit.RouteBPassword : "SimUlated008");
            home.Get(Epc.NormalEnergy);
            other.Start();
            for (int i = 0; i < 8; i++)
            {
                home.Run(Minutes(29));
                Assert.That(home.Get(Epc.NormalEnergy)?.Esv, Is.EqualTo(EchonetMessage.GetRes));
            }

            Assert.That(other.Joins, Is.Zero);
            Assert.That((home.Hems.Joins, home.Hems.Repetitions), Is.EqualTo((1, 0)));
            Assert.That(home.Module.Statistics.Events(0x28) + home.Module.Statistics.Events(0x27), Is.Zero);
        }

        [Test]
        public static void A_stranger_who_tries_for_hours_costs_one_that_only_listens_no_half_hour()
        {
            using WiSunHome home = WiSunHome.Joined();
            (HemsController stranger, _) = home.AddHems("SimUlated008");
            var times = new HashSet<DateTime>();
            home.Hems.Notified += message =>
            {
                if (message.Find(Epc.NormalFixedTimeEnergy) is { } edt)
                {
                    times.Add(Bytes.Dt7(edt));
                }
            };
            home.Get(Epc.NormalEnergy);
            stranger.Start();
            home.Run(6 * Minutes(60));
            TestContext.Out.WriteLine($"{times.Count} half hours, {home.Hems.Joins} joins");
            Assert.That(stranger.Joins, Is.Zero);
            Assert.That(times, Has.Count.EqualTo(12));
            Assert.That(home.Hems.Joins, Is.InRange(10, 16), "one an half hour, and three that the unit took for dead ones");
        }

        [Test]
        public static void One_that_never_says_anything_is_told_before_the_module_is_started_anew()
        {
            using WiSunHome home = WiSunHome.Joined();
            long ended = 0;
            long longest = 0;
            home.Hems.Trouble += _ => ended = home.Now;
            home.Hems.Joined += () => longest = Math.Max(longest, home.Now - ended);
            home.Run(6 * Minutes(60));
            TestContext.Out.WriteLine($"{home.Coordinator.ModuleRestarts} restarts, without a session for {longest} ms at most");
            Assert.That(home.Coordinator.ModuleRestarts, Is.InRange(2, 6));
            Assert.That(home.Hems.Joins, Is.EqualTo(1 + home.Coordinator.ModuleRestarts));
            Assert.That(longest, Is.InRange(1, 5000));
        }

        [TestCase(WiSunHome.QuarterHour)]
        [TestCase(null)]
        public static void Every_connection_is_announced_to(int? sessionLifetime)
        {
            using WiSunHome home = WiSunHome.Joined(sessionLifetime: sessionLifetime);
            home.Get(Epc.NormalEnergy);
            int lists = 1;
            home.Hems.Notified += message => lists += message.Find(Epc.InstanceListNotification) is null ? 0 : 1;
            home.Run(20 * Minutes(60));
            Assert.That(home.Module.Statistics.Refreshes, sessionLifetime == null ? Is.EqualTo(1) : Is.GreaterThan(90));

            // The controller starts anew with its module, at a time at which it might have renewed.
            home.Run(14 * Minutes(60));
            home.HemsModule.Faults.IsDead = true;
            home.Run(Minutes(1));
            home.HemsModule.Faults.IsDead = false;
            home.Hems.Start();
            home.RunUntil(() => home.Hems.State == HemsState.Joined, home.Now + Minutes(2));
            home.Run(Minutes(1));
            Assert.That(lists, Is.EqualTo(home.Module.Statistics.Events(0x25)));
        }
    }
}
