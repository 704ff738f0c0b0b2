using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NUnit.Framework;
using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Hal.Host;
using NanoComm.Hems;
using NanoComm.Policy;
using NanoComm.Rig;
using NanoComm.Simulators.WiSun;
using NanoComm.WiSun;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The whole unit behind its Wi-SUN module: who gets in, what he gets, and who does not.</summary>
    internal static class WiSunTests
    {
        [Test]
        public static void A_first_start_scans_once_and_later_ones_are_ready_within_four_seconds()
        {
            var files = new MemoryFiles();
            int channel;
            int pan;
            using (var home = new WiSunHome(module: new ModuleOptions(), files: files))
            {
                home.Unit.Air.SetEnergy(0x21, 0x60);
                home.Unit.Unit.Start();
                home.RunUntil(() => home.Coordinator.State == CoordinatorState.Ready, 60_000);
                TestContext.Out.WriteLine($"first start: {home.Now} ms");
                Assert.That(home.Now, Is.LessThan(15_000));
                Assert.That(home.Module.Statistics.FlashWrites, Is.EqualTo(1), "the one WOPT of its life");
                (channel, pan) = (home.Coordinator.Channel, home.Coordinator.PanId);
                Assert.That(channel, Is.Not.EqualTo(0x21));
                Assert.That((home.Module.Channel, home.Module.Pan), Is.EqualTo((channel, pan)));
            }

            using var later = new WiSunHome(seed: 2, files: files);
            later.Unit.Unit.Start();
            later.RunUntil(() => later.Coordinator.State == CoordinatorState.Ready, 4000);
            TestContext.Out.WriteLine($"later start: {later.Now} ms");
            Assert.That((later.Coordinator.Channel, later.Coordinator.PanId), Is.EqualTo((channel, pan)));
            Assert.That(later.Module.Statistics.FlashWrites, Is.Zero);
        }

        [Test]
        public static void A_terminal_that_joins_is_greeted_and_answered_at_once()
        {
            using WiSunHome home = WiSunHome.Ready();
            long joinedAt = 0;
            long greetedAt = 0;
            home.Hems.Joined += () => joinedAt = home.Now;
            home.Hems.Notified += message => greetedAt = message.Find(Epc.InstanceListNotification) is null ? greetedAt
                : greetedAt == 0 ? home.Now : greetedAt;
            home.Hems.Start();
            home.RunUntil(() => joinedAt > 0 && home.Coordinator.Port.IsJoined, home.Now + 60_000);
            EchonetMessage first = home.Get(Epc.OperationStatus);
            long answered = home.Now - joinedAt;
            home.Run(1000);

            TestContext.Out.WriteLine($"join to D5 {greetedAt - joinedAt} ms, to first answer {answered} ms");
            Assert.That(first?.Esv, Is.EqualTo(EchonetMessage.GetRes));
            Assert.That(answered, Is.LessThan(2000));
            Assert.That(greetedAt - joinedAt, Is.InRange(-50, 2000));
            Assert.That(home.Unit.Unit.WiSunPath.Path.Terminals.Count, Is.EqualTo(1));
            Assert.That(home.Coordinator.State, Is.EqualTo(CoordinatorState.Joined));
            home.AssertNoSecrets();
        }

        [Test]
        public static void Seven_properties_are_answered_within_50_milliseconds()
        {
            using WiSunHome home = WiSunHome.Joined();
            double heard = 0;
            double worst = 0;
            home.Module.Send += bytes =>
            {
                string text = Encoding.Latin1.GetString(bytes.Span);
                heard = text.StartsWith("ERXUDP", StringComparison.Ordinal) ? home.Now + (text.Length * 10 / 115.2) : heard;
            };
            home.Unit.WiSunLine.FarEnd.Received += bytes =>
            {
                if (heard > 0 && Encoding.Latin1.GetString(bytes.Span).Contains("SKSENDTO", StringComparison.Ordinal))
                {
                    worst = Math.Max(worst, home.Now - heard);
                    heard = 0;
                }
            };
            for (int i = 0; i < 20; i++)
            {
                EchonetMessage answer = home.Get(0x80, 0xD0, 0xD3, 0xE0, 0xE3, 0xE7, 0xE8);
                Assert.That(answer?.Esv, Is.EqualTo(EchonetMessage.GetRes));
                Assert.That(answer.Properties, Has.Count.EqualTo(7));
            }

            TestContext.Out.WriteLine($"answered within {worst:0.0} ms of unit time");
            Assert.That(worst, Is.GreaterThan(0).And.LessThan(50));
        }

        [Test]
        public static void Every_path_shows_the_same_meter()
        {
            using WiSunHome home = WiSunHome.Joined();
            var ip = new Hems(home.Unit, 2);
            EchonetMessage answer = home.Get(Epc.RouteBId, Epc.IdentificationNumber, Epc.ProductionNumber, Epc.NormalEnergy);
            foreach ((byte epc, byte[] edt) in answer.Properties)
            {
                Assert.That(ip.Get(epc), Is.EqualTo(edt), $"{epc:X2}");
            }
        }

        [Test]
        public static void Half_hours_are_notified_in_time()
        {
            using WiSunHome home = WiSunHome.Joined();
            var times = new List<(DateTime HalfHour, long At)>();
            home.Hems.Notified += message =>
            {
                if (message.Find(Epc.NormalFixedTimeEnergy) is { } edt)
                {
                    Assert.That(message.Properties, Has.Count.EqualTo(2));
                    Assert.That((message.Tid, message.Deoj), Is.EqualTo((1, EchonetMessage.Controller)));
                    times.Add((Bytes.Dt7(edt), home.Now));
                }
            };
            home.Run(6 * Minutes(60));
            Assert.That(times, Has.Count.EqualTo(12));
            foreach ((DateTime halfHour, long at) in times)
            {
                Assert.That(at - (halfHour - WiSunHome.Noon).TotalMilliseconds, Is.InRange(0, 300_000));
            }
        }

        [Test]
        public static void A_terminal_leaves_and_comes_back()
        {
            using WiSunHome home = WiSunHome.Joined();
            home.Hems.Stop();
            home.RunUntil(() => !home.Coordinator.Port.IsJoined, home.Now + 5000);
            Assert.That(home.Coordinator.State, Is.EqualTo(CoordinatorState.Ready));

            // Ten seconds later, as clients do.
            home.Run(10_000);
            int greetings = 0;
            home.Hems.Notified += message => greetings += message.Find(Epc.InstanceListNotification) is null ? 0 : 1;
            home.Hems.Start();
            home.RunUntil(() => home.Coordinator.Port.IsJoined && home.Hems.State == HemsState.Joined, home.Now + 60_000);
            home.Run(2000);
            Assert.That(greetings, Is.EqualTo(1));
            Assert.That(home.Get(Epc.NormalEnergy)?.Esv, Is.EqualTo(EchonetMessage.GetRes));
            Assert.That(home.Coordinator.Port.Joins, Is.EqualTo(2));
            Assert.That(home.Coordinator.ModuleRestarts, Is.Zero);
        }

        [TestCase(SimulatedUnit.RouteBId, "SimUlated008", TestName = "A_wrong_password_is_kept_out")]
        [TestCase("FF23456789ABCDEF00112233445566AA", SimulatedUnit.RouteBPassword,
            TestName = "A_wrong_id_with_the_right_pairing_id_is_kept_out")]
        [TestCase("0023456789ABCDEF00112233445566AB", SimulatedUnit.RouteBPassword, TestName = "A_wrong_id_finds_nothing")]
        public static void Strangers_are_kept_out(string id, string password)
        {
            using WiSunHome home = WiSunHome.Ready();
            (HemsController stranger, SimulatedModule module) = home.AddHems(password, id);
            stranger.Start();
            home.Run(Minutes(10));
            bool findsIt = id[^8..] == SimulatedUnit.RouteBId[^8..];
            Assert.That(stranger.Joins, Is.Zero);
            Assert.That(module.SessionPeer, Is.Null);
            Assert.That(home.Coordinator.Port.Joins, Is.Zero);
            Assert.That(home.Coordinator.Port.IsOpen, Is.False);
            Assert.That(home.Coordinator.Port.RefusedJoins, findsIt ? Is.GreaterThan(0) : Is.Zero);
            Assert.That(home.Coordinator.Port.DatagramsIn, Is.Zero);
            Assert.That(CountOf(home, SecurityEvent.JoinRefused), findsIt ? Is.GreaterThan(0) : Is.Zero);

            // One that knows the pairing id keeps the stack busy as long as it tries.
            stranger.Stop();
            home.Hems.Start();
            home.RunUntil(() => home.Hems.State == HemsState.Joined, home.Now + 120_000);
            Assert.That(home.Get(Epc.NormalEnergy)?.Esv, Is.EqualTo(EchonetMessage.GetRes), "who belongs here gets in");
            home.AssertNoSecrets();
        }

        [Test]
        public static void A_second_terminal_waits_until_the_first_has_left()
        {
            using WiSunHome home = WiSunHome.Joined();
            (HemsController second, SimulatedModule module) = home.AddHems();
            home.Readings.Start();
            second.Start();
            home.Run(Minutes(30));
            Assert.That(second.Joins, Is.Zero);
            Assert.That(home.Hems.Joins, Is.EqualTo(1), "and the first one is not disturbed");
            Assert.That(home.Hems.Unanswered, Is.Zero);
            Assert.That(home.Coordinator.Port.RefusedJoins, Is.GreaterThan(0));
            Assert.That(home.Coordinator.Port.Ignored, Is.GreaterThan(0));
            home.AssertNothingMissed();

            home.Hems.Stop();
            home.RunUntil(() => second.State == HemsState.Joined && home.Coordinator.Port.IsJoined, home.Now + 180_000);
            Assert.That(module.SessionPeer, Is.EqualTo(home.Module.Address));
            Assert.That(home.Coordinator.Port.Joins, Is.EqualTo(2));
            Assert.That(home.Unit.Unit.WiSunPath.Path.Terminals.Count, Is.EqualTo(1).Or.Zero);
        }

        [Test]
        public static void A_terminal_that_floods_gets_its_rate_and_the_half_hour_still_comes()
        {
            using WiSunHome home = WiSunHome.Joined();
            int halfHours = 0;
            home.Hems.Notified += message => halfHours += message.Find(Epc.NormalFixedTimeEnergy) is null ? 0 : 1;
            byte[] get = new EchonetMessage { Seoj = 0x05FF01, Deoj = 0x028801, Esv = EchonetMessage.Get }
                .With(0xE2).With(0xE4).With(0xE0).ToBytes();
            string header = $"SKSENDTO 1 {home.Module.Address} 0E1A 1 {get.Length:X4} ";

            // For longer its own module would not let it.
            long end = home.Now + Minutes(9);
            void Flood()
            {
                home.HemsModule.Receive((byte[])[.. Encoding.ASCII.GetBytes(header), .. get]);
                if (home.Now < end)
                {
                    home.Unit.Scheduler.At(home.Now + 25, Flood);
                }
            }

            Flood();
            home.Run(Minutes(10));
            TestContext.Out.WriteLine($"{home.Coordinator.Port.DatagramsIn} in, {home.Coordinator.Port.DatagramsOut} out, "
                + $"{home.Unit.Unit.WiSunPath.Path.Drops(DropReason.OverRate)} over rate, {home.Coordinator.Port.Lost} lost, "
                + $"{home.Coordinator.Port.GivenUp} given up, {home.Coordinator.TransmitMilliseconds} ms sent");
            Assert.That(home.Coordinator.Port.DatagramsIn, Is.GreaterThan(10_000));
            Assert.That(home.Module.Statistics.Events(0x32), Is.Zero, "the module's limit is never reached");
            Assert.That(home.Coordinator.TransmitMilliseconds, Is.LessThan(330_000));
            Assert.That(halfHours, Is.EqualTo(1), "12:00");
            Assert.That(home.Unit.Unit.WiSunPath.Path.Drops(DropReason.OverRate), Is.GreaterThan(1000));
            Assert.That(home.Unit.WiSunLine.Overrun, Is.Zero);
            Assert.That(new Hems(home.Unit, 2).Get(Epc.NormalEnergy), Has.Length.EqualTo(4), "the other path works");

            // An hour later everything is as before.
            home.Run(Minutes(65));
            home.RunUntil(() => home.Hems.State == HemsState.Joined, home.Now + Minutes(5));
            Assert.That(home.Get(Epc.NormalEnergy)?.Esv, Is.EqualTo(EchonetMessage.GetRes));
        }

        [Test]
        public static void A_terminal_that_vanishes_makes_room_for_another()
        {
            using WiSunHome home = WiSunHome.Joined(sessionLifetime: WiSunHome.QuarterHour);
            home.Get(Epc.NormalEnergy);
            home.HemsModule.Faults.IsDead = true;
            home.Run(Minutes(17));
            Assert.That(home.Coordinator.Port.IsJoined, Is.False);
            Assert.That(home.Coordinator.State, Is.EqualTo(CoordinatorState.Ready).Or.EqualTo(CoordinatorState.Starting));

            (HemsController other, _) = home.AddHems();
            other.Start();
            home.RunUntil(() => other.State == HemsState.Joined && home.Coordinator.Port.IsJoined, home.Now + Minutes(3));
        }

        [Test]
        public static void Without_credentials_the_radio_is_silent_and_the_other_path_works()
        {
            using var unit = SimulatedUnit.WithWiSun(1, WiSunHome.Noon, new MemoryFiles());
            unit.Board.Store.Delete(RouteBCredentials.Record);
            var again = new CommunicationUnit(unit.Board, unit.Direct, new UnitSettings(SimulatedUnit.Identity));
            again.Start();
            unit.Scheduler.RunUntil(Minutes(120));
            Assert.That(again.WiSunPath.Coordinator.State, Is.EqualTo(CoordinatorState.Closed));
            Assert.That(unit.Module.Statistics.Commands, Is.Zero);
            Assert.That(unit.Board.LogLines.Count(line => line.Contains("wi-sun", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(new Hems(unit, 2).Get(Epc.NormalEnergy), Has.Length.EqualTo(4));
        }

        internal static int CountOf(WiSunHome home, SecurityEvent e)
        {
            var entry = new SecurityLogEntry();
            int count = 0;
            for (int i = 0; home.Unit.Unit.Security.Get(i, entry); i++)
            {
                count += entry.Event == e ? (int)entry.Count : 0;
            }

            return count;
        }
    }
}
