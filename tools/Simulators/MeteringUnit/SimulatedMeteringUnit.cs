using System;
using System.Collections.Generic;
using System.Text;
using NanoComm.Hal;
using NanoComm.MeterLink;
using NanoComm.Metering;

namespace NanoComm.Simulators
{
    /// <summary>
    /// A low-voltage metering unit with recorded load behind it: the instant on which energy has flowed up to now runs
    /// from a stated start, and with it the metering clock, which a test may step. Registers are a function of the
    /// instant alone (<see cref="NetProfile"/>), so a simulation that is started again goes on where any other one
    /// would be. It answers at once; timeouts belong to the link, which is not simulated here. Safe to use from any
    /// thread.
    /// </summary>
    /// <remarks>
    /// Registers: unit 0.001 kWh (E1 = 03), coefficient 1, eight digits, returning to 0 after 99,999,999; watt-seconds
    /// short of a unit are carried inside.
    /// Currents: a single-phase three-wire service, 100 V from each of R and T to neutral. Apparent power is
    /// √(P² + Q²) with P the net active and Q the reactive power of the minute; 60 % of it flows on R, 40 % on T, both
    /// with the sign of P; rounded to 0.1 A. The 60:40 split is stated, not measured.
    /// Profiles: a row holds the registers at the instant at which the clock showed its label, is there at once, and
    /// stays. Half and quarter hours go back to 00:00 of the 99th day before the start, five minutes to 7 days, minutes
    /// to 24 hours before it.
    /// </remarks>
    public sealed class SimulatedMeteringUnit : IMeteringUnit
    {
        private const byte UnitOfWattHours = 0x03;
        private const byte Digits = 8;
        private const long WattSecondsPerUnit = 3600;
        private const double VoltsToNeutral = 100;
        private const double ShareOfR = 0.6;
        private const double ShareOfT = 0.4;

        private readonly NetProfile _profile;
        private readonly IClock _clock;
        private readonly long _start;
        private readonly long _startedAt;
        private readonly Profile _minutes;
        private readonly Profile _fiveMinutes;
        private readonly Profile _quarterHours;
        private readonly Profile _halfHours;
        private readonly List<ClockSegment> _segments = new();
        private readonly object _lock = new();

        private byte[] _serial = Encoding.ASCII.GetBytes("SIM000000001");

        /// <summary>Makes a metering unit for a household with the default solar plant.</summary>
        /// <param name="data">The household.</param>
        /// <param name="clock">The monotonic clock that drives the simulation.</param>
        /// <param name="start">Civil time that the metering clock shows now, cut to whole seconds.</param>
        /// <param name="speed">Metering seconds in a second of the monotonic clock, 1 and up.</param>
        public SimulatedMeteringUnit(HouseholdData data, IClock clock, DateTime start, int speed)
            : this(new NetProfile(data, SolarCurve.Default), clock, start, speed)
        {
        }

        /// <summary>Makes a metering unit.</summary>
        /// <param name="profile">What flows through it.</param>
        /// <param name="clock">The monotonic clock that drives the simulation.</param>
        /// <param name="start">Civil time that the metering clock shows now, cut to whole seconds.</param>
        /// <param name="speed">Metering seconds in a second of the monotonic clock, 1 and up.</param>
        public SimulatedMeteringUnit(NetProfile profile, IClock clock, DateTime start, int speed)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(speed, 1);
            _profile = profile;
            _clock = clock;
            _start = MeterTime.FromCalendar(start.Year, start.Month, start.Day, start.Hour, start.Minute, start.Second);
            _startedAt = clock.Milliseconds;
            Speed = speed;
            long firstDay = MeterTime.Floor(_start, MeterTime.Day) - ((MeterData.HistoryDays - 1L) * MeterTime.Day);
            _minutes = new Profile(MeterTime.Minute, _start - MeterTime.Day);
            _fiveMinutes = new Profile(MeterInterval.FiveMinutes, _start - (7L * MeterTime.Day));
            _quarterHours = new Profile(MeterInterval.QuarterHour, firstDay);
            _halfHours = new Profile(MeterTime.HalfHour, firstDay);
            _segments.Add(new ClockSegment(long.MinValue, 0));
        }

        /// <summary>Metering seconds in a second of the monotonic clock.</summary>
        public int Speed { get; }

        /// <summary>Whether the unit answers. False: every question ends as <see cref="MeteringResult.NoAnswer"/>,
        /// while the registers and the profiles go on.</summary>
        public bool IsAnswering { get; set; } = true;

        /// <summary>Whether the metering clock is right, as far as the unit knows; false after a loss of the clock, until
        /// it is set.</summary>
        public bool IsClockValid { get; set; } = true;

        /// <summary>Serial number, ASCII, 1…12 characters; another one stands for another metering unit.</summary>
        /// <exception cref="ArgumentException">Not 1…12 ASCII characters.</exception>
        public string SerialNumber
        {
            get
            {
                return Encoding.ASCII.GetString(_serial);
            }

            set
            {
                if (value.Length is < 1 or > MeterParameters.SerialLength || !Ascii.IsValid(value))
                {
                    throw new ArgumentException("1…12 ASCII characters", nameof(value));
                }

                _serial = Encoding.ASCII.GetBytes(value);
            }
        }

        /// <summary>Civil time of the simulation: what the clock would show had it never been stepped.</summary>
        public long Instant => _start + ((_clock.Milliseconds - _startedAt) * Speed / 1000);

        /// <summary>What the metering clock shows.</summary>
        public long MeterTimeNow
        {
            get
            {
                lock (_lock)
                {
                    return Instant + _segments[^1].Offset;
                }
            }
        }

        /// <summary>Register of the normal direction, 0…99,999,999.</summary>
        /// <param name="instant">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public uint NormalAt(long instant)
        {
            return Register(_profile.NormalAt(instant));
        }

        /// <summary>Register of the reverse direction, 0…99,999,999.</summary>
        /// <param name="instant">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public uint ReverseAt(long instant)
        {
            return Register(_profile.ReverseAt(instant));
        }

        /// <summary>Register of reactive energy drawn, in 0.001 kvarh, 0…99,999,999.</summary>
        /// <param name="instant">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public uint ReactiveNormalAt(long instant)
        {
            return Register(_profile.ReactiveNormalAt(instant));
        }

        /// <summary>Register of reactive energy delivered, in 0.001 kvarh, 0…99,999,999.</summary>
        /// <param name="instant">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public uint ReactiveReverseAt(long instant)
        {
            return Register(_profile.ReactiveReverseAt(instant));
        }

        /// <summary>Net power, W.</summary>
        /// <param name="instant">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public int PowerAt(long instant)
        {
            return _profile.PowerAt(instant);
        }

        /// <summary>
        /// Steps the metering clock. Energy flows on; rows keep the labels under which they were recorded. A label that
        /// the clock shows twice keeps its later row, one that it never shows has none.
        /// </summary>
        /// <param name="seconds">Forward, or back when negative.</param>
        public void StepClock(int seconds)
        {
            lock (_lock)
            {
                _segments.Add(new ClockSegment(Instant, _segments[^1].Offset + seconds));
            }
        }

        /// <summary>Takes rows out of the one-minute profile, recorded or to come.</summary>
        /// <param name="isDropped">Says of a label whether its row is missing.</param>
        public void DropMinute(Predicate<long> isDropped)
        {
            Drop(_minutes, isDropped);
        }

        /// <summary>Takes rows out of the one-minute profile, recorded or to come.</summary>
        /// <param name="from">Label of the first one.</param>
        /// <param name="to">Label of the last one.</param>
        public void DropMinute(long from, long to)
        {
            Drop(_minutes, label => label >= from && label <= to);
        }

        /// <summary>Takes rows out of the half-hour profile, recorded or to come.</summary>
        /// <param name="isDropped">Says of a label whether its row is missing.</param>
        public void DropHalfHour(Predicate<long> isDropped)
        {
            Drop(_halfHours, isDropped);
        }

        /// <summary>Takes rows out of the half-hour profile, recorded or to come.</summary>
        /// <param name="from">Label of the first one.</param>
        /// <param name="to">Label of the last one.</param>
        public void DropHalfHour(long from, long to)
        {
            Drop(_halfHours, label => label >= from && label <= to);
        }

        /// <summary>The rows of a profile that were recorded last, newest first whatever their labels.</summary>
        /// <param name="interval">Seconds from one row to the next: 60, 300, 900 or 1800.</param>
        /// <param name="count">At most so many.</param>
        public IReadOnlyList<IntervalRow> NewestRows(int interval, int count)
        {
            Profile profile = ProfileOf(interval);
            var rows = new List<IntervalRow>();
            lock (_lock)
            {
                long now = Instant;
                for (int i = _segments.Count - 1; i >= 0 && rows.Count < count; i--)
                {
                    long first = Math.Max(_segments[i].From, profile.From) + _segments[i].Offset;
                    long label = MeterTime.Floor(End(i, now) + _segments[i].Offset, interval);
                    for (; label >= first && rows.Count < count; label -= interval)
                    {
                        // A label that was shown again later belongs to that later row.
                        long recorded = label - _segments[i].Offset;
                        if (FindRow(profile, label, now, out long latest) && latest == recorded)
                        {
                            rows.Add(new IntervalRow(label, recorded));
                        }
                    }
                }
            }

            return rows;
        }

        /// <inheritdoc/>
        public MeteringResult ReadParameters(MeterParameters parameters)
        {
            if (!IsAnswering)
            {
                return MeteringResult.NoAnswer;
            }

            parameters.Set(_serial, 1, UnitOfWattHours, Digits);
            return MeteringResult.Ok;
        }

        /// <inheritdoc/>
        public MeteringResult ReadNow(MeterReading reading)
        {
            if (!IsAnswering)
            {
                return MeteringResult.NoAnswer;
            }

            lock (_lock)
            {
                long instant = Instant;
                int power = _profile.PowerAt(instant);
                double apparent = Math.CopySign(double.Hypot(power, _profile.ReactiveAt(instant)), power);
                reading.SetRegisters(instant + _segments[^1].Offset, NormalAt(instant), ReverseAt(instant));
                reading.SetInstantaneous(power, Current(apparent * ShareOfR), Current(apparent * ShareOfT));
                if (FindNewestMinute(instant, out long label, out long recorded))
                {
                    reading.SetMinute(label, NormalAt(recorded), ReverseAt(recorded));
                }
                else
                {
                    reading.SetMinute(MeterTime.Unknown, MeterReading.NoEnergy, MeterReading.NoEnergy);
                }

                return MeteringResult.Ok;
            }
        }

        /// <inheritdoc/>
        public MeteringResult ReadMinutes(long from, long to, IIntervalSink sink)
        {
            return ReadRows(_minutes, from, to, sink);
        }

        /// <inheritdoc/>
        public MeteringResult ReadHalfHours(long from, long to, IIntervalSink sink)
        {
            return ReadRows(_halfHours, from, to, sink);
        }

        private Profile ProfileOf(int interval)
        {
            return interval switch
            {
                MeterTime.Minute => _minutes,
                MeterInterval.FiveMinutes => _fiveMinutes,
                MeterInterval.QuarterHour => _quarterHours,
                MeterTime.HalfHour => _halfHours,
                _ => throw new ArgumentOutOfRangeException(nameof(interval)),
            };
        }

        private static uint Register(long wattSeconds)
        {
            long units = NetProfile.FloorDivRem(wattSeconds, WattSecondsPerUnit).Quotient;
            return (uint)NetProfile.FloorDivRem(units, MeterReading.MaxEnergy + 1L).Remainder;
        }

        private static short Current(double voltAmperes)
        {
            return (short)Math.Round(voltAmperes / VoltsToNeutral * 10);
        }

        private MeteringResult ReadRows(Profile profile, long from, long to, IIntervalSink sink)
        {
            if (!IsAnswering)
            {
                return MeteringResult.NoAnswer;
            }

            if (from % profile.Interval != 0 || to % profile.Interval != 0 || to < from)
            {
                return MeteringResult.Refused;
            }

            lock (_lock)
            {
                long now = Instant;
                for (long label = from; label <= to; label += profile.Interval)
                {
                    if (FindRow(profile, label, now, out long recorded))
                    {
                        sink.Put(label, NormalAt(recorded), ReverseAt(recorded));
                    }
                }
            }

            return MeteringResult.Ok;
        }

        // When a row was recorded: the last time that the clock showed its label.
        private bool FindRow(Profile profile, long label, long now, out long recorded)
        {
            recorded = 0;
            for (int i = _segments.Count - 1; i >= 0; i--)
            {
                recorded = label - _segments[i].Offset;
                if (recorded >= Math.Max(_segments[i].From, profile.From) && recorded <= End(i, now))
                {
                    return !profile.IsDropped(label);
                }
            }

            return false;
        }

        // The row recorded last, whatever its label.
        private bool FindNewestMinute(long now, out long label, out long recorded)
        {
            for (int i = _segments.Count - 1; i >= 0; i--)
            {
                long first = Math.Max(_segments[i].From, _minutes.From) + _segments[i].Offset;
                long last = End(i, now) + _segments[i].Offset;
                for (label = MeterTime.Floor(last, _minutes.Interval); label >= first; label -= _minutes.Interval)
                {
                    if (!_minutes.IsDropped(label))
                    {
                        recorded = label - _segments[i].Offset;
                        return true;
                    }
                }
            }

            label = MeterTime.Unknown;
            recorded = 0;
            return false;
        }

        // A step does not undo the row of the second in which it happens.
        private long End(int segment, long now)
        {
            return segment + 1 < _segments.Count ? _segments[segment + 1].From : now;
        }

        private void Drop(Profile profile, Predicate<long> isDropped)
        {
            lock (_lock)
            {
                Predicate<long> before = profile.IsDropped;
                profile.IsDropped = label => before(label) || isDropped(label);
            }
        }

        /// <summary>From an instant on, the clock shows the instant plus an offset.</summary>
        private readonly record struct ClockSegment(long From, long Offset);

        private sealed class Profile(int interval, long from)
        {
            public int Interval { get; } = interval;

            public long From { get; } = from;

            public Predicate<long> IsDropped { get; set; } = _ => false;
        }
    }
}
