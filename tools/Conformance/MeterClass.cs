using System.Collections.Generic;
using System.Linq;

namespace NanoComm.MeterConformance
{
    /// <summary>What the properties of a class have to do with each other; which they are, and what they look like, is in
    /// <see cref="PropertyTables"/>.</summary>
    internal sealed class MeterClass
    {
        private static readonly MeterClass[] Classes =
        [
            new()
            {
                Class = PropertyTables.LowVoltage,
                DaySelector = 0xE5,
                Days = [0xE2, 0xE4],
                Rows = [new(0xED, 0xEC, 30, [0xEA, 0xEB]), new(0xEF, 0xEE, 1, [0xD0])],
                HalfHours = [0xEA, 0xEB],
                HalfHourDays = [(0xEA, [0xE2]), (0xEB, [0xE4])],
                Minutes = 0xD0,
                Totals = [0xE0, 0xE3],
                Digits = [(0xD7, [0xE0, 0xE3, 0xD0, 0xEA, 0xEB])],
            },
            new()
            {
                Class = PropertyTables.HighVoltage,
                DaySelector = 0xE1,
                Days = [0xE7, 0xC6, 0xCE],
                NotCumulative = [0xC6],
                HalfHours = [0xE3, 0xC3, 0xCB],
                HalfHourDays = [(0xE3, [0xE7]), (0xC3, [0xC6]), (0xCB, [0xCE])],
                Totals = [0xE2, 0xCA, 0xE4],
                Digits = [(0xE5, [0xE2, 0xE3, 0xE4]), (0xC4, [0xC1, 0xC3]), (0xCC, [0xCA, 0xCB])],
            },
            new()
            {
                Class = PropertyTables.Bidirectional,
                DaySelector = 0xE1,
                Days = [0xE7, 0xE8, 0xC6, 0xC8, 0xCE, 0xCF],
                NotCumulative = [0xC6, 0xC8],
                Rows = [new(0xEF, 0xED, 1, [0xD0]), new(0xEF, 0xEE, 1, [0xD1])],
                HalfHours = [0xE3, 0xC3, 0xCB],
                HalfHourDays = [(0xE3, [0xE7, 0xE8]), (0xC3, [0xC6, 0xC8]), (0xCB, [0xCE, 0xCF])],
                Minutes = 0xD0,
                Totals = [0xE2, 0xCA, 0xD5, 0xD6, 0xE4],
                Digits = [(0xE5, [0xE2, 0xE3, 0xE4, 0xD0]), (0xC4, [0xC1, 0xC3]), (0xCC, [0xCA, 0xCB, 0xD1, 0xD5, 0xD6])],
            },
        ];

        /// <summary>All of them.</summary>
        public static IReadOnlyList<MeterClass> All => Classes;

        /// <summary>Its code.</summary>
        public int Class { get; private init; }

        /// <summary>Chooses the day.</summary>
        public byte DaySelector { get; private init; }

        /// <summary>Days that it chooses.</summary>
        public byte[] Days { get; private init; }

        /// <summary>Those of them that do not count up.</summary>
        public byte[] NotCumulative { get; private init; } = [];

        /// <summary>Rows that are chosen by a time.</summary>
        public RowSelection[] Rows { get; private init; } = [];

        /// <summary>Values at the last half-hour.</summary>
        public byte[] HalfHours { get; private init; }

        /// <summary>Which day has which of them, a property for each direction.</summary>
        public (byte HalfHour, byte[] Days)[] HalfHourDays { get; private init; }

        /// <summary>Values at the last minute, or 0 without.</summary>
        public byte Minutes { get; private init; }

        /// <summary>Registers as they stand.</summary>
        public byte[] Totals { get; private init; }

        /// <summary>Numbers of digits, and the registers that have so many at most.</summary>
        public (byte Digits, byte[] Registers)[] Digits { get; private init; }

        /// <summary>Its selectors, each with what it chooses.</summary>
        public IEnumerable<(byte Selector, byte[] Data)> Selectors =>
            Rows.GroupBy(rows => rows.Selector, rows => rows.Data).Select(group => (group.Key, group.ToArray()))
                .Prepend((DaySelector, Days));

        /// <summary>A class by its code.</summary>
        public static MeterClass Of(int code)
        {
            return Classes.Single(one => one.Class == code);
        }
    }
}
