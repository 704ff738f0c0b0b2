namespace NanoComm.Echonet
{
    /// <summary>ECHONET Lite service codes (ECHONET Lite specification part II, 3.2.5).</summary>
    public static class Esv
    {
        /// <summary>SetI could not be done wholly.</summary>
        public const byte SetISna = 0x50;

        /// <summary>SetC could not be done wholly.</summary>
        public const byte SetCSna = 0x51;

        /// <summary>Get could not be answered wholly.</summary>
        public const byte GetSna = 0x52;

        /// <summary>INF_REQ could not be answered.</summary>
        public const byte InfSna = 0x53;

        /// <summary>SetGet could not be done wholly.</summary>
        public const byte SetGetSna = 0x5E;

        /// <summary>Write, no answer wanted.</summary>
        public const byte SetI = 0x60;

        /// <summary>Write, answer wanted.</summary>
        public const byte SetC = 0x61;

        /// <summary>Read.</summary>
        public const byte Get = 0x62;

        /// <summary>Ask for a notification.</summary>
        public const byte InfReq = 0x63;

        /// <summary>Write, then read.</summary>
        public const byte SetGet = 0x6E;

        /// <summary>Answer to SetC.</summary>
        public const byte SetRes = 0x71;

        /// <summary>Answer to Get.</summary>
        public const byte GetRes = 0x72;

        /// <summary>Notification.</summary>
        public const byte Inf = 0x73;

        /// <summary>Notification that wants an acknowledgment.</summary>
        public const byte InfC = 0x74;

        /// <summary>Acknowledgment of INFC.</summary>
        public const byte InfCRes = 0x7A;

        /// <summary>Answer to SetGet.</summary>
        public const byte SetGetRes = 0x7E;
    }
}
