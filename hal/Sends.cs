namespace NanoComm.Hal
{
    /// <summary>Whether a load sends by radio in a state, and on whose account.</summary>
    public enum Sends
    {
        /// <summary>It does not.</summary>
        Never = 0,

        /// <summary>Only what the firmware gives it, one thing at a time: no acknowledgement, no beacon.</summary>
        WhenAsked = 1,

        /// <summary>By itself too: acknowledgements, beacons, PANA, association.</summary>
        Unasked = 2,
    }
}
