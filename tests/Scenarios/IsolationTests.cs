using System;
using System.Linq;
using NanoComm.Dlms;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.MeterLink;
using NanoComm.Policy;
using NanoComm.Rig;
using NanoComm.RouteB;
using NUnit.Framework;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>What terminals do is not to be seen at the metering unit: the line to it carries the same bytes at the same
    /// milliseconds with them and without them (requirements R17, R23).</summary>
    [Parallelizable]
    internal static class IsolationTests
    {
        private const double BitError = 1e-5;
        private const int Outage = 20_000;

        private static readonly DateTime Noon = new(2027, 2, 27, 11, 50, 17);

        [TestCase(1, 9600)]
        [TestCase(2, 115200)]
        public static void An_hour_of_hostile_terminals_leaves_the_metering_line_as_it_is(int seed, int baudRate)
        {
            Assert.That(Moved(seed, baudRate, 60), Is.Empty, "minutes in which the line is not the same");
        }

        [Test]
        [Explicit("minutes of real time")]
        public static void A_day_of_hostile_terminals_leaves_the_metering_line_as_it_is([Values(1, 2, 3)] int seed,
            [Values(9600, 115200)] int baudRate)
        {
            Assert.That(Moved(seed, baudRate, 24 * 60), Is.Empty, "minutes in which the line is not the same");
        }

        // That the test before can fail: one request a minute that reaches the metering unit.
        [Test]
        public static void A_terminal_that_reaches_the_metering_line_is_found_out()
        {
            UnitSettings settings = SimulatedUnit.Settings;
            var bridge = new Bridge();
            settings.IpObserver = bridge;

            // At this rate the history is fetched soon, and the line has time for what else is asked.
            Assert.That(Moved(1, 115200, 6, settings, unit => bridge.Unit = unit), Is.Not.Empty);
        }

        private static int[] Moved(int seed, int baudRate, int minutes, UnitSettings settings = null, Action<SimulatedUnit> plant = null)
        {
            using SimulatedUnit alone = SimulatedUnit.WithEveryPath(seed, Noon, baudRate);
            LineRecord expected = Run(alone, minutes);
            using SimulatedUnit beset = SimulatedUnit.WithEveryPath(seed, Noon, baudRate, settings);
            plant?.Invoke(beset);
            var hostile = new HostileTerminals(beset, seed);
            hostile.Start(Minutes(minutes));
            LineRecord actual = Run(beset, minutes);
            TestContext.Out.WriteLine($"{expected.Bytes} bytes on the line in {minutes} minutes; {hostile.Sent} datagrams by IP, "
                + $"{hostile.Asked} requests by Wi-SUN, {beset.Unit.IpPath.Answers} and {beset.Unit.WiSunPath.Path.Answers} answers, "
                + $"{beset.Unit.WiSunPath.Coordinator.Port.Joins} joins, {beset.Unit.WiSunPath.Coordinator.Port.RefusedJoins} refused");
            Assert.That(hostile.Sent, Is.GreaterThan(minutes * 1000));
            Assert.That(beset.Unit.IpPath.Answers, Is.GreaterThan(minutes * 100));
            Assert.That(expected.Bytes, Is.GreaterThan(minutes * 10_000), "it reads");
            Assert.That((expected.Minutes.Count, actual.Minutes.Count), Is.EqualTo((minutes, minutes)));
            return Enumerable.Range(0, minutes).Where(minute => expected.Minutes[minute] != actual.Minutes[minute]).ToArray();
        }

        // A line that is not the best, and that is off now and then: there are repetitions, and associations anew, whose
        // challenges are random.
        private static LineRecord Run(SimulatedUnit unit, int minutes)
        {
            var record = new LineRecord(unit);
            unit.Line.ToFar.BitError = BitError;
            unit.Line.ToNear.BitError = BitError;
            Decide(unit);
            for (int minute = 10; minute < minutes; minute += 20)
            {
                unit.Scheduler.At(Minutes(minute), () => Cut(unit, true));
                unit.Scheduler.At(Minutes(minute) + Outage, () => Cut(unit, false));
            }

            unit.Unit.Start();
            RunTo(unit, Minutes(minutes));
            return record;
        }

        // What the utility decides meanwhile is the same in both runs.
        private static void Decide(SimulatedUnit unit)
        {
            RouteBPolicy policy = unit.Unit.Policy;
            byte[] address = [10, 1, 0, 0];
            unit.Scheduler.At(Minutes(3), () => policy.CutOff(RoutePath.Ip, address, 0, address.Length));
            unit.Scheduler.At(Minutes(15), () => policy.SetLimits(RoutePath.Ip, 3, 5));
            unit.Scheduler.At(Minutes(22), () => policy.CloseRouteB());
            unit.Scheduler.At(Minutes(25), () => policy.OpenRouteB(SimulatedUnit.Credentials, 0, RouteBCredentials.Length));
            unit.Scheduler.At(Minutes(40), () => policy.Readmit(RoutePath.Ip, address, 0, 0));
            unit.Scheduler.At(Minutes(45), () => policy.SetLimits(RoutePath.Ip, 0, 0));
        }

        private static void Cut(SimulatedUnit unit, bool isCut)
        {
            unit.Line.ToFar.IsCut = isCut;
            unit.Line.ToNear.IsCut = isCut;
        }

        private sealed class Bridge : IExchangeObserver
        {
            private long _minute;

            public SimulatedUnit Unit { get; set; }

            public void OnRequest(DatagramPeer peer, byte[] request, int requestLength, DropReason drop, byte[] response, int responseLength)
            {
                long minute = Unit.Scheduler.Milliseconds / Minutes(1);
                if (minute != _minute)
                {
                    _minute = minute;
                    Unit.Unit.Metering.Read(ProfileRequest.FiveMinutes(0, 300, new NoSink()));
                }
            }

            public void OnNotification(DatagramPeer destination, byte[] frame, int length)
            {
            }
        }

        private sealed class NoSink : IRowSink
        {
            public void Put(byte[] buffer, int offset, int length)
            {
            }
        }
    }
}
