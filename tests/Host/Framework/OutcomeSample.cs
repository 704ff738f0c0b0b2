using System;
using nanoFramework.TestFramework;

namespace NanoComm.Tests.Host.Framework
{
    internal static class OutcomeSample
    {
        [TestMethod]
        public static void Passes()
        {
            Assert.AreEqual(1, 1);
            Assert.ThrowsException(typeof(ArgumentException), () => throw new ArgumentException());
        }

        [TestMethod]
        public static void FailsByAssert()
        {
            Assert.AreEqual(1, 2);
        }

        [TestMethod]
        public static void FailsByCollectionAssert()
        {
            CollectionAssert.AreEqual(new byte[] { 1, 2 }, new byte[] { 1, 3 });
        }

        [TestMethod]
        public static void FailsByException()
        {
            throw new InvalidOperationException();
        }

        [TestMethod]
        public static void Skips()
        {
            Assert.SkipTest("not on this board");
        }
    }
}
