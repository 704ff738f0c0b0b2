using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NanoComm.MeterConformance
{
    /// <summary>What the value of a property looks like: its length, and what its fields may say.</summary>
    public sealed class ValueForm
    {
        private const string Register = "u32[0..99999999,xFFFFFFFE]";
        private const byte Unset = 0xFF;
        private const int RowLength = 8;
        private const int HalfHours = 48;

        private readonly Func<byte[], int, (string Fault, int Length)>[] _fields;

        private ValueForm(string text, Func<byte[], int, (string Fault, int Length)>[] fields)
        {
            Text = text;
            _fields = fields;
        }

        /// <summary>As the table has it.</summary>
        public string Text { get; }

        /// <summary>Most rows of a selector or of what it chooses; 0 for another form.</summary>
        public int MostRows => Text.StartsWith("rows[", StringComparison.Ordinal) || Text.StartsWith("select[", StringComparison.Ordinal)
            ? Numbers(Text)[0] : 0;

        /// <summary>Reads what a table says.</summary>
        /// <exception cref="FormatException">It is no form.</exception>
        public static ValueForm Parse(string text)
        {
            return new ValueForm(text, text.Split('+').Select(ToField).ToArray());
        }

        /// <summary>What is wrong with a value, in words; null when nothing is.</summary>
        public string FindFault(byte[] edt)
        {
            int at = 0;
            foreach (Func<byte[], int, (string Fault, int Length)> field in _fields)
            {
                (string fault, int length) = field(edt, at);
                if (fault != null)
                {
                    return $"{fault} in {Convert.ToHexString(edt)}";
                }

                at += length;
            }

            return at == edt.Length ? null : $"{edt.Length} bytes in place of {at}: {Convert.ToHexString(edt)}";
        }

        private static Func<byte[], int, (string Fault, int Length)> ToField(string text)
        {
            string kind = text.Split('[')[0];
            return kind switch
            {
                "raw" => Raw(Ranges(text)),
                "u8" => Number(1, Ranges(text), false),
                "u16" => Number(2, Ranges(text), false),
                "u32" => Number(4, Ranges(text), false),
                "register" => Number(4, Ranges(Register), false),
                "watt" or "amp32" => Number(4, [(-2147483647, 0x7FFFFFFE)], true),
                "amp16" => Number(2, [(-32767, 0x7FFE)], true),
                "time" => (edt, at) => Sized(edt, at, 2, () => edt[at] < 24 && edt[at + 1] < 60 ? null : "no time of day"),
                "date" => (edt, at) => Sized(edt, at, 4, () => IsDate(edt, at) ? null : "no date"),
                "dt7" => (edt, at) => Sized(edt, at, 7, () => IsTime(edt, at) && edt[at + 6] < 60 ? null : "no date and time"),
                "day" => (edt, at) => Day(edt, at),
                "select" => (edt, at) => Select(edt, at, Numbers(text)[0]),
                "rows" => (edt, at) => Rows(edt, at, Numbers(text)[0]),
                "map" => Map,
                "instances" => (edt, at) => Counted(edt, at, 3, 84),
                "classes" => (edt, at) => Counted(edt, at, 2, 8),
                _ => throw new FormatException($"'{text}' is no form"),
            };
        }

        private static Func<byte[], int, (string Fault, int Length)> Raw(List<(long Least, long Most)> lengths)
        {
            return (edt, at) => lengths.Exists(one => edt.Length - at >= one.Least && edt.Length - at <= one.Most)
                ? (null, edt.Length - at)
                : ($"{edt.Length - at} bytes in place of {string.Join(" or ", lengths.Select(one => ToText(one)))}", 0);
        }

        private static Func<byte[], int, (string Fault, int Length)> Number(int length, List<(long Least, long Most)> ranges, bool isSigned)
        {
            return (edt, at) => Sized(edt, at, length, () =>
            {
                long value = edt.Skip(at).Take(length).Aggregate(0L, (sum, one) => (sum << 8) | one);
                if (isSigned)
                {
                    value = (value << (64 - (8 * length))) >> (64 - (8 * length));
                }

                return ranges.Exists(range => value >= range.Least && value <= range.Most) ? null
                    : $"{value} is not {string.Join(" or ", ranges.Select(one => ToText(one)))}";
            });
        }

        private static (string Fault, int Length) Day(byte[] edt, int at)
        {
            return Sized(edt, at, 2 + (4 * HalfHours), () =>
            {
                int day = (edt[at] << 8) | edt[at + 1];
                return day is not (<= 99 or Unset) ? $"day {day} is neither 0 to 99 nor 255"
                    : Registers(edt, at + 2, HalfHours);
            });
        }

        private static (string Fault, int Length) Select(byte[] edt, int at, int most)
        {
            return Sized(edt, at, 7, () =>
                !IsTime(edt, at) && edt.Skip(at).Take(6).Any(one => one != Unset) ? "no date and time"
                : edt[at + 6] < 1 || edt[at + 6] > most ? $"{edt[at + 6]} rows are not 1 to {most}"
                : null);
        }

        private static (string Fault, int Length) Rows(byte[] edt, int at, int most)
        {
            (string fault, int length) = Select(edt, at, most);
            if (fault != null)
            {
                return (fault, 0);
            }

            int rows = edt[at + length - 1];
            return Sized(edt, at, length + (RowLength * rows), () => Registers(edt, at + length, 2 * rows));
        }

        private static string Registers(byte[] edt, int at, int count)
        {
            return Enumerable.Range(0, count)
                .Select(i => BinaryPrimitives.ReadUInt32BigEndian(edt.AsSpan(at + (4 * i))))
                .Where(value => value is > 99_999_999 and not 0xFFFFFFFE)
                .Select(value => $"register {value:X8} is neither 0 to 99999999 nor FFFFFFFE").FirstOrDefault();
        }

        private static (string Fault, int Length) Map(byte[] edt, int at)
        {
            return Sized(edt, at, 1, () => null) is { Fault: not null } none ? none
                : Sized(edt, at, 1 + Math.Min((int)edt[at], 16), () => null);
        }

        private static (string Fault, int Length) Counted(byte[] edt, int at, int length, int most)
        {
            return Sized(edt, at, 1, () => edt[at] > most ? $"a count of {edt[at]} is above {most}" : null) is { Fault: not null } none
                ? none : Sized(edt, at, 1 + (length * edt[at]), () => null);
        }

        private static (string Fault, int Length) Sized(byte[] edt, int at, int length, Func<string> findFault)
        {
            return edt.Length - at < length ? ($"{edt.Length} bytes are {length - edt.Length + at} too few", 0)
                : (findFault(), length);
        }

        private static bool IsDate(byte[] edt, int at)
        {
            int year = (edt[at] << 8) | edt[at + 1];
            return year is >= 1 and <= 9999 && edt[at + 2] is >= 1 and <= 12 && edt[at + 3] >= 1
                && edt[at + 3] <= DateTime.DaysInMonth(year, edt[at + 2]);
        }

        private static bool IsTime(byte[] edt, int at)
        {
            return IsDate(edt, at) && edt[at + 4] < 24 && edt[at + 5] < 60;
        }

        private static List<(long Least, long Most)> Ranges(string text)
        {
            string[] parts = Bracket(text);
            return parts.Select(part => part.Split("..")).Select(ends => (ToNumber(ends[0]), ToNumber(ends[^1]))).ToList();
        }

        private static int[] Numbers(string text)
        {
            return Bracket(text).Select(int.Parse).ToArray();
        }

        private static string[] Bracket(string text)
        {
            return text.Split('[', ']')[1].Split(',');
        }

        private static long ToNumber(string text)
        {
            return text[0] == 'x' ? long.Parse(text.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                : long.Parse(text, CultureInfo.InvariantCulture);
        }

        private static string ToText((long Least, long Most) range)
        {
            return range.Least == range.Most ? $"{range.Least}" : $"{range.Least} to {range.Most}";
        }
    }
}
