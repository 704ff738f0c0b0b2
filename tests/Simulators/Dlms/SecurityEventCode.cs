namespace NanoComm.Simulators.Dlms
{
    /// <summary>What the security event log tells apart.</summary>
    public enum SecurityEventCode : byte
    {
        /// <summary>The unit started.</summary>
        PowerUp = 1,

        /// <summary>A client was authenticated.</summary>
        Associated = 2,

        /// <summary>An association was refused: unknown context, mechanism or title, or a malformed request.</summary>
        AssociationRefused = 3,

        /// <summary>Authentication failed: a proof or a tag did not verify before the association was there.</summary>
        AuthenticationFailed = 4,

        /// <summary>A message of an association did not verify.</summary>
        DecipheringFailed = 5,

        /// <summary>A counter was not higher than the one before.</summary>
        CounterReplayed = 6,

        /// <summary>An attribute or method was asked for that the association has no right to.</summary>
        AccessDenied = 7,

        /// <summary>The clock was set.</summary>
        ClockSet = 8,

        /// <summary>The granularity to be sent up was switched.</summary>
        GranularitySwitched = 9,

        /// <summary>The pairing was replaced.</summary>
        PairingReplaced = 10,
    }
}
