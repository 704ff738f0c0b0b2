namespace NanoComm.Simulators.Dlms
{
    /// <summary>Exception responses (Green Book 9.5): plain, and so no more than a hint to the client.</summary>
    public static class ExceptionResponse
    {
        private const byte ServiceNotAllowed = 1;
        private const byte ServiceUnknown = 2;

        /// <summary>Not in this state or not for this association.</summary>
        public static byte[] NotAllowed => [ApduTag.Exception, ServiceNotAllowed, 1];

        /// <summary>The service is not supported here.</summary>
        public static byte[] NotSupported => [ApduTag.Exception, ServiceUnknown, 2];

        /// <summary>Malformed, or cannot be answered.</summary>
        public static byte[] Other => [ApduTag.Exception, ServiceNotAllowed, 3];

        /// <summary>Too long.</summary>
        public static byte[] TooLong => [ApduTag.Exception, ServiceNotAllowed, 4];

        /// <summary>Did not verify, or was replayed: which of the two is nobody's business.</summary>
        public static byte[] NotDeciphered => [ApduTag.Exception, ServiceNotAllowed, 5];

        /// <summary>What a misbehaving server sends: the counter that it expects.</summary>
        public static byte[] WithCounter(uint counter)
        {
            return new AxdrWriter().Byte(ApduTag.Exception).Byte(ServiceNotAllowed).Byte(6).UInt32(counter).ToArray();
        }
    }
}
