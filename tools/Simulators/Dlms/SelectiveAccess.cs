using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>Selective access of a request.</summary>
    /// <param name="Selector">0 = none, 1 = by range, 2 = by entry.</param>
    /// <param name="Parameters">The data that goes with it, tag included.</param>
    public readonly record struct SelectiveAccess(byte Selector, ReadOnlyMemory<byte> Parameters)
    {
        /// <summary>The whole attribute.</summary>
        public static SelectiveAccess None => default;
    }
}
