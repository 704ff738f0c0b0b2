using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The section "Vectors" of a page in docs.</summary>
    internal static class VectorTable
    {
        /// <summary>Reads it.</summary>
        /// <param name="page">The file's name.</param>
        public static Dictionary<string, byte[]> Load(string page)
        {
            var rows = new Dictionary<string, byte[]>();
            bool isSection = false;
            foreach (string line in File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, page)))
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
