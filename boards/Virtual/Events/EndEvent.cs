using System.Collections.Generic;

namespace NanoComm.Virtual.Events
{
    /// <summary>The unit ends: everything that was counted.</summary>
    internal sealed record EndEvent() : JsonEvent("end")
    {
        public int Readings { get; init; }

        public int LiveReadings { get; init; }

        public int Requests { get; init; }

        public int Answers { get; init; }

        public int Notifications { get; init; }

        /// <summary>Frames dropped, by reason.</summary>
        public IReadOnlyDictionary<string, int> Drops { get; init; }

        public int Lost { get; init; }

        public int SendFailures { get; init; }

        public int SelectorsRefused { get; init; }

        public int Terminals { get; init; }

        public int ProvenTerminals { get; init; }

        public int Greeted { get; init; }

        public int LoopFailures { get; init; }

        public int ReadFailures { get; init; }

        /// <summary>Bytes on the line to the metering unit, both ways.</summary>
        public int LinkBytes { get; init; }

        public int LinkRetransmissions { get; init; }

        public int LinkTimeouts { get; init; }

        public int LinkWriteFailures { get; init; }

        public int LinkFrameRejects { get; init; }

        public int LinkUnexpected { get; init; }

        public int LinkNoiseBytes { get; init; }

        /// <summary>What that line brought and was dropped, by reason.</summary>
        public IReadOnlyDictionary<string, int> LinkDrops { get; init; }

        public int Differences { get; init; }

        /// <summary>Null without a module.</summary>
        public WiSunData WiSun { get; init; }

        /// <summary>Null without Wi-Fi.</summary>
        public WifiData Wifi { get; init; }

        public PowerData PowerBudget { get; init; }
    }
}
