using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Hems
{
    /// <summary>
    /// What a controller does with a meter, month in, month out: in each session it asks who the meter is and what it can
    /// do; in each round it reads the registers, power and currents and the minute (D0), and the half hour (EA, EB; of a
    /// high-voltage meter E3, C3, CB) unless that was notified; what it missed it fetches from the histories, minutes with EF,
    /// half hours with ED, of a high-voltage meter by day with E1.
    /// </summary>
    public sealed class HemsReadings
    {
        private const int MinutesKept = 60;
        private const int MinuteRows = 10;
        private const int HalfHoursKept = 48;
        private const int HalfHourRows = 12;
        private const int GapsPerRound = 6;

        private readonly HemsLink _hems;
        private DateTime _half;
        private uint? _halfNormal;
        private uint? _halfReverse;
        private bool _hasHalfNormal;
        private bool _hasHalfReverse;
        private bool _isOn;
        private bool _isIdentified;
        private bool _isBusy;
        private bool _isDue;
        private long _ticks;

        /// <summary>Reads through a controller; does nothing before <see cref="Start"/>.</summary>
        public HemsReadings(HemsLink hems)
        {
            _hems = hems;
            Minutes = new HemsSeries(TimeSpan.FromMinutes(1), MinutesKept, MinuteRows, hems.Options.KeepsAll);
            HalfHours = MakeHalfHours(HemsQuantity.Energy);
            Demands = MakeHalfHours(HemsQuantity.Demand);
            Reactives = MakeHalfHours(HemsQuantity.Reactive);
            hems.Notified += TakeNotification;
            hems.Joined += BeginSession;
        }

        /// <summary>The meter says what it is, or later what its steps are worth.</summary>
        public event Action<HemsMeter> Identified;

        /// <summary>A reading.</summary>
        public event Action<HemsReading> Read;

        /// <summary>A value that was read or notified, new to its series.</summary>
        public event Action<HemsSeries, HemsEnergy> Kept;

        /// <summary>Values that had been missed, the latest first.</summary>
        public event Action<HemsSeries, IReadOnlyList<HemsEnergy>> Fetched;

        /// <summary>Values of minutes.</summary>
        public HemsSeries Minutes { get; }

        /// <summary>Values of half hours.</summary>
        public HemsSeries HalfHours { get; }

        /// <summary>Demand of half hours; of a high-voltage meter only.</summary>
        public HemsSeries Demands { get; }

        /// <summary>Reactive energy (lag) at half hours; of a high-voltage meter only.</summary>
        public HemsSeries Reactives { get; }

        /// <summary>The meter, as it said in this session or the last one; null before it has.</summary>
        public HemsMeter Meter { get; private set; }

        /// <summary>The last reading, or null before it.</summary>
        public HemsReading Latest { get; private set; }

        /// <summary>Answers that say that something cannot be done (ESV 50…5F).</summary>
        public long Refusals { get; private set; }

        /// <summary>Begins to read.</summary>
        public void Start()
        {
            _hems.Post(() =>
            {
                _isOn = true;
                if (_hems.Options.ReadsAt == null)
                {
                    Begin();
                }
                else
                {
                    WaitForTick();
                }
            });
        }

        /// <summary>Reads no more.</summary>
        public void Stop()
        {
            _hems.Post(() => _isOn = false);
        }

        private void BeginSession()
        {
            _isIdentified = false;
            if (_isDue || _hems.Options.ReadsAt == null)
            {
                Begin();
            }
        }

        private void WaitForTick()
        {
            long every = _hems.Options.Every;
            long next = _hems.Options.ReadsAt is long at
                ? _hems.Now + every - (((_hems.Now - at) % every + every) % every)
                : _hems.Now + every;
            long number = ++_ticks;
            _hems.At(next, () =>
            {
                if (number == _ticks)
                {
                    Begin();
                }
            });
        }

        // A round that waits for the session to come back, or takes longer, is followed by one more at the most.
        private void Begin()
        {
            if (!_isOn)
            {
                return;
            }

            _isDue = _isBusy || _hems.State != HemsState.Joined;
            if (_isDue)
            {
                return;
            }

            _isBusy = true;
            WaitForTick();
            if (!_isIdentified)
            {
                FindMeter();
            }
            else if (Meter.MayTellScale)
            {
                FindScale(Meter);
            }
            else
            {
                ReadNow();
            }
        }

        // What was not answered is asked anew, from the start: the session may be another by then.
        private void End(bool isDone)
        {
            _isBusy = false;
            if (_isDue || !isDone)
            {
                Begin();
            }
        }

        private void FindMeter()
        {
            Get(EchonetMessage.NodeProfile, [HemsMeter.InstanceListS], node =>
            {
                HemsMeter meter = HemsMeter.FindIn(node.Find(HemsMeter.InstanceListS));
                if (meter == null)
                {
                    _hems.Tell("what let us in is no low-voltage smart meter (class 0x0288) and no high-voltage one (0x028A, "
                        + "0x028F): look at the meter's side");
                    End(true);
                    return;
                }

                Get(meter.Eoj, [HemsMeter.InfMapEpc, HemsMeter.SetMapEpc, HemsMeter.GetMapEpc], maps =>
                {
                    meter.SetMaps(maps);
                    FindScale(meter);
                });
            });
        }

        private void FindScale(HemsMeter meter)
        {
            Get(meter, meter.ScaleEpcs, scale =>
            {
                meter.TakeScale(scale);
                bool isNews = !_isIdentified || meter.Scale != null;
                Meter = meter;
                _isIdentified = true;
                if (isNews)
                {
                    Identified?.Invoke(meter);
                }

                ReadNow();
            });
        }

        private void ReadNow()
        {
            HemsMeter meter = Meter;
            Get(meter, meter.ReadingEpcs, answer =>
            {
                if (meter is HemsHighVoltageMeter && meter.TakeScale(answer))
                {
                    Identified?.Invoke(meter);
                }

                Latest = meter.ToReading(answer);
                Read?.Invoke(Latest);
                Keep(Minutes, HemsMeter.ToTimed(answer.Find(HemsMeter.OneMinute)));
                ReadHalfHour(meter);
            });
        }

        // A meter that says no time: then each round asks for the half hour.
        private void ReadHalfHour(HemsMeter meter)
        {
            DateTime? now = Latest.Minute ?? Latest.High?.Time;
            if (now != null && now < HalfHours.Newest + HalfHours.Interval)
            {
                FetchMinutes(meter);
                return;
            }

            Get(meter, meter.HalfHourEpcs, answer =>
            {
                TakeHalfHour(meter, answer);
                FetchMinutes(meter);
            });
        }

        private void FetchMinutes(HemsMeter meter)
        {
            FetchRows(meter, Minutes, meter.MinuteRows, GapsPerRound, () =>
                FetchRows(meter, HalfHours, meter.HalfHourRows, GapsPerRound, () => FetchDays(meter, 0)));
        }

        private void FetchRows(HemsMeter meter, HemsSeries series, (byte Selector, byte Data)? source, int most, Action then)
        {
            if (source is not (byte selector, byte data))
            {
                then();
                return;
            }

            series.FindGap(_hems.Now, out DateTime last, out int rows);
            if (rows == 0 || most == 0 || !meter.CanFetch(selector, data))
            {
                then();
                return;
            }

            Ask(meter.Eoj, EchonetMessage.SetC, [(selector, HemsMeter.ToSelector(last, rows))], chosen =>
            {
                if (chosen.Esv != EchonetMessage.SetRes)
                {
                    then();
                    return;
                }

                Get(meter.Eoj, [data], answer => AddFetched(series,
                    HemsMeter.ToRows(answer.Find(data), series.Interval),
                    () => FetchRows(meter, series, source, most - 1, then), then));
            });
        }

        // One quantity after the other.
        private void FetchDays(HemsMeter meter, int number)
        {
            if (number == meter.Days.Count)
            {
                End(true);
                return;
            }

            FetchDay(meter, meter.Days[number], GapsPerRound, () => FetchDays(meter, number + 1));
        }

        private void FetchDay(HemsMeter meter, HemsDays days, int most, Action then)
        {
            HemsSeries series = HalfHoursOf(days.Quantity);
            series.FindGap(_hems.Now, out DateTime last, out int rows);
            if (rows == 0 || most == 0 || !meter.CanFetch(HemsHighVoltageMeter.Day, days.Normal)
                || Latest.High.Time is not DateTime now || HemsMeter.ToDaySelector(now, last) is not byte[] day)
            {
                then();
                return;
            }

            Ask(meter.Eoj, EchonetMessage.SetC, [(HemsHighVoltageMeter.Day, day)], chosen =>
            {
                if (chosen.Esv != EchonetMessage.SetRes)
                {
                    then();
                    return;
                }

                Get(meter, [HemsHighVoltageMeter.Active, days.Normal, days.Reverse], answer => AddFetched(series,
                    meter.ToDay(answer, days).Where(value => series.Misses(value.Time)).Reverse(),
                    () => FetchDay(meter, days, most - 1, then), then));
            });
        }

        // What brought nothing new is not asked for again in this round.
        private void AddFetched(HemsSeries series, IEnumerable<HemsEnergy> values, Action next, Action then)
        {
            HemsEnergy[] added = values.Select(value => value with { ReadAt = _hems.Now, IsFetchedAgain = true }).ToArray()
                .Where(series.Add).ToArray();
            if (added.Length == 0)
            {
                then();
                return;
            }

            Fetched?.Invoke(series, added);
            next();
        }

        private void TakeNotification(EchonetMessage message)
        {
            if (message.Seoj == Meter?.Eoj)
            {
                TakeHalfHour(Meter, message);
            }
        }

        private void TakeHalfHour(HemsMeter meter, EchonetMessage message)
        {
            if (meter is HemsLowVoltageMeter)
            {
                TakeDirections(meter, message);
                return;
            }

            foreach (HemsDays days in meter.Days)
            {
                Keep(HalfHoursOf(days.Quantity),
                    HemsMeter.ToTimed(message.Find(HemsHighVoltageMeter.HalfHourOf(days.Quantity))));
            }
        }

        // EA and EB come together or one after the other: a half hour is there when both are.
        private void TakeDirections(HemsMeter meter, EchonetMessage message)
        {
            if (HemsLowVoltageMeter.ToHalfHour(message.Find(HemsLowVoltageMeter.HalfHourNormal)) is (DateTime time, _) normal)
            {
                StartHalf(time);
                (_halfNormal, _hasHalfNormal) = (normal.Register, true);
            }

            if (HemsLowVoltageMeter.ToHalfHour(message.Find(HemsLowVoltageMeter.HalfHourReverse)) is (DateTime reverseTime, _) reverse)
            {
                StartHalf(reverseTime);
                (_halfReverse, _hasHalfReverse) = (reverse.Register, true);
            }

            if (_hasHalfNormal && (_hasHalfReverse || !meter.CanGet(HemsLowVoltageMeter.HalfHourReverse)))
            {
                Keep(HalfHours, new HemsEnergy(_half, _halfNormal, _halfReverse));
            }
        }

        private void StartHalf(DateTime time)
        {
            if (time != _half)
            {
                _half = time;
                (_halfNormal, _halfReverse, _hasHalfNormal, _hasHalfReverse) = (null, null, false, false);
            }
        }

        private HemsSeries MakeHalfHours(HemsQuantity quantity)
        {
            return new HemsSeries(TimeSpan.FromMinutes(30), HalfHoursKept, HalfHourRows, _hems.Options.KeepsAll)
            {
                Quantity = quantity,
            };
        }

        private HemsSeries HalfHoursOf(HemsQuantity quantity)
        {
            return quantity switch
            {
                HemsQuantity.Demand => Demands,
                HemsQuantity.Reactive => Reactives,
                _ => HalfHours,
            };
        }

        private void Keep(HemsSeries series, HemsEnergy value)
        {
            if (value != null && series.Add(value with { ReadAt = _hems.Now }))
            {
                Kept?.Invoke(series, value);
            }
        }

        // What the meter does not let be read is not asked for.
        private void Get(HemsMeter meter, byte[] epcs, Action<EchonetMessage> take)
        {
            byte[] readable = epcs.Where(meter.CanGet).ToArray();
            if (readable.Length == 0)
            {
                take(new EchonetMessage());
                return;
            }

            Get(meter.Eoj, readable, take);
        }

        private void Get(int eoj, byte[] epcs, Action<EchonetMessage> take)
        {
            Ask(eoj, EchonetMessage.Get, epcs.Select(epc => (epc, Array.Empty<byte>())), take);
        }

        private void Ask(int eoj, byte esv, IEnumerable<(byte, byte[])> properties, Action<EchonetMessage> take)
        {
            _hems.Ask(eoj, esv, properties, answer =>
            {
                if (answer == null)
                {
                    End(false);
                    return;
                }

                Refusals += answer.Esv is >= 0x50 and <= 0x5F ? 1 : 0;
                take(answer);
            });
        }
    }
}
