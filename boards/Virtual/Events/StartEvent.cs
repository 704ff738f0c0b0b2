using System.Collections.Generic;

namespace NanoComm.Virtual.Events
{
    /// <summary>The unit starts.</summary>
    internal sealed record StartEvent() : JsonEvent("start")
    {
        /// <summary>Local addresses with their port.</summary>
        public IEnumerable<string> Addresses { get; init; }

        /// <summary>How many times faster the metering clock runs.</summary>
        public int Speed { get; init; }

        /// <summary>The Wi-SUN module, and the way to the HEMS end.</summary>
        public WiSunPlace WiSun { get; init; }

        /// <summary>The simulated access point; null without Wi-Fi.</summary>
        public string Wifi { get; init; }

        /// <summary>Address of the page in a browser; null without one.</summary>
        public string Page { get; init; }
    }
}
