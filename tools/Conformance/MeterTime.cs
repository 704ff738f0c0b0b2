using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.MeterConformance
{
    /// <summary>Times and registers in values.</summary>
    internal static class MeterTime
    {
        /// <summary>A register without data.</summary>
        public const uint NoData = 0xFFFFFFFE;

        /// <summary>Length of a date and time with seconds.</summary>
        public const int Length = 7;

        private const int ShortLength = 6;

        /// <summary>A date and time at the beginning of a value; seconds are 0 where a length says that there are none.</summary>
        /// <returns>Null for none.</returns>
        public static DateTime? Read(byte[] edt, int length = Length)
        {
            if (edt == null || edt.Length < length)
            {
                return null;
            }

            int year = (edt[0] << 8) | edt[1];
            int second = length > ShortLength ? edt[ShortLength] : 0;
            return year is >= 1 and <= 9999 && edt[2] is >= 1 and <= 12 && edt[3] >= 1 && edt[3] <= DateTime.DaysInMonth(year, edt[2])
                && edt[4] < 24 && edt[5] < 60 && second < 60
                ? new DateTime(year, edt[2], edt[3], edt[4], edt[5], second) : null;
        }

        /// <summary>A selector of rows.</summary>
        public static byte[] Select(DateTime time, int rows)
        {
            return [(byte)(time.Year >> 8), (byte)time.Year, (byte)time.Month, (byte)time.Day, (byte)time.Hour, (byte)time.Minute,
                (byte)rows];
        }

        /// <summary>The registers of a value from an offset on.</summary>
        public static uint[] Registers(byte[] edt, int offset)
        {
            return Enumerable.Range(0, edt == null ? 0 : Math.Max(0, edt.Length - offset) / 4)
                .Select(i => BinaryPrimitives.ReadUInt32BigEndian(edt.AsSpan(offset + (4 * i)))).ToArray();
        }

        /// <summary>The registers of a value that has a time in front of them, or none.</summary>
        public static uint[] RegistersOf(byte[] edt)
        {
            return edt == null ? [] : Registers(edt, edt.Length % 4 == Length % 4 ? Length : 0);
        }

        /// <summary>Where a row of registers runs backwards, in words; a register may begin anew at zero.</summary>
        /// <param name="values">In order of time; those without data count as not there.</param>
        /// <param name="digits">Digits of the register.</param>
        /// <returns>Null when it does not.</returns>
        public static string FindBackward(IEnumerable<uint> values, int digits)
        {
            double range = Math.Pow(10, digits);
            uint? before = null;
            foreach (uint value in values.Where(value => value != NoData))
            {
                if (value < before && before - value < range / 2)
                {
                    return $"{before} is followed by {value}";
                }

                before = value;
            }

            return null;
        }
    }
}
