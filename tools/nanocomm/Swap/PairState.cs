using System;
using NanoComm.Pairing;

namespace NanoComm.Tool
{
    /// <summary>A unit's record <c>pair-state</c> (docs/pairing.md, "Records that tools share with the unit").</summary>
    /// <param name="Stage">Where the pairing stands.</param>
    /// <param name="Detail">Why.</param>
    /// <param name="TicketId">32 hexadecimal digits; zeros where none is concerned.</param>
    internal sealed record PairState(PairingState Stage, PairingDetail Detail, string TicketId)
    {
        private const int Length = 38;
        private const int IdOffset = 22;
        private const int IdLength = 16;

        /// <summary>Reads it.</summary>
        /// <returns>Null when it is not one.</returns>
        public static PairState Parse(ReadOnlySpan<byte> record)
        {
            return record.Length == Length && Enum.IsDefined((PairingState)record[0])
                ? new PairState((PairingState)record[0], (PairingDetail)record[1],
                    Convert.ToHexString(record.Slice(IdOffset, IdLength)))
                : null;
        }
    }
}
