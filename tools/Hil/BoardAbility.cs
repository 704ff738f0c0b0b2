namespace NanoComm.Hil
{
    /// <summary>What a scenario may need of a board and its bench.</summary>
    public enum BoardAbility
    {
        /// <summary>The line to the metering unit ends at the bench.</summary>
        MeteringLine,

        /// <summary>The line to the Wi-SUN module ends at the bench.</summary>
        WiSun,

        /// <summary>The board is reached over IP.</summary>
        Ip,

        /// <summary>The bench has a second address there.</summary>
        SecondTerminal,

        /// <summary>The board's log is read.</summary>
        Log,

        /// <summary>The board's power is switched.</summary>
        Power,

        /// <summary>Records are put into the board.</summary>
        PutRecords,

        /// <summary>Records of the board are read.</summary>
        ReadRecords,

        /// <summary>The board can be told that the metering clock runs faster.</summary>
        FastClock,

        /// <summary>Memory and descriptors of what the board is are seen.</summary>
        Resources,
    }
}
