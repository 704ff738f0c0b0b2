namespace NanoComm.Keys
{
    /// <summary>Who ordered a unit to erase.</summary>
    public enum ErasureOrder
    {
        /// <summary>A ticket to retire.</summary>
        Ticket = 1,

        /// <summary>The bench.</summary>
        Bench = 2,
    }
}
