using System;
using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The host-side command line.</summary>
    internal static class Program
    {
        // The commands that speak the user's language. The others are in English, whatever it is.
        private static readonly string[][] Speaking = [["board", "log"], ["hems"], ["swap"]];

        internal static int Main(string[] args)
        {
            LanguageChoice choice = LanguageChoice.Of(args, Speaking, Environment.GetEnvironmentVariable,
                OperatingSystem.IsWindows() ? Console.OutputEncoding : null);
            Words.Speak(choice.Language);
            if (choice.Warning is not null)
            {
                HostProgram.Warn(choice.Warning);
            }

            return HostProgram.Run("nanocomm", MakeCommand(), args);
        }

        /// <summary>All commands.</summary>
        internal static RootCommand MakeCommand()
        {
            return new RootCommand(
                "nanoComm beside the unit: planning, key office, factory, field swap, orders, meters, commissioning, boards, and simulated counterparts for a bench.")
            {
                AirCommand.Make(),
                BoardCommand.Make(),
                CompletionCommand.Make(),
                ConformCommand.Make(),
                CredentialsCommand.Make(),
                FactoryCommand.Make(),
                FlashCommand.Make(),
                FleetCommand.Make(),
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
