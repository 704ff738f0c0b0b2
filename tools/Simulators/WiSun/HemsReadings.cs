using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>
    /// What a controller does with a meter, month in, month out: each minute it reads the minute's registers (D0) and
    /// the power (E7, E8), each half hour the registers of that half hour (EA, EB, unless notified); what it missed it
    /// fetches again from the histories, minutes with EF and EE, half hours with ED and EC.
    /// </summary>
    public sealed class HemsReadings
    {
        private const int Meter = 0x028801;
        private const uint NoData = 0xFFFFFFFE;
        private const int MinuteRows = 10;
        private const int HalfHourRows = 12;
        private const int MinutesKept = 60;
        private const int SecondOfMinute = 5;
        private const int HalfHourPatience = 20;

        private readonly HemsController _hems;
        private readonly IAirClock _clock;
        private readonly DateTime _start;
        private readonly DateTime _firstMinute;
        private readonly DateTime _firstHalfHour;
        private readonly Dictionary<DateTime, HemsRow> _minutes = new();
        private readonly Dictionary<DateTime, HemsRow> _halfHours = new();
        private readonly Dictionary<DateTime, (uint? Normal, uint? Reverse)> _halves = new();
        private DateTime _oldestMissingHalfHour;
        private bool _isStopped;
        private bool _isBusy;

        /// <summary>Reads through a controller.</summary>
        /// <param name="hems">The controller.</param>
        /// <param name="clock">The clock of the air.</param>
        /// <param name="start">Civil time at the clock's 0: a controller has the time from elsewhere.</param>
        public HemsReadings(HemsController hems, IAirClock clock, DateTime start)
        {
            _hems = hems;
            _clock = clock;
            _start = start;
            _firstMinute = Ceiling(Now, TimeSpan.FromMinutes(1));
            _firstHalfHour = Ceiling(Now, TimeSpan.FromMinutes(30));
            _oldestMissingHalfHour = _firstHalfHour;
            hems.Notified += TakeNotification;
        }

        /// <summary>What was read of each minute, from the first whole one on.</summary>
        public IReadOnlyDictionary<DateTime, HemsRow> Minutes => _minutes;

        /// <summary>What was read of each half hour, from the first whole one on.</summary>
        public IReadOnlyDictionary<DateTime, HemsRow> HalfHours => _halfHours;

        /// <summary>Power of the last answer, W; null before it.</summary>
        public int? Power { get; private set; }

        /// <summary>Answers that say that something cannot be done (ESV 50…5F).</summary>
        public long Refusals { get; private set; }

        /// <summary>Notifications of EA and EB.</summary>
        public long Notifications { get; private set; }

        private DateTime Now => _start.AddMilliseconds(_clock.Milliseconds);

        /// <summary>Begins to read, minute by minute.</summary>
        public void Start()
        {
            WaitForMinute();
        }

        /// <summary>Reads no more.</summary>
        public void Stop()
        {
            _isStopped = true;
        }

        private static DateTime Ceiling(DateTime time, TimeSpan step)
        {
            return new DateTime((time.Ticks + step.Ticks - 1) / step.Ticks * step.Ticks);
        }

        private static DateTime Floor(DateTime time, TimeSpan step)
        {
            return new DateTime(time.Ticks / step.Ticks * step.Ticks);
        }

        private void WaitForMinute()
        {
            DateTime next = Ceiling(Now.AddSeconds(1 - SecondOfMinute), TimeSpan.FromMinutes(1))
                .AddSeconds(SecondOfMinute);
            _clock.At(_clock.Milliseconds + (long)(next - Now).TotalMilliseconds, () =>
            {
                if (_isStopped)
                {
                    return;
                }

                // A round that waits for the session to come back makes the next ones unnecessary.
                if (!_isBusy)
                {
                    _isBusy = true;
                    ReadMinute();
                }

                WaitForMinute();
            });
        }

        private void ReadMinute()
        {
            Get([0xD0, 0xE7, 0xE8], answer =>
            {
                TakeMinute(answer.Find(0xD0));
                TakePower(answer.Find(0xE7));
            }, ReadHalfHour);
        }

        private void ReadHalfHour()
        {
            DateTime latest = Floor(Now.AddSeconds(-HalfHourPatience), TimeSpan.FromMinutes(30));
            if (latest < _firstHalfHour || _halfHours.ContainsKey(latest))
            {
                FetchMinutes();
                return;
            }

            Get([0xEA, 0xEB], answer =>
            {
                TakeHalf(answer.Find(0xEA), false);
                TakeHalf(answer.Find(0xEB), true);
            }, FetchMinutes);
        }

        private void FetchMinutes()
        {
            DateTime last = Floor(Now, TimeSpan.FromMinutes(1)).AddMinutes(-1);
            DateTime first = last.AddMinutes(2 - MinutesKept);
            if (FindMissing(_minutes, first < _firstMinute ? _firstMinute : first, last, TimeSpan.FromMinutes(1),
                MinuteRows, out DateTime newest, out int rows))
            {
                Fetch(0xEF, 0xEE, newest, rows, TimeSpan.FromMinutes(1), _minutes, FetchHalfHours);
            }
            else
            {
                FetchHalfHours();
            }
        }

        private void FetchHalfHours()
        {
            TimeSpan step = TimeSpan.FromMinutes(30);
            while (_halfHours.ContainsKey(_oldestMissingHalfHour))
            {
                _oldestMissingHalfHour += step;
            }

            DateTime last = Floor(Now.AddMinutes(-1), step);
            if (FindMissing(_halfHours, _oldestMissingHalfHour, last, step, HalfHourRows, out DateTime newest,
                out int rows))
            {
                Fetch(0xED, 0xEC, newest, rows, step, _halfHours, EndRound);
            }
            else
            {
                EndRound();
            }
        }

        private void EndRound()
        {
            _isBusy = false;
        }

        // Finds the oldest that is missing, and as many more as one answer can bring with it.
        private static bool FindMissing(Dictionary<DateTime, HemsRow> rows, DateTime first, DateTime last,
            TimeSpan step, int most, out DateTime newest, out int count)
        {
            DateTime oldest = first;
            while (oldest <= last && rows.ContainsKey(oldest))
            {
                oldest += step;
            }

            newest = oldest + (step * (most - 1));
            newest = newest < last ? newest : last;
            while (newest > oldest && rows.ContainsKey(newest))
            {
                newest -= step;
            }

            count = (int)((newest - oldest) / step) + 1;
            return oldest <= last;
        }

        // The histories run backward from the chosen time.
        private void Fetch(byte selector, byte history, DateTime newest, int count, TimeSpan step,
            Dictionary<DateTime, HemsRow> rows, Action then)
        {
            byte[] choice =
            [
                (byte)(newest.Year >> 8), (byte)newest.Year, (byte)newest.Month, (byte)newest.Day, (byte)newest.Hour,
                (byte)newest.Minute, (byte)count,
            ];
            _hems.Ask(Meter, EchonetMessage.SetC, [(selector, choice)], set =>
            {
                if (set?.Esv != EchonetMessage.SetRes)
                {
                    Refusals += set != null ? 1 : 0;
                    then();
                    return;
                }

                Get([history], answer =>
                {
                    byte[] edt = answer.Find(history);
                    if (edt?.Length == choice.Length + (8 * count) && edt.AsSpan(0, choice.Length).SequenceEqual(choice))
                    {
                        TakeRows(edt.AsSpan(choice.Length), newest, step, rows);
                    }
                }, then);
            });
        }

        private void TakeRows(ReadOnlySpan<byte> edt, DateTime newest, TimeSpan step,
            Dictionary<DateTime, HemsRow> rows)
        {
            for (int i = 0; i < edt.Length / 8; i++)
            {
                uint normal = BinaryPrimitives.ReadUInt32BigEndian(edt[(8 * i)..]);
                uint reverse = BinaryPrimitives.ReadUInt32BigEndian(edt[((8 * i) + 4)..]);
                if (normal != NoData && reverse != NoData)
                {
                    rows.TryAdd(newest - (step * i), new HemsRow(normal, reverse, _clock.Milliseconds, true));
                }
            }
        }

        private void Get(byte[] epcs, Action<EchonetMessage> take, Action then)
        {
            var properties = new List<(byte, byte[])>();
            foreach (byte epc in epcs)
            {
                properties.Add((epc, []));
            }

            _hems.Ask(Meter, EchonetMessage.Get, properties, answer =>
            {
                if (answer != null)
                {
                    Refusals += answer.Esv == EchonetMessage.GetRes ? 0 : 1;
                    take(answer);
                }

                then();
            });
        }

        private void TakeNotification(EchonetMessage message)
        {
            if (message.Esv == EchonetMessage.Inf && message.Seoj == Meter)
            {
                byte[] normal = message.Find(0xEA);
                byte[] reverse = message.Find(0xEB);
                Notifications += normal != null || reverse != null ? 1 : 0;
                TakeHalf(normal, false);
                TakeHalf(reverse, true);
            }
        }

        private void TakeMinute(byte[] edt)
        {
            if (edt?.Length != 15 || !TryTime(edt, out DateTime time))
            {
                return;
            }

            uint normal = BinaryPrimitives.ReadUInt32BigEndian(edt.AsSpan(7));
            uint reverse = BinaryPrimitives.ReadUInt32BigEndian(edt.AsSpan(11));
            if (normal != NoData && reverse != NoData)
            {
                _minutes.TryAdd(time, new HemsRow(normal, reverse, _clock.Milliseconds, false));
            }
        }

        private void TakePower(byte[] edt)
        {
            Power = edt?.Length == 4 ? BinaryPrimitives.ReadInt32BigEndian(edt) : Power;
        }

        // EA and EB come together or one after the other: a half hour is there when both are.
        private void TakeHalf(byte[] edt, bool isReverse)
        {
            if (edt?.Length != 11 || !TryTime(edt, out DateTime time))
            {
                return;
            }

            uint value = BinaryPrimitives.ReadUInt32BigEndian(edt.AsSpan(7));
            if (value == NoData || _halfHours.ContainsKey(time))
            {
                return;
            }

            _halves.TryGetValue(time, out (uint? Normal, uint? Reverse) half);
            half = isReverse ? (half.Normal, value) : (value, half.Reverse);
            if (half is (uint normal, uint reverse))
            {
                _halves.Remove(time);
                _halfHours.Add(time, new HemsRow(normal, reverse, _clock.Milliseconds, false));
            }
            else
            {
                _halves[time] = half;
            }
        }

        private static bool TryTime(byte[] edt, out DateTime time)
        {
            int year = (edt[0] << 8) | edt[1];
            bool isValid = year is > 0 and < 10_000 && edt[2] is >= 1 and <= 12
                && edt[3] >= 1 && edt[3] <= DateTime.DaysInMonth(year, edt[2])
                && edt[4] < 24 && edt[5] < 60 && edt[6] < 60;
            time = isValid ? new DateTime(year, edt[2], edt[3], edt[4], edt[5], edt[6]) : default;
            return isValid;
        }
    }
}
