using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The section "Vectors" of docs/pairing.md.</summary>
    internal static class PairingVectors
    {
        private static readonly Dictionary<string, byte[]> Rows = Load();

        /// <summary>A copy of the bytes in the row of that name.</summary>
        public static byte[] Get(string name) => [.. Rows[name]];

        private static Dictionary<string, byte[]> Load()
        {
            var rows = new Dictionary<string, byte[]>();
            bool isSection = false;
            foreach (string line in File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "pairing.md")))
            {
                if (line.StartsWith("## ", StringComparison.Ordinal))
                {
                    isSection = line == "## Vectors";
                }

                string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
                if (isSection && cells.Length == 4 && cells[2].StartsWith('`'))
                {
                    rows.Add(cells[1], Convert.FromHexString(cells[2].Trim('`')));
                }
            }

            return rows;
        }
    }
}
