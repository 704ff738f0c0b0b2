using System;
using NanoComm.Bytes;
using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>
    /// COSEM date-time (IEC 62056-6-2, 4.1.6.1), 12 bytes: year u16, month, day, day of week, hour, minute, second,
    /// hundredths, deviation s16, clock status. The civil time of the metering unit is taken as it stands; deviation and
    /// status are not interpreted, for its clock is the authority.
    /// </summary>
    internal static class CosemTime
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 12;

        private const byte NotSpecified = 0xFF;

        /// <summary>Reads a time.</summary>
        /// <param name="buffer">Holds the 12 bytes.</param>
        /// <param name="offset">The first one.</param>
        /// <returns>The time, or <see cref="MeterTime.Unknown"/> when a part is not specified or no date.</returns>
        public static long Read(byte[] buffer, int offset)
        {
            return MeterTime.FromCalendar(BigEndian.ReadU16(buffer, offset), buffer[offset + 2],
                buffer[offset + 3], buffer[offset + 5], buffer[offset + 6], buffer[offset + 7]);
        }

        /// <summary>Writes a time, deviation not specified.</summary>
        /// <param name="time">A known time.</param>
        /// <param name="buffer">Takes the 12 bytes from index 0.</param>
        public static void Write(long time, byte[] buffer)
        {
            MeterTime.Write(time, buffer, 0, 7);
            Array.Copy(buffer, 4, buffer, 5, 3);
            buffer[4] = NotSpecified;
            buffer[8] = 0;
            buffer[9] = 0x80;
            buffer[10] = 0;
            buffer[11] = 0;
        }
    }
}
