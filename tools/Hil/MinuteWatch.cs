using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;
using NanoComm.Reporting;

namespace NanoComm.Hil
{
    /// <summary>
    /// A terminal that looks at power and minutes all the time, and holds what it is told to what the metering unit has: how
    /// old each power is, and whether every minute is there and right.
    /// </summary>
    public sealed class MinuteWatch
    {
        // Of minutes, at most (EE).
        private const int RowsOfAnswer = 10;
        private const int Patience = 2 * Bench.Second;
        private const int SetTries = 3;

        private readonly Bench _bench;
        private readonly Terminal _terminal;
        private readonly long _from;
        private readonly List<ReportPoint> _ages = [];
        private readonly List<ReportPoint> _answerTimes = [];
        private readonly Dictionary<DateTime, bool> _minutes = [];
        private DateTime _whole;
        private long _nextFetch;

        /// <summary>Begins.</summary>
        /// <param name="bench">The bench.</param>
        /// <param name="terminal">The terminal that asks.</param>
        public MinuteWatch(Bench bench, Terminal terminal)
        {
            _bench = bench;
            _terminal = terminal;
            _from = bench.Now;
            FirstMinute = NextMinute(bench.Meter.Energy.ClockTime);
            _whole = FirstMinute;
        }

        /// <summary>The first minute that ends while it watches, by the metering clock.</summary>
        public DateTime FirstMinute { get; }

        /// <summary>Looks so far.</summary>
        public int Looks { get; private set; }

        /// <summary>Of these, without any answer.</summary>
        public int Unanswered { get; private set; }

        /// <summary>Of these, without a value of the power.</summary>
        public int WithoutPower { get; private set; }

        /// <summary>Powers and minutes that the metering unit never had.</summary>
        public int Wrong { get; private set; }

        /// <summary>The oldest power, ms.</summary>
        public long OldestPower { get; private set; }

        /// <summary>The slowest answer, ms.</summary>
        public long SlowestAnswer { get; private set; }

        /// <summary>Looks for some time.</summary>
        /// <param name="milliseconds">How long.</param>
        /// <param name="period">From one look to the next.</param>
        /// <param name="fetches">Whether minutes are fetched as they come, as they are kept for an hour only.</param>
        public void Watch(long milliseconds, int period, bool fetches = false)
        {
            long end = _bench.Now + milliseconds;
            while (_bench.Now < end)
            {
                long next = _bench.Now + period;
                Look();
                if (fetches)
                {
                    FetchDue();
                }

                _bench.Run(Math.Max(0, Math.Min(next, end) - _bench.Now));
            }
        }

        /// <summary>Asks for power and newest minute once.</summary>
        public void Look()
        {
            Looks++;
            EchonetMessage answer = _terminal.Get(Patience, HemsLowVoltageMeter.Power, HemsMeter.OneMinute);
            if (answer == null)
            {
                Unanswered++;
                return;
            }

            SlowestAnswer = Math.Max(SlowestAnswer, _terminal.AnswerTime);
            _answerTimes.Add(new ReportPoint(Seconds, _terminal.AnswerTime));
            JudgePower(answer.Find(HemsLowVoltageMeter.Power));
            if (HemsMeter.ToTimed(answer.Find(HemsMeter.OneMinute)) is { IsEmpty: false } minute)
            {
                Judge(minute);
            }
        }

        /// <summary>Fetches the minutes that are over, and counts those that are missing.</summary>
        /// <param name="patience">How long is waited for them, ms: a board may have been late with the last ones.</param>
        public int CountMissed(int patience)
        {
            DateTime last = LastMinute(0);
            long until = _bench.Now + patience;
            int missed = FetchMissing(last);
            while (missed > 0 && _bench.Now < until)
            {
                _bench.Run(Bench.Second);
                missed = FetchMissing(last);
            }

            return missed;
        }

        /// <summary>Puts figures and plots into the scenario's results.</summary>
        /// <param name="oldest">The oldest that a power may be, ms.</param>
        /// <param name="most">The oldest that nine powers of ten may be, ms.</param>
        /// <param name="missed">Minutes that were missed.</param>
        public void Report(long oldest, long most, int missed)
        {
            _bench.AtMost("minutes missed", missed, "", 0);
            _bench.AtMost("values that the metering unit never had", Wrong, "", 0);
            _bench.AtMost("age of the power (E7), oldest", OldestPower, "ms", oldest);
            _bench.AtMost("age of the power (E7), nine of ten", Quantile(_ages, 0.9), "ms", most);
            _bench.Tell("age of the power (E7), median", Quantile(_ages, 0.5), "ms");
            _bench.Tell("answer time, slowest", SlowestAnswer, "ms");
            _bench.Tell("answer time, median", Quantile(_answerTimes, 0.5), "ms");
            _bench.Tell("minutes", _minutes.Count, "");
            _bench.Tell("looks", Looks, "");
            _bench.Results.Series.Add(new ReportSeries("age of the power (E7)", "ms", _ages, oldest));
            _bench.Results.Series.Add(new ReportSeries("answer time", "ms", _answerTimes));
        }

        private double Seconds => (_bench.Now - _from) / 1000.0;

        private static DateTime NextMinute(DateTime time)
        {
            return time.AddTicks(TimeSpan.TicksPerMinute - (time.Ticks % TimeSpan.TicksPerMinute));
        }

        private static IEnumerable<DateTime> Labels(DateTime first, DateTime last)
        {
            for (DateTime label = first; label <= last; label = label.AddMinutes(1))
            {
                yield return label;
            }
        }

        private static double Quantile(List<ReportPoint> points, double share)
        {
            return points.Count == 0 ? double.NaN
                : points.Select(point => point.Value).Order().ElementAt((int)(points.Count * share));
        }

        private int FetchMissing(DateTime last)
        {
            for (DateTime to = last; to >= FirstMinute; to = to.AddMinutes(-RowsOfAnswer))
            {
                DateTime newest = to;
                if (Labels(newest.AddMinutes(1 - RowsOfAnswer), newest).Any(label => label >= FirstMinute && !_minutes.ContainsKey(label)))
                {
                    Fetch(newest);
                }
            }

            return Labels(FirstMinute, last).Count(label => !_minutes.GetValueOrDefault(label));
        }

        // The last of which a board can be expected to have the row, where it may take so long to read it.
        private DateTime LastMinute(int grace)
        {
            return NextMinute(_bench.Meter.Energy.ClockTime.AddMilliseconds(-(double)grace * _bench.Setup.Speed)).AddMinutes(-1);
        }

        private void JudgePower(byte[] edt)
        {
            if (HemsMeter.ToPower(edt) is not int power)
            {
                WithoutPower++;
                return;
            }

            if (_bench.Meter.AgeOf(power, _bench.Now) is not long age)
            {
                Wrong++;
                _bench.Note($"a power that the metering unit never told: {power} W");
                return;
            }

            OldestPower = Math.Max(OldestPower, age);
            _ages.Add(new ReportPoint(Seconds, age));
        }

        private void Judge(HemsEnergy minute)
        {
            if (minute.IsEmpty)
            {
                return;
            }

            bool isRight = minute.Normal == _bench.Meter.Energy.NormalAt(minute.Time)
                && minute.Reverse == _bench.Meter.Energy.ReverseAt(minute.Time);
            if (!isRight)
            {
                Wrong++;
                _bench.Note($"minute {minute.Time:HH:mm}: {minute.Normal}, {minute.Reverse} where the metering unit has "
                    + $"{_bench.Meter.Energy.NormalAt(minute.Time)}, {_bench.Meter.Energy.ReverseAt(minute.Time)}");
            }

            if (minute.Time >= FirstMinute)
            {
                _minutes[minute.Time] = isRight;
            }
        }

        // The first that is missing and those behind it, once an answer would be full.
        private void FetchDue()
        {
            DateTime last = LastMinute(Patience);
            DateTime due = last.AddMinutes(1 - RowsOfAnswer);
            DateTime missing = Labels(_whole, due).FirstOrDefault(label => !_minutes.ContainsKey(label));
            if (missing != default && _bench.Now >= _nextFetch)
            {
                _nextFetch = _bench.Now + Patience;
                Fetch(missing.AddMinutes(RowsOfAnswer - 1));
            }

            while (_minutes.ContainsKey(_whole))
            {
                _whole = _whole.AddMinutes(1);
            }
        }

        private void Fetch(DateTime newest)
        {
            byte[] selector = HemsMeter.ToSelector(newest, RowsOfAnswer);
            for (int i = 0; i < SetTries; i++)
            {
                EchonetMessage chosen = _terminal.Ask(Patience, Terminal.MeterEoj, EchonetMessage.SetC,
                    [(HemsLowVoltageMeter.MinutesTime, selector)]);
                byte[] rows = chosen?.Esv == EchonetMessage.SetRes
                    ? _terminal.Get(Patience, HemsLowVoltageMeter.Minutes)?.Find(HemsLowVoltageMeter.Minutes) : null;
                if (rows != null)
                {
                    foreach (HemsEnergy row in HemsMeter.ToRows(rows, TimeSpan.FromMinutes(1)))
                    {
                        Judge(row);
                    }

                    return;
                }
            }
        }
    }
}
