using NanoComm.Dlms;
using NanoComm.MeterLink;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>What is read of a metering unit, and what is believed.</summary>
    [TestClass]
    public static class MeteringUnitTests
    {
        private const string Nothing = "- -/- -W -/- - -/-";
        private const string Common = "2 12345678/100 1234W 123/45 0 12345664/99";

        [TestMethod]
        public static void ParametersAreReadInOneList()
        {
            var f = new MeteringFixture();

            AssertResult(MeteringResult.Ok, f.ReadParameters());

            Assert.AreEqual("4E4330303031323300000000", MeteringFixture.SerialOf(f.Parameters));
            Assert.AreEqual(0x03, (int)f.Parameters.Unit);
            Assert.AreEqual((uint)1, f.Parameters.Coefficient);
            Assert.AreEqual(6, (int)f.Parameters.Digits);
            Assert.AreEqual(2, f.Peer.Requests.Count);
            Assert.AreEqual(
                Hex.Compact("C003C1 09 0001 0000600100FF 0200 0001 0000608000FF 0200 0003 0100010800FF 0300"
                + "0003 0100020800FF 0300 0003 0100010700FF 0300 0003 0100020700FF 0300 0003 01001F0700FF 0300"
                + "0003 0100470700FF 0300 0001 00002A0000FF 0200"),
                (string)f.Peer.Requests[0]);
            Assert.AreEqual(
                Hex.Compact("C003C2 04 0007 0100630100FF 0300 0007 0100630100FF 0500 0007 0100630200FF 0300"
                + "0007 0100630200FF 0500"),
                (string)f.Peer.Requests[1]);
            Assert.AreEqual(0, f.Board.Lines);
            Assert.IsFalse(f.Unit.HasGaps);
        }

        [TestMethod]
        public static void TheMinuteIsReadInOneList()
        {
            MeteringFixture f = Identified();

            AssertResult(MeteringResult.Ok, f.ReadNow());

            Assert.AreEqual(Common, MeteringFixture.TextOf(f.Reading));
            Assert.AreEqual(3, f.Peer.Requests.Count);
            Assert.AreEqual(
                Hex.Compact("C003C3 08 0008 0000010000FF 0200 0003 0100010800FF 0200 0003 0100020800FF 0200"
                + "0003 0100010700FF 0200 0003 0100020700FF 0200 0003 01001F0700FF 0200 0003 0100470700FF 0200"
                + "0007 0100630200FF 02 01 02 0204 0600000001 0600000001 120001 120000"),
                (string)f.Peer.Requests[2]);
            Assert.AreEqual(1, f.Associations(), "one for both");
            Assert.IsTrue(((string)f.Peer.Frames[0]).IndexOf("0305") == 6, "from the SAP of the active pairing");
            Assert.IsFalse(f.Unit.IsAssociating);
        }

        // The fourth character; any other is no word of it.
        [TestMethod]
        [DataRow("00 0904 4E434D48", (int)MeteringResult.OtherClass)]
        [DataRow("00 0A04 4E434D48", (int)MeteringResult.OtherClass)]
        [DataRow("00 0904 4E434D4C", (int)MeteringResult.Ok)]
        [DataRow("00 0904 4E434D53", (int)MeteringResult.Ok)]
        [DataRow("00 0903 4E434D", (int)MeteringResult.Ok)]
        [DataRow("00 0600000048", (int)MeteringResult.Ok)]
        [DataRow(MeteringFixture.Undefined, (int)MeteringResult.Ok)]
        public static void TheLogicalDeviceNameTellsTheClass(string name, int expected)
        {
            var f = new MeteringFixture();
            f.ParameterAnswers[MeteringFixture.DeviceName] = name;
            AssertResult((MeteringResult)expected, f.ReadParameters());
            Assert.IsFalse(f.Unit.HasGaps);
        }

        // Energy is not touched: the scaler goes to the controller as the unit of property E1.
        [TestMethod]
        [DataRow("FF", 0x04)]
        [DataRow("00", 0x03)]
        [DataRow("01", 0x02)]
        [DataRow("02", 0x01)]
        [DataRow("03", 0x00)]
        [DataRow("04", 0x0A)]
        [DataRow("05", 0x0B)]
        [DataRow("06", 0x0C)]
        [DataRow("07", 0x0D)]
        public static void TheScalerOfEnergyIsTheUnitOfE1(string scaler, int unit)
        {
            var f = new MeteringFixture();
            f.ParameterAnswers[MeteringFixture.NormalScaler] = "00 0202 0F" + scaler + "161E";
            f.ParameterAnswers[MeteringFixture.ReverseScaler] = "00 0202 0F" + scaler + "161E";

            AssertResult(MeteringResult.Ok, f.ReadParameters());
            AssertResult(MeteringResult.Ok, f.ReadNow());

            Assert.AreEqual(unit, (int)f.Parameters.Unit);
            Assert.AreEqual(Common, MeteringFixture.TextOf(f.Reading));
        }

        // Energy is no data then, and the rest is read.
        [TestMethod]
        [DataRow("80")]
        [DataRow("F8")]
        [DataRow("FE")]
        [DataRow("08")]
        [DataRow("7F")]
        public static void AnEnergyScalerWithoutAUnitOfE1IsNoData(string scaler)
        {
            var f = new MeteringFixture();
            f.ParameterAnswers[MeteringFixture.NormalScaler] = "00 0202 0F" + scaler + "161E";
            f.ParameterAnswers[MeteringFixture.ReverseScaler] = "00 0202 0F" + scaler + "161E";
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            Assert.AreEqual(2, f.Board.Warnings);
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual("2 -/- 1234W 123/45 0 -/-", MeteringFixture.TextOf(f.Reading));
        }

        // One object, one line, and what depends on it reads no data; all else is served.
        [TestMethod]
        [DataRow(MeteringFixture.Serial, MeteringFixture.Undefined, "0-0:96.1.0 attribute 2: refused (4)", Common)]
        [DataRow(MeteringFixture.Serial, "00 00", "0-0:96.1.0 attribute 2: came 00", Common)]
        [DataRow(MeteringFixture.Serial, "00 0900", "0-0:96.1.0 attribute 2: came 0900", Common)]
        [DataRow(MeteringFixture.Serial, "00 0600000001", "0-0:96.1.0 attribute 2: came 0600000001", Common)]
        [DataRow(MeteringFixture.Serial, "00 0408 AA", "0-0:96.1.0 attribute 2: came 0408AA", Common)]
        [DataRow(MeteringFixture.Serial, "00 098103 414243", "0-0:96.1.0 attribute 2: came 098103414243", Common)]
        [DataRow(MeteringFixture.Digits, "00 1100", "0-0:96.128.0 attribute 2: came 1100", Common)]
        [DataRow(MeteringFixture.Digits, "00 1109", "0-0:96.128.0 attribute 2: came 1109", Common)]
        [DataRow(MeteringFixture.Digits, "00 0FFF", "0-0:96.128.0 attribute 2: came 0FFF", Common)]
        [DataRow(MeteringFixture.NormalScaler, MeteringFixture.Undefined, "1-0:1.8.0 attribute 3: refused (4)",
            "2 -/100 1234W 123/45 0 -/99")]
        [DataRow(MeteringFixture.NormalScaler, "00 0202 0F00 161F", "1-0:1.8.0 attribute 3: came 02020F00161F",
            "2 -/100 1234W 123/45 0 -/99")]
        [DataRow(MeteringFixture.NormalScaler, "00 00", "1-0:1.8.0 attribute 3: came 00", "2 -/100 1234W 123/45 0 -/99")]
        [DataRow(MeteringFixture.ReverseScaler, MeteringFixture.Undefined, "1-0:2.8.0 attribute 3: refused (4)",
            "2 12345678/- 1234W 123/45 0 12345664/-")]
        [DataRow(MeteringFixture.ReverseScaler, "00 0202 0F01 161E", "1-0:2.8.0 attribute 3: came 02020F01161E",
            "2 12345678/- 1234W 123/45 0 12345664/-")]
        [DataRow(MeteringFixture.PowerNormalScaler, "0103", "1-0:1.7.0 attribute 3: refused (3)",
            "2 12345678/100 -W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.PowerNormalScaler, "00 0202 0F00 161C", "1-0:1.7.0 attribute 3: came 02020F00161C",
            "2 12345678/100 -W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.PowerReverseScaler, "00 0202 0F09 161B", "1-0:2.7.0 attribute 3: came 02020F09161B",
            "2 12345678/100 -W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.CurrentRScaler, MeteringFixture.Undefined, "1-0:31.7.0 attribute 3: refused (4)",
            "2 12345678/100 1234W -/45 0 12345664/99")]
        [DataRow(MeteringFixture.CurrentRScaler, "00 0202 0F80 1621", "1-0:31.7.0 attribute 3: came 02020F801621",
            "2 12345678/100 1234W -/45 0 12345664/99")]
        [DataRow(MeteringFixture.CurrentTScaler, "00 0202 0F80 1621", "1-0:71.7.0 attribute 3: came 02020F801621",
            "2 12345678/100 1234W 123/- 0 12345664/99")]
        [DataRow(MeteringFixture.CurrentTScaler, "010B", "1-0:71.7.0 attribute 3: refused (11)",
            "2 12345678/100 1234W 123/- 0 12345664/99")]
        public static void AParameterThatIsMissingOrMakesNoSenseCostsItsObjectAlone(
            int item, string answer, string told, string expected)
        {
            var f = new MeteringFixture();
            string good = f.ParameterAnswers[item];
            f.ParameterAnswers[item] = answer;
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            AssertTold(f, told, 1);
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(expected, MeteringFixture.TextOf(f.Reading));
            Assert.IsTrue(f.Unit.HasGaps);
            Assert.AreEqual(told.Substring(0, told.IndexOf(' ')), f.Unit.DescribeGaps());
            Assert.AreEqual(item == MeteringFixture.Digits ? 8 : 6, (int)f.Parameters.Digits);

            // Not once more; and it heals.
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            AssertTold(f, told, 1);
            f.ParameterAnswers[item] = good;
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(Common, MeteringFixture.TextOf(f.Reading));
            Assert.IsFalse(f.Unit.HasGaps);
            Assert.AreEqual("", f.Unit.DescribeGaps());
            Assert.AreEqual(1, f.Board.Lines);
        }

        [TestMethod]
        [DataRow("00 00")]
        [DataRow(MeteringFixture.Undefined)]
        public static void WithoutAnyRegisterItIsRefused(string answer)
        {
            var f = new MeteringFixture();
            for (int i = MeteringFixture.NormalScaler; i <= MeteringFixture.CurrentTScaler; i++)
            {
                f.ParameterAnswers[i] = answer;
            }

            AssertResult(MeteringResult.Refused, f.ReadParameters());
            Assert.IsTrue(f.Link.IsAssociated, "a refusal leaves the association");
        }

        [TestMethod]
        public static void AnotherPairingIsToldAnew()
        {
            MeteringFixture f = Identified();
            f.NowAnswers[MeteringFixture.CurrentR] = "010B";
            AssertResult(MeteringResult.Ok, f.ReadNow());
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(1, f.Board.Lines);
            Assert.AreEqual(2, f.Unit.DifferenceCount);
            f.Keys.Active = new DlmsFixture().Security;
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(2, f.Board.Lines);
        }

        // What is longer is cut in front: the end tells one unit from the next.
        [TestMethod]
        [DataRow("00 0A0D 31323334353637383930313233")]
        [DataRow("00 0910 414243 31323334353637383930313233")]
        public static void OfALongerSerialNumberTheEndIsServed(string answer)
        {
            MeteringFixture f = Identified();
            f.ParameterAnswers[MeteringFixture.Serial] = answer;
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            Assert.AreEqual("323334353637383930313233", MeteringFixture.SerialOf(f.Parameters));
            AssertTold(f, "0-0:96.1.0 attribute 2: longer than 12 characters", 0);
            Assert.IsFalse(f.Unit.HasGaps);
        }

        [TestMethod]
        [DataRow("00 0A01 39", "390000000000000000000000")]
        [DataRow("00 0903 414243", "414243000000000000000000")]
        [DataRow("00 0A0C 313233343536373839303132", "313233343536373839303132")]
        public static void SerialNumbersOfOneToTwelveBytes(string answer, string serial)
        {
            MeteringFixture f = Identified();
            f.ParameterAnswers[MeteringFixture.Serial] = answer;
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            Assert.AreEqual(serial, MeteringFixture.SerialOf(f.Parameters));
        }

        // A manufacturer's own object: without it, or without a number in it, the common 8.
        [TestMethod]
        [DataRow("00 1101", 1)]
        [DataRow("00 120008", 8)]
        [DataRow(MeteringFixture.Undefined, 8)]
        [DataRow("00 0A0136", 8)]
        public static void DigitsAreThoseDeclared(string answer, int digits)
        {
            var f = new MeteringFixture();
            f.ParameterAnswers[MeteringFixture.Digits] = answer;
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            Assert.AreEqual(digits, (int)f.Parameters.Digits);
        }

        [TestMethod]
        [DataRow(MeteringFixture.Undefined)]
        [DataRow("00 00")]
        [DataRow("00 0202 0FFF 16FF")]
        public static void ASinglePhaseServiceHasNoPhaseT(string scalerUnit)
        {
            var f = new MeteringFixture();
            f.ParameterAnswers[MeteringFixture.CurrentTScaler] = scalerUnit;
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual("2 12345678/100 1234W 123/- 0 12345664/99", MeteringFixture.TextOf(f.Reading));

            f.NowAnswers[MeteringFixture.CurrentT] = MeteringFixture.Undefined;
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual("2 12345678/100 1234W 123/- 0 12345664/99", MeteringFixture.TextOf(f.Reading));
        }

        // Without the clock nothing can be dated.
        [TestMethod]
        [DataRow(MeteringFixture.Undefined, "refused (4)")]
        [DataRow("00 00", "came 00")]
        [DataRow("00 0904 07EA0B16", "came 090407EA0B16")]
        [DataRow("00 0A0C 07EA0B16FF160002FF800000", "came 0A0C07EA0B16FF160002FF800000")]
        [DataRow("00 090C FFFF0B16FF160002FF800000", "came 090CFFFF0B16FF160002FF800000")]
        [DataRow("00 090C 07EA0B1FFF160002FF800000", "came 090C07EA0B1FFF160002FF800000")]
        [DataRow("00 090C 07EA0B16FF1600FFFF800000", "came 090C07EA0B16FF1600FFFF800000")]
        public static void AReadingWithoutAClockIsRefusedWhole(string answer, string told)
        {
            MeteringFixture f = Identified();
            string good = f.NowAnswers[MeteringFixture.Clock];
            f.NowAnswers[MeteringFixture.Clock] = answer;
            AssertResult(MeteringResult.Refused, f.ReadNow());
            Assert.AreEqual(Nothing, MeteringFixture.TextOf(f.Reading));
            AssertTold(f, "0-0:1.0.0 attribute 2: " + told, 1);

            f.NowAnswers[MeteringFixture.Clock] = good;
            AssertResult(MeteringResult.Ok, f.ReadNow());
            f.NowAnswers[MeteringFixture.Clock] = answer;
            AssertResult(MeteringResult.Refused, f.ReadNow());
            Assert.AreEqual(Common, MeteringFixture.TextOf(f.Reading));
            Assert.AreEqual(1, f.Associations(), "a refusal leaves the association");
        }

        [TestMethod]
        [DataRow(MeteringFixture.Normal, MeteringFixture.Undefined, "2 -/100 1234W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.Normal, "00 06FFFFFFFE", "2 -/100 1234W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.Normal, "00 06FFFFFFFF", "2 -/100 1234W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.Normal, "00 05FFFFFFFF", "2 -/100 1234W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.Normal, "00 15FFFFFFFFFFFFFFFF", "2 -/100 1234W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.Normal, "00 0A0131", "2 -/100 1234W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.Reverse, MeteringFixture.Undefined, "2 12345678/- 1234W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.Reverse, "00 0FFF", "2 12345678/- 1234W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.Reverse, "00 00", "2 12345678/- 1234W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.PowerNormal, "010B", "2 12345678/100 -W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.PowerReverse, "010B", "2 12345678/100 -W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.PowerReverse, "00 150000000100000000", "2 12345678/100 -W 123/45 0 12345664/99")]
        [DataRow(MeteringFixture.CurrentR, "010B", "2 12345678/100 1234W -/45 0 12345664/99")]
        [DataRow(MeteringFixture.CurrentT, "010B", "2 12345678/100 1234W 123/- 0 12345664/99")]
        [DataRow(MeteringFixture.NewestMinute, MeteringFixture.Undefined, "2 12345678/100 1234W 123/45 - -/-")]
        [DataRow(MeteringFixture.NewestMinute, "00 00", "2 12345678/100 1234W 123/45 - -/-")]
        [DataRow(MeteringFixture.NewestMinute, "00" + MeteringFixture.Row0, "2 12345678/100 1234W 123/45 - -/-")]
        [DataRow(MeteringFixture.NewestMinute, "00 0102" + MeteringFixture.Row1 + MeteringFixture.Row0,
            "2 12345678/100 1234W 123/45 - -/-")]
        [DataRow(MeteringFixture.NewestMinute, "00 0101 0202 090C07EA0B16FF160000FF800000 0600000001",
            "2 12345678/100 1234W 123/45 - -/-")]
        [DataRow(MeteringFixture.NewestMinute, "00 0101 0203 090C07EA0B16FF16001EFF800000 0600000001 0600000001",
            "2 12345678/100 1234W 123/45 - -/-")]
        public static void WhatCannotBeReadIsNoDataAndTheRestIsServed(int item, string answer, string expected)
        {
            MeteringFixture f = Identified();
            string good = f.NowAnswers[item];
            f.NowAnswers[item] = answer;
            AssertResult(MeteringResult.Ok, f.ReadNow());
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(expected, MeteringFixture.TextOf(f.Reading));
            Assert.AreEqual(1, f.Board.Warnings);
            Assert.AreEqual(1, f.Board.Lines, "once");
            Assert.IsTrue(f.Board.LastLine.IndexOf(f.Unit.DescribeGaps() + " attribute 2: ") == 0, f.Board.LastLine);
            Assert.AreEqual(2, f.Unit.DifferenceCount);

            f.NowAnswers[item] = good;
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(Common, MeteringFixture.TextOf(f.Reading));
            Assert.IsFalse(f.Unit.HasGaps);
        }

        // No guess, and no gap: the row is read as one of a range.
        [TestMethod]
        public static void ANewestRowWithoutATimeIsLeftToTheRange()
        {
            MeteringFixture f = Identified();
            f.NowAnswers[MeteringFixture.NewestMinute] = "00 0101 0203 00 0600000001 0600000001";
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual("2 12345678/100 1234W 123/45 - -/-", MeteringFixture.TextOf(f.Reading));
            Assert.IsFalse(f.Unit.HasGaps);
        }

        [TestMethod]
        public static void AClockByTagIsAClock()
        {
            MeteringFixture f = Identified();
            f.NowAnswers[MeteringFixture.Clock] = "00 19 07EA0B16FF160002FF800000";
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(Common, MeteringFixture.TextOf(f.Reading));
        }

        // One attribute after the other where lists are not offered: the same reading, told once.
        [TestMethod]
        public static void WithoutListsEachAttributeIsReadByItself()
        {
            var f = new MeteringFixture();
            f.Peer.InitiateResponse = "0800065F1F040000101504000007";
            AnswerEach(f, f.ParameterAnswers);
            AnswerEach(f, f.LayoutAnswers);
            AssertResult(MeteringResult.Ok, f.Unit.ReadParameters(f.Parameters));
            Assert.AreEqual("4E4330303031323300000000", MeteringFixture.SerialOf(f.Parameters));
            for (int i = 0; i < 2; i++)
            {
                AnswerEach(f, f.NowAnswers);
                AssertResult(MeteringResult.Ok, f.Unit.ReadNow(f.Reading));
                Assert.AreEqual(Common, MeteringFixture.TextOf(f.Reading));
            }

            Assert.AreEqual(29, f.Peer.Requests.Count);
            AssertTold(f, "no list in a GET is offered", 0);
            Assert.IsFalse(f.Unit.HasGaps);
        }

        [TestMethod]
        [DataRow("00 0605F5E0FF", "00 0600000000", "99999999/0")]
        [DataRow("00 0600000000", "00 0505F5E0FF", "0/99999999")]
        [DataRow("00 12FFFF", "00 1107", "65535/7")]
        [DataRow("00 150000000005F5E0FF", "00 140000000000000007", "99999999/7")]
        public static void EnergyUpToEightDigitsIsTakenAsRead(string normal, string reverse, string expected)
        {
            MeteringFixture f = Identified();
            f.NowAnswers[MeteringFixture.Normal] = normal;
            f.NowAnswers[MeteringFixture.Reverse] = reverse;
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual("2 " + expected + " 1234W 123/45 0 12345664/99", MeteringFixture.TextOf(f.Reading));
        }

        [TestMethod]
        public static void AnEmptyMinuteProfileIsNoRefusal()
        {
            MeteringFixture f = Identified();
            AssertResult(MeteringResult.Ok, f.ReadNow());
            f.NowAnswers[MeteringFixture.NewestMinute] = "00 0100";
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual("2 12345678/100 1234W 123/45 - -/-", MeteringFixture.TextOf(f.Reading));
        }

        // W, normal less reverse; the currents take its sign. A division rounds half away from zero.
        [TestMethod]
        [DataRow("00", "000004D2", "00", "00000000", "1234W 123/45")]
        [DataRow("00", "00000000", "00", "000004D2", "-1234W -123/-45")]
        [DataRow("00", "00000000", "00", "00000000", "0W 123/45")]
        [DataRow("00", "00000064", "00", "00000032", "50W 123/45")]
        [DataRow("01", "0000007B", "01", "00000000", "1230W 123/45")]
        [DataRow("FF", "00003038", "FF", "00000000", "1234W 123/45")]
        [DataRow("FF", "00003039", "FF", "00000000", "1235W 123/45")]
        [DataRow("FF", "00000000", "FF", "00003038", "-1234W -123/-45")]
        [DataRow("FF", "00000000", "FF", "00003039", "-1235W -123/-45")]
        [DataRow("00", "0000000A", "FF", "00000032", "5W 123/45")]
        [DataRow("FF", "00000032", "00", "0000000A", "-5W -123/-45")]
        [DataRow("00", "7FFFFFFD", "00", "00000000", "2147483645W 123/45")]
        [DataRow("00", "7FFFFFFE", "00", "00000000", "-W 123/45")]
        [DataRow("00", "FFFFFFFF", "00", "00000000", "-W 123/45")]
        [DataRow("00", "00000000", "00", "7FFFFFFD", "-2147483645W -123/-45")]
        [DataRow("00", "00000000", "00", "7FFFFFFE", "-W -123/-45")]
        [DataRow("08", "FFFFFFFF", "08", "00000000", "-W 123/45")]
        [DataRow("F8", "FFFFFFFF", "F8", "00000000", "43W 123/45")]
        public static void Power(
            string normalScaler, string normal, string reverseScaler, string reverse, string expected)
        {
            var f = new MeteringFixture();
            f.ParameterAnswers[MeteringFixture.PowerNormalScaler] = "00 0202 0F" + normalScaler + "161B";
            f.ParameterAnswers[MeteringFixture.PowerReverseScaler] = "00 0202 0F" + reverseScaler + "161B";
            f.NowAnswers[MeteringFixture.PowerNormal] = "00 06" + normal;
            f.NowAnswers[MeteringFixture.PowerReverse] = "00 06" + reverse;
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual("2 12345678/100 " + expected + " 0 12345664/99", MeteringFixture.TextOf(f.Reading));
        }

        // 0.1 A, as far as 32 bits tell it.
        [TestMethod]
        [DataRow("FF", "12007B", "123", "-123")]
        [DataRow("FF", "127FFD", "32765", "-32765")]
        [DataRow("FF", "12FFFF", "65535", "-65535")]
        [DataRow("FF", "067FFFFFFD", "2147483645", "-2147483645")]
        [DataRow("FF", "067FFFFFFE", "-", "-")]
        [DataRow("00", "12000C", "120", "-120")]
        [DataRow("00", "120CCC", "32760", "-32760")]
        [DataRow("00", "120CCD", "32770", "-32770")]
        [DataRow("01", "110C", "1200", "-1200")]
        [DataRow("FE", "1204D2", "123", "-123")]
        [DataRow("FE", "1204D3", "124", "-124")]
        [DataRow("FD", "06000030D4", "125", "-125")]
        [DataRow("FD", "0600003070", "124", "-124")]
        [DataRow("F8", "0600000001", "0", "0")]
        [DataRow("08", "06FFFFFFFF", "-", "-")]
        [DataRow("FF", "00", "-", "-")]
        public static void Current(string scaler, string value, string forth, string back)
        {
            var f = new MeteringFixture();
            f.ParameterAnswers[MeteringFixture.CurrentRScaler] = "00 0202 0F" + scaler + "1621";
            f.NowAnswers[MeteringFixture.CurrentR] = "00" + value;
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual("2 12345678/100 1234W " + forth + "/45 0 12345664/99", MeteringFixture.TextOf(f.Reading));

            f.NowAnswers[MeteringFixture.PowerReverse] = "00 06000009A4";
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual("2 12345678/100 -1234W " + back + "/-45 0 12345664/99", MeteringFixture.TextOf(f.Reading));
        }

        // As a register of eight digits would show it; told once.
        [TestMethod]
        [DataRow("00 0605F5E100", "00 06FFFFFFFD", "0/94967293")]
        [DataRow("00 15000000E8D4A51001", "00 0600000007", "1/7")]
        public static void OfARegisterOfMoreDigitsTheLastEightAreServed(string normal, string reverse, string expected)
        {
            MeteringFixture f = Identified();
            f.NowAnswers[MeteringFixture.Normal] = normal;
            f.NowAnswers[MeteringFixture.Reverse] = reverse;
            AssertResult(MeteringResult.Ok, f.ReadNow());
            int lines = f.Board.Lines;
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual("2 " + expected + " 1234W 123/45 0 12345664/99", MeteringFixture.TextOf(f.Reading));
            Assert.IsTrue(lines > 0);
            Assert.AreEqual(lines, f.Board.Lines);
            Assert.AreEqual(0, f.Board.Warnings);
            Assert.IsFalse(f.Unit.HasGaps);
        }

        [TestMethod]
        public static void ProfilesAreReadByTime()
        {
            MeteringFixture f = Identified();
            f.Answer(1, "00 0102" + MeteringFixture.Row1 + MeteringFixture.Row0);
            AssertResult(MeteringResult.Ok, f.Unit.ReadMinutes(MeteringFixture.At(0), MeteringFixture.At(60), f));
            Assert.AreEqual("60:12345665/100 0:12345664/99 ", f.Rows);
            Assert.AreEqual(Range("C001C3 0007 0100630200FF", "160000", "160100"), (string)f.Peer.Requests[2]);

            f.Rows = "";
            f.Answer(1, "00 0101" + MeteringFixture.Row0);
            AssertResult(MeteringResult.Ok, f.Unit.ReadHalfHours(MeteringFixture.At(0), MeteringFixture.At(0), f));
            Assert.AreEqual("0:12345664/99 ", f.Rows);
            Assert.AreEqual(Range("C001C4 0007 0100630100FF", "160000", "160000"), (string)f.Peer.Requests[3]);
            Assert.AreEqual(1, f.Associations());
        }

        [TestMethod]
        public static void ARefusedProfileIsToldAndLeavesTheAssociation()
        {
            MeteringFixture f = Identified();
            f.Answer(1, "0103");
            AssertResult(MeteringResult.Refused, f.Unit.ReadHalfHours(MeteringFixture.At(0), MeteringFixture.At(0), f));
            Assert.AreEqual("", f.Rows);
            Assert.IsTrue(f.Link.IsAssociated);
            AssertTold(f, "1-0:99.1.0 attribute 2: refused (3): no data", 1);
            Assert.AreEqual("1-0:99.1.0", f.Unit.DescribeGaps());

            f.Answer(1, "00 0101" + MeteringFixture.Row0);
            AssertResult(MeteringResult.Ok, f.Unit.ReadHalfHours(MeteringFixture.At(0), MeteringFixture.At(0), f));
            Assert.IsFalse(f.Unit.HasGaps);
        }

        [TestMethod]
        public static void NothingIsSentWithoutAPairing()
        {
            var f = new MeteringFixture(false);
            AssertResult(MeteringResult.Unpaired, f.Unit.ReadParameters(f.Parameters));
            AssertResult(MeteringResult.Unpaired, f.Unit.ReadNow(f.Reading));
            AssertResult(MeteringResult.Unpaired, f.Unit.ReadMinutes(MeteringFixture.At(0), MeteringFixture.At(0), f));
            AssertResult(
                MeteringResult.Unpaired, f.Unit.ReadHalfHours(MeteringFixture.At(0), MeteringFixture.At(0), f));
            Assert.AreEqual(0, f.Peer.BytesToPeer);
            Assert.AreEqual(Nothing, MeteringFixture.TextOf(f.Reading));
        }

        // The pairing changes at run time: the next question is asked with the new keys, in an association of its own.
        [TestMethod]
        public static void OtherKeysAreTakenFromTheNextQuestionOn()
        {
            var f = new MeteringFixture();
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(1, f.Associations());
            f.Keys.Active = new DlmsFixture().Security;
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(2, f.Associations());
            f.Keys.Active = null;
            AssertResult(MeteringResult.Unpaired, f.Unit.ReadNow(f.Reading));
            Assert.AreEqual(2, f.Associations());
            Assert.AreEqual("00", f.Keys.Reports, "how associations ended");
        }

        // Somebody else had the client meanwhile.
        [TestMethod]
        public static void AnAssociationOfAnotherClientIsNotUsed()
        {
            MeteringFixture f = Identified();
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Unit.Client.Associate(3, f.Link.Security));
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(3, f.Associations());
        }

        [TestMethod]
        public static void AnotherUnitIsToldByItsTitle()
        {
            var f = new MeteringFixture();
            f.Peer.Title = "4D4D4D0000BC614F";
            AssertResult(MeteringResult.WrongUnit, f.Unit.ReadParameters(f.Parameters));
            AssertResult(MeteringResult.WrongUnit, f.Unit.ReadNow(f.Reading));
            AssertResult(MeteringResult.WrongUnit, f.Unit.ReadMinutes(MeteringFixture.At(0), MeteringFixture.At(0), f));
            Assert.AreEqual(0, f.Peer.Requests.Count, "nothing is asked of it");
            f.Peer.Title = DlmsPeer.ServerTitle;
            AssertResult(MeteringResult.Ok, f.ReadParameters());
        }

        [TestMethod]
        public static void AUnitSwappedForAnotherOneIsNoticed()
        {
            MeteringFixture f = Identified();
            AssertResult(MeteringResult.Ok, f.ReadNow());
            f.Peer.Title = "4D4D4D0000BC614F";
            f.Peer.Restart();
            AssertResult(MeteringResult.WrongUnit, f.Unit.ReadNow(f.Reading));
            Assert.AreEqual(Common, MeteringFixture.TextOf(f.Reading));
            Assert.AreEqual(2, f.Associations());
        }

        [TestMethod]
        [DataRow(true, false)]
        [DataRow(false, true)]
        public static void AUnitWithoutTheKeysIsNotAuthentic(bool corruptTag, bool corruptProof)
        {
            var f = new MeteringFixture();
            f.Peer.CorruptTag = corruptTag;
            f.Peer.CorruptProof = corruptProof;
            AssertResult(MeteringResult.NotAuthentic, f.Unit.ReadParameters(f.Parameters));
            Assert.AreEqual(0, f.Peer.Requests.Count, "nothing is asked of it");
        }

        [TestMethod]
        public static void AnAnswerWithAWrongTagIsNotAuthentic()
        {
            MeteringFixture f = Identified();
            f.Peer.CorruptTag = true;
            AssertResult(MeteringResult.NotAuthentic, f.ReadNow());
            Assert.AreEqual(Nothing, MeteringFixture.TextOf(f.Reading));
            Assert.IsFalse(f.Link.IsAssociated);
            f.Peer.CorruptTag = false;
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(Common, MeteringFixture.TextOf(f.Reading));
        }

        [TestMethod]
        public static void APlainAnswerIsNotAuthentic()
        {
            MeteringFixture f = Identified();
            f.AnswerNot("!C401C2001101");
            AssertResult(MeteringResult.NotAuthentic, f.Unit.ReadNow(f.Reading));
        }

        [TestMethod]
        public static void WithoutACounterNothingIsAsked()
        {
            var f = new MeteringFixture();
            f.Link.IsExhausted = true;
            AssertResult(MeteringResult.NotAuthentic, f.Unit.ReadParameters(f.Parameters));
            Assert.AreEqual(0, f.Peer.Requests.Count);
        }

        // A metering unit that was restarted has no link; one that lost only its association says so.
        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public static void ALostAssociationIsMadeAgainOnce(bool isLinkLost)
        {
            MeteringFixture f = Identified();
            Lose(f, isLinkLost);
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(Common, MeteringFixture.TextOf(f.Reading));
            Assert.AreEqual(2, f.Associations());

            Lose(f, isLinkLost);
            f.Answer(1, "00 0101" + MeteringFixture.Row0);
            AssertResult(MeteringResult.Ok, f.Unit.ReadMinutes(MeteringFixture.At(0), MeteringFixture.At(0), f));
            Assert.AreEqual("0:12345664/99 ", f.Rows);
            Assert.AreEqual(3, f.Associations());
        }

        [TestMethod]
        public static void AnAssociationLostAgainAtOnceIsLeftToTheNextQuestion()
        {
            MeteringFixture f = Identified();
            f.AnswerNot("!D80101");
            f.AnswerNot("!D80101");
            AssertResult(MeteringResult.Refused, f.Unit.ReadNow(f.Reading));
            Assert.AreEqual(2, f.Associations());
            f.AnswerNot("!D80101");
            f.AnswerNot("!D80101");
            AssertResult(
                MeteringResult.Refused, f.Unit.ReadMinutes(MeteringFixture.At(0), MeteringFixture.At(0), f));
            Assert.AreEqual(4, f.Associations(), "one to begin with and one again");
            AssertResult(MeteringResult.Ok, f.ReadNow());
            Assert.AreEqual(5, f.Associations());
        }

        [TestMethod]
        public static void ProfileCutOffBetweenBlocksIsReadAgain()
        {
            MeteringFixture f = Identified();
            f.Answer(2, "00 00000001 00 1E 0102" + MeteringFixture.Row1 + "0203");
            f.Peer.Script.Add("!D80101");
            f.Answer(1, "00 0102" + MeteringFixture.Row1 + MeteringFixture.Row0);
            AssertResult(MeteringResult.Ok, f.Unit.ReadMinutes(MeteringFixture.At(0), MeteringFixture.At(60), f));
            Assert.AreEqual("60:12345665/100 60:12345665/100 0:12345664/99 ", f.Rows);
            Assert.AreEqual(2, f.Associations());
        }

        [TestMethod]
        [DataRow("C403C2 07 00")]
        [DataRow("C401C2 00 1101")]
        [DataRow("C403C2")]
        public static void AnAnswerThatIsNoneIsRefusedAndEndsTheAssociation(string answer)
        {
            MeteringFixture f = Identified();
            f.AnswerNot(answer);
            AssertResult(MeteringResult.Refused, f.Unit.ReadNow(f.Reading));
            Assert.AreEqual(Nothing, MeteringFixture.TextOf(f.Reading));
            Assert.IsFalse(f.Link.IsAssociated);
            AssertResult(MeteringResult.Ok, f.ReadNow());
        }

        [TestMethod]
        public static void ARejectedAssociationIsARefusal()
        {
            var f = new MeteringFixture();
            f.Peer.Result = "01";
            AssertResult(MeteringResult.Refused, f.Unit.ReadParameters(f.Parameters));
            Assert.AreEqual(0, f.Peer.Requests.Count);
        }

        [TestMethod]
        public static void SilenceAndStoppingAreTold()
        {
            MeteringFixture f = Identified();
            f.Peer.DropRequests = -1;
            AssertResult(MeteringResult.NoAnswer, f.Unit.ReadNow(f.Reading));
            AssertResult(MeteringResult.NoAnswer, f.Unit.ReadMinutes(MeteringFixture.At(0), MeteringFixture.At(0), f));
            f.Peer.IsStopping = true;
            AssertResult(MeteringResult.Stopping, f.Unit.ReadNow(f.Reading));
            Assert.AreEqual(Nothing, MeteringFixture.TextOf(f.Reading));
        }

        // A clock and a minute that were read before stay.
        [TestMethod]
        public static void LiveValuesAreTheRegistersPowerAndCurrentsAlone()
        {
            MeteringFixture f = Identified();
            AssertResult(MeteringResult.Ok, f.ReadNow());
            var live = new string[]
            {
                "00 0600BC614F", "00 0600000065", "00 0600000000", "00 060000007B", "00 120010", "00 120020",
            };

            AssertResult(MeteringResult.Ok, f.ReadLive(live));

            Assert.AreEqual("2 12345679/101 -123W -16/-32 0 12345664/99", MeteringFixture.TextOf(f.Reading));
            Assert.AreEqual(1, f.Associations());

            live[0] = MeteringFixture.Undefined;
            live[5] = MeteringFixture.Undefined;
            AssertResult(MeteringResult.Ok, f.ReadLive(live));
            Assert.AreEqual("2 -/101 -123W -16/- 0 12345664/99", MeteringFixture.TextOf(f.Reading));
            Assert.AreEqual("1-0:1.8.0, 1-0:71.7.0", f.Unit.DescribeGaps());

            for (int i = 0; i < live.Length; i++)
            {
                live[i] = MeteringFixture.Undefined;
            }

            AssertResult(MeteringResult.Refused, f.ReadLive(live));
            Assert.AreEqual("2 -/101 -123W -16/- 0 12345664/99", MeteringFixture.TextOf(f.Reading));
            Assert.IsFalse(f.Link.Client.Link.IsQuick, "all else has its time");
        }

        private static MeteringFixture Identified()
        {
            var f = new MeteringFixture();
            AssertResult(MeteringResult.Ok, f.ReadParameters());
            return f;
        }

        // The question that meets the loss is asked again, with the next invoke-id.
        private static void Lose(MeteringFixture f, bool isLinkLost)
        {
            f.AnswerNot(isLinkLost ? "" : "!D80101");
            if (isLinkLost)
            {
                f.Peer.Restart();
            }
        }

        private static string Range(string attribute, string from, string to)
        {
            return Hex.Compact(attribute + "02 01 01 0204 0204 120008 09060000010000FF 0F02 120000"
                + "090C 07EA0B16FF" + from + "00800000" + "090C 07EA0B16FF" + to + "00800000 0100");
        }

        private static void AnswerEach(MeteringFixture f, string[] answers)
        {
            for (int i = 0; i < answers.Length; i++)
            {
                f.Answer(1, answers[i]);
            }
        }

        private static void AssertTold(MeteringFixture f, string text, int warnings)
        {
            Assert.AreEqual(1, f.Board.Lines);
            Assert.AreEqual(warnings, f.Board.Warnings);
            Assert.AreEqual(0, f.Board.LastLine.IndexOf(text), f.Board.LastLine);
        }

        private static void AssertResult(MeteringResult expected, MeteringResult result)
        {
            Assert.AreEqual((int)expected, (int)result);
        }
    }
}
