using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The host-side command line.</summary>
    internal static class Program
    {
        private static int Main(string[] args)
        {
            return HostProgram.Run("nanocomm",
                new RootCommand("nanoComm on the bench: simulated counterparts for a board.") { MeteringUnitCommand.Make() },
                args);
        }
    }
}
