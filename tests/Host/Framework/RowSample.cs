using System.Collections.Generic;
using nanoFramework.TestFramework;

namespace NanoComm.Tests.Host.Framework
{
    internal static class RowSample
    {
        public static readonly List<string> Calls = new List<string>();

        [TestMethod]
        [DataRow(1, true, "a")]
        [DataRow(2, false, "b")]
        public static void WithRows(int number, bool flag, string text)
        {
            Calls.Add($"{number} {flag} {text}");
        }

        [TestMethod]
        [DataRow(1)]
        public static void WithRowOfAnotherType(byte number)
        {
            Calls.Add($"converted {number}");
        }

        [TestMethod]
        public static void WithoutRows()
        {
            Calls.Add("plain");
        }
    }
}
