using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The host-side command line.</summary>
    internal static class Program
    {
        internal static int Main(string[] args) => HostProgram.Run("nanocomm", MakeCommand(), args);

        /// <summary>All commands.</summary>
        internal static RootCommand MakeCommand()
        {
            return new RootCommand(
                "nanoComm beside the unit: planning, key office, factory, field swap, orders, meters, commissioning, boards, and simulated counterparts for a bench.")
            {
                BoardCommand.Make(),
                ConformCommand.Make(),
                CredentialsCommand.Make(),
                FactoryCommand.Make(),
                FlashCommand.Make(),
                HemsCommand.Make(),
                HilCommand.Make(),
                KmsCommand.Make(),
                LinkCommand.Make(),
                LogCommand.Make(),
                MeterCommand.Make(),
                MeteringUnitCommand.Make(),
                MqttCommand.Make(),
                OrderCommand.Make(),
                PlotCommand.Make(),
                PowerCommand.Make(),
                ReadCommand.Make(),
                SwapCommand.Make(),
                ZeroiseCommand.Make(),
            };
        }
    }
}
