namespace NanoComm.Dlms
{
    /// <summary>Tags of the common data types (IEC 62056-6-2, 4.1.5).</summary>
    public static class CosemType
    {
        /// <summary>Nothing.</summary>
        public const byte Null = 0;

        /// <summary>Any number of elements of one type.</summary>
        public const byte Array = 1;

        /// <summary>A fixed number of elements of any types.</summary>
        public const byte Structure = 2;

        /// <summary>One byte.</summary>
        public const byte Boolean = 3;

        /// <summary>Length in bits, then the bits.</summary>
        public const byte BitString = 4;

        /// <summary>32 bits, signed.</summary>
        public const byte DoubleLong = 5;

        /// <summary>32 bits, unsigned.</summary>
        public const byte DoubleLongUnsigned = 6;

        /// <summary>Length and bytes.</summary>
        public const byte OctetString = 9;

        /// <summary>Length and ASCII characters.</summary>
        public const byte VisibleString = 10;

        /// <summary>Length and UTF-8 characters.</summary>
        public const byte Utf8String = 12;

        /// <summary>8 bits, signed.</summary>
        public const byte Integer = 15;

        /// <summary>16 bits, signed.</summary>
        public const byte Long = 16;

        /// <summary>8 bits, unsigned.</summary>
        public const byte Unsigned = 17;

        /// <summary>16 bits, unsigned.</summary>
        public const byte LongUnsigned = 18;

        /// <summary>64 bits, signed.</summary>
        public const byte Long64 = 20;

        /// <summary>64 bits, unsigned.</summary>
        public const byte Long64Unsigned = 21;

        /// <summary>One byte.</summary>
        public const byte Enum = 22;

        /// <summary>12 bytes.</summary>
        public const byte DateTime = 25;

        /// <summary>5 bytes.</summary>
        public const byte Date = 26;

        /// <summary>4 bytes.</summary>
        public const byte Time = 27;
    }
}
