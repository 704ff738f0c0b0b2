using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class PortableAesTests
    {
        [TestMethod]
        // FIPS 197, appendix B and C.1.
        [DataRow("2B7E151628AED2A6ABF7158809CF4F3C", "3243F6A8885A308D313198A2E0370734",
            "3925841D02DC09FBDC118597196A0B32")]
        [DataRow("000102030405060708090A0B0C0D0E0F", "00112233445566778899AABBCCDDEEFF",
            "69C4E0D86A7B0430D8CDB78070B4C55A")]
        // NIST SP 800-38A, F.1.1: four blocks at once.
        [DataRow("2B7E151628AED2A6ABF7158809CF4F3C",
            "6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51"
            + "30C81C46A35CE411E5FBC1191A0A52EFF69F2445DF4F9B17AD2B417BE66C3710",
            "3AD77BB40D7A3660A89ECAF32466EF97F5D3D58503B9699DE785895A96FDBAAF"
            + "43B1CD7F598ECE23881B00E3ED0306887B0C785E27E8AD3F8223207104725DD4")]
        public static void EncryptsAndDecrypts(string key, string plain, string cipher)
        {
            byte[] text = Hex.Parse("A5" + plain + "5A");
            int blocks = plain.Length / 32;
            var aes = new PortableAes(Hex.Parse(key));

            aes.Encrypt(text, 1, blocks);
            Assert.AreEqual("A5" + cipher + "5A", Hex.Format(text, 0, text.Length));

            aes.Decrypt(text, 1, blocks);
            Assert.AreEqual("A5" + plain + "5A", Hex.Format(text, 0, text.Length));
        }
    }
}
