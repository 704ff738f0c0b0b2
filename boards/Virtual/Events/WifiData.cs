namespace NanoComm.Virtual.Events
{
    /// <summary>Wi-Fi.</summary>
    internal sealed record WifiData
    {
        public string State { get; init; }

        /// <summary>Its name.</summary>
        public string AccessPoint { get; init; }

        /// <summary>Local address and port; null without one.</summary>
        public string Address { get; init; }

        /// <summary>Signal; null without one.</summary>
        public int? Dbm { get; init; }

        /// <summary>Its planning limit.</summary>
        public int DbmLimit { get; init; }

        /// <summary>How often the radio was started.</summary>
        public int Attempts { get; init; }
    }
}
