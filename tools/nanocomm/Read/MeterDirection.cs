namespace NanoComm.Tool
{
    /// <summary>Which way energy flows.</summary>
    internal enum MeterDirection
    {
        /// <summary>From the grid to the customer.</summary>
        Normal,

        /// <summary>From the customer to the grid.</summary>
        Reverse,
    }
}
