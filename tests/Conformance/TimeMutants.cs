using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Tests.Conformance
{
    /// <summary>Meters whose values do not go with each other.</summary>
    internal static class TimeMutants
    {
        private const int Low = 0x028801;
        private const int High = 0x028A01;
        private const int Both = 0x028F01;

        public static IEnumerable<Mutant> All =>
        [
            .. OffGrid(Low, 0xEA, 0xEB), .. OffGrid(High, 0xE3, 0xC3, 0xCB), .. OffGrid(Both, 0xE3, 0xC3, 0xCB),
            Seconds(Low), Seconds(Both),
            Mutants.Says("TIME-0288-ORDER", "has a register below that of its last minute", Low, 0xE0, edt => Plus(edt, 0, -100_000)),
            Mutants.Says("TIME-0288-ORDER", "has a last half-hour above its last minute", Low, 0xEB, edt => Plus(edt, 7, 100_000)),
            Mutants.Says("TIME-028F-ORDER", "has a register below that of its last minute", Both, 0xE2, edt => Plus(edt, 7, -100_000)),
            .. Digits(Low, 0xD7), .. Digits(High, 0xE5, 0xC4, 0xCC), .. Digits(Both, 0xE5, 0xC4, 0xCC),
            .. Days(Low, [0xE2, 0xE4], []), .. Days(High, [0xE7, 0xCE], [0xC6]), .. Days(Both, [0xE7, 0xE8, 0xCE, 0xCF], [0xC6, 0xC8]),
            .. Rows(Low, 0xEC), .. Rows(Low, 0xEE), .. Rows(Both, 0xED), .. Rows(Both, 0xEE),
            .. Late(Low, 0xEB, 0xE4), .. Late(Both, 0xE3, 0xE7),
            .. Shifted(Low, (0xEA, 0xE2), (0xEB, 0xE4)),
            .. Shifted(High, (0xE3, 0xE7), (0xC3, 0xC6), (0xCB, 0xCE)),
            .. Shifted(Both, (0xE3, 0xE7), (0xE3, 0xE8), (0xC3, 0xC6), (0xC3, 0xC8), (0xCB, 0xCE), (0xCB, 0xCF)),
        ];

        private static string Row(int eoj, byte epc, string rule)
        {
            return $"TIME-{eoj >> 8:X4}-{epc:X2}-{rule}";
        }

        private static IEnumerable<Mutant> OffGrid(int eoj, params byte[] epcs)
        {
            return epcs.Select(epc => Mutants.Says(Row(eoj, epc, "GRID"), "tells minutes between the half-hours", eoj, epc,
                edt => [.. edt[..5], 7, .. edt[6..]]));
        }

        private static Mutant Seconds(int eoj)
        {
            return Mutants.Says(Row(eoj, 0xD0, "GRID"), "tells seconds between the minutes", eoj, 0xD0, edt => [.. edt[..6], 7, .. edt[7..]]);
        }

        private static IEnumerable<Mutant> Digits(int eoj, params byte[] epcs)
        {
            return epcs.Select(epc => Mutants.Says(Row(eoj, epc, "DIGITS"), "says one digit", eoj, epc, _ => [1]));
        }

        private static IEnumerable<Mutant> Days(int eoj, byte[] cumulative, byte[] others)
        {
            foreach (byte epc in cumulative)
            {
                yield return Mutants.Says(Row(eoj, epc, "FORWARD"), "has the rows of a day backward", eoj, epc,
                    edt => [.. edt[..2], .. edt[2..].Chunk(4).Reverse().SelectMany(row => row)]);
            }

            foreach (byte epc in cumulative.Concat(others))
            {
                yield return Mutants.Says(Row(eoj, epc, "TODAY"), "knows what is to come", eoj, epc,
                    edt => [.. edt[..2], .. edt[2..].Chunk(4).SelectMany(row => row[3] == 0xFE ? [0, 0, 0, 1] : row)]);
            }
        }

        private static IEnumerable<Mutant> Rows(int eoj, byte epc)
        {
            yield return Mutants.Says(Row(eoj, epc, "BACKWARD"), "has its rows forward", eoj, epc,
                edt => [.. edt[..7], .. edt[7..].Chunk(8).Reverse().SelectMany(row => row)]);
            yield return Mutants.Says(Row(eoj, epc, "BACKWARD"), "begins with the row before", eoj, epc,
                edt => [.. edt[..7], .. edt[15..], .. edt[^8..]]);
            yield return Mutants.Says(Row(eoj, epc, "BACKWARD"), "repeats the first row", eoj, epc,
                edt => [.. edt[..7], .. Enumerable.Repeat(edt[7..15], edt[6]).SelectMany(row => row)]);
        }

        // A register that stands still has each row late and in time alike.
        private static IEnumerable<Mutant> Late(int eoj, byte halfHour, byte day)
        {
            yield return Mutants.Says(Row(eoj, halfHour, "DAY"), $"has {day:X2} one row late", eoj, day,
                edt => [.. edt[..2], 0, 0, 0, 0, .. edt[2..^4]]);
        }

        private static IEnumerable<Mutant> Shifted(int eoj, params (byte HalfHour, byte Day)[] pairs)
        {
            return pairs.Select(pair => Mutants.Says(Row(eoj, pair.HalfHour, "DAY"), $"has {pair.Day:X2} one step higher", eoj, pair.Day,
                edt => [.. edt[..2], .. edt[2..].Chunk(4).SelectMany(row => row[0] == 0xFF ? row : Plus(row, 0, 1))]));
        }

        private static byte[] Plus(byte[] edt, int at, int difference)
        {
            uint value = (uint)(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(edt.AsSpan(at)) + difference);
            byte[] changed = edt.ToArray();
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(at), value);
            return changed;
        }
    }
}
