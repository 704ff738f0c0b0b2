using System;
using NanoComm.Echonet;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class EchonetNodeTests
    {
        private const string ToMeter = "10810001 05FF01 028801";
        private const string FromMeter = "10810001 028801 05FF01";

        // 194 bytes of EDT with its header.
        private const int History1Length = 196;

        [TestMethod]
        [DataRow("62 01 80 00", "72 01 80 01 30")]
        [DataRow("62 02 E1 00 80 00", "72 02 E1 01 01 80 01 30")]
        [DataRow("62 02 80 00 80 00", "72 02 80 01 30 80 01 30")]
        [DataRow("62 01 84 00", "52 01 84 00")]
        [DataRow("62 01 00 00", "52 01 00 00")]
        [DataRow("62 03 80 00 84 00 E1 00", "52 03 80 01 30 84 00 E1 01 01")]
        [DataRow("62 01 80 01 FF", "72 01 80 01 30")]
        public static void GetAnswersEachPropertyInOrder(string request, string answer)
        {
            AssertAnswer(request, answer);
        }

        [TestMethod]
        [DataRow("61 01 E5 01 00", "71 01 E5 00")]
        [DataRow("61 02 E5 01 00 81 01 08", "71 02 E5 00 81 00")]
        [DataRow("61 01 E5 01 64", "51 01 E5 01 64")]
        [DataRow("61 01 E5 00", "51 01 E5 00")]
        [DataRow("61 01 80 01 31", "51 01 80 01 31")]
        [DataRow("61 01 84 03 010203", "51 01 84 03 010203")]
        [DataRow("61 03 E5 01 05 80 01 31 81 01 08", "51 03 E5 00 80 01 31 81 00")]
        public static void SetCAcceptsWithoutValueAndRefusesWithIt(string request, string answer)
        {
            AssertAnswer(request, answer);
        }

        [TestMethod]
        [DataRow("60 01 E5 01 00", "")]
        [DataRow("60 02 E5 01 00 81 01 08", "")]
        [DataRow("60 01 E5 01 64", "50 01 E5 01 64")]
        [DataRow("60 02 E5 01 05 80 01 31", "50 02 E5 00 80 01 31")]
        public static void SetIIsAnsweredOnlyToRefuse(string request, string answer)
        {
            AssertAnswer(request, answer);
        }

        [TestMethod]
        [DataRow("6E 01 E5 01 05 01 E5 00", "7E 01 E5 00 01 E5 01 05")]
        [DataRow("6E 02 E5 01 05 81 01 08 02 81 00 E5 00", "7E 02 E5 00 81 00 02 81 01 08 E5 01 05")]
        [DataRow("6E 01 80 01 31 01 80 00", "5E 01 80 01 31 01 80 01 30")]
        [DataRow("6E 01 E5 01 05 01 84 00", "5E 01 E5 00 01 84 00")]
        [DataRow("6E 01 E5 01 64 02 84 00 E5 00", "5E 01 E5 01 64 02 84 00 E5 01 FF")]
        public static void SetGetWritesThenReads(string request, string answer)
        {
            AssertAnswer(request, answer);
        }

        [TestMethod]
        [DataRow("63 01 80 00", "73 01 80 01 30", true)]
        [DataRow("63 02 88 00 80 00", "73 02 88 01 42 80 01 30", true)]
        [DataRow("63 01 E0 00", "53 01 E0 00", false)]
        [DataRow("63 02 80 00 E0 00", "53 02 80 01 30 E0 00", false)]
        public static void InfReqIsAnsweredToTheGroupAndRefusedToTheRequester(string request, string answer,
            bool isForGroup)
        {
            EchonetFixture fixture = AssertAnswer(request, answer);
            Assert.AreEqual(isForGroup, fixture.Node.IsForGroup);

            fixture.Ask(ToMeter + "62 01 80 00");
            Assert.IsFalse(fixture.Node.IsForGroup, "only the last answer counts");
        }

        [TestMethod]
        [DataRow("61 02 80 01 31 E5 01 07", "07")]
        [DataRow("60 02 E5 01 07 80 01 31", "07")]
        [DataRow("60 01 E5 01 07", "07")]
        [DataRow("6E 02 84 00 E5 01 07 01 84 00", "07")]
        [DataRow("61 02 E5 01 07 E5 01 64", "07")]
        [DataRow("61 02 E5 01 07 E5 01 08", "08")]
        [DataRow("62 01 E5 01 07", "FF")]
        [DataRow("63 01 E5 01 07", "FF")]
        public static void WhatIsAcceptedIsAppliedAlsoBesideARefusal(string request, string day)
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            fixture.Ask(ToMeter + request);
            Assert.AreEqual(day, fixture.Get(Epc.History1Day));
        }

        [TestMethod]
        [DataRow("72 01 80 01 30", (int)DropReason.Response)]
        [DataRow("71 01 E5 00", (int)DropReason.Response)]
        [DataRow("7E 01 E5 00 01 E5 01 05", (int)DropReason.Response)]
        [DataRow("50 01 E5 01 64", (int)DropReason.Response)]
        [DataRow("51 01 E5 01 64", (int)DropReason.Response)]
        [DataRow("52 01 84 00", (int)DropReason.Response)]
        [DataRow("53 01 84 00", (int)DropReason.Response)]
        [DataRow("5E 01 E5 00 01 84 00", (int)DropReason.Response)]
        [DataRow("73 01 80 01 30", (int)DropReason.Notification)]
        [DataRow("74 01 80 01 30", (int)DropReason.Notification)]
        [DataRow("7A 01 EA 00", (int)DropReason.Acknowledgment)]
        [DataRow("65 01 80 00", (int)DropReason.UnknownService)]
        [DataRow("62 00", (int)DropReason.TooShort)]
        [DataRow("62 00 80 00", (int)DropReason.NoProperties)]
        [DataRow("62 01 80 01", (int)DropReason.TruncatedProperty)]
        [DataRow("62 01 80 00 00", (int)DropReason.TrailingBytes)]
        public static void WhatIsNoRequestIsDroppedAndCounted(string request, int reason)
        {
            AssertDropped(ToMeter + request, reason);
        }

        [TestMethod]
        [DataRow("1082 0001 05FF01 028801 62 01 80 00", (int)DropReason.ArbitraryFormat)]
        [DataRow("1000 0001 05FF01 028801 62 01 80 00", (int)DropReason.NotEchonetLite)]
        [DataRow("", (int)DropReason.TooShort)]
        public static void ForeignFramesAreDroppedAndCounted(string request, int reason)
        {
            AssertDropped(request, reason);
        }

        [TestMethod]
        public static void AnotherNodesInstanceListIsNotAnswered()
        {
            AssertDropped("10810001 0EF001 0EF001 73 01 D5 04 01 05FF01", (int)DropReason.Notification);
        }

        [TestMethod]
        [DataRow("028802")]
        [DataRow("0288FF")]
        [DataRow("028900")]
        [DataRow("028A01")]
        [DataRow("018801")]
        [DataRow("05FF01")]
        [DataRow("0EF002")]
        [DataRow("0EF100")]
        [DataRow("000000")]
        [DataRow("FFFFFF")]
        public static void AnAbsentObjectDoesNotAnswer(string deoj)
        {
            AssertDropped("10810001 05FF01" + deoj + "62 01 80 00", (int)DropReason.NoSuchObject);
            AssertDropped("10810001 05FF01" + deoj + "61 01 E5 01 00", (int)DropReason.NoSuchObject);
        }

        [TestMethod]
        public static void TheMeterIsAbsentUntilTheMeteringUnitHasToldItsParameters()
        {
            var fixture = new EchonetFixture();
            Assert.AreEqual("", fixture.Ask(ToMeter + "62 01 80 00"));
            Assert.AreEqual("", fixture.Ask("10810001 05FF01 028800 62 01 80 00"));
            Assert.AreEqual(2, fixture.Node.Drops(DropReason.NoSuchObject));

            fixture.Identify();
            Assert.AreEqual(Hex.Compact(FromMeter + "72 01 80 01 30"), fixture.Ask(ToMeter + "62 01 80 00"));
        }

        [TestMethod]
        [DataRow("028800", "028801")]
        [DataRow("0EF000", "0EF001")]
        public static void Instance00IsAnsweredByTheRealInstance(string deoj, string seoj)
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            string answer = fixture.Ask("10810001 05FF01" + deoj + "62 01 8A 00");
            Assert.AreEqual(Hex.Compact("10810001" + seoj + "05FF01 72 01 8A 03 00000B"), answer);
        }

        [TestMethod]
        [DataRow("0EF001")]
        [DataRow("05FF01")]
        [DataRow("05FF02")]
        [DataRow("028801")]
        [DataRow("05FF00")]
        [DataRow("000000")]
        [DataRow("FFFFFF")]
        public static void TheAnswerGoesToTheSourceObject(string seoj)
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            string answer = fixture.Ask("10810001" + seoj + "028801 62 01 80 00");
            Assert.AreEqual(Hex.Compact("10810001 028801" + seoj + "72 01 80 01 30"), answer);
        }

        [TestMethod]
        [DataRow("0000")]
        [DataRow("00FF")]
        [DataRow("FF00")]
        [DataRow("FFFF")]
        public static void TheTransactionIdIsCopiedAndADuplicateAnsweredAgain(string tid)
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            string request = "1081" + tid + "05FF01 028801 62 01 80 00";
            string answer = fixture.Ask(request);
            Assert.AreEqual(Hex.Compact("1081" + tid + "028801 05FF01 72 01 80 01 30"), answer);
            Assert.AreEqual(answer, fixture.Ask(request));
            Assert.AreEqual(2, fixture.Node.Handled);
        }

        [TestMethod]
        public static void WhatAControllerAsksFirstHasNoFailureInIt()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            string maps = fixture.Ask(ToMeter + "62 04 82 00 9D 00 9E 00 9F 00");
            Assert.IsTrue(maps.StartsWith(Hex.Compact(FromMeter + "72 04")), maps);
            string basics = fixture.Ask(ToMeter + "62 06 8D 00 D3 00 D7 00 E1 00 EA 00 EB 00");
            Assert.IsTrue(basics.StartsWith(Hex.Compact(FromMeter + "72 06 8D0C")), basics);
        }

        // What fits is answered, what does not is PDC = 0: never a byte more than 1,232.
        [TestMethod]
        [DataRow(1, 1)]
        [DataRow(6, 6)]
        [DataRow(7, 6)]
        [DataRow(8, 6)]
        [DataRow(28, 6)]
        [DataRow(29, 5)]
        [DataRow(255, 3)]
        public static void AnAnswerThatWouldNotFitIsARefusalOfTheRest(int asked, int answered)
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            string answer = fixture.Ask(ToMeter + "62" + asked.ToString("X2") + Hex.Repeat("E200", asked));

            string value = "E2C2 00FF" + Hex.Repeat(EchonetFixture.NoEnergy, 48);
            Assert.AreEqual(
                Hex.Compact(FromMeter + (asked == answered ? "72" : "52") + asked.ToString("X2")
                    + Hex.Repeat(value, answered) + Hex.Repeat("E200", asked - answered)),
                answer);
            int length = 12 + (answered * History1Length) + ((asked - answered) * 2);
            Assert.AreEqual(2 * length, answer.Length);
            Assert.IsTrue(length <= 1232);
            Assert.IsTrue(asked == answered || length + History1Length - 2 > 1232, "one more would have fitted");
        }

        [TestMethod]
        public static void AnAnswerOfExactly1232BytesIsWhole()
        {
            // 12 + 6 × 196 + 6 × 6 (98) + 2 × 4 (97) = 1232
            string answer = EchonetFixture.WithReading().Ask(ToMeter + "62 0E" + Hex.Repeat("E200", 6)
                + Hex.Repeat("9800", 6) + "9700 9700");
            Assert.AreEqual(2 * 1232, answer.Length);
            Assert.IsTrue(answer.StartsWith(Hex.Compact(FromMeter + "72 0E")));
        }

        [TestMethod]
        public static void AByteMoreRefusesTheLastPropertyOnly()
        {
            // 8A has 5 bytes where the last 97 had 4.
            string answer = EchonetFixture.WithReading().Ask(ToMeter + "62 0E" + Hex.Repeat("E200", 6)
                + Hex.Repeat("9800", 6) + "9700 8A00");
            Assert.AreEqual(2 * 1230, answer.Length);
            Assert.IsTrue(answer.StartsWith(Hex.Compact(FromMeter + "52 0E")));
            Assert.IsTrue(answer.EndsWith("9702" + "0C22" + "8A00"), answer);
        }

        [TestMethod]
        public static void ASmallPropertyBehindOneThatDidNotFitIsAnswered()
        {
            string answer = EchonetFixture.WithReading().Ask(ToMeter + "62 08" + Hex.Repeat("E200", 7) + "8000");
            Assert.IsTrue(answer.EndsWith("E200" + "800130"), answer);
            Assert.AreEqual(2 * (12 + (6 * History1Length) + 2 + 3), answer.Length);
        }

        [TestMethod]
        public static void ARefusedSetGetLeavesRoomForItsSecondList()
        {
            // 12 + 3 × 257 + 1 are taken by what comes back refused; of the rest, two E2 and five headers.
            string refused = Hex.Repeat("80FF" + Hex.Repeat("55", 255), 3);
            string answer = EchonetFixture.WithReading().Ask(ToMeter + "6E 03" + refused + "07" + Hex.Repeat("E200", 7));
            string value = "E2C200FF" + Hex.Repeat(EchonetFixture.NoEnergy, 48);
            Assert.AreEqual(
                Hex.Compact(FromMeter + "5E 03") + refused + "07" + Hex.Repeat(value, 2) + Hex.Repeat("E200", 5),
                answer);
        }

        [TestMethod]
        public static void TheLongestRefusedSetCComesBackWhole()
        {
            string list = Hex.Repeat("80FF" + Hex.Repeat("55", 255), 4) + "80BE" + Hex.Repeat("55", 190);
            Assert.AreEqual(
                Hex.Compact(FromMeter + "51 05") + list,
                EchonetFixture.WithReading().Ask(ToMeter + "61 05" + list));
        }

        [TestMethod]
        public static void AnnouncementsCountTransactionIdsUpAndAround()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            Assert.AreEqual("1081FFFE0EF0010EF0017301D50401028801", Announce(fixture, Esv.Inf, Eoj.NodeProfile, "D5"));
            Assert.AreEqual(
                "1081FFFF0288010EF0017402800130880142",
                Announce(fixture, Esv.InfC, Eoj.LowVoltageMeter, "80 88"));
            Assert.AreEqual("108100000288010EF0017301810100", Announce(fixture, Esv.Inf, Eoj.LowVoltageMeter, "81"));
        }

        [TestMethod]
        public static void WhatIsForAControllerHasATransactionIdOfItsOwn()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            var buffer = new byte[EchonetNode.BufferLength];
            int length = fixture.Node.Announce(Esv.Inf, Eoj.LowVoltageMeter, Eoj.Controller, Hex.Parse("80"), fixture.Now,
                buffer);
            Assert.AreEqual("1081000102880105FF0173018001" + "30", Hex.Format(buffer, 0, length));
            Assert.AreEqual("1081FFFE0EF0010EF0017301D50401028801", Announce(fixture, Esv.Inf, Eoj.NodeProfile, "D5"),
                "and takes none of the others'");
        }

        [TestMethod]
        public static void AnAbsentObjectAnnouncesNothing()
        {
            Assert.AreEqual("", Announce(new EchonetFixture(), Esv.Inf, Eoj.LowVoltageMeter, "80"));
        }

        [TestMethod]
        public static void OnlyPropertiesOfTheMapCanBeAnnounced()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            Assert.ThrowsException(
                typeof(ArgumentException),
                () => Announce(fixture, Esv.Inf, Eoj.LowVoltageMeter, "E0"));
        }

        private static string Announce(EchonetFixture fixture, byte esv, int seoj, string epcs)
        {
            var buffer = new byte[EchonetNode.BufferLength];
            int length = fixture.Node.Announce(esv, seoj, Eoj.NodeProfile, Hex.Parse(epcs), fixture.Now, buffer);
            return Hex.Format(buffer, 0, length);
        }

        private static EchonetFixture AssertAnswer(string request, string answer)
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            string expected = answer.Length > 0 ? Hex.Compact(FromMeter + answer) : "";
            Assert.AreEqual(expected, fixture.Ask(ToMeter + request));
            Assert.AreEqual(1, fixture.Node.Handled);
            Assert.AreEqual((int)DropReason.None, (int)fixture.Node.LastDrop);
            return fixture;
        }

        private static void AssertDropped(string request, int reason)
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            Assert.AreEqual("", fixture.Ask(request));
            Assert.AreEqual(reason, (int)fixture.Node.LastDrop);
            Assert.AreEqual(0, fixture.Node.Handled);
            for (int i = (int)DropReason.None; i <= (int)DropReason.NoSuchObject; i++)
            {
                Assert.AreEqual(i == reason ? 1 : 0, fixture.Node.Drops((DropReason)i), i.ToString());
            }
        }
    }
}
