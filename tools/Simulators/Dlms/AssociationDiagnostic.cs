namespace NanoComm.Simulators.Dlms
{
    /// <summary>What an AARE says about its result (ACSE service user).</summary>
    public enum AssociationDiagnostic : byte
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>No reason given.</summary>
        NoReason = 1,

        /// <summary>Application context not supported.</summary>
        ContextNotSupported = 2,

        /// <summary>Authentication mechanism not recognised.</summary>
        MechanismNotRecognised = 11,

        /// <summary>Authentication failure.</summary>
        AuthenticationFailure = 13,

        /// <summary>Authentication required: HLS passes 3 and 4 follow.</summary>
        AuthenticationRequired = 14,
    }
}
