namespace NanoComm.Keys
{
    /// <summary>What became of a ticket.</summary>
    public enum TicketState
    {
        /// <summary>Given out, or lost on the way: nothing was heard of it.</summary>
        Issued = 1,

        /// <summary>Carried out: a receipt or an erasure record came back.</summary>
        Done = 2,

        /// <summary>A ticket with a higher epoch was carried out at the same meter, which now refuses this one.</summary>
        Outdated = 3,

        /// <summary>Said to be lost. It stays usable until a higher epoch is staged at the meter.</summary>
        Revoked = 4,
    }
}
