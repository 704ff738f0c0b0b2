using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class PortableSha256Tests
    {
        [TestMethod]
        // FIPS 180-4 examples (NIST): nothing, "abc", two blocks.
        [DataRow("", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
        [DataRow("616263", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
        [DataRow("6162636462636465636465666465666765666768666768696768696A68696A6B696A6B6C6A6B6C6D6B6C6D6E6C6D6E6F"
            + "6D6E6F706E6F7071", "248D6A61D20638B8E5C026930C3E6039A33CE45964FF2167F6ECEDD419DB06C1")]
        public static void HashesAsTheStandardDoes(string message, string hash)
        {
            byte[] result = PortableSha256.Hash(Hex.Parse(message));

            Assert.AreEqual(hash, Hex.Format(result, 0, result.Length));
        }
    }
}
