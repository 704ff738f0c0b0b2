namespace NanoComm.Keys
{
    /// <summary>What the ledger thinks of a unit.</summary>
    public enum UnitState
    {
        /// <summary>Tickets can be made for it.</summary>
        Enrolled = 1,

        /// <summary>Lost or stolen: no ticket is made for it any more.</summary>
        Revoked = 2,

        /// <summary>It proved that it erased its factory keys: no ticket for it could be read any more.</summary>
        Erased = 3,
    }
}
