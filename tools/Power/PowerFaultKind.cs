namespace NanoComm.PowerPlanning
{
    /// <summary>What may be wrong with what a board declares.</summary>
    public enum PowerFaultKind
    {
        /// <summary>No supply, no rail, no load, no state, or no processor.</summary>
        NoFigures,

        /// <summary>Something comes twice, or before what it belongs to.</summary>
        Misplaced,

        /// <summary>A part or a name is there twice.</summary>
        LoadTwice,

        /// <summary>Two rails have one name.</summary>
        RailTwice,

        /// <summary>A load, or a rail, hangs on a rail that is not declared before it.</summary>
        UnknownRail,

        /// <summary>Nothing is left of the supply.</summary>
        NoBudget,

        /// <summary>A figure has no source, or one that says nothing.</summary>
        NoSource,

        /// <summary>The points of an efficiency do not rise, or are none.</summary>
        EfficiencyPoints,

        /// <summary>An efficiency is not within 1 to 1000 per mille.</summary>
        EfficiencyRange,

        /// <summary>A converter would take less for giving more.</summary>
        InputFalls,

        /// <summary>A power factor is not within 1 to 1000 per mille.</summary>
        PowerFactor,

        /// <summary>A current, voltage, capacitance or time is negative or impossible.</summary>
        Range,

        /// <summary>A transmit peak is below what the load draws without sending.</summary>
        TransmitPeak,

        /// <summary>A load that sends when asked has no longest transmission, or sends so in another state than the one in
        /// service.</summary>
        Burst,

        /// <summary>More than the firmware has room for.</summary>
        TooMany,

        /// <summary>A load's first state is not the one that draws least.</summary>
        FirstState,

        /// <summary>The firmware's model says less than the loads take.</summary>
        ModelTooLow,

        /// <summary>What is on before the firmware has run is more than the free share.</summary>
        PowerUp,

        /// <summary>What cannot be switched and the primary path are more than the free share.</summary>
        PrimaryPath,
    }
}
