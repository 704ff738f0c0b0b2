using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.MeterConformance
{
    /// <summary>Values against each other and against time, as they are at one moment.</summary>
    internal static class TimeRows
    {
        private const byte Yesterday = 1;
        private const byte Today = 0;
        private const int DayOffset = 2;
        private const int RowOffset = 7;
        private const int HalfHours = 48;
        private const int HalfHour = 30;
        private const int Digits = 8;
        private const int MostTries = 3;

        public static IEnumerable<ConformanceRow> Make()
        {
            return MeterClass.All.SelectMany(MakeOf);
        }

        private static IEnumerable<ConformanceRow> MakeOf(MeterClass rules)
        {
            foreach (byte epc in rules.HalfHours)
            {
                yield return Row(rules, $"{epc:X2}-GRID", $"{epc:X2} is of a whole half-hour", Clause.Table(rules.Class, epc), true, [epc],
                    tested => LooksAtGrid(tested, epc, HalfHour));
            }

            if (rules.Minutes != 0)
            {
                yield return Row(rules, $"{rules.Minutes:X2}-GRID", $"{rules.Minutes:X2} is of a whole minute",
                    Clause.Table(rules.Class, rules.Minutes), true, [rules.Minutes], tested => LooksAtGrid(tested, rules.Minutes, 1));
                yield return Row(rules, "ORDER", "No register of the last half-hour is above that of the last minute, and none of these above "
                    + "that of now", Clause.None, false, [rules.Minutes, rules.HalfHours[0]], tested => LooksAtOrder(tested, rules));
            }

            foreach ((byte digits, byte[] registers) in rules.Digits)
            {
                yield return Row(rules, $"{digits:X2}-DIGITS", $"No register of {string.Join(' ', registers.Select(epc => epc.ToString("X2")))} "
                    + $"has more digits than {digits:X2} says", Clause.Table(rules.Class, digits), true, [digits],
                    tested => LooksAtDigits(tested, digits, registers));
            }

            foreach (byte day in rules.Days.Except(rules.NotCumulative))
            {
                yield return Row(rules, $"{day:X2}-FORWARD", $"The rows of {day:X2} run forward in time: none is below the one before it",
                    Clause.Table(rules.Class, day), true, [day, rules.DaySelector], (meter, tested) => LooksAtForward(meter, tested, rules, day));
            }

            foreach (byte day in rules.Days)
            {
                yield return Row(rules, $"{day:X2}-TODAY", $"Today's rows of {day:X2} that are not reached yet have no data",
                    Clause.Table(rules.Class, day), true, [day, rules.DaySelector], (meter, tested) => LooksAtToday(meter, tested, rules, day));
            }

            foreach ((byte halfHour, byte[] days) in rules.HalfHourDays)
            {
                yield return Row(rules, $"{halfHour:X2}-DAY", $"{halfHour:X2} is in its row of "
                    + string.Join(' ', days.Select(epc => epc.ToString("X2"))), Clause.Table(rules.Class, days[0]), true,
                    [halfHour, rules.DaySelector], (meter, tested) => LooksAtRow(meter, tested, rules, halfHour, days));
            }

            foreach (RowSelection rows in rules.Rows)
            {
                yield return Row(rules, $"{rows.Data:X2}-BACKWARD", $"The rows of {rows.Data:X2} run backward in time, {rows.Interval} minutes "
                    + "from one to the next, and the first is of the time chosen", Clause.Table(rules.Class, rows.Data), true,
                    [rows.Data, rows.Selector, rows.Newest[0]], (meter, tested) => LooksAtRows(meter, tested, rows));
            }
        }

        private static ConformanceRow Row(MeterClass rules, string id, string title, string source, bool isCertain, byte[] needs,
            Func<TestedObject, Finding> check)
        {
            return Row(rules, id, title, source, isCertain, needs, (_, tested) => check(tested));
        }

        private static ConformanceRow Row(MeterClass rules, string id, string title, string source, bool isCertain, byte[] needs,
            Func<MeterUnderTest, TestedObject, Finding> check)
        {
            return new ConformanceRow($"TIME-{rules.Class:X4}-{id}", RowGroup.Time, title, source, isCertain, rules.Class, meter =>
            {
                TestedObject tested = meter.Find(rules.Class);
                return needs.FirstOrDefault(epc => !tested.GetMap.Contains(epc)) is byte missing and not 0
                    ? Finding.Skipped($"{missing:X2} is not in the Get map") : check(meter, tested);
            });
        }

        private static Finding LooksAtGrid(TestedObject tested, byte epc, int minutes)
        {
            byte[] edt = tested.Read(epc);
            return MeterTime.Read(edt) is not DateTime time ? Finding.Failed($"{epc:X2} has no time: {MeterUnderTest.ToText(edt)}")
                : Finding.Of(time.Second == 0 && time.Minute % minutes == 0 ? null : $"{epc:X2} is of {time:yyyy-MM-dd HH:mm:ss}");
        }

        // In one request, so that no minute ends between them.
        private static Finding LooksAtOrder(TestedObject tested, MeterClass rules)
        {
            bool isLow = rules.Class == PropertyTables.LowVoltage;
            byte[] halfHours = isLow ? rules.HalfHours : rules.HalfHours[..1];
            byte[] totals = isLow ? rules.Totals : rules.Totals[..1];
            Hems.EchonetMessage answer = tested.Get([.. halfHours, rules.Minutes, .. totals]);
            uint[][] ages = new[] { halfHours, [rules.Minutes], totals }
                .Select(epcs => epcs.SelectMany(epc => MeterTime.RegistersOf(answer.Find(epc))).ToArray()).ToArray();
            IEnumerable<string> faults = Enumerable.Range(0, ages.Min(age => age.Length))
                .Select(i => MeterTime.FindBackward(ages.Select(age => age[i]), Digits)).Where(fault => fault != null);
            return Finding.Of(faults.FirstOrDefault());
        }

        private static Finding LooksAtDigits(TestedObject tested, byte digits, byte[] registers)
        {
            byte[] count = tested.Value(digits);
            if (count is not { Length: 1 })
            {
                return Finding.Failed($"{digits:X2} is {MeterUnderTest.ToText(count)}");
            }

            return Finding.Of(registers.Where(epc => tested.GetMap.Contains(epc))
                .Where(epc => MeterTime.RegistersOf(tested.Value(epc)).Any(value => value != MeterTime.NoData && value >= Math.Pow(10, count[0])))
                .Select(epc => $"{digits:X2} says {count[0]} digits, {epc:X2} is {MeterUnderTest.ToText(tested.Value(epc))}").FirstOrDefault());
        }

        private static Finding LooksAtForward(MeterUnderTest meter, TestedObject tested, MeterClass rules, byte day)
        {
            uint[] values = ReadDay(meter, tested, rules, Yesterday, day);
            return values.Count(value => value != MeterTime.NoData) < 2 ? Finding.Skipped("yesterday has less than two rows with data")
                : Finding.Of(values.Length != HalfHours ? $"{values.Length} rows" : MeterTime.FindBackward(values, Digits));
        }

        private static Finding LooksAtToday(MeterUnderTest meter, TestedObject tested, MeterClass rules, byte day)
        {
            uint[] values = ReadDay(meter, tested, rules, Today, day);
            if (Newest(tested, rules) is not DateTime newest)
            {
                return Finding.Skipped("the meter tells no time");
            }

            int reached = ((newest.Hour * 60) + newest.Minute) / HalfHour;
            int later = Array.FindIndex(values, Math.Min(reached + 1, values.Length), value => value != MeterTime.NoData);
            return Finding.Of(later < 0 ? null : $"row {later}, which begins at {later / 2:D2}:{later % 2 * HalfHour:D2}, is {values[later]} at "
                + $"{newest:HH:mm}");
        }

        private static Finding LooksAtRow(MeterUnderTest meter, TestedObject tested, MeterClass rules, byte halfHour, byte[] days)
        {
            return Steadily(tested, halfHour, (edt, time) =>
            {
                uint[] registers = MeterTime.RegistersOf(edt);
                byte back = (byte)((Newest(tested, rules) ?? time).Date - time.Date).Days;
                for (int i = 0; i < days.Length; i++)
                {
                    uint[] values = ReadDay(meter, tested, rules, back, days[i]);
                    int row = ((time.Hour * 60) + time.Minute) / HalfHour;
                    if (values.Length <= row || values[row] != registers[i])
                    {
                        return $"{halfHour:X2} is {registers[i]} at {time:yyyy-MM-dd HH:mm}, row {row} of {days[i]:X2} is "
                            + (values.Length <= row ? "not there" : values[row].ToString());
                    }
                }

                return null;
            });
        }

        private static Finding LooksAtRows(MeterUnderTest meter, TestedObject tested, RowSelection rows)
        {
            int count = PropertyTables.Of(tested.Class).First(fact => fact.Epc == rows.Selector).Form.MostRows;
            bool hasMoved = false;
            Finding finding = Steadily(tested, rows.Newest[0], (edt, time) =>
            {
                uint[] newest = rows.Newest.SelectMany(epc => MeterTime.RegistersOf(epc == rows.Newest[0] ? edt : tested.Read(epc))).ToArray();
                uint[] values = ReadRows(meter, tested, rows, time, count);
                uint[] earlier = ReadRows(meter, tested, rows, time.AddMinutes(-2 * rows.Interval), count);
                hasMoved = values.Chunk(2).Where(row => !row.Contains(MeterTime.NoData)).DistinctBy(row => (row[0], row[1])).Count() > 1;
                return values.Length != 2 * count || earlier.Length != 2 * count
                    ? $"{values.Length / 2} and {earlier.Length / 2} rows for {count}"
                    : !values.Take(2).SequenceEqual(newest) ? $"the first row is {values[0]} and {values[1]}, at {time:HH:mm} it was "
                        + $"{newest[0]} and {newest[1]}"
                    : !values.Skip(4).SequenceEqual(earlier.SkipLast(4)) ? $"the rows of {time.AddMinutes(-2 * rows.Interval):HH:mm} are others "
                        + "when they are chosen as first ones"
                    : FindForward(values, 0) ?? FindForward(values, 1);
            });
            return finding != Finding.Passed || hasMoved ? finding
                : Finding.Skipped("no register moved in all these rows, so that their order cannot be seen");
        }

        private static string FindForward(uint[] values, int direction)
        {
            return MeterTime.FindBackward(values.Where((_, i) => i % 2 == direction).Reverse(), Digits);
        }

        // What compares two readings is looked at again when one of them has gone on meanwhile.
        private static Finding Steadily(TestedObject tested, byte epc, Func<byte[], DateTime, string> findFault)
        {
            string fault = null;
            for (int i = 0; i < MostTries; i++)
            {
                byte[] edt = tested.Read(epc);
                if (MeterTime.Read(edt) is not DateTime time || MeterTime.RegistersOf(edt).All(value => value == MeterTime.NoData))
                {
                    return Finding.Skipped($"{epc:X2} has no data");
                }

                fault = findFault(edt, time);
                if (fault == null || (tested.Read(epc) is byte[] after && after.SequenceEqual(edt)))
                {
                    break;
                }
            }

            return Finding.Of(fault);
        }

        // What the newest value of the meter is of.
        private static DateTime? Newest(TestedObject tested, MeterClass rules)
        {
            return rules.Totals.Append(rules.Minutes).Where(epc => tested.GetMap.Contains(epc)).Select(epc => tested.Read(epc))
                .Where(edt => edt != null && edt.Length > MeterTime.Length).Select(edt => MeterTime.Read(edt)).Max();
        }

        private static uint[] ReadDay(MeterUnderTest meter, TestedObject tested, MeterClass rules, byte day, byte epc)
        {
            meter.Set(tested, rules.DaySelector, [day]);
            return MeterTime.Registers(tested.Read(epc), DayOffset);
        }

        private static uint[] ReadRows(MeterUnderTest meter, TestedObject tested, RowSelection rows, DateTime time, int count)
        {
            meter.Set(tested, rows.Selector, MeterTime.Select(time, count));
            return MeterTime.Registers(tested.Read(rows.Data), RowOffset);
        }
    }
}
