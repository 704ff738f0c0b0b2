namespace NanoComm.Supervision
{
    /// <summary>What the light tells; <see cref="UnitLight"/> says how.</summary>
    public enum LightPattern
    {
        /// <summary>Nothing: no power, or the unit is starting.</summary>
        None = 0,

        /// <summary>Not paired, and no ticket: load one.</summary>
        Unpaired = 1,

        /// <summary>A ticket is there and is about to be used.</summary>
        TicketLoaded = 2,

        /// <summary>A ticket is being used: leave everything as it is.</summary>
        Pairing = 3,

        /// <summary>Paired, and readings arrive: done.</summary>
        Reading = 4,

        /// <summary>No reading: the metering unit does not answer, or not properly.</summary>
        NoReading = 5,

        /// <summary>The ticket was refused; the tool tells why.</summary>
        Refused = 6,

        /// <summary>Replaced by another unit, retired or erased: take it off.</summary>
        Retired = 7,

        /// <summary>Paired, and readings arrive, but the metering unit does not give all of it.</summary>
        ReadingWithGaps = 8,

        /// <summary>Paired, and it restarted itself within the last hour because a part of it hung, or is about to.</summary>
        LoopHung = 9,
    }
}
