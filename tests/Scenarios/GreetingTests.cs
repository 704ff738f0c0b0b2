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
    /// <summary>Nodes that announce themselves, and nodes that answer each other's announcements.</summary>
    [Parallelizable]
    internal static class GreetingTests
    {
        private const string Controller = "10810001 0EF001 0EF001 73 01 D5 04 01 05FF01";
        private const int PerSecond = 10;

        private static readonly DateTime Noon = new(2027, 2, 27, 12, 0, 0);

        [TestCase(DatagramCast.Multicast)]
        [TestCase(DatagramCast.Unknown)]
        public static void A_controller_that_starts_after_the_meter_hears_of_it_at_once(DatagramCast cast)
        {
            using SimulatedUnit unit = Start(Noon);
            var crowd = new Crowd(unit, 2);
            RunTo(unit, Minutes(5));
            crowd.Heard = (_, frame) => Assert.That(Convert.ToHexString(frame), Does.EndWith("0EF0010EF0017301D50401028801"));
            crowd.Send(0, Controller, cast);
            crowd.Send(1, Controller, cast);
            RunTo(unit, Minutes(5) + 200);
            Assert.That(crowd.SentTo, Is.All.EqualTo(1));
        }

        [Test]
        public static void A_controller_that_starts_anew_hears_of_the_meter_within_the_minute()
        {
            using SimulatedUnit unit = Start(Noon);
            var crowd = new Crowd(unit, 1);
            RunTo(unit, Minutes(5));
            crowd.Send(0, Controller, DatagramCast.Multicast);
            RunTo(unit, Minutes(5) + Seconds(3));
            crowd.Send(0, Controller, DatagramCast.Multicast);
            RunTo(unit, Minutes(5) + Seconds(59));
            Assert.That(crowd.SentTo, Is.All.EqualTo(1));
            RunTo(unit, Minutes(6) + Seconds(1));
            Assert.That(crowd.SentTo, Is.All.EqualTo(2));
        }

        [Test]
        public static void Two_hundred_that_start_at_once_all_hear_of_the_meter_ten_a_second()
        {
            using SimulatedUnit unit = Start(Noon);
            var crowd = new Crowd(unit, 200);
            var heard = new List<(int Host, long At)>();
            crowd.Heard = (host, _) => heard.Add((host, unit.Scheduler.Milliseconds));
            RunTo(unit, Minutes(5));
            for (int host = 0; host < crowd.Size; host++)
            {
                crowd.Send(host, Controller, DatagramCast.Multicast);
                if (host % 50 == 49)
                {
                    RunTo(unit, unit.Scheduler.Milliseconds + 1);
                }
            }

            RunTo(unit, Minutes(5) + Seconds(21));
            Assert.That(heard.Select(one => one.Host).Distinct().Count(), Is.EqualTo(crowd.Size));
            Assert.That(heard, Has.Count.EqualTo(crowd.Size));
            AssertSlow(heard.Select(one => one.At).ToArray());
        }

        // Each answers every announcement that it hears, its neighbours' too, as fast as such a thing can: once in ten
        // milliseconds.
        [TestCase(DatagramCast.Unicast)]
        [TestCase(DatagramCast.Multicast)]
        [TestCase(DatagramCast.Unknown)]
        public static void Twenty_that_answer_every_announcement_excite_nothing(DatagramCast cast)
        {
            using SimulatedUnit unit = Start(Noon);
            var hems = new Hems(unit, 2);
            var crowd = new Crowd(unit, 20);
            var heard = new List<(int Host, long At)>();
            var busyUntil = new long[crowd.Size];
            void Answer(int host)
            {
                long now = unit.Scheduler.Milliseconds;
                if (now < busyUntil[host])
                {
                    return;
                }

                busyUntil[host] = now + 10;
                unit.Scheduler.At(now + 10, () =>
                {
                    crowd.Send(host, Controller, cast);
                    for (int other = 0; cast != DatagramCast.Unicast && other < crowd.Size; other++)
                    {
                        if (other != host)
                        {
                            Answer(other);
                        }
                    }
                });
            }

            crowd.Heard = (host, _) =>
            {
                heard.Add((host, unit.Scheduler.Milliseconds));
                Answer(host);
            };
            crowd.HeardByAll = frame =>
            {
                for (int host = 0; frame[EchonetFrame.OpcOffset + 1] == Epc.InstanceListNotification && host < 20; host++)
                {
                    Answer(host);
                }
            };

            // From the first millisecond on: the unit's own announcement is what begins it.
            RunTo(unit, Minutes(3));
            for (int second = 1; second < 60; second++)
            {
                RunTo(unit, Minutes(3) + Seconds(second));
                Assert.That(hems.Get(Epc.EnergyUnit), Is.EqualTo(new byte[] { 3 }));
            }

            int[] each = Enumerable.Range(0, crowd.Size).Select(host => heard.Count(one => one.Host == host)).ToArray();
            Assert.That(each, cast == DatagramCast.Unicast ? Is.All.EqualTo(0) : Is.All.InRange(1, 5), "once a minute and node");
            Assert.That(crowd.BytesToGroup, Is.LessThan(500), "and nothing to everyone beside the half-hours");
            AssertSlow(heard.Select(one => one.At).ToArray());
        }

        private static void AssertSlow(long[] moments)
        {
            for (int i = PerSecond; i < moments.Length; i++)
            {
                Assert.That(moments[i] - moments[i - PerSecond], Is.GreaterThanOrEqualTo(1000));
            }
        }
    }
}
