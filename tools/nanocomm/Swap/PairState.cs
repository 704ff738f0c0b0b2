using System;
using System.Collections.Generic;
using NanoComm.Keys;
using NanoComm.Pairing;

namespace NanoComm.Tool
{
    /// <summary>A unit's record <c>pair-state</c> (docs/pairing.md, "Records that tools share with the unit").</summary>
    /// <param name="Stage">Where the pairing stands.</param>
    /// <param name="Detail">Why.</param>
    /// <param name="Meter">The metering unit that it is about.</param>
    /// <param name="TicketId">32 hexadecimal digits; zeros where none is concerned.</param>
    /// <param name="Waiting">The other tickets that wait in the unit.</param>
    internal sealed record PairState(PairingState Stage, PairingDetail Detail, SystemTitle Meter, string TicketId,
        IReadOnlyList<WaitingTicket> Waiting)
    {
        private const int Length = 38;
        private const int MeterOffset = 6;
        private const int IdOffset = 22;
        private const int IdLength = 16;
        private const int WaitingLength = SystemTitle.Length + IdLength;
        private const int MostWaiting = 2;

        /// <summary>Reads it.</summary>
        /// <returns>Null when it is not one.</returns>
        public static PairState Parse(ReadOnlySpan<byte> record)
        {
            int rest = record.Length - Length;
            if (rest < 0 || rest % WaitingLength != 0 || rest / WaitingLength > MostWaiting
                || !Enum.IsDefined((PairingState)record[0]))
            {
                return null;
            }

            var waiting = new List<WaitingTicket>();
            for (int at = Length; at < record.Length; at += WaitingLength)
            {
                waiting.Add(new WaitingTicket(new SystemTitle(record.Slice(at, SystemTitle.Length)),
                    Convert.ToHexString(record.Slice(at + SystemTitle.Length, IdLength))));
            }

            return new PairState((PairingState)record[0], (PairingDetail)record[1],
                new SystemTitle(record.Slice(MeterOffset, SystemTitle.Length)),
                Convert.ToHexString(record.Slice(IdOffset, IdLength)), waiting);
        }
    }
}
