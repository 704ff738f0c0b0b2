namespace NanoComm.Dlms
{
    /// <summary>Bits of the conformance block (IEC 62056-5-3, 7.3.1): 24 bits, bit 0 of the standard highest.</summary>
    public static class Conformance
    {
        /// <summary>GET responses in blocks.</summary>
        public const int BlockTransferWithGet = 0x001000;

        /// <summary>Several attributes in one GET.</summary>
        public const int MultipleReferences = 0x000200;

        /// <summary>GET.</summary>
        public const int Get = 0x000010;

        /// <summary>SET.</summary>
        public const int Set = 0x000008;

        /// <summary>GET of a part of an attribute.</summary>
        public const int SelectiveAccess = 0x000004;

        /// <summary>ACTION.</summary>
        public const int Action = 0x000001;

        /// <summary>What this client makes use of.</summary>
        public const int Proposed = BlockTransferWithGet | MultipleReferences | Get | SelectiveAccess | Action;
    }
}
