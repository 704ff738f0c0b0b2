using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace NanoComm.Tool
{
    /// <summary>What has passed in a simulated air since its start.</summary>
    /// <param name="Frames">Frames sent, repetitions included.</param>
    /// <param name="DatagramsLost">Datagrams lost although their frames arrived.</param>
    /// <param name="Ports">The modules.</param>
    internal sealed record AirCounts(long Frames, long DatagramsLost, IReadOnlyList<AirPortCounts> Ports)
    {
        /// <summary>What has passed in all, for people.</summary>
        public string Passed => string.Create(CultureInfo.InvariantCulture, $"frames in the air {Frames:N0}, datagrams lost {DatagramsLost:N0}");

        /// <summary>The same for programs.</summary>
        public JsonObject ToJson()
        {
            return new JsonObject
            {
                ["frames"] = Frames,
                ["datagramsLost"] = DatagramsLost,
                ["ports"] = new JsonArray(Ports.Select(port => (JsonNode)port.ToJson()).ToArray()),
            };
        }

        /// <inheritdoc/>
        public override string ToString() => Passed + string.Concat(Ports.Select(port => $"; {port}"));
    }
}
