namespace NanoComm.Tool
{
    /// <summary>State of a unit's record <c>pair-state</c>.</summary>
    internal enum PairStage
    {
        Unpaired = 0,
        TicketLoaded = 1,
        Pairing = 2,
        Paired = 3,
        Refused = 4,
        Retired = 5,
    }
}
