using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The host-side command line.</summary>
    internal static class Program
    {
        private static int Main(string[] args)
        {
            var command = new RootCommand("nanoComm on the bench: simulated counterparts for a board, and what commissioning takes.")
            {
                MeteringUnitCommand.Make(), CredentialsCommand.Make(), HemsCommand.Make(),
            };
            return HostProgram.Run("nanocomm", command, args);
        }
    }
}
