using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;
using NanoComm.Reporting;

namespace NanoComm.MeterConformance
{
    /// <summary>What is announced, and what can only be seen over minutes.</summary>
    internal static class WatchRows
    {
        private const byte InstanceListNotification = 0xD5;
        private const byte SelfNodeInstanceListS = 0xD6;
        private const int HalfHour = 30;
        private const int DayOffset = 2;
        private const int Digits = 8;
        private const ushort ControllerTid = 0x0001;
        private const string LinkUp = $"{Clause.Part2}, 4.3.1 (start)";

        private static readonly TimeSpan Latest = TimeSpan.FromMinutes(5);

        public static IEnumerable<ConformanceRow> Make()
        {
            yield return new ConformanceRow("INF-LINKUP", RowGroup.Watch, "When its link comes up the meter announces its instance list (INF "
                + "D5); the last such is that of D6", LinkUp, true, 0, LooksAtLinkUp);
            yield return new ConformanceRow("WATCH-ANSWERED", RowGroup.Watch, "Every request of the watch is answered", Clause.Observed, false, 0,
                meter => meter.Watch is not Watch watch ? NoMinutes : Finding.Of(watch.Samples.Any(sample => sample.Values.Count == 0)
                    ? $"{watch.Samples.Count(sample => sample.Values.Count == 0)} of {watch.Samples.Count} were not" : null));
            foreach (MeterClass rules in MeterClass.All)
            {
                foreach (ConformanceRow row in MakeOf(rules))
                {
                    yield return row;
                }
            }
        }

        private static Finding NoMinutes => Finding.Skipped("takes minutes (--minutes)");

        private static IEnumerable<ConformanceRow> MakeOf(MeterClass rules)
        {
            bool isRead = rules.Class == PropertyTables.LowVoltage;
            string announced = isRead ? Clause.Interface : "application interface specification of high-voltage meters";
            ConformanceRow Row(string id, string title, string source, bool isCertain, Func<MeterUnderTest, Watch, TestedObject, Finding> check)
            {
                return new ConformanceRow($"WATCH-{rules.Class:X4}-{id}", RowGroup.Watch, title, source, isCertain, rules.Class,
                    meter => meter.Watch is Watch watch ? check(meter, watch, meter.Find(rules.Class)) : NoMinutes);
            }

            yield return Row("TOTALS", "No register of energy runs backwards", Clause.Table(rules.Class, rules.Totals[0]), true,
                (_, watch, tested) => LooksAtTotals(watch, tested, rules));
            if (rules.Minutes != 0)
            {
                yield return Row("MINUTES", $"{rules.Minutes:X2} goes on with every minute", Clause.Table(rules.Class, rules.Minutes), true,
                    (_, watch, tested) => LooksAtMinutes(watch, tested, rules));
            }

            byte[] needed = isRead ? rules.HalfHours : rules.HalfHours[..1];
            yield return Row("INF", $"{string.Join(' ', needed.Select(epc => epc.ToString("X2")))} of each half-hour is announced within five "
                + "minutes", announced, isRead, (_, watch, tested) => LooksAtAnnouncements(watch, tested, needed));
            if (isRead)
            {
                yield return Row("INF-OPC", "An announcement of the half-hour has two properties at most", announced, true,
                    (_, watch, tested) => OfAnnouncements(watch, tested, needed, one => one.Properties.Count > 2
                        ? $"{one.Properties.Count} properties" : null));
            }

            yield return Row("INF-TO", "An announcement of the half-hour is for 05FF01 and has TID 0001", Clause.Observed, false,
                (_, watch, tested) => OfAnnouncements(watch, tested, needed, one => one.Deoj == EchonetMessage.Controller && one.Tid == ControllerTid
                    ? null : $"it is for {one.Deoj:X6} and has TID {one.Tid:X4}"));
            yield return Row("MIDNIGHT", "At midnight a day of the history becomes the day before it, with the values that it had",
                Clause.Table(rules.Class, rules.DaySelector), true, (meter, watch, tested) => LooksAtMidnight(meter, watch, tested, rules));
        }

        private static Finding LooksAtLinkUp(MeterUnderTest meter)
        {
            _ = meter.Watch;
            HeardNotification[] heard = meter.Dialog.Notifications
                .Where(one => one.Message.Seoj == EchonetMessage.NodeProfile && one.Message.Find(InstanceListNotification) != null).ToArray();
            byte[] list = meter.Node.Value(SelfNodeInstanceListS);
            return heard.Length == 0 && !meter.Path.IsLinkUp ? Finding.Skipped("the link was up before; restart the meter during --minutes")
                : heard.Length == 0 ? Finding.Failed("nothing was announced")
                : Finding.Of(heard[^1].Message.Find(InstanceListNotification) is byte[] last && last.SequenceEqual(list ?? []) ? null
                    : $"announced was {MeterUnderTest.ToText(heard[^1].Message.Find(InstanceListNotification))}, D6 is "
                        + MeterUnderTest.ToText(list));
        }

        private static Finding LooksAtTotals(Watch watch, TestedObject tested, MeterClass rules)
        {
            var series = new List<ReportSeries>();
            string fault = null;
            foreach (byte epc in rules.Totals.Append(rules.Minutes).Concat(rules.HalfHours).Where(epc => epc is not (0 or 0xC3)))
            {
                (long Time, uint[] Registers)[] values = watch.Of(tested.Eoj, epc).Select(one => (one.Time, MeterTime.RegistersOf(one.Value))).ToArray();
                for (int i = 0; i < (values.Length == 0 ? 0 : values.Min(one => one.Registers.Length)); i++)
                {
                    int direction = i;
                    fault ??= MeterTime.FindBackward(values.Select(one => one.Registers[direction]), Digits) is string found
                        ? $"{epc:X2}: {found}" : null;
                    series.Add(new ReportSeries($"{epc:X2}{(values[0].Registers.Length > 1 ? direction == 0 ? " normal" : " reverse" : "")}, from its "
                        + "first value on", "steps", values.Select(one => new ReportPoint((one.Time - watch.From) / 1000.0,
                            one.Registers[direction] == MeterTime.NoData ? double.NaN
                                : (double)one.Registers[direction] - values[0].Registers[direction])).ToList()));
                }
            }

            return series.Count == 0 ? Finding.Failed("no register was told") : Finding.Of(fault) with { Series = series };
        }

        private static Finding LooksAtMinutes(Watch watch, TestedObject tested, MeterClass rules)
        {
            DateTime[] times = watch.Of(tested.Eoj, rules.Minutes).Select(one => MeterTime.Read(one.Value)).Where(time => time != null)
                .Select(time => time.Value).ToArray();
            if (times.Length == 0)
            {
                return Finding.Failed($"{rules.Minutes:X2} has no time");
            }

            // One may end before the first reading, and one not have been read yet at the last.
            double passed = (watch.To - watch.From) * watch.Speed / 60_000.0;
            double moved = (times[^1] - times[0]).TotalMinutes;
            string back = Enumerable.Range(1, times.Length - 1).Where(i => times[i] < times[i - 1])
                .Select(i => $"{times[i - 1]:HH:mm} is followed by {times[i]:HH:mm}").FirstOrDefault();
            return Finding.Of(back ?? (moved >= passed - 2.5 && moved <= passed + 1.5 ? null
                : $"in {passed:F1} minutes it went from {times[0]:HH:mm} to {times[^1]:HH:mm}"));
        }

        private static Finding LooksAtAnnouncements(Watch watch, TestedObject tested, byte[] epcs)
        {
            if (watch.ClockAt(tested.Eoj, watch.From) is not DateTime from)
            {
                return Finding.Skipped("the meter tells no time to compare with");
            }

            DateTime to = watch.ClockAt(tested.Eoj, watch.To).Value;
            DateTime first = from.Date.AddMinutes(Math.Ceiling((from - from.Date).TotalMinutes / HalfHour) * HalfHour);
            DateTime[] wanted = Enumerable.Range(0, 1 + (int)(to - from).TotalMinutes / HalfHour).Select(i => first.AddMinutes(i * HalfHour))
                .Where(time => time + Latest <= to).ToArray();
            var late = new List<ReportFigure>();
            foreach (DateTime time in wanted)
            {
                foreach (byte epc in epcs)
                {
                    HeardNotification heard = watch.Notifications.FirstOrDefault(one => one.Message.Seoj == tested.Eoj
                        && MeterTime.Read(one.Message.Find(epc)) == time);
                    if (heard == null)
                    {
                        return Finding.Failed($"{epc:X2} of {time:HH:mm} was not announced");
                    }

                    late.Add(new ReportFigure($"{epc:X2} of {time:HH:mm}, after the half-hour",
                        (watch.ClockAt(tested.Eoj, heard.Time).Value - time).TotalSeconds, "s", Latest.TotalSeconds));
                }
            }

            return wanted.Length == 0 ? Finding.Skipped($"no half-hour and five minutes after it fell between {from:HH:mm} and {to:HH:mm}")
                : Finding.Of(late.Exists(figure => !figure.IsWithin) ? "later than five minutes" : null) with { Figures = late };
        }

        private static Finding OfAnnouncements(Watch watch, TestedObject tested, byte[] epcs, Func<EchonetMessage, string> findFault)
        {
            EchonetMessage[] heard = watch.Notifications.Select(one => one.Message)
                .Where(one => one.Seoj == tested.Eoj && epcs.Any(epc => one.Find(epc) != null)).ToArray();
            return heard.Length == 0 ? Finding.Skipped("nothing was announced")
                : Finding.Of(heard.Select(findFault).FirstOrDefault(fault => fault != null));
        }

        private static Finding LooksAtMidnight(MeterUnderTest meter, Watch watch, TestedObject tested, MeterClass rules)
        {
            int passed = (watch.ClockAt(tested.Eoj, watch.To)?.Date - watch.ClockAt(tested.Eoj, watch.From)?.Date)?.Days ?? 0;
            if (passed == 0)
            {
                return Finding.Skipped("no midnight fell into the watch");
            }

            foreach (byte epc in rules.Days)
            {
                for (byte day = 0; day < 2 && watch.DayBefore(tested.Eoj, day, epc) is byte[] before; day++)
                {
                    meter.Set(tested, rules.DaySelector, [(byte)(day + passed)]);
                    uint[] then = MeterTime.Registers(before, DayOffset);
                    uint[] now = MeterTime.Registers(tested.Read(epc), DayOffset);
                    int other = Array.FindIndex(then, value => value != MeterTime.NoData) < 0 ? -1
                        : Enumerable.Range(0, then.Length).Where(i => then[i] != MeterTime.NoData && (now.Length <= i || now[i] != then[i]))
                            .DefaultIfEmpty(-1).First();
                    if (other >= 0)
                    {
                        return Finding.Failed($"{epc:X2}: row {other} of day {day} was {then[other]}, and is "
                            + $"{(now.Length <= other ? "not there" : now[other].ToString())} as day {day + passed}");
                    }
                }
            }

            return Finding.Passed;
        }
    }
}
