using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
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

        /// <summary>Reads a time with its type: an octet-string, or a date-time.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">The type.</param>
        /// <param name="end">The end of what is there.</param>
        /// <param name="isLabel">Whether it labels a row: then seconds that are not specified are 0.</param>
        /// <param name="time">The time, or <see cref="MeterTime.Unknown"/> when a part is not specified or no
        /// date.</param>
        /// <returns>Bytes read; 0 when there is no time.</returns>
        public static int Read(byte[] buffer, int offset, int end, bool isLabel, out long time)
        {
            time = MeterTime.Unknown;
            int head = end - offset < 1 + Length ? 0
                : buffer[offset] == CosemType.DateTime ? 1
                : buffer[offset] == CosemType.OctetString && buffer[offset + 1] == Length && end - offset > 1 + Length ? 2
                : 0;
            if (head == 0)
            {
                return 0;
            }

            int at = offset + head;
            int second = isLabel && buffer[at + 7] == NotSpecified ? 0 : buffer[at + 7];
            time = MeterTime.FromCalendar(BigEndian.ReadU16(buffer, at), buffer[at + 2], buffer[at + 3], buffer[at + 5],
                buffer[at + 6], second);
            return head + Length;
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
