namespace NanoComm.Tool
{
    /// <summary>Detail of a unit's record <c>pair-state</c>.</summary>
    internal enum PairDetail
    {
        None = 0,
        NoAnswer = 1,
        WrongMeter = 2,
        NewerTicket = 3,
        Expired = 4,
        Unreadable = 5,
        CommitRefused = 6,
        NotAuthentic = 7,
        StoreFailed = 8,
        BadTicket = 9,
        NotNewer = 10,
        NoFactoryKeys = 11,
        Replaced = 12,
        RetiredByOrder = 13,
        ErasedByBench = 14,
        Senseless = 15,
    }
}
