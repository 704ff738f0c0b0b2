using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>Selectors of histories and what they choose.</summary>
    internal static class SelectorRows
    {
        private const byte NoDay = 0xFF;
        private const int SelectorLength = 7;
        private const int RowLength = 8;
        private const int Rows = 3;

        private static readonly byte[] NoTime = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1];

        public static IEnumerable<ConformanceRow> Make()
        {
            foreach (MeterClass rules in MeterClass.All)
            {
                foreach ((byte selector, byte[] data) in rules.Selectors)
                {
                    bool isDay = selector == rules.DaySelector;
                    RowSelection rows = Array.Find(rules.Rows, one => one.Selector == selector);
                    foreach (ConformanceRow row in MakeOf(rules, selector, data, isDay, rows))
                    {
                        yield return row;
                    }
                }
            }
        }

        private static IEnumerable<ConformanceRow> MakeOf(MeterClass rules, byte selector, byte[] data, bool isDay, RowSelection rows)
        {
            string table = Clause.Table(rules.Class, selector);
            string atomic = $"{table}, atomic with {string.Join(' ', data.Select(epc => epc.ToString("X2")))}";
            ConformanceRow Row(string id, string title, string source, bool isCertain, Func<Selection, Finding> check)
            {
                return new ConformanceRow($"SEL-{rules.Class:X4}-{selector:X2}-{id}", RowGroup.Selector, $"{selector:X2}: {title}", source,
                    isCertain, rules.Class, meter =>
                    {
                        TestedObject tested = meter.Find(rules.Class);
                        return !tested.SetMap.Contains(selector) ? Finding.Skipped($"{selector:X2} is not in the Set map")
                            : check(new Selection(meter, tested, selector, data.Where(epc => tested.GetMap.Contains(epc)).ToArray(), rows));
                    });
            }

            bool isLow = rules.Class == PropertyTables.LowVoltage;
            yield return Row("DEFAULT", $"before anything was chosen it reads {(isDay ? "FF" : "FF six times and 01")}, and its data begin "
                + "with it", isDay || isLow ? table : Clause.None, isDay || isLow, one => LooksAtDefault(one, isDay, HasFirst));
            yield return Row("EMPTY", "before anything was chosen its data have no registers", isLow && !isDay ? atomic : Clause.None,
                isLow && !isDay, one => LooksAtDefault(one, isDay, HasNoData));
            yield return Row("SET", "what is set is read back, and its data begin with it", atomic, true, LooksAtSet);
            yield return Row("TOGETHER", "SetGet chooses and reads in one request", atomic, false, LooksAtSetGet);
            yield return Row("RANGE", isDay ? "a day above 99 is refused, and changes nothing"
                : "no rows, too many rows and a wrong minute are refused, and change nothing", table, true, LooksAtRange);
            yield return Row("LENGTH", "a value of the wrong length is refused, and changes nothing", table, true, LooksAtLength);
            yield return Row("TERMINAL", "what one controller chooses changes nothing for another", Clause.None, false, LooksAtTerminals);
        }

        private static Finding LooksAtDefault(Selection one, bool isDay, Func<byte[], byte[], bool> isDefault)
        {
            byte[] unset = isDay ? [NoDay] : NoTime;
            byte[] value = one.Tested.Value(one.Selector);
            byte[] first = isDay ? [0, NoDay] : NoTime;
            return value == null || !value.SequenceEqual(unset) ? Finding.Skipped($"it was set before: {MeterUnderTest.ToText(value)}")
                : Finding.Of(one.Data.Select(epc => (epc, edt: one.Tested.Read(epc))).Where(read => !isDefault(read.edt ?? [], first))
                    .Select(read => $"{read.epc:X2} is {MeterUnderTest.ToText(read.edt)}").FirstOrDefault());
        }

        private static bool HasFirst(byte[] edt, byte[] first)
        {
            return edt.Take(first.Length).SequenceEqual(first);
        }

        private static bool HasNoData(byte[] edt, byte[] first)
        {
            return edt.Length > first.Length && MeterTime.Registers(edt, first.Length).All(register => register == MeterTime.NoData);
        }

        private static Finding LooksAtSet(Selection one)
        {
            foreach (byte[] value in one.Values)
            {
                EchonetMessage answer = one.Meter.Set(one.Tested, one.Selector, value);
                byte[] back = one.Tested.Read(one.Selector);
                if (answer.Esv != EchonetMessage.SetRes || answer.Find(one.Selector) != null || back == null || !back.SequenceEqual(value))
                {
                    return Finding.Failed($"SetC {MeterUnderTest.ToText(value)}: ESV {answer.Esv:X2}, it reads {MeterUnderTest.ToText(back)}");
                }

                if (one.Data.Select(epc => FindFault(one, epc, one.Tested.Read(epc), value)).FirstOrDefault(fault => fault != null)
                    is string fault)
                {
                    return Finding.Failed(fault);
                }
            }

            return Finding.Passed;
        }

        private static Finding LooksAtSetGet(Selection one)
        {
            one.Meter.Remember(one.Tested, one.Selector);
            foreach (byte epc in one.Data)
            {
                foreach (byte[] value in one.Values)
                {
                    EchonetMessage request = MeterDialog.Request(one.Tested.Eoj, EchonetService.SetGet, (one.Selector, value), (epc, []));
                    request.Tid = one.Meter.Dialog.NextTid();
                    EchonetMessage answer = one.Meter.Dialog.Ask(EchonetFrames.SetGet(request, 1), request);
                    if (answer.Esv != EchonetService.SetGetRes
                        || FindFault(one, epc, answer.Properties[^1].Edt, value) is not null)
                    {
                        return Finding.Failed($"SetGet {MeterUnderTest.ToText(value)}: ESV {answer.Esv:X2}, {epc:X2} is "
                            + MeterUnderTest.ToText(answer.Properties.LastOrDefault().Edt));
                    }
                }
            }

            return Finding.Passed;
        }

        private static Finding LooksAtRange(Selection one)
        {
            return Refused(one, one.OutOfRange);
        }

        private static Finding LooksAtLength(Selection one)
        {
            byte[] value = one.Values[0];
            return Refused(one, [[.. value, 0], value[..^1]]);
        }

        private static Finding Refused(Selection one, IEnumerable<byte[]> values)
        {
            byte[] before = one.Values[0];
            one.Meter.Set(one.Tested, one.Selector, before);
            foreach (byte[] value in values)
            {
                EchonetMessage answer = one.Meter.Set(one.Tested, one.Selector, value);
                byte[] back = one.Tested.Read(one.Selector);
                if (answer.Esv != EchonetService.SetCSna || !(answer.Find(one.Selector) ?? []).SequenceEqual(value))
                {
                    return Finding.Failed($"SetC {MeterUnderTest.ToText(value)}: ESV {answer.Esv:X2}, "
                        + $"{MeterUnderTest.ToText(answer.Find(one.Selector) ?? [])} came back");
                }

                if (back == null || !back.SequenceEqual(before))
                {
                    return Finding.Failed($"SetC {MeterUnderTest.ToText(value)} was refused, and it reads {MeterUnderTest.ToText(back)} "
                        + $"in place of {MeterUnderTest.ToText(before)}");
                }
            }

            return Finding.Passed;
        }

        private static Finding LooksAtTerminals(Selection one)
        {
            if (!one.Meter.Path.Has(PathEnd.OtherController))
            {
                return Finding.Skipped("there is no second controller (--second)");
            }

            byte[] before = one.Tested.Read(one.Selector, PathEnd.OtherController);
            one.Meter.Set(one.Tested, one.Selector, one.Values[0]);
            one.Meter.Set(one.Tested, one.Selector, one.Values[1], PathEnd.OtherController);
            byte[] mine = one.Tested.Read(one.Selector);
            if (before != null)
            {
                one.Meter.Set(one.Tested, one.Selector, before, PathEnd.OtherController);
            }

            return Finding.Of(mine != null && mine.SequenceEqual(one.Values[0]) ? null
                : $"it read {MeterUnderTest.ToText(one.Values[0])}, another controller chose {MeterUnderTest.ToText(one.Values[1])}, and it "
                    + $"reads {MeterUnderTest.ToText(mine)}");
        }

        private static string FindFault(Selection one, byte epc, byte[] edt, byte[] value)
        {
            byte[] first = one.Rows == null ? [0, value[0]] : value;
            int length = one.Rows == null ? 194 : SelectorLength + (RowLength * value[^1]);
            return edt != null && edt.Length == length && edt.Take(first.Length).SequenceEqual(first) ? null
                : $"{one.Selector:X2} was set to {MeterUnderTest.ToText(value)}, {epc:X2} is {MeterUnderTest.ToText(edt)}";
        }

        /// <summary>A selector of a meter, and values for it.</summary>
        private sealed class Selection(MeterUnderTest meter, TestedObject tested, byte selector, byte[] data, RowSelection rows)
        {
            private readonly DateTime _newest = rows?.Newest.Select(epc => MeterTime.Read(tested.Value(epc)))
                .FirstOrDefault(time => time != null) ?? new DateTime(2026, 1, 1);

            public MeterUnderTest Meter => meter;

            public TestedObject Tested => tested;

            public byte Selector => selector;

            public byte[] Data => data;

            public RowSelection Rows => rows;

            /// <summary>Two that are to be taken.</summary>
            public byte[][] Values => rows == null ? [[1], [0]]
                : [MeterTime.Select(_newest, SelectorRows.Rows), MeterTime.Select(_newest.AddMinutes(-rows.Interval), 1)];

            /// <summary>What is not.</summary>
            public IEnumerable<byte[]> OutOfRange
            {
                get
                {
                    if (rows == null)
                    {
                        return [[100], [0xFE]];
                    }

                    int most = PropertyTables.Of(tested.Class).First(fact => fact.Epc == selector).Form.MostRows;
                    IEnumerable<byte[]> wrong = [MeterTime.Select(_newest, 0), MeterTime.Select(_newest, most + 1),
                        [0x07, 0xEA, 13, 1, 0, 0, 1]];
                    return rows.Interval == 1 ? wrong : wrong.Append(MeterTime.Select(_newest.AddMinutes(15), 1));
                }
            }
        }
    }
}
