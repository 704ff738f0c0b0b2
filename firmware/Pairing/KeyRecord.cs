using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;

namespace NanoComm.Pairing
{
    /// <summary>
    /// What belongs to one pairing, as its durable record begins, be it active or a ticket's: epoch u32 | metering
    /// unit's title 8 | own title 8 | GUEK 16 | GAK 16 | sending counter u32, the first value not reserved yet. One
    /// record: no power cut can part the keys from their counter.
    /// </summary>
    internal static class KeyRecord
    {
        /// <summary>Offset of the sending counter.</summary>
        public const int Counter = Gak + SecurityContext.KeyLength;

        /// <summary>Bytes in all.</summary>
        public const int Length = Counter + DurableCounter.Length;

        private const int MeterTitle = 4;
        private const int OwnTitle = MeterTitle + SecurityContext.TitleLength;
        private const int Guek = OwnTitle + SecurityContext.TitleLength;
        private const int Gak = Guek + SecurityContext.KeyLength;

        /// <summary>Writes all, with a new counter.</summary>
        /// <param name="record">Takes <see cref="Length"/> bytes from index 0.</param>
        /// <param name="epoch">The epoch.</param>
        /// <param name="meterTitle">System title of the metering unit, 8 bytes.</param>
        /// <param name="ownTitle">System title of this unit, 8 bytes.</param>
        /// <param name="guek">Global unicast encryption key, 16 bytes.</param>
        /// <param name="gak">Global authentication key, 16 bytes.</param>
        /// <param name="random">Starts the counter.</param>
        public static void Write(byte[] record, uint epoch, byte[] meterTitle, byte[] ownTitle, byte[] guek,
            byte[] gak, IRandomSource random)
        {
            BigEndian.WriteU32(record, 0, epoch);
            Array.Copy(meterTitle, 0, record, MeterTitle, SecurityContext.TitleLength);
            Array.Copy(ownTitle, 0, record, OwnTitle, SecurityContext.TitleLength);
            Array.Copy(guek, 0, record, Guek, SecurityContext.KeyLength);
            Array.Copy(gak, 0, record, Gak, SecurityContext.KeyLength);
            DurableCounter.Start(random, record, Counter);
        }

        /// <summary>The epoch.</summary>
        /// <param name="record">Holds the record.</param>
        public static uint EpochOf(byte[] record)
        {
            return BigEndian.ReadU32(record, 0);
        }

        /// <summary>System title of the metering unit.</summary>
        /// <param name="record">Holds the record.</param>
        public static byte[] MeterTitleOf(byte[] record)
        {
            return Octets.Part(record, MeterTitle, SecurityContext.TitleLength);
        }

        /// <summary>Titles, keys and counter, for associations.</summary>
        /// <param name="record">Holds the record.</param>
        /// <param name="counter">The counter over the durable record.</param>
        /// <param name="board">Makes the cipher.</param>
        public static SecurityContext SecurityOf(byte[] record, DurableCounter counter, IBoard board)
        {
            byte[] guek = Octets.Part(record, Guek, SecurityContext.KeyLength);
            byte[] gak = Octets.Part(record, Gak, SecurityContext.KeyLength);
            var security = new SecurityContext(Octets.Part(record, OwnTitle, SecurityContext.TitleLength),
                MeterTitleOf(record), board.CreateBlockCipher(guek), gak, counter);
            Array.Clear(guek, 0, guek.Length);
            Array.Clear(gak, 0, gak.Length);
            return security;
        }
    }
}
