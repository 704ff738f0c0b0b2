using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Rig;
using NUnit.Framework;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>Who asks too much, or in another's name: the terminals notice nothing, and nobody gains by it.</summary>
    [Parallelizable]
    internal static class FloodTests
    {
        private const int Places = 16;
        private const int Burst = 1000;
        private const int PerSecond = 200;
        private const string GetPower = "10810001 05FF01 028801 62 01 E7 00";
        private const string GetFiveDays = "10810001 05FF01 028801 62 05 E4 00 E4 00 E4 00 E4 00 E4 00";

        private static readonly DateTime Noon = new(2027, 2, 27, 12, 0, 0);

        [TestCase(1, false)]
        [TestCase(17, false)]
        [TestCase(17, true)]
        [TestCase(200, false)]
        [TestCase(200, true)]
        [TestCase(5000, false)]
        public static void A_flood_of_20000_a_second_leaves_the_terminal_its_selectors_and_lets_a_newcomer_in(int hosts,
            bool areThere)
        {
            const int SecondsOfFlood = 60;
            using SimulatedUnit unit = Start(Noon);
            var there = new Hems(unit, 2);
            var newcomer = new Hems(unit, 3);
            var crowd = new Crowd(unit, hosts);
            if (areThere)
            {
                crowd.AnswerQuestions();
            }

            RunTo(unit, Seconds(10));
            there.Set(Epc.History1Day, 3);
            int before = unit.Unit.IpPath.Answers;
            crowd.Flood(GetPower, 20, Seconds(10 + SecondsOfFlood));
            int? letInAfter = null;
            int heard = 0;
            for (int second = 0; second < SecondsOfFlood; second++)
            {
                RunTo(unit, Seconds(10 + second) + 500);
                Assert.That(there.Get(Epc.NormalHistory1)[1], Is.EqualTo(3), $"second {second}, within a millisecond");
                if (newcomer.Ask(Esv.SetC, (Epc.History1Day, [5]))?.Esv == Esv.SetRes)
                {
                    letInAfter ??= second;
                }

                heard += newcomer.Ask(Esv.Get, (Epc.InstantaneousPower, [])) is null ? 0 : 1;
            }

            int answers = unit.Unit.IpPath.Answers - before;
            TestContext.Out.WriteLine($"{hosts} hosts: {answers} answers, newcomer after {letInAfter} s, most to one "
                + $"{crowd.SentTo.Max()}, {crowd.BytesSent} bytes in, {crowd.BytesSentTo} out");
            Assert.That(heard, Is.Positive, "a newcomer is heard");
            if (!areThere)
            {
                // Where more than there are places for ask all the time, and are there, it stays a stranger.
                Assert.That(letInAfter, Is.Not.Null, "and gets a place");
                Assert.That(newcomer.Get(Epc.History1Day), Is.EqualTo(new byte[] { 5 }));
            }

            Assert.That(answers, Is.LessThanOrEqualTo((SimulatedUnit.PathRequestsPerSecond * (SecondsOfFlood + 2))
                + (Places * Burst)), "the path's budget");
            Assert.That(crowd.SentTo.Max(), Is.LessThanOrEqualTo((PerSecond * (SecondsOfFlood + 1)) + Burst), "one's share");
            Assert.That(unit.Unit.IpPath.Terminals.Count, Is.LessThanOrEqualTo(Places));
            Assert.That(unit.Port.Lost, Is.Zero);
            Assert.That(unit.Unit.IpPath.Drops(DropReason.OverRate) + unit.Unit.IpPath.Drops(DropReason.NoPlace),
                Is.GreaterThan(20_000 * SecondsOfFlood / 2));
            Assert.That(unit.Board.LogLines.Count(line => line.Contains("Warning ip: refused")), Is.InRange(1, 2),
                "told, but not for each");
        }

        [TestCase(false)]
        [TestCase(true)]
        public static void Sixteen_hosts_that_ask_once_in_ten_minutes_for_a_day_drive_nobody_out(bool areThere)
        {
            using SimulatedUnit unit = Start(Noon);
            var there = new Hems(unit, 2);
            var newcomer = new Hems(unit, 3);
            var crowd = new Crowd(unit, 32);
            if (areThere)
            {
                crowd.AnswerQuestions();
            }

            RunTo(unit, Seconds(10));
            there.Set(Epc.History1Day, 3);
            for (int minute = 1; minute <= 1440; minute++)
            {
                for (int host = 0; host < 16; host++)
                {
                    // All of the terminals' family, as most can be.
                    if (host % 10 == minute % 10)
                    {
                        crowd.Send(2 * host, GetPower);
                        RunTo(unit, Minutes(minute) + host);
                    }
                }

                RunTo(unit, Minutes(minute) + Seconds(30));
                Assert.That(there.Get(Epc.NormalHistory1)[1], Is.EqualTo(3), $"minute {minute}");
                if (minute == 720)
                {
                    newcomer.Set(Epc.History1Day, 5);
                }

                if (minute >= 720)
                {
                    Assert.That(newcomer.Get(Epc.History1Day), Is.EqualTo(new byte[] { 5 }), $"minute {minute}");
                }
            }
        }

        // 22 bytes that draw 992, as often as one likes, to whoever is named as their sender.
        [TestCase(1, 100, DatagramCast.Unicast)]
        [TestCase(17, 100, DatagramCast.Unicast)]
        [TestCase(1000, 100, DatagramCast.Unicast)]
        [TestCase(1000, 4000, DatagramCast.Unicast)]
        [TestCase(1, 100, DatagramCast.Multicast)]
        [TestCase(17, 100, DatagramCast.Multicast)]
        [TestCase(1, 100, DatagramCast.Unknown)]
        public static void Who_sends_in_anothers_name_draws_four_times_as_much_and_a_thousand_bytes_a_second(int hosts,
            int perSecond, DatagramCast cast)
        {
            const int SecondsOfIt = 30;
            using SimulatedUnit unit = Start(Noon);
            var crowd = new Crowd(unit, hosts);
            RunTo(unit, Seconds(10));
            for (int i = 0; i < perSecond * SecondsOfIt; i++)
            {
                crowd.Send(i % hosts, GetFiveDays, cast);
                RunTo(unit, Seconds(10) + (i * 1000L / perSecond));
            }

            RunTo(unit, Seconds(12 + SecondsOfIt));
            TestContext.Out.WriteLine($"{crowd.BytesSent} in, {crowd.BytesSentTo} out");
            Assert.That(crowd.BytesSentTo, Is.LessThanOrEqualTo((4 * crowd.BytesSent) + (1000 * (SecondsOfIt + 3))));
            Assert.That(crowd.BytesSentTo, Is.GreaterThan(1000 * SecondsOfIt), "which is not nothing");
            Assert.That(unit.Unit.IpPath.Drops(DropReason.Withheld), Is.GreaterThan(0));
            Assert.That(unit.Board.LogLines, Has.Some.Contains("who do not answer a Get of D6"));
        }

        [Test]
        public static void What_is_asked_of_the_group_is_answered_at_another_moment_by_every_unit()
        {
            const string GetEverything = "10810001 05FF01 028801 62 1E 8000 8100 8200 8300 8600 8800 8A00 8C00 8D00 9700 9800 "
                + "9D00 9E00 9F00 C000 D000 D300 D700 E000 E100 E300 E500 E700 E800 EA00 EB00 EC00 ED00 EE00 EF00";
            var delays = new List<long>();
            for (int seed = 1; seed <= 20; seed++)
            {
                using SimulatedUnit unit = Start(Noon, seed);
                var crowd = new Crowd(unit, 1);
                RunTo(unit, Seconds(10));
                crowd.Send(0, GetEverything, DatagramCast.Multicast);
                crowd.Send(0, GetEverything, DatagramCast.Multicast);
                crowd.Send(0, GetEverything, DatagramCast.Multicast);
                RunTo(unit, Seconds(12));
                Assert.That(crowd.SentTo[0], Is.GreaterThanOrEqualTo(1));
                Assert.That(crowd.BytesSentTo, Is.LessThanOrEqualTo((4 * crowd.BytesSent) + 2000));
                delays.Add(crowd.LastSent - Seconds(10));
            }

            Assert.That(delays, Is.All.InRange(0, 500));
            Assert.That(delays.Distinct().Count(), Is.GreaterThan(15), "not all at once");
            Assert.That(delays.Max() - delays.Min(), Is.GreaterThan(200));
        }

        [Test]
        public static void A_guess_of_the_transaction_id_proves_nothing_in_an_hour_of_trying()
        {
            using SimulatedUnit unit = Start(Noon);
            var crowd = new Crowd(unit, 1000);
            RunTo(unit, Seconds(10));
            var random = new Random(5);
            for (int i = 0; i < 300_000; i++)
            {
                int host = random.Next(1000);
                crowd.Send(host, GetPower);
                crowd.Send(host, $"1081{random.Next(65536):X4} 0EF001 0EF001 72 01 D6 04 01 05FF01");
                if (i % 10 == 0)
                {
                    RunTo(unit, Seconds(10) + (i / 10 * 5));
                }
            }

            Assert.That(unit.Unit.IpPath.Terminals.ProvenCount, Is.Zero);
            Assert.That(unit.Unit.IpPath.Terminals.Count, Is.EqualTo(4));
        }
    }
}
