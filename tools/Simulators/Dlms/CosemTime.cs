using System;
using System.Buffers.Binary;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// date-time of COSEM, 12 bytes (Blue Book 4.1.6.1), for a metering clock of Japan: local time, deviation −540
    /// minutes, no daylight saving. Times are the meter's civil time.
    /// </summary>
    public static class CosemTime
    {
        /// <summary>Length of a date-time.</summary>
        public const int Length = 12;

        /// <summary>Where the hundredths of a second are; not specified by the clock.</summary>
        public const int HundredthsOffset = 8;

        /// <summary>From local time to UTC, minutes.</summary>
        public const short Deviation = -540;

        private const short DeviationNotSpecified = unchecked((short)0x8000);
        private const int LargestDeviation = 840;
        private const byte NotSpecified = 0xFF;
        private const byte InvalidClock = 0x01;

        private static readonly DateTime TicketEpoch = new(2020, 1, 1);

        /// <summary>Seconds since 2020-01-01T00:00:00Z, in which tickets count, of a time.</summary>
        public static long ToTicketTime(DateTime time)
        {
            return ((time - TicketEpoch).Ticks / TimeSpan.TicksPerSecond) + (Deviation * 60L);
        }

        /// <summary>Writes a date-time.</summary>
        /// <param name="time">The time.</param>
        /// <param name="isValid">Whether the clock that it comes from is right; told in the clock status.</param>
        public static byte[] ToBytes(DateTime time, bool isValid = true)
        {
            int dayOfWeek = time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek;
            byte[] bytes =
            [
                0, 0, (byte)time.Month, (byte)time.Day, (byte)dayOfWeek, (byte)time.Hour, (byte)time.Minute,
                (byte)time.Second, NotSpecified, 0, 0, isValid ? (byte)0 : InvalidClock,
            ];
            BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)time.Year);
            BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(9), Deviation);
            return bytes;
        }

        /// <summary>Reads a date-time: a full date, hour and minute; seconds may be left open and count as 0. One of
        /// another time zone is brought to the meter's.</summary>
        /// <returns>False when it is no such time, or marked invalid.</returns>
        public static bool TryParse(ReadOnlySpan<byte> bytes, out DateTime time)
        {
            time = default;
            if (bytes.Length != Length)
            {
                return false;
            }

            int year = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            short deviation = BinaryPrimitives.ReadInt16BigEndian(bytes[9..]);
            int second = bytes[7] == NotSpecified ? 0 : bytes[7];
            bool isTime = year is >= 2000 and <= 2099 && bytes[2] is >= 1 and <= 12 && bytes[3] >= 1
                && bytes[3] <= DateTime.DaysInMonth(year, bytes[2]) && bytes[5] <= 23 && bytes[6] <= 59 && second <= 59
                && deviation is DeviationNotSpecified or (>= -LargestDeviation and <= LargestDeviation)
                && (bytes[11] == NotSpecified || (bytes[11] & InvalidClock) == 0);
            if (isTime)
            {
                int ahead = deviation == DeviationNotSpecified ? 0 : deviation - Deviation;
                time = new DateTime(year, bytes[2], bytes[3], bytes[5], bytes[6], second).AddMinutes(ahead);
            }

            return isTime;
        }
    }
}
