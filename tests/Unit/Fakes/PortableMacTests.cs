using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class PortableMacTests
    {
        private const string LongKeyMessage =
            "54657374205573696E67204C6172676572205468616E20426C6F636B2D53697A65204B6579202D2048617368204B657920"
            + "4669727374";

        [TestMethod]
        // RFC 4231, test cases 1, 2, 3 and 6.
        [DataRow("0B", 20, "4869205468657265", "B0344C61D8DB38535CA8AFCEAF0BF12B881DC200C9833DA726E9376C2E32CFF7")]
        [DataRow("4A656665", 1, "7768617420646F2079612077616E7420666F72206E6F7468696E673F",
            "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843")]
        [DataRow("AA", 20, "DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD",
            "773EA91E36800E46854DB8EBD09181A72959098B3EF8C122D9635514CED565FE")]
        [DataRow("AA", 131, LongKeyMessage, "60E431591EE0B67F0D8A26AACBF5B77F8E0BC6213728C5140546040F0EE37F54")]
        public static void AuthenticatesAsTheStandardDoes(string key, int times, string message, string code)
        {
            byte[] buffer = Hex.Parse("A5" + message + "5A");
            var mac = new PortableMac(Hex.Parse(Hex.Repeat(key, times)));
            var result = new byte[mac.Length];

            mac.Compute(buffer, 1, buffer.Length - 2, result);

            Assert.AreEqual(code, Hex.Format(result, 0, result.Length));
        }
    }
}
