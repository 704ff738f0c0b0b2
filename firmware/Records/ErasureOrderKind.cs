namespace NanoComm.Records
{
    /// <summary>Where an order to erase comes from (docs/pairing.md, `zeroise`).</summary>
    public enum ErasureOrderKind
    {
        /// <summary>A ticket to retire.</summary>
        Ticket = 1,

        /// <summary>A bench.</summary>
        Bench = 2,
    }
}
