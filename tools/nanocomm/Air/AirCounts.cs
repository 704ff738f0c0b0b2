using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NanoComm.Tool
{
    /// <summary>What has passed in a simulated air since its start.</summary>
    /// <param name="Frames">Frames sent, repetitions included.</param>
    /// <param name="DatagramsLost">Datagrams lost although their frames arrived.</param>
    /// <param name="Ports">The modules.</param>
    internal sealed record AirCounts(long Frames, long DatagramsLost, IReadOnlyList<AirPortCounts> Ports)
    {
        /// <inheritdoc/>
        public override string ToString()
        {
            return string.Create(CultureInfo.InvariantCulture, $"frames in the air {Frames:N0}, datagrams lost {DatagramsLost:N0}")
                + string.Concat(Ports.Select(port => $"; {port}"));
        }
    }
}
