namespace NanoComm.Keys
{
    /// <summary>Where a ledger's epochs go on.</summary>
    /// <param name="Next">The next epoch.</param>
    /// <param name="Last">The highest one known to have been given out; 0 before the first.</param>
    /// <param name="IsElsewhere">Whether the ledger was moved or restored to a place where nothing tells what it gave out
    /// last: then room is left for what it may have forgotten.</param>
    /// <param name="IsJump">Whether the next epoch is so far above the last one that the clock may be wrong: then it takes
    /// a confirmation.</param>
    /// <param name="IsAheadOfClock">Whether it is a jump because the next epoch is far above the time: then what says which
    /// one was given out last may be wrong, or the clock is behind.</param>
    public sealed record EpochOutlook(uint Next, uint Last, bool IsElsewhere, bool IsJump, bool IsAheadOfClock = false);
}
