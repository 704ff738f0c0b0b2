namespace NanoComm.Power
{
    /// <summary>What power is asked for: the more urgent goes first, whoever asks.</summary>
    public enum Urgency
    {
        /// <summary>To send an answer or an announcement.</summary>
        Traffic = 0,

        /// <summary>To be in service.</summary>
        Service = 1,

        /// <summary>To look for networks or noise.</summary>
        Scan = 2,
    }
}
