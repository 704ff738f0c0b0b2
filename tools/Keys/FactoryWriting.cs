using System;

namespace NanoComm.Keys
{
    /// <summary>What a factory reports of a unit: that its keys were written.</summary>
    /// <param name="Title">The unit.</param>
    /// <param name="Time">When, as <see cref="UtilityTime"/>.</param>
    /// <param name="Place">Where, as the line calls it.</param>
    /// <param name="Lot">The lot's id, 16 bytes.</param>
    /// <param name="Proof">That whoever wrote it had the unit's keys, 32 bytes.</param>
    public sealed record FactoryWriting(SystemTitle Title, uint Time, string Place, ReadOnlyMemory<byte> Lot, ReadOnlyMemory<byte> Proof)
    {
        /// <summary>Whether the unit with this proof key was written.</summary>
        public bool IsAuthentic(ReadOnlySpan<byte> proofKey) => FactoryProof.IsAuthentic(Proof.Span, proofKey, Lot.Span, Title, Time);
    }
}
