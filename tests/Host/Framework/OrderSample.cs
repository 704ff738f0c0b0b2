using System.Collections.Generic;
using nanoFramework.TestFramework;

namespace NanoComm.Tests.Host.Framework
{
    internal static class OrderSample
    {
        public static readonly List<string> Calls = new List<string>();

        [Setup]
        public static void Prepare()
        {
            Calls.Add("setup");
        }

        [TestMethod]
        public static void First()
        {
            Calls.Add("test");
        }

        [TestMethod]
        public static void Second()
        {
            Calls.Add("test");
        }

        [Cleanup]
        public static void Finish()
        {
            Calls.Add("cleanup");
        }
    }
}
