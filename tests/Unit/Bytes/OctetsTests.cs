using NanoComm.Bytes;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class OctetsTests
    {
        [TestMethod]
        public static void EachByteOfTheRangesCounts()
        {
            byte[] a = Hex.Parse("00 010203 00");
            for (int i = 0; i < 3; i++)
            {
                byte[] b = Hex.Parse("010203");
                Assert.IsTrue(Octets.AreEqual(a, 1, b, 0, 3));
                b[i] ^= 0x80;
                Assert.IsFalse(Octets.AreEqual(a, 1, b, 0, 3));
            }
        }

        [TestMethod]
        public static void WhatIsBesideTheRangesDoesNot()
        {
            Assert.IsTrue(Octets.AreEqual(Hex.Parse("AA0102BB"), 1, Hex.Parse("CC0102DD"), 1, 2));
            Assert.IsTrue(Octets.AreEqual(Hex.Parse("01"), 0, Hex.Parse("02"), 0, 0), "none are equal");
        }

        [TestMethod]
        public static void APartIsACopy()
        {
            byte[] buffer = Hex.Parse("00010203");
            byte[] part = Octets.Part(buffer, 1, 2);
            buffer[1] = 0xFF;
            Assert.AreEqual("0102", Hex.Format(part, 0, part.Length));
            Assert.AreEqual(0, Octets.Part(buffer, 4, 0).Length);
        }
    }
}
