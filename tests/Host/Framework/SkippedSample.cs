using nanoFramework.TestFramework;

namespace NanoComm.Tests.Host.Framework
{
    internal static class SkippedSample
    {
        public static bool Ran { get; private set; }

        [Setup]
        public static void Prepare()
        {
            Assert.SkipTest("not on this board");
        }

        [TestMethod]
        public static void Never()
        {
            Ran = true;
        }
    }
}
