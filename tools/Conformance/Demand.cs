namespace NanoComm.MeterConformance
{
    /// <summary>What a table of a standard says of Get, Set or announcement of a property.</summary>
    public enum Demand
    {
        /// <summary>Not applicable.</summary>
        None,

        /// <summary>A meter may have it.</summary>
        Optional,

        /// <summary>A meter has to have it.</summary>
        Required,

        /// <summary>Required, under a footnote that could not be read.</summary>
        Conditional,

        /// <summary>Required by a document that is known at second hand.</summary>
        SecondHand,
    }
}
