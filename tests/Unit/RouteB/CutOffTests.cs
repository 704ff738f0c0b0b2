using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Metering;
using NanoComm.Policy;
using NanoComm.Records;
using NanoComm.RouteB;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>Whom the utility has cut off or does not admit, and how much it allows the others (requirements R15, R16,
    /// R20).</summary>
    [TestClass]
    public static class CutOffTests
    {
        private const string Hems = "C0A80102";
        private const string Other = "C0A80103";
        private const string Third = "C0A80104";
        private const string Get80 = "10810001 05FF01 028801 62 01 80 00";
        private const string InfReq = "10810001 05FF01 0EF001 63 01 D5 00";
        private const string SetDay = "10810001 05FF01 028801 61 01 E5 01 05";
        private const string Controller = "10810001 0EF001 0EF001 73 01 D5 04 01 05FF01";
        private const long Minute = 60000;

        [TestMethod]
        [DataRow(Get80, (int)DatagramCast.Unicast, 3610)]
        [DataRow(Get80, (int)DatagramCast.Unicast, 50000)]
        [DataRow(Get80, (int)DatagramCast.Multicast, 3610)]
        [DataRow(Get80, (int)DatagramCast.Unknown, 1)]
        [DataRow(SetDay, (int)DatagramCast.Unicast, 3610)]
        [DataRow(InfReq, (int)DatagramCast.Unicast, 3610)]
        [DataRow(Controller, (int)DatagramCast.Multicast, 3610)]
        [DataRow("10810001 05FF01 028801 74 01 E7 00", (int)DatagramCast.Unicast, 3610)]
        [DataRow("10810001 0EF001 0EF001 72 01 D6 04 01 05FF01", (int)DatagramCast.Unicast, 3610)]
        [DataRow("", (int)DatagramCast.Unicast, 3610)]
        public static void WhoIsCutOffGetsNothingWhateverItSends(string frame, int cast, int port)
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events events,
                out FakeBoard board);
            Ask(path, network, Hems, fixture.Now);
            Ask(path, network, Other, fixture.Now);
            CutOff(policy, Hems);
            network.Arrive(Hems, 0, port, frame, (DatagramCast)cast);
            long now = Run(path, fixture.Now, 2000);

            Assert.AreEqual("", network.TakeSent());
            Assert.AreEqual(1, path.Drops(DropReason.NotAdmitted));
            Assert.AreEqual(1, path.Terminals.Count, "it has no place any more");
            Assert.AreEqual("refused, first to 192.168.1.2: 1 of terminals that the utility has cut off or does not admit, not answered;",
                board.LastLine);
            Assert.AreEqual(1, events.CutOffs);
            Assert.AreEqual(1, Ask(path, network, Other, now));
        }

        [TestMethod]
        public static void EventAndLogLineComeOnceAMinute()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events events,
                out FakeBoard board);
            CutOff(policy, Hems);
            for (int i = 0; i < 1000; i++)
            {
                network.Arrive(Hems, 0, 3610, Get80);
                path.Step(fixture.Now + (i * 100));
            }

            Assert.AreEqual(1000, path.Drops(DropReason.NotAdmitted));
            Assert.AreEqual(2, events.CutOffs);
            Assert.AreEqual(2, board.Warnings);
        }

        [TestMethod]
        public static void WhatWaitsForItIsNotSent()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events _,
                out FakeBoard _);
            network.Arrive(Hems, 0, 3610, Controller, DatagramCast.Multicast);
            network.Arrive(Other, 0, 3610, Controller, DatagramCast.Multicast);
            path.Step(fixture.Now);
            Assert.IsTrue(network.TakeSent().StartsWith(Hems), "the first is told at once");
            network.Arrive(Other, 0, 3610, Get80, DatagramCast.Multicast);
            path.Step(fixture.Now);
            Assert.AreEqual("", network.TakeSent(), "both wait");

            CutOff(policy, Other);
            Run(path, fixture.Now, 2000);

            Assert.AreEqual("", network.TakeSent());
            Assert.AreEqual(1, path.Drops(DropReason.NotAdmitted), "the request");
        }

        [TestMethod]
        public static void WhileSomebodyIsListedEachTerminalIsToldByItself()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events _,
                out FakeBoard _);
            Ask(path, network, Hems, fixture.Now);
            Ask(path, network, Other, fixture.Now);
            Ask(path, network, Third, fixture.Now);
            CutOff(policy, Hems);
            network.Arrive(Other, 0, 3610, InfReq);
            path.Step(fixture.Now);

            Assert.AreEqual(Other + "%0 3610 108100010EF00105FF017301D50401028801", network.TakeSent());
            Assert.AreEqual(Third + "%0 3610 108100010EF00105FF017301D50401028801", network.TakeSent());
            Assert.AreEqual("", network.TakeSent());

            policy.Readmit(RoutePath.Ip, new byte[0], 0, 0);
            network.Arrive(Other, 0, 3610, InfReq);
            path.Step(fixture.Now);
            Assert.AreEqual("group 108100010EF00105FF017301D50401028801", network.TakeSent());
        }

        [TestMethod]
        public static void AHalfHourGoesToEachTerminalWhileSomebodyIsListed()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events _,
                out FakeBoard _);
            Ask(path, network, Other, fixture.Now);
            CutOff(policy, Hems);
            fixture.TakeHalfHour(MeterTime.FromCalendar(2027, 2, 28, 12, 30, 0), 123456, 789);
            path.Step(fixture.Now);
            string sent = network.TakeSent();
            Assert.IsTrue(sent.StartsWith(Other + "%0 3610 "), sent);
            Assert.IsTrue(sent.IndexOf("02880105FF017302EA") > 0, sent);
            Assert.AreEqual("", network.TakeSent());
        }

        [TestMethod]
        public static void WhoIsReadmittedIsServedAgain()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events _,
                out FakeBoard _);
            CutOff(policy, Hems);
            Assert.AreEqual(0, Ask(path, network, Hems, fixture.Now));
            byte[] host = Hex.Parse(Hems);
            policy.Readmit(RoutePath.Ip, host, 0, host.Length);
            Assert.AreEqual(1, Ask(path, network, Hems, fixture.Now));
            Assert.AreEqual(1, path.Terminals.Count);
        }

        [TestMethod]
        public static void WhereAListAdmitsNobodyElseIsServed()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events _,
                out FakeBoard _);
            Ask(path, network, Other, fixture.Now);
            byte[] list = Hex.Parse("04" + Hems);
            policy.AdmitOnly(RoutePath.Ip, list, 0, 1, list.Length);
            Assert.AreEqual(0, Ask(path, network, Other, fixture.Now));
            Assert.AreEqual(0, path.Terminals.Count);
            Assert.AreEqual(1, Ask(path, network, Hems, fixture.Now));
        }

        [TestMethod]
        public static void AListOfTheOtherPathChangesNothing()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events _,
                out FakeBoard _);
            byte[] host = Hex.Parse("FE800000000000000000000000000002");
            policy.CutOff(RoutePath.WiSun, host, 0, host.Length);
            network.Arrive(Hems, 0, 3610, InfReq);
            path.Step(fixture.Now);
            Assert.IsTrue(network.TakeSent().StartsWith("group "));
        }

        [TestMethod]
        public static void ALimitOfTerminalsCountsTerminalsAndNotDatagrams()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events events,
                out FakeBoard board);
            policy.SetLimits(RoutePath.Ip, 2, 0);
            long now = fixture.Now;
            for (int i = 0; i < 50; i++)
            {
                now += 100;
                Assert.AreEqual(1, Ask(path, network, Hems, now));
                Assert.AreEqual(1, Ask(path, network, Other, now));
                Assert.AreEqual(0, Ask(path, network, Third, now));
            }

            Assert.AreEqual(2, path.Terminals.ProvenCount);
            Assert.AreEqual(50, path.Drops(DropReason.OverLimit));
            Assert.AreEqual("refused, first to 192.168.1.4: 1 of more terminals than the utility allows, not answered;", board.LastLine);
            Assert.AreEqual(0, events.CutOffs);

            // Who has asked nothing for ten minutes makes room.
            now += 10 * Minute;
            Ask(path, network, Hems, now);
            Assert.AreEqual(1, Ask(path, network, Third, now));
            Assert.AreEqual(0, Ask(path, network, Other, now));

            policy.SetLimits(RoutePath.Ip, 0, 0);
            Assert.AreEqual(1, Ask(path, network, Other, now), "as built");
        }

        [TestMethod]
        public static void ALowerLimitEndsThePlacesOfThoseWhoAskedLeastLately()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events _,
                out FakeBoard _);
            policy.SetLimits(RoutePath.Ip, 3, 0);
            Ask(path, network, Hems, fixture.Now + 1);
            Ask(path, network, Other, fixture.Now + 2);
            Ask(path, network, Third, fixture.Now + 3);
            Assert.AreEqual(3, path.Terminals.Count);
            policy.SetLimits(RoutePath.Ip, 1, 0);
            Assert.AreEqual(0, Ask(path, network, Hems, fixture.Now + 4));
            Assert.AreEqual(0, Ask(path, network, Other, fixture.Now + 4));
            Assert.AreEqual(1, Ask(path, network, Third, fixture.Now + 4));
            Assert.AreEqual(1, path.Terminals.Count);
        }

        [TestMethod]
        public static void ALimitMakesNoMorePlacesThanThereAre()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events _,
                out FakeBoard _);
            policy.SetLimits(RoutePath.Ip, 255, 0);
            for (int i = 1; i <= 40; i++)
            {
                Ask(path, network, "C0A802" + i.ToString("X2"), fixture.Now + (i * 100));
            }

            Assert.AreEqual(16, path.Terminals.ProvenCount);
            Assert.AreEqual(24, path.Drops(DropReason.OverLimit));
        }

        [TestMethod]
        [DataRow(2, 10, 2)]
        [DataRow(0, 10, 200)]
        [DataRow(60000, 10, 200)]
        public static void ALimitOfRequestsIsWhatATerminalMayAskInTheLongRun(int limit, int seconds, int perSecond)
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events _,
                out FakeBoard _);
            policy.SetLimits(RoutePath.Ip, 0, limit);
            Ask(path, network, Hems, fixture.Now);
            long now = fixture.Now;

            // What is saved up goes first.
            Flood(path, network, now, 1001);
            int answers = path.Answers;
            for (int i = 0; i < seconds; i++)
            {
                now += 1000;
                Flood(path, network, now, 300);
            }

            Assert.AreEqual(seconds * perSecond, path.Answers - answers);
        }

        [TestMethod]
        public static void AHostWithoutAPlaceMayAskNoMoreThanALimitAllowsATerminal()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events _,
                out FakeBoard _);
            network.HostsAnswer = false;
            policy.SetLimits(RoutePath.Ip, 4, 1);
            long now = fixture.Now + 100;
            Flood(path, network, now, 100);
            Assert.AreEqual(5, path.Answers, "what is saved up");
            int answers = path.Answers;
            for (int i = 0; i < 9; i++)
            {
                now += 1000;
                Flood(path, network, now, 20);
            }

            Assert.AreEqual(0, path.Terminals.Count);
            Assert.IsTrue(path.Answers - answers <= 9 + 1, (path.Answers - answers).ToString());
        }

        private static void Flood(EchonetPath path, FakePort network, long now, int count)
        {
            for (int i = 0; i < count; i++)
            {
                network.Arrive(Hems, 0, 3610, Get80);
            }

            Run(path, now, 0);
            while (network.Waiting > 0)
            {
                path.Step(now);
            }

            network.Sent.Clear();
        }

        // How many answers it gets.
        private static int Ask(EchonetPath path, FakePort network, string host, long now)
        {
            int answers = path.Answers;
            network.Arrive(host, 0, 3610, Get80);
            path.Step(now);
            path.Step(now);
            network.Sent.Clear();
            return path.Answers - answers;
        }

        private static long Run(EchonetPath path, long from, long milliseconds)
        {
            for (long now = from; now <= from + milliseconds; now += 10)
            {
                path.Step(now);
            }

            return from + milliseconds;
        }

        private static void CutOff(RouteBPolicy policy, string host)
        {
            byte[] address = Hex.Parse(host);
            Assert.AreEqual((int)PolicyResult.Done, (int)policy.CutOff(RoutePath.Ip, address, 0, address.Length));
        }

        private static EchonetPath Up(out EchonetFixture fixture, out FakePort network, out RouteBPolicy policy, out Events events,
            out FakeBoard board)
        {
            fixture = EchonetFixture.WithReading();
            network = new FakePort();
            events = new Events();
            board = new FakeBoard { Random = new FakeRandom() };
            policy = new RouteBPolicy(new DurableStore(new FakeFiles()), RouteParts.Ip | RouteParts.WiSun, false);
            var path = new EchonetPath(board, new IDatagramPort[] { network },
                PathRules.ForIp(EchonetPath.EchonetPort, 200, 1000, 4000), policy, fixture.Node, null, events);
            path.Step(fixture.Now);
            network.Sent.Clear();
            return path;
        }

        private sealed class Events : ISecurityLog
        {
            public int CutOffs { get; private set; }

            public void Add(SecurityEvent e)
            {
                Assert.AreEqual((int)SecurityEvent.TerminalCutOff, (int)e);
                CutOffs++;
            }
        }
    }
}
