namespace NanoComm.Tool
{
    /// <summary>What the unit stands in, with the losses that requirement R32 gives.</summary>
    internal enum Enclosure
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>A meter box, on average.</summary>
        MeterBox,

        /// <summary>A meter box, at most.</summary>
        MeterBoxWorst,

        /// <summary>A cubicle with its door closed, on average.</summary>
        Cubicle,
    }
}
