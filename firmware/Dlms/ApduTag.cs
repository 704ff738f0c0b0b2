namespace NanoComm.Dlms
{
    /// <summary>First bytes of APDUs (IEC 62056-5-3, clause 8).</summary>
    public static class ApduTag
    {
        /// <summary>AARQ, association request.</summary>
        public const byte Aarq = 0x60;

        /// <summary>AARE, association response.</summary>
        public const byte Aare = 0x61;

        /// <summary>xDLMS InitiateRequest.</summary>
        public const byte InitiateRequest = 0x01;

        /// <summary>xDLMS InitiateResponse.</summary>
        public const byte InitiateResponse = 0x08;

        /// <summary>ConfirmedServiceError.</summary>
        public const byte ConfirmedServiceError = 0x0E;

        /// <summary>InitiateRequest, ciphered with the global key.</summary>
        public const byte GloInitiateRequest = 0x21;

        /// <summary>InitiateResponse, ciphered with the global key.</summary>
        public const byte GloInitiateResponse = 0x28;

        /// <summary>GET request.</summary>
        public const byte GetRequest = 0xC0;

        /// <summary>ACTION request.</summary>
        public const byte ActionRequest = 0xC3;

        /// <summary>GET response.</summary>
        public const byte GetResponse = 0xC4;

        /// <summary>ACTION response.</summary>
        public const byte ActionResponse = 0xC7;

        /// <summary>From a service's tag to that of its form ciphered with the global key: C0 to C8, C7 to
        /// CF.</summary>
        public const byte GloBit = 0x08;

        /// <summary>Exception response.</summary>
        public const byte ExceptionResponse = 0xD8;
    }
}
