using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>factory</c>: what the line does with a lot of the key office.</summary>
    internal static class FactoryCommand
    {
        public static Command Make()
        {
            return new Command("factory", "On the line: put the keys of a lot (kms enroll --titles or --first) into its units, one at a time, "
                + "and report to the key office. What was written is kept beside the lot, in LOT.journal.")
            {
                FactoryWrite.Make(), FactoryList.Make(), FactoryReportCommand.Make(),
            };
        }

        /// <summary><c>--lot</c>.</summary>
        public static Option<string> Lot()
        {
            Option<string> lot = HostOptions.PathTo("--lot", "FILE", "The lot.");
            lot.Required = true;
            return lot;
        }
    }
}
