using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Hems
{
    /// <summary>
    /// Reads what a meter still has, once: half-hours day by day (E5 with E2 and E4; of a high-voltage meter E1 with E7 and E8, C6 and C8,
    /// CE and CF), then minutes (EF with EE; ED and EE), the oldest first. What a session lost is asked again in the next one, as
    /// selectors are the session's.
    /// </summary>
    public sealed class HemsHistory
    {
        private const int MinutesPerAnswer = 10;
        private const int Attempts = 3;

        private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);
        private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

        private readonly HemsLink _hems;
        private readonly HemsMeter _meter;
        private readonly Queue<Step> _steps = new();
        private int _days;
        private int _minutes;

        /// <summary>Reads through a controller; does nothing before <see cref="Start"/>.</summary>
        /// <param name="hems">The way to the meter.</param>
        /// <param name="meter">The meter, as it said what it is.</param>
        public HemsHistory(HemsLink hems, HemsMeter meter)
        {
            _hems = hems;
            _meter = meter;
        }

        /// <summary>The meter has said who it is and what time it is; nothing of its history is read yet.</summary>
        public event Action Began;

        /// <summary>Values that were read.</summary>
        public event Action<HemsSlice> Got;

        /// <summary>Something that was asked for cannot be had; the rest is read on.</summary>
        public event Action<string> Missed;

        /// <summary>Everything was asked for.</summary>
        public event Action Ended;

        /// <summary>Whether a day's half-hours of a quantity are wanted, by its day and by whether there is a reverse direction; asked once
        /// <see cref="Began"/> was raised. Null for all.</summary>
        public Func<HemsQuantity, bool, DateTime, bool> IsWanted { get; set; }

        /// <summary>What the meter calls itself; null before <see cref="Began"/>.</summary>
        public string Name { get; private set; }

        /// <summary>The meter's time when it began.</summary>
        public DateTime Now { get; private set; }

        /// <summary>Days and tens of minutes to be asked for.</summary>
        public int Steps { get; private set; }

        /// <summary>Those that are done.</summary>
        public int Done => Steps - _steps.Count;

        /// <summary>Begins.</summary>
        /// <param name="days">Days before today, 0 to 99; negative for no day at all.</param>
        /// <param name="minutes">Minutes back from the newest one; 0 for none.</param>
        public void Start(int days, int minutes)
        {
            (_days, _minutes) = (days, minutes);
            _hems.Post(() => AskName(1));
        }

        private void AskName(int attempt)
        {
            HemsNameplate.Ask(_hems, _meter, name =>
            {
                if (name == null && attempt < Attempts)
                {
                    AskName(attempt + 1);
                    return;
                }

                Name = name ?? $"{_meter.Eoj:X6}";
                AskTime(1);
            });
        }

        private void AskTime(int attempt)
        {
            Get(_meter.ClockEpcs, answer =>
            {
                if (answer == null && attempt < Attempts)
                {
                    AskTime(attempt + 1);
                }
                else if (answer != null && _meter.ToClock(answer) is DateTime now)
                {
                    Now = now;
                    Begin();
                }
                else
                {
                    Missed?.Invoke($"the meter does not tell its time ({ToText(_meter.ClockEpcs)}), from which days are counted");
                    Ended?.Invoke();
                }
            });
        }

        private void Begin()
        {
            Began?.Invoke();
            PlanDays();
            PlanMinutes();
            Steps = _steps.Count;
            Next();
        }

        private void PlanDays()
        {
            (byte selector, IReadOnlyList<HemsDays> all) = _meter.DayHistory;
            HemsDays[] readable = all.Where(days => _meter.CanFetch(selector, days.Normal)).ToArray();
            if (_days >= 0 && readable.Length == 0)
            {
                Missed?.Invoke($"the meter has no days of half-hours to choose ({selector:X2}, {all[0].Normal:X2})");
            }

            for (int back = _days; back >= 0; back--)
            {
                DateTime day = Now.Date.AddDays(-back);
                HemsDays[] wanted = readable.Where(days => IsWanted?.Invoke(days.Quantity, HasReverse(days), day) != false).ToArray();
                if (wanted.Length > 0)
                {
                    _steps.Enqueue(new Step(day, wanted));
                }
            }
        }

        private void PlanMinutes()
        {
            if (_minutes > 0 && (_meter.MinuteRows is not (byte selector, byte data) || !_meter.CanFetch(selector, data)))
            {
                Missed?.Invoke("the meter has no minutes to choose (EF)");
                return;
            }

            DateTime newest = Now.AddTicks(-(Now.Ticks % Minute.Ticks));
            for (int left = _minutes; left > 0; left -= MinutesPerAnswer)
            {
                int rows = Math.Min(left, MinutesPerAnswer);
                _steps.Enqueue(new Step(newest.AddMinutes(rows - left), null, rows));
            }
        }

        private void Next()
        {
            if (_steps.TryPeek(out Step step))
            {
                Choose(step, 1);
            }
            else
            {
                Ended?.Invoke();
            }
        }

        private void Choose(Step step, int attempt)
        {
            byte selector = step.Days == null ? _meter.MinuteRows.Value.Selector : _meter.DayHistory.Selector;
            byte[] value = step.Days == null ? HemsMeter.ToSelector(step.Time, step.Rows) : HemsMeter.ToDaySelector(Now, step.Time);
            if (value == null)
            {
                Missed?.Invoke($"{step.Name}: midnight has passed, and the meter has this day no longer");
                End();
                return;
            }

            _hems.Ask(_meter.Eoj, EchonetMessage.SetC, [(selector, value)], chosen =>
            {
                if (chosen == null)
                {
                    Again(step, attempt, "no answer");
                }
                else if (chosen.Esv != EchonetMessage.SetRes)
                {
                    Again(step, attempt, $"the meter does not take the choice ({selector:X2})");
                }
                else if (step.Days == null)
                {
                    ReadMinutes(step, attempt);
                }
                else
                {
                    ReadDay(step, 0, attempt);
                }
            });
        }

        // One quantity after the other: all at once may be more than an answer holds.
        private void ReadDay(Step step, int number, int attempt)
        {
            if (number == step.Days.Length)
            {
                End();
                return;
            }

            HemsDays days = step.Days[number];
            Get([.. _meter.ClockEpcs, days.Normal, days.Reverse], answer =>
            {
                HemsEnergy[] values = answer == null ? [] : _meter.ToDay(answer, days).ToArray();

                // Chosen before midnight and read after it, a day is another one.
                if (values.Length == 0 || values[0].Time != step.Time)
                {
                    Learn(answer);
                    Again(step, attempt, answer == null ? "no answer" : $"not what was chosen ({days.Normal:X2})");
                    return;
                }

                DateTime now = _meter.ToClock(answer).Value;
                Got?.Invoke(new HemsSlice(days.Quantity, HalfHour, HasReverse(days), values.Where(value => value.Time <= now).ToList()));
                ReadDay(step, number + 1, attempt);
            });
        }

        private void ReadMinutes(Step step, int attempt)
        {
            (HemsQuantity Quantity, byte Data)[] all = _meter.MinuteHistory.Where(one => _meter.CanGet(one.Data)).ToArray();
            Get(all.Select(one => one.Data).ToArray(), answer =>
            {
                HemsEnergy[][] rows = all.Select(one => HemsMeter.ToRows(answer?.Find(one.Data), Minute).Reverse().ToArray()).ToArray();
                if (rows[0].Length == 0 || rows[0][^1].Time != step.Time)
                {
                    Again(step, attempt, answer == null ? "no answer" : $"not what was chosen ({all[0].Data:X2})");
                    return;
                }

                for (int i = 0; i < all.Length; i++)
                {
                    if (rows[i].Length > 0)
                    {
                        Got?.Invoke(new HemsSlice(all[i].Quantity, Minute, _meter.HasReverse, rows[i]));
                    }
                }

                End();
            });
        }

        private bool HasReverse(HemsDays days) => _meter.HasReverse && _meter.CanGet(days.Reverse);

        private void Learn(EchonetMessage answer)
        {
            Now = answer == null ? Now : _meter.ToClock(answer) ?? Now;
        }

        private void Again(Step step, int attempt, string why)
        {
            if (attempt < Attempts)
            {
                Choose(step, attempt + 1);
                return;
            }

            Missed?.Invoke($"{step.Name}: {why}, {Attempts} times");
            End();
        }

        private void End()
        {
            _steps.Dequeue();
            Next();
        }

        private void Get(byte[] epcs, Action<EchonetMessage> take)
        {
            _hems.Ask(_meter.Eoj, EchonetMessage.Get, epcs.Where(_meter.CanGet).Select(epc => (epc, Array.Empty<byte>())), take);
        }

        private static string ToText(IEnumerable<byte> epcs)
        {
            return string.Join(", ", epcs.Select(epc => epc.ToString("X2")));
        }

        // A day, or minutes up to a time where there are no days.
        private sealed record Step(DateTime Time, HemsDays[] Days, int Rows = 0)
        {
            public string Name => Days == null ? $"minutes up to {Time:yyyy-MM-dd HH:mm}" : $"{Time:yyyy-MM-dd}";
        }
    }
}
