using System.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>meter</c>.</summary>
    internal static class MeterCommand
    {
        public static Command Make()
        {
            return new Command("meter", "A metering unit over the utility's association: profiles, soft switch, security events.")
            {
                MeterProfile.Make(),
                MeterSwitch.Make(),
                MeterEvents.Make(),
            };
        }
    }
}
