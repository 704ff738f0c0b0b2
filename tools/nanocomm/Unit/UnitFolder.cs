using System.IO;
using NanoComm.CommandLine;
using NanoComm.Records;

namespace NanoComm.Tool
{
    /// <summary>The record folder of a unit that is there already.</summary>
    internal static class UnitFolder
    {
        /// <summary>Opens it to put something in.</summary>
        /// <param name="folder">What the user gave for <c>--store</c>.</param>
        /// <param name="records">Records that the program goes by.</param>
        /// <exception cref="UserError">There is no such folder, or it cannot be used.</exception>
        public static DurableStore Open(string folder, params string[] records)
        {
            Check(folder);
            return new DurableStore(HostOptions.Open(folder, records));
        }

        /// <summary>Opens it to look, which takes no more than the right to read.</summary>
        /// <param name="folder">What the user gave for <c>--store</c>.</param>
        /// <exception cref="UserError">There is no such folder.</exception>
        public static DurableStore Look(string folder)
        {
            Check(folder);
            return new DurableStore(new UnitFiles(folder));
        }

        private static void Check(string folder)
        {
            if (!Directory.Exists(folder))
            {
                throw new UserError(Words.Of($"--store: there is no folder {folder}; give the record folder of a unit, as the virtual "
                    + $"board's --store"));
            }
        }
    }
}
