namespace NanoComm.Simulators.Dlms
{
    /// <summary>Tags of the APDUs that this server knows (Green Book 9.5).</summary>
    public static class ApduTag
    {
        /// <summary>initiateRequest, plain.</summary>
        public const byte InitiateRequest = 0x01;

        /// <summary>initiateResponse, plain.</summary>
        public const byte InitiateResponse = 0x08;

        /// <summary>confirmedServiceError.</summary>
        public const byte ConfirmedServiceError = 0x0E;

        /// <summary>Ciphered initiateRequest.</summary>
        public const byte GloInitiateRequest = 0x21;

        /// <summary>Ciphered initiateResponse.</summary>
        public const byte GloInitiateResponse = 0x28;

        /// <summary>AARQ.</summary>
        public const byte Aarq = 0x60;

        /// <summary>AARE.</summary>
        public const byte Aare = 0x61;

        /// <summary>RLRQ.</summary>
        public const byte Rlrq = 0x62;

        /// <summary>RLRE.</summary>
        public const byte Rlre = 0x63;

        /// <summary>GET request.</summary>
        public const byte GetRequest = 0xC0;

        /// <summary>SET request.</summary>
        public const byte SetRequest = 0xC1;

        /// <summary>ACTION request.</summary>
        public const byte ActionRequest = 0xC3;

        /// <summary>GET response.</summary>
        public const byte GetResponse = 0xC4;

        /// <summary>SET response.</summary>
        public const byte SetResponse = 0xC5;

        /// <summary>ACTION response.</summary>
        public const byte ActionResponse = 0xC7;

        /// <summary>exceptionResponse.</summary>
        public const byte Exception = 0xD8;

        /// <summary>general-ciphering.</summary>
        public const byte GeneralCiphering = 0xDD;

        /// <summary>From the tag of a plain service to that of the same one under the global key.</summary>
        public const byte GlobalOffset = 0x08;
    }
}
