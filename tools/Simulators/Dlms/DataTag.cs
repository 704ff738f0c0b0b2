namespace NanoComm.Simulators.Dlms
{
    /// <summary>Tags of COSEM data (Green Book 9.5, Blue Book 4.1.5).</summary>
    public enum DataTag : byte
    {
        /// <summary>null-data.</summary>
        Null = 0,

        /// <summary>array.</summary>
        Array = 1,

        /// <summary>structure.</summary>
        Structure = 2,

        /// <summary>boolean.</summary>
        Boolean = 3,

        /// <summary>bit-string.</summary>
        BitString = 4,

        /// <summary>double-long, 32 bits.</summary>
        DoubleLong = 5,

        /// <summary>double-long-unsigned, 32 bits.</summary>
        DoubleLongUnsigned = 6,

        /// <summary>octet-string.</summary>
        OctetString = 9,

        /// <summary>visible-string.</summary>
        VisibleString = 10,

        /// <summary>integer, 8 bits.</summary>
        Integer = 15,

        /// <summary>long, 16 bits.</summary>
        Long = 16,

        /// <summary>unsigned, 8 bits.</summary>
        Unsigned = 17,

        /// <summary>long-unsigned, 16 bits.</summary>
        LongUnsigned = 18,

        /// <summary>64 bits, signed.</summary>
        Long64 = 20,

        /// <summary>64 bits, unsigned.</summary>
        Long64Unsigned = 21,

        /// <summary>enum.</summary>
        Enum = 22,

        /// <summary>date-time, 12 bytes.</summary>
        DateTime = 25,
    }
}
