using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Metering;
using NanoComm.Policy;
using NanoComm.Records;
using NanoComm.RouteB;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class EchonetPathTests
    {
        private const string Hems = "C0A80102";
        private const string OtherHems = "C0A80103";
        private const string LinkLocal = "FE800000000000000000000000000002";
        private const string Get80 = "10810001 05FF01 028801 62 01 80 00";
        private const string Answer80 = "1081000102880105FF017201800130";
        private const string GetDay = "10810001 05FF01 028801 62 01 E4 00";
        private const long ReopenMilliseconds = 5000;
        private const long FreshMilliseconds = 120000;

        [TestMethod]
        [DataRow(3610)]
        [DataRow(50000)]
        [DataRow(1)]
        public static void TheAnswerGoesToPort3610OfTheSender(int port)
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            v4.Arrive(Hems, 0, port, Get80);
            v6.Arrive(LinkLocal, 7, port, Get80);
            path.Step(fixture.Now);
            Assert.AreEqual(Hems + "%0 3610 " + Answer80, v4.TakeSent());
            Assert.AreEqual("", v4.TakeSent());
            Assert.AreEqual(LinkLocal + "%7 3610 " + Answer80, v6.TakeSent(), "through the port it came from");
            Assert.AreEqual("", v6.TakeSent());
            Assert.AreEqual(2, path.Answers);
        }

        [TestMethod]
        public static void TheAnswerToInfReqGoesToTheGroupOfEveryPort()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            v4.Arrive(Hems, 0, 3610, "10810001 05FF01 0EF001 63 01 D5 00");
            path.Step(fixture.Now);
            Assert.AreEqual("group 108100010EF00105FF017301D50401028801", v4.TakeSent());
            Assert.AreEqual("group 108100010EF00105FF017301D50401028801", v6.TakeSent());
            Assert.AreEqual("", v4.TakeSent() + v6.TakeSent());
            Assert.AreEqual(0, path.Answers);
        }

        [TestMethod]
        public static void TheRefusalOfInfReqGoesToTheRequester()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            v4.Arrive(Hems, 0, 50000, "10810001 05FF01 028801 63 01 E0 00");
            path.Step(fixture.Now);
            Assert.AreEqual(Hems + "%0 3610 1081000102880105FF015301E000", v4.TakeSent());
            Assert.AreEqual("", v4.TakeSent() + v6.TakeSent());
        }

        [TestMethod]
        [DataRow("10810001 0EF001 0EF001 73 01 D5 04 01 05FF01")]
        [DataRow("10810001 05FF01 028802 62 01 80 00")]
        [DataRow("10820001 05FF01 028801 62 01 80 00")]
        [DataRow("10810001 05FF01 028801 60 01 E5 01 00")]
        [DataRow("")]
        public static void WhatIsNotToBeAnsweredIsNot(string frame)
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            v4.Arrive(Hems, 0, 3610, frame);
            path.Step(fixture.Now);
            Assert.AreEqual("", v4.TakeSent() + v6.TakeSent());
            Assert.AreEqual(0, path.Answers);
            Assert.AreEqual(0, v4.Waiting);
        }

        [TestMethod]
        public static void ADatagramLongerThanAFrameIsCounted()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out _);
            v4.Arrive(Hems, 0, 3610, Get80 + Hex.Repeat("00", 1233 - 14));
            path.Step(fixture.Now);
            Assert.AreEqual(1, fixture.Node.Drops(DropReason.TooLong));

            v4.Arrive(Hems, 0, 3610, Get80 + Hex.Repeat("00", 1234 - 14));
            path.Step(fixture.Now);
            Assert.AreEqual(1, path.Lost, "by the port, which knows only that it was longer than the buffer");
        }

        [TestMethod]
        public static void EveryTerminalHasItsOwnSelectorsWhateverItsPort()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out _);
            v4.Arrive(Hems, 0, 50000, "10810001 05FF01 028801 61 01 E5 01 05");
            v4.Arrive(OtherHems, 0, 3610, "10810002 05FF01 028801 62 01 E5 00");
            v4.Arrive(Hems, 0, 3610, "10810003 05FF01 028801 62 01 E5 00");
            path.Step(fixture.Now);
            Assert.AreEqual(Hems + "%0 3610 1081000102880105FF017101E500", v4.TakeSent());
            Assert.AreEqual(OtherHems + "%0 3610 1081000202880105FF017201E501FF", v4.TakeSent());
            Assert.AreEqual(Hems + "%0 3610 1081000302880105FF017201E50105", v4.TakeSent());
            Assert.AreEqual(2, path.Terminals.Count);
        }

        // Every appliance of the house announces itself in the same group: more of them than the table has places.
        [TestMethod]
        public static void NodesThatAskNothingTakeNoTerminalsPlace()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out _);
            v4.Arrive(Hems, 0, 3610, "10810001 05FF01 028801 61 01 E5 01 05");
            for (int host = 0x10; host < 0x40; host++)
            {
                v4.Arrive("C0A801" + host.ToString("X2"), 0, 3610, "10810001 0EF001 0EF001 73 01 D5 04 01 013001");
            }

            v4.Arrive(Hems, 0, 3610, "10810003 05FF01 028801 62 01 E5 00");
            path.Step(fixture.Now);
            Assert.AreEqual(Hems + "%0 3610 1081000102880105FF017101E500", v4.TakeSent());
            Assert.AreEqual(Hems + "%0 3610 1081000302880105FF017201E50105", v4.TakeSent());
            Assert.AreEqual(1, path.Terminals.Count);
        }

        [TestMethod]
        public static void TheInstanceListIsAnnouncedWhenThePortsOpen()
        {
            EchonetPath path = Make(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            path.Step(fixture.Now);
            Assert.AreEqual("group 1081FFFE0EF0010EF0017301D50401028801", v4.TakeSent());
            Assert.AreEqual("group 1081FFFE0EF0010EF0017301D50401028801", v6.TakeSent());
            path.Step(fixture.Now);
            Assert.AreEqual("", v4.TakeSent() + v6.TakeSent());
            Assert.AreEqual(1, v4.Opened);
        }

        [TestMethod]
        public static void AClosedPortIsOpenedAgainWithPauses()
        {
            EchonetPath path = Make(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            v6.NetworkIsThere = false;
            long start = fixture.Now;
            Assert.AreEqual(start + ReopenMilliseconds, path.Step(start));
            Assert.IsTrue(v4.TakeSent().StartsWith("group"), "the other port works meanwhile");
            Assert.AreEqual(start + ReopenMilliseconds, path.Step(start + 1));
            Assert.AreEqual(1, v6.Opened);

            v6.NetworkIsThere = true;
            path.Step(start + ReopenMilliseconds);
            Assert.AreEqual(2, v6.Opened);
            Assert.IsTrue(v6.TakeSent().EndsWith("7301D50401028801"), "announced again when it is there");
        }

        [TestMethod]
        public static void APortThatKnowsItsNetworkIsOpenedWithoutAPause()
        {
            EchonetPath path = Make(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            v6.NetworkIsThere = false;
            path.Step(fixture.Now);
            v4.Sent.Clear();
            v6.NetworkIsThere = true;
            path.Step(fixture.Now + 1);
            Assert.AreEqual("", v6.TakeSent());

            v6.IsReady = true;
            path.Step(fixture.Now + 2);
            Assert.IsTrue(v6.TakeSent().EndsWith("7301D50401028801"));
            Assert.IsTrue(v4.TakeSent().EndsWith("7301D50401028801"));
        }

        [TestMethod]
        public static void APortThatWentAwayIsOpenedAndAnnouncedAgain()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            v4.IsOpen = false;
            path.Step(fixture.Now + ReopenMilliseconds);
            Assert.IsTrue(v4.IsOpen);
            Assert.IsTrue(v4.TakeSent().EndsWith("7301D50401028801"));
        }

        [TestMethod]
        public static void AFloodOnOnePortLeavesTheOtherItsTurn()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            v4.HostsAnswer = false;
            for (int i = 0; i < 100; i++)
            {
                v4.Arrive(Hems, 0, 3610, Get80);
            }

            v6.Arrive(LinkLocal, 7, 3610, Get80);
            Assert.AreEqual(fixture.Now, path.Step(fixture.Now), "more is waiting");
            Assert.AreEqual(36, v4.Waiting);
            Assert.AreEqual(LinkLocal + "%7 3610 " + Answer80, v6.TakeSent());

            Assert.AreNotEqual(fixture.Now, path.Step(fixture.Now));
            Assert.AreEqual(0, v4.Waiting);
            Assert.AreEqual(101, path.Answers);
        }

        [TestMethod]
        public static void WhatTheNetworkRefusesIsCounted()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            v4.NetworkRefuses = true;
            v4.Arrive(Hems, 0, 3610, Get80);
            v4.Arrive(Hems, 0, 3610, "10810001 05FF01 0EF001 63 01 D5 00");
            int announced = path.NotificationsSent;
            path.Step(fixture.Now);
            Assert.AreEqual(0, path.Answers);
            Assert.AreEqual(2, path.SendFailures);
            Assert.AreEqual(announced + 1, path.NotificationsSent, "the other port's");
        }

        [TestMethod]
        public static void TheStepComesBackWhenTheReadingGetsOld()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out _);
            Assert.AreEqual(fixture.Now + FreshMilliseconds, path.Step(fixture.Now));
            Assert.AreEqual(Deadline.Never, path.Step(fixture.Now + FreshMilliseconds));
            Assert.IsTrue(v4.TakeSent().EndsWith("0288010EF0017301880141"));
        }

        [TestMethod]
        public static void AWrittenLocationIsAnnouncedAndLeftToTheLoopThatSaves()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out _);
            v4.Arrive(Hems, 0, 3610, "10810001 05FF01 028801 60 01 81 01 08");
            path.Step(fixture.Now);
            Assert.IsTrue(v4.TakeSent().EndsWith("0288010EF0017301810108"));
            Assert.AreEqual(0, fixture.Files.Changes, "the path does not wait for the flash");
            Assert.AreEqual(fixture.Now + FreshMilliseconds, path.Step(fixture.Now));
            Assert.AreEqual(0, fixture.Files.Changes);

            Assert.AreEqual(Deadline.Never, fixture.Location.Step(fixture.Now));
            Assert.IsTrue(fixture.Files.Changes > 0);
            v4.Arrive(Hems, 0, 3610, "10810001 05FF01 028801 60 01 81 01 10");
            path.Step(fixture.Now + 1);
            Assert.AreNotEqual(Deadline.Never, fixture.Location.Step(fixture.Now + 1), "not twice in ten minutes");
        }

        [TestMethod]
        public static void APortThatIsOpenIsNotOpenedAgain()
        {
            EchonetPath path = Make(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            v6.NetworkIsThere = false;
            for (int i = 0; i < 5; i++)
            {
                path.Step(fixture.Now + (i * ReopenMilliseconds / 5));
            }

            Assert.AreEqual(1, v4.Opened);
            Assert.AreEqual(1, v6.Opened);
            path.Step(fixture.Now + ReopenMilliseconds);
            Assert.AreEqual(1, v4.Opened);
            Assert.AreEqual(2, v6.Opened);
        }

        [TestMethod]
        public static void WhatATerminalAsksBeyondItsRateIsDroppedCountedAndTold()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            FakeBoard board = Board();
            var port = new FakePort();
            var path = new EchonetPath(board, new IDatagramPort[] { port },
                PathRules.ForIp(EchonetPath.EchonetPort, 1, 3, 4000), Policy(), fixture.Node, null, null);
            path.Step(fixture.Now);
            for (int i = 0; i < 10; i++)
            {
                port.Arrive(Hems, 0, 3610, Get80);
            }

            port.Arrive(OtherHems, 0, 3610, Get80);
            path.Step(fixture.Now);
            Assert.AreEqual(4 + 1, path.Answers, "the one that made it a terminal, three more, and the other's");
            Assert.AreEqual(6, path.Drops(DropReason.OverRate));
            Assert.AreEqual("refused, first to 192.168.1.2: 6 over the rate of their sender, not answered;", board.LastLine);

            port.Arrive(Hems, 0, 3610, Get80);
            path.Step(fixture.Now + 1000);
            Assert.AreEqual(6, path.Answers);
            port.Arrive(Hems, 0, 3610, Get80);
            long deadline = path.Step(fixture.Now + 1001);
            Assert.AreEqual(7, path.Drops(DropReason.OverRate));
            Assert.AreEqual(1, board.Warnings, "not more than once a minute");
            Assert.AreEqual(fixture.Now + 60000, deadline);
            path.Step(deadline);
            Assert.AreEqual("refused, first to 192.168.1.2: 1 over the rate of their sender, not answered;", board.LastLine);
        }

        // A public controller that starts after the meter sends this and nothing else.
        [TestMethod]
        [DataRow((int)DatagramCast.Multicast)]
        [DataRow((int)DatagramCast.Unknown)]
        public static void AControllerThatAnnouncesItselfIsToldOfTheMeterOnceAMinute(int cast)
        {
            const string Announced = "10810001 0EF001 0EF001 73 01 D5 04 01 05FF01";
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            v6.Arrive(LinkLocal, 7, 50000, Announced, (DatagramCast)cast);
            path.Step(fixture.Now);
            string told = v6.TakeSent();
            Assert.IsTrue(told.StartsWith(LinkLocal + "%7 3610 1081"), told);
            Assert.IsTrue(told.EndsWith("0EF0010EF0017301D50401028801"), told);
            for (int i = 1; i <= 600; i += 3)
            {
                v6.Arrive(LinkLocal, 7, 3610, Announced, (DatagramCast)cast);
                path.Step(fixture.Now + (i * 100));
            }

            Assert.AreEqual("", v4.TakeSent() + v6.TakeSent());
            v6.Arrive(LinkLocal, 7, 3610, Announced, (DatagramCast)cast);
            path.Step(fixture.Now + 60100);
            Assert.IsTrue(v6.TakeSent().EndsWith("0EF0010EF0017301D50401028801"));
            Assert.AreEqual(2, path.Greeted);
            Assert.AreEqual(0, path.Terminals.Count);
        }

        [TestMethod]
        [DataRow("10810001 0EF001 0EF001 73 01 D5 04 01 05FF01", (int)DatagramCast.Unicast)]
        [DataRow("10810001 0EF001 0EF001 73 01 D5 04 01 013001", (int)DatagramCast.Multicast)]
        [DataRow("10810001 05FF01 0EF001 73 01 D5 04 01 05FF01", (int)DatagramCast.Multicast)]
        [DataRow("10810001 0EF001 0EF001 73 01 D6 04 01 05FF01", (int)DatagramCast.Multicast)]
        [DataRow("10810001 0EF001 0EF001 72 01 D5 04 01 05FF01", (int)DatagramCast.Multicast)]
        public static void WhatIsNoAnnouncementOfAControllerToEveryoneIsNotAnswered(string frame, int cast)
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out _);
            v4.Arrive(Hems, 0, 3610, frame, (DatagramCast)cast);
            path.Step(fixture.Now);
            path.Step(fixture.Now + 1000);
            Assert.AreEqual("", v4.TakeSent());
        }

        [TestMethod]
        [DataRow("72 01 D6 04 01 05FF01")]
        [DataRow("52 01 D6 00")]
        public static void WhoAsksForMuchIsAskedTwiceAndHasProvenItselfByItsAnswers(string answer)
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out _);
            v4.HostsAnswer = false;
            v4.Arrive(Hems, 0, 3610, GetDay);
            path.Step(fixture.Now);
            Assert.IsTrue(v4.TakeSent().StartsWith(Hems + "%0 3610 1081000102880105FF017201E4C2"), "the answer first");
            for (int i = 0; i < 2; i++)
            {
                Assert.AreEqual(0, path.Terminals.ProvenCount);
                string question = v4.TakeSent();
                Assert.IsTrue(question.EndsWith("0EF0010EF0016201D600"), question);
                string tid = question.Substring(question.IndexOf("1081") + 4, 4);
                v4.Arrive(Hems, 0, 3610, "1081" + tid + "0EF001 0EF001" + answer);
                path.Step(fixture.Now);
            }

            Assert.AreEqual(1, path.Terminals.ProvenCount);
            v4.Arrive(Hems, 0, 3610, GetDay);
            path.Step(fixture.Now + 100000);
            Assert.IsTrue(v4.TakeSent().Length > 400);
            Assert.AreEqual("", v4.TakeSent(), "and is asked no more");
            Assert.AreEqual(0, fixture.Node.Drops(DropReason.Response));
        }

        [TestMethod]
        [DataRow(Get80, 2)]
        [DataRow(GetDay, 3)]
        public static void WhoDoesNotAnswerIsAskedOnceAMinuteAndNotAtOnceForALittle(string request, int times)
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out _);
            v4.HostsAnswer = false;
            int questions = 0;
            for (int second = 0; second < 121; second++)
            {
                v4.Arrive(Hems, 0, 3610, request);
                path.Step(fixture.Now + (second * 1000));
                Assert.IsTrue(v4.TakeSent().IndexOf("72") > 0);
                questions += v4.TakeSent().Length > 0 ? 1 : 0;
            }

            Assert.AreEqual(times, questions);
        }

        // Four have the places that there are for those who were not asked yet: before a fifth comes, they are.
        [TestMethod]
        public static void WhereAllPlacesAreTakenEverybodyIsAsked()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out _);
            v4.HostsAnswer = false;
            for (int i = 0; i < 4; i++)
            {
                v4.Arrive("0A00000" + i.ToString(), 0, 3610, "10810001 05FF01 028801 61 01 E5 01 05");
            }

            path.Step(fixture.Now);
            for (int i = 0; i < 8; i++)
            {
                string sent = v4.TakeSent();
                Assert.IsTrue(sent.StartsWith("0A00000" + (i % 4).ToString()));
                Assert.IsTrue(sent.EndsWith(i < 4 ? "017101E500" : "016201D600"), "the answers, then the questions");
            }

            Assert.AreEqual("", v4.TakeSent());
            v4.Arrive(Hems, 0, 3610, "10810001 05FF01 028801 61 01 E5 01 05");
            path.Step(fixture.Now);
            Assert.AreEqual(Hems + "%0 3610 1081000102880105FF015101E50105", v4.TakeSent(), "no place, no selector");
            Assert.IsTrue(v4.TakeSent().StartsWith(Hems));
            Assert.AreEqual("", v4.TakeSent());
            Assert.AreEqual(1, path.SelectorsRefused);

            v4.Arrive(Hems, 0, 3610, "10810001 05FF01 028801 61 01 E5 01 05");
            path.Step(fixture.Now + 1000);
            Assert.AreEqual(Hems + "%0 3610 1081000102880105FF017101E500", v4.TakeSent(), "the first did not answer");
            Assert.AreEqual(4, path.Terminals.Count);
        }

        [TestMethod]
        public static void WhatIsAskedOfTheGroupIsAnsweredAMomentLater()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            v4.Arrive(Hems, 0, 3610, Get80, DatagramCast.Multicast);
            v4.Arrive(OtherHems, 0, 3610, Get80, DatagramCast.Multicast);
            long first = path.Step(fixture.Now);
            Assert.AreEqual("", v4.TakeSent());
            Assert.IsTrue(first > fixture.Now && first < fixture.Now + 500);
            path.Step(first - 1);
            Assert.AreEqual("", v4.TakeSent());
            long second = path.Step(first);
            Assert.AreEqual(Hems + "%0 3610 " + Answer80, v4.TakeSent());
            Assert.AreEqual("", v4.TakeSent());
            path.Step(second);
            Assert.AreEqual(OtherHems + "%0 3610 " + Answer80, v4.TakeSent());
        }

        [TestMethod]
        [DataRow("028A00", "028A01")]
        [DataRow("028F00", "028F01")]
        [DataRow("028800", "")]
        public static void AHighVoltageClassAskedOfTheGroupIsAnsweredByItsObject(string deoj, string seoj)
        {
            EchonetFixture fixture = EchonetFixture.WithReading(MeterClass.HighVoltage);
            var port = new FakePort();
            EchonetPath path = OnIp(fixture, 4000, port);
            path.Step(fixture.Now);
            port.Sent.Clear();
            port.Arrive(Hems, 0, 3610, "10810001 05FF01" + deoj + "62 01 80 00", DatagramCast.Multicast);
            path.Step(path.Step(fixture.Now));
            Assert.AreEqual(
                seoj == "" ? "" : Hems + "%0 3610 10810001" + seoj + "05FF017201800130", port.TakeSent());
        }

        // 14 bytes that draw 208, and whoever is named as their sender pays.
        [TestMethod]
        [DataRow((int)DatagramCast.Unicast, false)]
        [DataRow((int)DatagramCast.Multicast, true)]
        public static void AnswersToWhoMayBeAnotherAreBoundedAndTheRestIsCounted(int cast, bool hostsAnswer)
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out _);
            v4.HostsAnswer = hostsAnswer;
            v4.Arrive(Hems, 0, 3610, Get80);
            path.Step(fixture.Now);
            path.Step(fixture.Now);
            v4.Sent.Clear();
            for (int i = 0; i < 20; i++)
            {
                v4.Arrive(Hems, 0, 3610, "10810001 05FF01 028801 62 01 E4 00", (DatagramCast)cast);
            }

            path.Step(fixture.Now);
            path.Step(fixture.Now + 500);
            Assert.IsTrue(path.Answers - 1 >= 5 && path.Answers - 1 <= 13, path.Answers.ToString());
            Assert.AreEqual(20 - (path.Answers - 1), path.Drops(DropReason.Withheld));
        }

        [TestMethod]
        public static void AFloodOfHostsThatDoNotAnswerLeavesTheOneThatDoesAlone()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            var port = new FakePort();
            EchonetPath path = OnIp(fixture, 40, port);
            path.Step(fixture.Now);
            port.HostThatAnswers = Hems;
            port.Arrive(Hems, 0, 3610, "10810001 05FF01 028801 61 01 E5 01 05");
            path.Step(fixture.Now);
            Assert.AreEqual(0, path.Terminals.ProvenCount, "it has not been asked");
            for (int i = 0; i < 300; i++)
            {
                port.Arrive("0A0000" + (i % 17).ToString("X2"), 0, 3610, Get80);
                path.Step(fixture.Now + 10 + i);
            }

            port.Sent.Clear();
            port.Arrive(Hems, 0, 3610, "10810003 05FF01 028801 62 01 E5 00");
            path.Step(fixture.Now + 310);
            Assert.AreEqual(Hems + "%0 3610 1081000302880105FF017201E50105", port.TakeSent());
            Assert.AreEqual(1, path.Terminals.ProvenCount);
            Assert.AreEqual(5, path.Terminals.Count);
            Assert.IsTrue(path.Drops(DropReason.NoPlace) > 0);
        }

        [TestMethod]
        public static void APortThatOpensByItselfIsAnnouncedAtOnce()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            var port = new FakePort { NetworkIsThere = false };
            EchonetPath path = OnWiSun(port, fixture);
            Assert.AreEqual(Deadline.Never, path.Step(fixture.Now), "nothing to be tried meanwhile");
            port.NetworkIsThere = true;
            path.Step(fixture.Now + 1);
            Assert.IsTrue(port.TakeSent().EndsWith("7301D50401028801"));

            port.IsOpen = false;
            path.Step(fixture.Now + 2);
            Assert.IsTrue(port.TakeSent().EndsWith("7301D50401028801"), "a session that follows another");
        }

        [TestMethod]
        public static void AHalfHourWaitsForATerminalThatComesInTime()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            var port = new FakePort();
            EchonetPath path = OnWiSun(port, fixture);
            path.Step(fixture.Now);
            port.NetworkIsThere = false;
            port.IsOpen = false;
            port.Sent.Clear();
            long halfHour = MeterTime.FromCalendar(2027, 2, 28, 13, 0, 0);
            fixture.Now += (halfHour + 5 - EchonetFixture.ReadingTime) * 1000;
            fixture.TakeHalfHour(halfHour, 123456, 789);
            fixture.TakeReading(halfHour + 5);
            path.Step(fixture.Now);
            Assert.AreEqual(0, port.Sent.Count);

            port.NetworkIsThere = true;
            path.Step(fixture.Now + 60000);
            Assert.IsTrue(port.TakeSent().EndsWith("7301D50401028801"));
            Assert.IsTrue(port.TakeSent().StartsWith("terminals 1081000102880105FF017302EA0B"), "EA and EB");
        }

        // What real meters send, byte for byte: public controllers match the beginning.
        [TestMethod]
        public static void EveryHalfHourGoesToTheControllersWithTransactionId1()
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out FakePort v6);
            for (int i = 0; i < 2; i++)
            {
                long halfHour = MeterTime.FromCalendar(2027, 2, 28, 13, 0, 0) + (1800 * i);
                fixture.Now += (halfHour + 5 - EchonetFixture.ReadingTime) * 1000;
                fixture.TakeReading(halfHour + 5);
                fixture.TakeHalfHour(halfHour, 123456, 789);
                path.Step(fixture.Now);
                Assert.IsTrue(v4.TakeSent().StartsWith("terminals 1081000102880105FF017302EA0B"));
                Assert.IsTrue(v6.TakeSent().StartsWith("terminals 1081000102880105FF017302EA0B"));
                Assert.AreEqual("", v4.TakeSent() + v6.TakeSent());
                fixture.Now -= (halfHour + 5 - EchonetFixture.ReadingTime) * 1000;
            }
        }

        [TestMethod]
        [DataRow("10810011 05FF01 028801 74 01 E7 04 00000000", "1081001102880105FF017A01E700")]
        [DataRow("10810012 05FF01 028800 74 02 80 01 30 EA 00", "1081001202880105FF017A028000EA00")]
        [DataRow("10810013 0EF001 0EF001 74 01 D5 04 01 05FF01", "108100130EF0010EF0017A01D500")]
        public static void ANotificationThatWantsAnAnswerIsAcknowledgedAndTakesNoPlace(string frame, string answer)
        {
            EchonetPath path = Up(out EchonetFixture fixture, out FakePort v4, out _);
            v4.Arrive(Hems, 0, 3610, frame);
            path.Step(fixture.Now);
            Assert.AreEqual(Hems + "%0 3610 " + answer, v4.TakeSent());
            Assert.AreEqual(0, path.Terminals.Count);
        }

        [TestMethod]
        [DataRow(true, "10810011 05FF01 028802 74 01 E7 04 00000000")]
        [DataRow(true, "10810011 05FF01 028801 7A 01 E7 00")]
        [DataRow(false, "10810011 05FF01 028801 74 01 E7 04 00000000")]
        public static void ANotificationToNobodyHereAndOneOverWiSunAreNotAcknowledged(bool isIp, string frame)
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            var port = new FakePort();
            EchonetPath path = isIp ? OnIp(fixture, 4000, port) : OnWiSun(port, fixture);
            path.Step(fixture.Now);
            port.Sent.Clear();
            port.Arrive(Hems, 0, 3610, frame);
            path.Step(fixture.Now);
            Assert.AreEqual(0, port.Sent.Count);
            Assert.AreEqual(1, fixture.Node.Drops(DropReason.Notification) + fixture.Node.Drops(DropReason.NoSuchObject)
                + fixture.Node.Drops(DropReason.Acknowledgment));
        }

        private static EchonetPath Make(out EchonetFixture fixture, out FakePort v4, out FakePort v6)
        {
            fixture = EchonetFixture.WithReading();
            v4 = new FakePort();
            v6 = new FakePort();
            return OnIp(fixture, 4000, v4, v6);
        }

        private static EchonetPath OnIp(EchonetFixture fixture, int perSecond, params IDatagramPort[] ports)
        {
            return new EchonetPath(Board(), ports, PathRules.ForIp(EchonetPath.EchonetPort, 200, 1000, perSecond),
                Policy(), fixture.Node, null, null);
        }

        private static EchonetPath OnWiSun(FakePort port, EchonetFixture fixture)
        {
            return new EchonetPath(Board(), new IDatagramPort[] { port }, PathRules.ForWiSun(10, 20), Policy(),
                fixture.Node, null, null);
        }

        private static RouteBPolicy Policy()
        {
            return new RouteBPolicy(new DurableStore(new FakeFiles()), RouteParts.Ip | RouteParts.WiSun, false);
        }

        private static FakeBoard Board()
        {
            return new FakeBoard { Random = new FakeRandom() };
        }

        private static EchonetPath Up(out EchonetFixture fixture, out FakePort v4, out FakePort v6)
        {
            EchonetPath path = Make(out fixture, out v4, out v6);
            path.Step(fixture.Now);
            v4.Sent.Clear();
            v6.Sent.Clear();
            return path;
        }
    }
}
