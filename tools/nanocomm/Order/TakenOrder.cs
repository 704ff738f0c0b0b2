using System;
using System.Buffers.Binary;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>The unit's record of the last order that it took (docs/orders.md).</summary>
    /// <param name="Number">The order's number.</param>
    /// <param name="Id">The order id, 32 hexadecimal digits.</param>
    /// <param name="Meter">The metering unit of the pairing.</param>
    /// <param name="Phase">0 taken, 1 done, 2 the metering unit has taken the answer.</param>
    /// <param name="Answer">The answer; empty in phase 0.</param>
    internal sealed record TakenOrder(uint Number, string Id, SystemTitle Meter, int Phase, byte[] Answer)
    {
        private const int IdOffset = 4;
        private const int MeterOffset = IdOffset + 16;
        private const int PhaseOffset = MeterOffset + SystemTitle.Length;
        private const int HeadLength = PhaseOffset + 2;
        private const int LastPhase = 2;

        /// <summary>Reads the record.</summary>
        /// <returns>Null when it is of another form.</returns>
        public static TakenOrder Parse(ReadOnlySpan<byte> record)
        {
            if (record.Length <= HeadLength || record[PhaseOffset] > LastPhase)
            {
                return null;
            }

            int phase = record[PhaseOffset];
            return new TakenOrder(BinaryPrimitives.ReadUInt32BigEndian(record), Convert.ToHexString(record[IdOffset..MeterOffset]),
                new SystemTitle(record[MeterOffset..PhaseOffset]), phase, phase == 0 ? [] : record[HeadLength..].ToArray());
        }
    }
}
