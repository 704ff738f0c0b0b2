namespace NanoComm.MeterLink
{
    /// <summary>What the metering loop is doing.</summary>
    public enum MeteringState
    {
        /// <summary>No metering unit has answered since the start.</summary>
        Absent = 0,

        /// <summary>Readings arrive every minute.</summary>
        Reading = 1,

        /// <summary>The metering unit answered before, and does not now.</summary>
        Lost = 2,

        /// <summary>There is no pairing: a ticket is needed.</summary>
        Unpaired = 3,

        /// <summary>Another metering unit is at the line than the one of the pairing; nothing of it is served.</summary>
        WrongUnit = 4,

        /// <summary>What answers cannot prove that it is the metering unit of the pairing.</summary>
        NotAuthentic = 5,

        /// <summary>The metering unit answers, and refuses, or answers what makes no sense.</summary>
        Refused = 6,

        /// <summary>Readings arrive every minute, but the metering unit does not give all that should be there.</summary>
        ReadingWithGaps = 7,

        /// <summary>The metering unit is of another class than the one that this unit serves; nothing of it is served.
        /// </summary>
        OtherClass = 8,
    }
}
