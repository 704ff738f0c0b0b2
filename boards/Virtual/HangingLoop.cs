using System.Collections.Generic;
using NanoComm.Audit;
using NanoComm.Supervision;

namespace NanoComm.Virtual
{
    /// <summary>Which loop is to hang, and from when on.</summary>
    /// <param name="Loop">Which.</param>
    /// <param name="From">Milliseconds after the start; 0 for its first step.</param>
    internal sealed record HangingLoop(SecurityEvent Loop, int From)
    {
        private const int Second = 1000;

        private static readonly Dictionary<string, SecurityEvent> Loops = new()
        {
            ["metering"] = SecurityEvent.MeteringHung,
            ["ip"] = SecurityEvent.IpPathHung,
            ["wisun"] = SecurityEvent.WiSunPathHung,
            ["records"] = SecurityEvent.RecordsHung,
            ["light"] = SecurityEvent.LightHung,
        };

        /// <summary>What loops are called on the command line.</summary>
        public static IEnumerable<string> Names => Loops.Keys;

        /// <summary>The loop's own name.</summary>
        public string Name => LoopWatch.NameOf(Loop);

        /// <summary>Reads <c>LOOP@AFTER</c>, the latter in seconds.</summary>
        /// <returns>Null when it is not that.</returns>
        public static HangingLoop Parse(string text)
        {
            string[] parts = text.Split('@');
            return parts.Length == 2 && Loops.TryGetValue(parts[0], out SecurityEvent loop)
                && LowSupply.TryRead(parts[1], 0, out int after) ? new HangingLoop(loop, after * Second) : null;
        }
    }
}
