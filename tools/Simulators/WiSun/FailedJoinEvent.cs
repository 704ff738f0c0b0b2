namespace NanoComm.Simulators.WiSun
{
    /// <summary>What a coordinator shows its host when a client does not get through PANA: nobody has written it
    /// down.</summary>
    public enum FailedJoinEvent
    {
        /// <summary>EVENT 24, as at the client's end.</summary>
        Event24,

        /// <summary>No event; only the PANA traffic is seen.</summary>
        Nothing,
    }
}
