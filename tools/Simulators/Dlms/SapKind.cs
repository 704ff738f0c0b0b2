namespace NanoComm.Simulators.Dlms
{
    /// <summary>The associations that the metering unit offers, by client SAP.</summary>
    public enum SapKind : byte
    {
        /// <summary>The utility's management on the A route.</summary>
        Utility = 1,

        /// <summary>The active pairing.</summary>
        Pairing = 2,

        /// <summary>The pending pairing: to see how the pairing stands, and to commit.</summary>
        Pending = 3,

        /// <summary>Pre-established: takes a ticket, nothing else.</summary>
        Ticket = 4,

        /// <summary>Anybody: the logical device name, and how the pairing stands.</summary>
        Public = 16,
    }
}
