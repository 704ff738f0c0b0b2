using System.IO;
using NanoComm.CommandLine;
using NanoComm.Records;

namespace NanoComm.Tool
{
    /// <summary>The record folder of a unit that is there already.</summary>
    internal static class UnitFolder
    {
        /// <summary>Opens it.</summary>
        /// <param name="folder">What the user gave for <c>--store</c>.</param>
        /// <exception cref="UserError">There is no such folder, or it cannot be used.</exception>
        public static DurableStore Open(string folder)
        {
            return Directory.Exists(folder)
                ? new DurableStore(HostOptions.Open(folder))
                : throw new UserError($"--store: there is no folder {folder}; give the record folder of a unit, as the virtual "
                    + "board's --store");
        }
    }
}
