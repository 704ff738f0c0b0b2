using NanoComm.Echonet;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class PropertyMapTests
    {
        [TestMethod]
        [DataRow("", "00")]
        [DataRow("D5", "01D5")]
        [DataRow("80D5", "0280D5")]
        [DataRow("80818288", "0480818288")]
        [DataRow("D58088", "038088D5")]
        public static void FewerThan16PropertiesAreCountAndCodes(string epcs, string edt)
        {
            Assert.AreEqual(edt, Encode(epcs));
        }

        [TestMethod]
        public static void FifteenPropertiesAreStillCodes()
        {
            Assert.AreEqual("0F808182838485868788898A8B8C8D8E", Encode("808182838485868788898A8B8C8D8E"));
        }

        [TestMethod]
        public static void SixteenPropertiesAreABitmap()
        {
            Assert.AreEqual("10" + "01010101010101010101010101010101", Encode("808182838485868788898A8B8C8D8E8F"));
        }

        [TestMethod]
        public static void CheckVectorOf29Properties()
        {
            Assert.AreEqual(
                "1D71414161004000624300414040434242",
                Encode("8081828388" + "8A8D97989D" + "9E9FC0D0D3" + "D7E0E1E2E3" + "E5E7E8EAEB" + "ECEDEEEF"));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("80D5")]
        [DataRow("808182838485868788898A8B8C8D8E8F")]
        [DataRow("8090A0B0C0D0E0F08F9FAFBFCFDFEFFF")]
        public static void AnAccessIsThatOfItsPropertiesAndOfNoOthers(string epcs)
        {
            byte[] codes = Hex.Parse(epcs);
            EchonetObject owner = new TableObject(codes);
            for (int epc = 0; epc <= 0xFF; epc++)
            {
                bool expected = false;
                for (int i = 0; i < codes.Length; i++)
                {
                    expected |= codes[i] == epc;
                }

                Assert.AreEqual(expected, owner.Allows((byte)epc, Access.Set), epc.ToString("X2"));
                Assert.IsFalse(owner.IsAnnounced((byte)epc), epc.ToString("X2"));
            }
        }

        [TestMethod]
        public static void WritesWhereItIsToldOverWhatWasThere()
        {
            byte[] buffer = Hex.Parse("EEEEEEEEEEEEEEEE");
            int length = new TableObject(Hex.Parse("80D5")).WriteMap(buffer, 3);
            Assert.AreEqual(3, length);
            Assert.AreEqual("EEEEEE0280D5EEEE", Hex.Format(buffer, 0, buffer.Length));
        }

        private static string Encode(string epcs)
        {
            byte[] buffer = Hex.Parse(Hex.Repeat("EE", 17));
            int length = new TableObject(Hex.Parse(epcs)).WriteMap(buffer, 0);
            return Hex.Format(buffer, 0, length);
        }
    }
}
