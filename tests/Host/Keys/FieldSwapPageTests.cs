using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.Pairing;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>docs/field-swap.md tells the technician what his tool tells him.</summary>
    internal static class FieldSwapPageTests
    {
        private static readonly string[][] Rows = File
            .ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "field-swap.md"))
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToArray();

        [Test]
        public static void Each_reason_has_its_row()
        {
            IEnumerable<string> told = Enum.GetValues<PairingDetail>().Where(detail => detail != PairingDetail.None)
                .Select(detail => $"{(int)detail}: {SwapAdvice.What(detail)} {SwapAdvice.Do(detail)}");
            IEnumerable<string> written = Rows.Where(row => int.TryParse(row[0], out _))
                .Select(row => $"{row[0]}: {row[1]} {row[2]}");
            Assert.That(written, Is.EqualTo(told));
        }

        [Test]
        public static void Each_light_has_its_row()
        {
            int first = Array.FindIndex(Rows, row => row[0] == "Light") + 2;
            IEnumerable<string> written = Rows.Skip(first).TakeWhile(row => row[0] != "Code").Select(row => row[0]);
            Assert.That(written, Is.EqualTo(SwapAdvice.Lights.Select(row => row.Light)));
        }
    }
}
