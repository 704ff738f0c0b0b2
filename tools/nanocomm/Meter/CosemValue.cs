using System;
using System.Buffers.Binary;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tool
{
    /// <summary>Values as metering units write them.</summary>
    internal static class CosemValue
    {
        private const uint NoEnergy = 0xFFFFFFFE;

        /// <summary>Whether it is null-data.</summary>
        public static bool IsNull(ReadOnlySpan<byte> data) => data.Length == 1 && data[0] == (byte)DataTag.Null;

        /// <summary>A number of any type.</summary>
        /// <returns>Null when it is none, or one that stands for "no data".</returns>
        public static decimal? ToNumber(ReadOnlySpan<byte> data)
        {
            if (data.Length < 2)
            {
                return null;
            }

            ReadOnlySpan<byte> value = data[1..];
            return ((DataTag)data[0], value.Length) switch
            {
                (DataTag.Integer, 1) => (sbyte)value[0],
                (DataTag.Unsigned or DataTag.Enum, 1) => value[0],
                (DataTag.Long, 2) => BinaryPrimitives.ReadInt16BigEndian(value),
                (DataTag.LongUnsigned, 2) => BinaryPrimitives.ReadUInt16BigEndian(value),
                (DataTag.DoubleLong, 4) => BinaryPrimitives.ReadInt32BigEndian(value),
                (DataTag.DoubleLongUnsigned, 4) => BinaryPrimitives.ReadUInt32BigEndian(value) is < NoEnergy and uint known ? known : null,
                (DataTag.Long64, 8) => BinaryPrimitives.ReadInt64BigEndian(value),
                (DataTag.Long64Unsigned, 8) => BinaryPrimitives.ReadUInt64BigEndian(value),
                _ => null,
            };
        }

        /// <summary>A time: an octet-string of 12 bytes or a date-time, in the meter's civil time.</summary>
        /// <returns>Null when it is none, or says that the clock was wrong.</returns>
        public static DateTime? ToTime(ReadOnlySpan<byte> data)
        {
            int head = data.Length == 1 + CosemTime.Length && data[0] == (byte)DataTag.DateTime ? 1
                : data.Length == 2 + CosemTime.Length && data[0] == (byte)DataTag.OctetString && data[1] == CosemTime.Length ? 2
                : 0;
            return head > 0 && CosemTime.TryParse(data[head..], out DateTime time) ? time : null;
        }

        /// <summary>An octet-string.</summary>
        /// <returns>Null when it is none.</returns>
        public static byte[] ToOctets(ReadOnlySpan<byte> data)
        {
            var reader = new AxdrReader(data);
            byte[] octets = reader.OctetString().ToArray();
            return reader.IsGoodToTheEnd ? octets : null;
        }

        /// <summary>A time as files have it, with the meter's distance from UTC.</summary>
        public static string ToIso(DateTime time)
        {
            return new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), TimeSpan.FromMinutes(-CosemTime.Deviation))
                .ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
