using NanoComm.Echonet;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class EchonetFrameTests
    {
        [TestMethod]
        [DataRow("10810001 05FF01 028801 62 01 80 00", (int)DropReason.None)]
        [DataRow("10810001 05FF01 028801 61 02 E5 01 00 81 01 08", (int)DropReason.None)]
        [DataRow("10810001 05FF01 028801 6E 01 E5 01 00 01 E2 00", (int)DropReason.None)]
        [DataRow("", (int)DropReason.TooShort)]
        [DataRow("10", (int)DropReason.TooShort)]
        [DataRow("1081", (int)DropReason.TooShort)]
        [DataRow("10810001 05FF01 028801 62 01 80", (int)DropReason.TooShort)]
        [DataRow("10810001 05FF01 028801 62 00", (int)DropReason.TooShort)]
        [DataRow("10820001 05FF01 028801 62 01 80 00", (int)DropReason.ArbitraryFormat)]
        [DataRow("1082", (int)DropReason.ArbitraryFormat)]
        [DataRow("10830001 05FF01 028801 62 01 80 00", (int)DropReason.NotEchonetLite)]
        [DataRow("11810001 05FF01 028801 62 01 80 00", (int)DropReason.NotEchonetLite)]
        [DataRow("81100001 05FF01 028801 62 01 80 00", (int)DropReason.NotEchonetLite)]
        [DataRow("FFFF", (int)DropReason.NotEchonetLite)]
        [DataRow("10810001 05FF01 028801 00 01 80 00", (int)DropReason.UnknownService)]
        [DataRow("10810001 05FF01 028801 64 01 80 00", (int)DropReason.UnknownService)]
        [DataRow("10810001 05FF01 028801 75 01 80 00", (int)DropReason.UnknownService)]
        [DataRow("10810001 05FF01 028801 5A 01 80 00", (int)DropReason.UnknownService)]
        [DataRow("10810001 05FF01 028801 62 00 80 00", (int)DropReason.NoProperties)]
        [DataRow("10810001 05FF01 028801 6E 00 01 E2 00", (int)DropReason.NoProperties)]
        [DataRow("10810001 05FF01 028801 6E 01 E5 01 00 00", (int)DropReason.NoProperties)]
        [DataRow("10810001 05FF01 028801 62 02 80 00", (int)DropReason.TruncatedProperty)]
        [DataRow("10810001 05FF01 028801 62 02 80 00 81", (int)DropReason.TruncatedProperty)]
        [DataRow("10810001 05FF01 028801 61 01 E5 01", (int)DropReason.TruncatedProperty)]
        [DataRow("10810001 05FF01 028801 61 01 E5 FF 00", (int)DropReason.TruncatedProperty)]
        [DataRow("10810001 05FF01 028801 62 FF 80 00", (int)DropReason.TruncatedProperty)]
        [DataRow("10810001 05FF01 028801 6E 01 E5 01 00", (int)DropReason.TruncatedProperty)]
        [DataRow("10810001 05FF01 028801 6E 01 E5 01 00 01", (int)DropReason.TruncatedProperty)]
        [DataRow("10810001 05FF01 028801 6E 01 E5 01 00 01 E2 01", (int)DropReason.TruncatedProperty)]
        [DataRow("10810001 05FF01 028801 62 01 80 00 00", (int)DropReason.TrailingBytes)]
        [DataRow("10810001 05FF01 028801 62 01 80 00 81 00", (int)DropReason.TrailingBytes)]
        [DataRow("10810001 05FF01 028801 6E 01 E5 01 00 01 E2 00 00", (int)DropReason.TrailingBytes)]
        public static void FormIsChecked(string frame, int reason)
        {
            byte[] bytes = Hex.Parse(frame);
            Assert.AreEqual(reason, (int)EchonetFrame.Check(bytes, bytes.Length));
        }

        [TestMethod]
        public static void EveryServiceOfTheStandardIsKnownAndNoOther()
        {
            byte[] known = Hex.Parse("50 51 52 53 5E 60 61 62 63 6E 71 72 73 74 7A 7E");
            for (int esv = 0; esv <= 0xFF; esv++)
            {
                bool expected = false;
                for (int i = 0; i < known.Length; i++)
                {
                    expected |= known[i] == esv;
                }

                // With two lists, so that SetGet and its answers are whole too; for the others these are trailing bytes.
                byte[] frame = Hex.Parse("10810001 05FF01 028801" + esv.ToString("X2") + "01 80 00 01 80 00");
                DropReason reason = EchonetFrame.Check(frame, frame.Length);
                Assert.AreEqual(expected, reason != DropReason.UnknownService, esv.ToString("X2"));
            }
        }

        [TestMethod]
        public static void LongestFrameIs1232Bytes()
        {
            byte[] longest = Hex.Parse("10810001 05FF01 028801 61 05"
                + Hex.Repeat("80 FF" + Hex.Repeat("00", 255), 4) + "80 BE" + Hex.Repeat("00", 190));
            Assert.AreEqual(1232, longest.Length);
            Assert.AreEqual((int)DropReason.None, (int)EchonetFrame.Check(longest, longest.Length));

            byte[] longer = Hex.Parse("10810001 05FF01 028801 61 05"
                + Hex.Repeat("80 FF" + Hex.Repeat("00", 255), 4) + "80 BF" + Hex.Repeat("00", 191));
            Assert.AreEqual((int)DropReason.TooLong, (int)EchonetFrame.Check(longer, longer.Length));
        }

        [TestMethod]
        public static void BytesBehindTheFrameAreNotLookedAt()
        {
            byte[] buffer = Hex.Parse("10810001 05FF01 028801 62 01 80 00 FFFFFFFF");
            Assert.AreEqual((int)DropReason.None, (int)EchonetFrame.Check(buffer, 14));
            Assert.AreEqual((int)DropReason.TooShort, (int)EchonetFrame.Check(buffer, 13));
        }

        [TestMethod]
        public static void HeaderIsWritten()
        {
            var buffer = new byte[12];
            EchonetFrame.WriteHeader(buffer, 0x12, 0xFE, Eoj.LowVoltageMeter, 0x05FF01, Esv.GetRes);
            Assert.AreEqual("108112FE02880105FF017200", Hex.Format(buffer, 0, buffer.Length));
        }
    }
}
