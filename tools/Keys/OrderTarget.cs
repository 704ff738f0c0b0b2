namespace NanoComm.Keys
{
    /// <summary>The meter that a unit is paired with, as far as the ledger knows.</summary>
    /// <param name="Meter">The meter of its newest ticket.</param>
    /// <param name="Before">Another meter, that it was paired with before, as long as no receipt tells that the ticket was used;
    /// null where there is none.</param>
    public sealed record OrderTarget(SystemTitle Meter, SystemTitle? Before);
}
