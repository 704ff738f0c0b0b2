using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>The conformance block: bit 0 of the standard is the highest of 24 (Green Book 9.4.6.1).</summary>
    [Flags]
    public enum Conformance
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>Bit 23.</summary>
        Action = 1,

        /// <summary>Bit 21.</summary>
        SelectiveAccess = 1 << 2,

        /// <summary>Bit 20.</summary>
        Set = 1 << 3,

        /// <summary>Bit 19.</summary>
        Get = 1 << 4,

        /// <summary>Bit 14.</summary>
        MultipleReferences = 1 << 9,

        /// <summary>Bit 11.</summary>
        BlockTransferWithGet = 1 << 12,
    }
}
