using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Hems;
using NanoComm.Policy;
using NanoComm.Rig;
using NanoComm.WiSun;
using NUnit.Framework;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>What the utility decides about a B route that is in use takes effect within a second: who is cut off, other
    /// credentials, none (requirements R14, R20).</summary>
    [Parallelizable]
    internal static class CutOffTests
    {
        private const string OtherId = "FF23456789ABCDEF00112233445566AA";
        private const string OtherPassword = "SimUlated999";
        private const int Culprit = 0;

        private static readonly string[] Frames =
        [
            "10810001 05FF01 028801 62 01 E7 00", "10810001 05FF01 028801 61 01 E5 01 05", "10810001 05FF01 028801 74 01 E7 00",
            "10810001 05FF01 0EF001 63 01 D5 00", "10810001 0EF001 0EF001 73 01 D5 04 01 05FF01",
            "10810001 05FF01 028801 62 05 E4 00 E4 00 E4 00 E4 00 E4 00",
        ];

        private static readonly DateTime Noon = new(2027, 2, 27, 11, 58, 30);

        // Cut off in the midst of all it can do, with answers under way, and over two half-hours.
        [Test]
        public static void A_terminal_that_is_cut_off_on_IP_gets_nothing_from_then_on()
        {
            using SimulatedUnit unit = Start(Noon);
            var crowd = new Crowd(unit, 4);
            crowd.AnswerQuestions();
            var heard = new List<(long At, int Host, byte[] Frame)>();
            crowd.Heard += (host, frame) => heard.Add((unit.Scheduler.Milliseconds, host, frame));
            long lastToGroup = 0;
            crowd.HeardByAll = _ => lastToGroup = unit.Scheduler.Milliseconds;
            Talk(unit, crowd, Minutes(70));
            RunTo(unit, Seconds(60));
            Assert.That(heard.Count(one => one.Host == Culprit), Is.GreaterThan(100));
            Assert.That(lastToGroup, Is.GreaterThan(0));

            byte[] address = [10, 1, 0, Culprit];
            Assert.That(unit.Unit.Policy.CutOff(RoutePath.Ip, address, 0, address.Length), Is.EqualTo(PolicyResult.Done));
            RunTo(unit, Minutes(63));

            long last = Math.Max(lastToGroup, heard.Where(one => one.Host == Culprit).Max(one => one.At));
            TestContext.Out.WriteLine($"the last came {last - Seconds(60)} ms after, {unit.Unit.IpPath.Drops(DropReason.NotAdmitted)} refused");
            Assert.That(last - Seconds(60), Is.LessThanOrEqualTo(1000));
            Assert.That(unit.Unit.IpPath.Drops(DropReason.NotAdmitted), Is.GreaterThan(30_000));
            Assert.That(heard.Where(one => one.Host == 1 && one.At > Minutes(2) && IsHalfHour(one.Frame)).Select(one => one.At / Minutes(1)).Distinct(),
                Is.EqualTo(new[] { 31L, 61 }), "the others are told by unicast");
            Assert.That(heard.Count(one => one.Host == 1 && one.At > Minutes(60)), Is.GreaterThan(100));
            Assert.That(CountOf(unit, SecurityEvent.TerminalCutOff), Is.InRange(60, 64), "once a minute");
            Assert.That(unit.Board.LogLines.Count(line => line.Contains("cut off or does not admit")), Is.InRange(60, 64));

            long readmitted = unit.Scheduler.Milliseconds;
            unit.Unit.Policy.Readmit(RoutePath.Ip, address, 0, address.Length);
            RunTo(unit, readmitted + 1000);
            Assert.That(heard.Any(one => one.Host == Culprit && one.At > readmitted), "served again");
        }

        [Test]
        public static void A_decision_outlives_a_restart()
        {
            var files = new MemoryFiles();
            using (SimulatedUnit unit = SimulatedUnit.WithFiles(1, Noon, files))
            {
                byte[] address = [198, 51, 100, 2];
                unit.Unit.Policy.CutOff(RoutePath.Ip, address, 0, address.Length);
            }

            using SimulatedUnit again = SimulatedUnit.WithFiles(2, Noon, files);
            again.Unit.Start();
            RunTo(again, Seconds(10));
            Assert.That(new Hems(again, 2).AskNode(Epc.SelfNodeInstanceListS), Is.Null);
            Assert.That(new Hems(again, 3).AskNode(Epc.SelfNodeInstanceListS), Is.Not.Null);
        }

        [Test]
        public static void A_terminal_that_is_cut_off_on_Wi_SUN_is_parted_from_and_gets_nothing_when_it_joins_again()
        {
            using WiSunHome home = WiSunHome.Joined();
            Ask(home, home.Hems, Minutes(40));
            home.Run(Seconds(10));
            byte[] address = home.Coordinator.Port.Terminal.ToArray();
            Assert.That(home.Unit.Unit.Policy.CutOff(RoutePath.WiSun, address, 0, address.Length), Is.EqualTo(PolicyResult.Done));
            home.Run(1000);
            int sent = home.Coordinator.Port.DatagramsOut;
            home.Run(Minutes(20));

            Assert.That(home.Coordinator.Port.DatagramsOut, Is.EqualTo(sent));
            Assert.That(home.Hems.Joins, Is.InRange(10, 30), "it joins again and again, and is parted from once a minute");
            Assert.That(home.Unit.Unit.WiSunPath.Path.Drops(DropReason.NotAdmitted), Is.GreaterThan(50));
            Assert.That(CountOf(home.Unit, SecurityEvent.TerminalCutOff), Is.GreaterThan(0));
            Assert.That(home.Coordinator.TransmitMilliseconds, Is.LessThan(TransmitAccount.Limit / 10));
            home.AssertNoSecrets();

            // It does not keep out who is admitted.
            (HemsController other, _) = home.AddHems();
            other.Start();
            long from = home.Now;
            home.RunUntil(() => other.State == HemsState.Joined && home.Coordinator.Port.IsJoined, from + Minutes(5));
            TestContext.Out.WriteLine($"{home.Hems.Joins} joins of the one that is cut off; another is in after {home.Now - from} ms");
            Assert.That(home.Coordinator.Port.DatagramsOut, Is.GreaterThanOrEqualTo(sent));
        }

        [Test]
        public static void A_terminal_that_is_readmitted_on_Wi_SUN_is_served_again()
        {
            using WiSunHome home = WiSunHome.Joined();
            byte[] address = home.Coordinator.Port.Terminal.ToArray();
            home.Unit.Unit.Policy.CutOff(RoutePath.WiSun, address, 0, address.Length);
            home.Run(Minutes(3));
            home.Unit.Unit.Policy.Readmit(RoutePath.WiSun, address, 0, address.Length);
            home.Run(Minutes(2));
            Assert.That(home.Get(Epc.NormalEnergy)?.Esv, Is.EqualTo(EchonetMessage.GetRes));
        }

        [Test]
        public static void Other_credentials_end_the_session_and_let_in_who_has_them_and_nobody_else()
        {
            using WiSunHome home = WiSunHome.Joined();
            Ask(home, home.Hems, Minutes(40));
            home.Run(Seconds(10));
            long joins = home.Hems.Joins;
            byte[] credentials = Encoding.ASCII.GetBytes(OtherId + OtherPassword);
            Assert.That(home.Unit.Unit.Policy.OpenRouteB(credentials, 0, credentials.Length), Is.EqualTo(PolicyResult.Done));
            home.Run(1000);
            int sent = home.Coordinator.Port.DatagramsOut;
            long changed = home.Now;
            home.RunUntil(() => home.Coordinator.ModuleRestarts == 1 && home.Coordinator.State == CoordinatorState.Ready,
                changed + Seconds(60));
            TestContext.Out.WriteLine($"ready {home.Now - changed + 1000} ms after");
            (HemsController other, _) = home.AddHems(OtherPassword, OtherId);
            home.Run(Minutes(5));
            Assert.That(home.Coordinator.Port.DatagramsOut, Is.EqualTo(sent));
            Assert.That(home.Hems.Joins, Is.EqualTo(joins), "not with the old ones");

            home.Hems.Stop();
            other.Start();
            home.RunUntil(() => other.State == HemsState.Joined && home.Coordinator.Port.IsJoined, home.Now + Minutes(2));
            home.AssertNoSecrets();
            Assert.That(string.Join('\n', home.Unit.Board.LogLines), Does.Not.Contain(OtherPassword).And.Not.Contain(OtherId[..8]));
        }

        [Test]
        public static void A_route_that_is_closed_is_silent_until_it_is_opened_again_without_a_restart()
        {
            using WiSunHome home = WiSunHome.Joined();
            Ask(home, home.Hems, Minutes(40));
            home.Run(Seconds(10));
            Assert.That(home.Unit.Unit.Policy.CloseRouteB(), Is.EqualTo(PolicyResult.Done));
            long closed = home.Now;
            home.RunUntil(() => home.Coordinator.State == CoordinatorState.Closed, closed + Seconds(30));
            TestContext.Out.WriteLine($"closed after {home.Now - closed} ms");
            long joins = home.Hems.Joins;
            long sent = home.Module.Statistics.Events(0x25);
            home.Run(Minutes(10));
            Assert.That(home.Hems.State, Is.Not.EqualTo(HemsState.Joined));
            Assert.That((home.Hems.Joins, home.Module.Statistics.Events(0x25)), Is.EqualTo((joins, sent)));
            Assert.That(home.Coordinator.State, Is.EqualTo(CoordinatorState.Closed));

            byte[] credentials = SimulatedUnit.Credentials;
            home.Unit.Unit.Policy.OpenRouteB(credentials, 0, credentials.Length);
            home.RunUntil(() => home.Hems.State == HemsState.Joined && home.Coordinator.Port.IsJoined, home.Now + Minutes(5));
            Assert.That(home.Get(Epc.NormalEnergy)?.Esv, Is.EqualTo(EchonetMessage.GetRes));
            Assert.That(home.Unit.Board.Restarts, Is.Zero);
        }

        private static void Talk(SimulatedUnit unit, Crowd crowd, long until)
        {
            int turn = 0;
            void Next()
            {
                DatagramCast cast = (DatagramCast)(turn / Frames.Length % 3);
                for (int host = 0; host < crowd.Size; host++)
                {
                    crowd.Send(host, Frames[(turn + host) % Frames.Length], cast);
                }

                turn++;
                if (unit.Scheduler.Milliseconds < until)
                {
                    unit.Scheduler.At(unit.Scheduler.Milliseconds + 100, Next);
                }
            }

            unit.Scheduler.At(Seconds(10), Next);
        }

        private static void Ask(WiSunHome home, HemsController hems, long until)
        {
            void Next()
            {
                if (hems.State == HemsState.Joined)
                {
                    hems.Ask(0x028801, EchonetMessage.Get, [(Epc.InstantaneousPower, [])], _ => { });
                }

                if (home.Now < until)
                {
                    home.Unit.Scheduler.At(home.Now + 1500, Next);
                }
            }

            Next();
        }

        private static bool IsHalfHour(byte[] frame)
        {
            return frame[EchonetFrame.EsvOffset] == Esv.Inf && frame[EchonetFrame.PropertiesOffset] == Epc.NormalFixedTimeEnergy;
        }

        private static int CountOf(SimulatedUnit unit, SecurityEvent e)
        {
            var entry = new SecurityLogEntry();
            int count = 0;
            for (int i = 0; unit.Unit.Security.Get(i, entry); i++)
            {
                count += entry.Event == e ? (int)entry.Count : 0;
            }

            return count;
        }
    }
}
