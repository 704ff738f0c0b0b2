using NanoComm.Dlms;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class DlmsDataTests
    {
        private const int MaxDepth = CosemData.MaxDepth;

        [TestMethod]
        [DataRow("00", 1)]
        [DataRow("0301", 2)]
        [DataRow("0500000001", 5)]
        [DataRow("06FFFFFFFF", 5)]
        [DataRow("0900", 2)]
        [DataRow("0903112233", 5)]
        [DataRow("098103112233", 6)]
        [DataRow("09820003112233", 7)]
        [DataRow("0984 00000001 AA", 7)]
        [DataRow("0A0141", 3)]
        [DataRow("0C0141", 3)]
        [DataRow("0400", 2)]
        [DataRow("0401 80", 3)]
        [DataRow("0408 FF", 3)]
        [DataRow("0409 FF80", 4)]
        [DataRow("0D12", 2)]
        [DataRow("0FFF", 2)]
        [DataRow("101234", 3)]
        [DataRow("1101", 2)]
        [DataRow("120102", 3)]
        [DataRow("140102030405060708", 9)]
        [DataRow("150102030405060708", 9)]
        [DataRow("161E", 2)]
        [DataRow("1701020304", 5)]
        [DataRow("180102030405060708", 9)]
        [DataRow("19 07EA0B16FF160500FFFDE400", 13)]
        [DataRow("1A 07EA0B1607", 6)]
        [DataRow("1B 16050000", 5)]
        [DataRow("0100", 2)]
        [DataRow("0200", 2)]
        [DataRow("0202 0FFF 161E", 6)]
        [DataRow("0102 0201 00 0202 1101 120102", 12)]
        public static void ValueIsMeasuredAndEveryCutIsIncomplete(string text, int length)
        {
            byte[] bytes = Hex.Parse(text + "00");
            Assert.AreEqual(length, CosemData.Measure(bytes, 0, bytes.Length));
            Assert.AreEqual(bytes.Length - 1, length);
            for (int cut = 0; cut < length; cut++)
            {
                Assert.AreEqual(CosemData.Incomplete, CosemData.Measure(bytes, 0, cut));
            }
        }

        [TestMethod]
        [DataRow("07")]
        [DataRow("08")]
        [DataRow("0B")]
        [DataRow("0E")]
        [DataRow("13010200")]
        [DataRow("1C")]
        [DataRow("FF")]
        [DataRow("0980")]
        [DataRow("0985 0000000001 AA")]
        [DataRow("0984 80000000")]
        [DataRow("0984 FFFFFFFF")]
        [DataRow("0202 00 FF")]
        public static void WhatIsNoValueIsMalformed(string text)
        {
            byte[] bytes = Hex.Parse(text);
            Assert.AreEqual(CosemData.Malformed, CosemData.Measure(bytes, 0, bytes.Length));
        }

        [TestMethod]
        public static void DepthIsLimited()
        {
            byte[] bytes = Hex.Parse(Hex.Repeat("0101", MaxDepth) + "00");
            Assert.AreEqual(bytes.Length, CosemData.Measure(bytes, 0, bytes.Length));
            bytes = Hex.Parse(Hex.Repeat("0101", MaxDepth + 1) + "00");
            Assert.AreEqual(CosemData.Malformed, CosemData.Measure(bytes, 0, bytes.Length));
            bytes = Hex.Parse(Hex.Repeat("0101", 1000));
            Assert.AreEqual(CosemData.Malformed, CosemData.Measure(bytes, 0, bytes.Length));
        }

        [TestMethod]
        public static void FailureSticks()
        {
            ApduReader reader = Open("01 02 03");
            reader.Take(4);
            Assert.IsFalse(reader.IsGood);
            Assert.AreEqual(0, reader.ReadU8());
            Assert.AreEqual(-1, reader.Peek());
            Assert.AreEqual(0, reader.ReadLength());
            Assert.AreEqual(0, reader.SkipData());
            Assert.IsFalse(reader.IsAtEnd);
            reader = Open("01 02 03");
            reader.Expect(2);
            Assert.IsFalse(reader.IsGood);
            reader = Open("01 02 03");
            reader.Take(-1);
            Assert.IsFalse(reader.IsGood);
        }

        [TestMethod]
        [DataRow("04 112233", false)]
        [DataRow("8104 112233", false)]
        [DataRow("84 7FFFFFFF 112233", false)]
        [DataRow("84 FFFFFFFF 112233", false)]
        [DataRow("03 112233", true)]
        public static void LengthNeverLeavesTheApdu(string text, bool good)
        {
            ApduReader reader = Open(text);
            int length = reader.ReadLength();
            Assert.AreEqual(good, reader.IsGood);
            Assert.AreEqual(good ? 3 : 0, length);
        }

        [TestMethod]
        public static void OctetsOfBothKinds()
        {
            ApduReader reader = Open("0902 AABB 0A01 41");
            Assert.AreEqual(2, reader.ReadOctets(out int length));
            Assert.AreEqual(2, length);
            Assert.AreEqual(6, reader.ReadOctets(out length));
            Assert.AreEqual(1, length);
            Assert.IsTrue(reader.IsAtEnd);
            reader = Open("0C01 41");
            Assert.AreEqual(0, reader.ReadOctets(out length));
            Assert.AreEqual(0, length);
            Assert.IsFalse(reader.IsGood);
        }

        [TestMethod]
        public static void WriterKeepsWithinItsCapacity()
        {
            var writer = new ApduWriter(4);
            writer.Open();
            writer.WriteU32(0x01020304);
            Assert.IsTrue(writer.IsGood);
            Assert.AreEqual("01020304", Hex.Format(writer.Buffer, ApduWriter.Start, writer.Length));
            writer.WriteU8(5);
            Assert.IsFalse(writer.IsGood);
            Assert.AreEqual(4, writer.Length);
            writer.Open();
            writer.Write(new byte[5], 0, 5);
            Assert.IsFalse(writer.IsGood);
            Assert.AreEqual(0, writer.Length);
            writer.Open();
            writer.WriteLength(0x7F);
            writer.WriteLength(0x80);
            Assert.AreEqual("7F8180", Hex.Format(writer.Buffer, ApduWriter.Start, writer.Length));
            writer.Open();
            writer.WriteLength(0x100);
            Assert.AreEqual("820100", Hex.Format(writer.Buffer, ApduWriter.Start, writer.Length));
        }

        [TestMethod]
        public static void RowsAreCutWhereverTheArrayIsCut()
        {
            byte[] array = Hex.Parse("0103 0201 1101 0202 1102 0901AA 0200");
            for (int first = 0; first <= array.Length; first++)
            {
                for (int second = first; second <= array.Length; second++)
                {
                    var f = new DlmsFixture();
                    var rows = new RowSplitter();
                    rows.Begin(f);
                    int taken = rows.Take(array, 0, first);
                    Assert.IsTrue(taken >= 0);
                    taken += rows.Take(array, taken, second);
                    Assert.AreEqual(second == array.Length, rows.IsComplete);
                    taken += rows.Take(array, taken, array.Length);
                    Assert.AreEqual(array.Length, taken);
                    Assert.IsTrue(rows.IsComplete);
                    Assert.AreEqual("02011101 020211020901AA 0200 ", f.Rows);
                }
            }
        }

        [TestMethod]
        [DataRow("0200")]
        [DataRow("0100 00")]
        [DataRow("0101 00 00")]
        [DataRow("0101 FF")]
        [DataRow("0180")]
        [DataRow("0183 010000")]
        public static void WhatIsNoArrayIsMalformed(string text)
        {
            byte[] bytes = Hex.Parse(text);
            var rows = new RowSplitter();
            rows.Begin(new DlmsFixture());
            Assert.AreEqual(RowSplitter.Malformed, rows.Take(bytes, 0, bytes.Length));
        }

        private static ApduReader Open(string text)
        {
            byte[] bytes = Hex.Parse(text);
            var reader = new ApduReader();
            reader.Open(bytes, 0, bytes.Length);
            return reader;
        }
    }
}
