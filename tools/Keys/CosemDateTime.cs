using System;
using System.Buffers.Binary;
using System.Globalization;

namespace NanoComm.Keys
{
    /// <summary>A COSEM date-time (Blue Book 4.1.6.1): 12 bytes, each of whose fields may be unknown.</summary>
    public readonly struct CosemDateTime
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 12;

        private const int UnknownYear = 0xFFFF;
        private const byte Unknown = 0xFF;
        private const short UnknownDeviation = unchecked((short)0x8000);
        private const int DeviationLimit = 840;
        private const byte InvalidOrDoubtful = 0x03;

        private readonly byte[] _bytes;

        /// <summary>Takes the bytes.</summary>
        /// <param name="bytes">12 bytes.</param>
        public CosemDateTime(ReadOnlySpan<byte> bytes)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
            _bytes = bytes.ToArray();
        }

        /// <summary>Whether the clock called its own time invalid or doubtful.</summary>
        public bool IsDoubtful => _bytes[11] == Unknown || (_bytes[11] & InvalidOrDoubtful) != 0;

        /// <summary>As one reads it, such as <c>2026-06-15 10:30:00+09:00</c>; "unknown" where it is no time.</summary>
        public override string ToString()
        {
            int year = BinaryPrimitives.ReadUInt16BigEndian(_bytes);
            if (year == UnknownYear || year is < 1 or > 9999 || _bytes[2] is < 1 or > 12
                || _bytes[3] < 1 || _bytes[3] > DateTime.DaysInMonth(year, _bytes[2])
                || _bytes[5] > 23 || _bytes[6] > 59 || (_bytes[7] > 59 && _bytes[7] != Unknown))
            {
                return "unknown";
            }

            int second = _bytes[7] == Unknown ? 0 : _bytes[7];
            string local = new DateTime(year, _bytes[2], _bytes[3], _bytes[5], _bytes[6], second)
                .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            // Minutes from local time to UTC: the other way round than one writes it.
            short deviation = BinaryPrimitives.ReadInt16BigEndian(_bytes.AsSpan(9));
            string zone = "";
            if (deviation != UnknownDeviation && Math.Abs((int)deviation) <= DeviationLimit)
            {
                zone = (deviation > 0 ? "-" : "+") + TimeSpan.FromMinutes(Math.Abs((int)deviation))
                    .ToString("hh\\:mm", CultureInfo.InvariantCulture);
            }

            return local + zone + (IsDoubtful ? " (the clock called it doubtful)" : "");
        }
    }
}
