using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hal;

namespace NanoComm.Simulators
{
    /// <summary>
    /// A metering unit with recorded load behind it, low or high voltage: the instant on which energy has flowed up to now runs
    /// from a stated start, and with it the metering clock, which a test may step. Registers are a function of the
    /// instant alone (<see cref="NetProfile"/>), so a simulation that is started again goes on where any other one
    /// would be. Safe to use from any thread.
    /// </summary>
    /// <remarks>
    /// Times are whole seconds of the meter's civil time (Japan: no daylight saving), so that they can be counted with;
    /// their <see cref="DateTime.Kind"/> says nothing.
    /// Registers: unit 0.001 kWh (E1 = 03), coefficient 1, eight digits, returning to 0 after 99,999,999; watt-seconds
    /// short of a unit are carried inside.
    /// Currents: a single-phase three-wire service, 100 V from each of R and T to neutral. Apparent power is
    /// √(P² + Q²) with P the net active and Q the reactive power of the minute; 60 % of it flows on R, 40 % on T, both
    /// with the sign of P; rounded to 0.1 A. The 60:40 split is stated, not measured.
    /// High voltage (<see cref="HighVoltageService"/>): registers are those behind the transformer, unit 0.0001 kWh and
    /// kvarh, demands 0.1 W and the cumulative maximum 1 W likewise; power and currents are those before it, and R and T
    /// carry the same. In these units the numbers of one recorded household come out, so all of it is whole numbers.
    /// Profiles: a row holds the registers at the instant at which the clock showed its label, is there at once, and
    /// stays. Half and quarter hours go back to 00:00 of the 99th day before the start, five minutes to 7 days, minutes
    /// to 24 hours before it.
    /// </remarks>
    public sealed class SimulatedMeteringUnit
    {
        /// <summary>Digits of a register.</summary>
        public const int Digits = 8;

        /// <summary>Days of half-hour and quarter-hour rows, today included.</summary>
        public const int HistoryDays = 100;

        /// <summary>Days of five-minute rows.</summary>
        public const int FiveMinuteDays = 7;

        /// <summary>Days of minute rows.</summary>
        public const int MinuteDays = 1;

        private const long RegisterRange = 100_000_000;
        private const long WattSecondsPerUnit = 3600;
        private const double VoltsToNeutral = 100;
        private const double ShareOfR = 0.6;
        private const double ShareOfT = 0.4;

        private readonly NetProfile _profile;
        private readonly Demand _normalDemand;
        private readonly Demand _reverseDemand;
        private readonly IClock _clock;
        private readonly DateTime _start;
        private readonly long _startedAt;
        private readonly Dictionary<MeterInterval, Profile> _profiles;
        private readonly List<ClockSegment> _segments = new();
        private readonly object _lock = new();

        /// <summary>Makes a metering unit for a household with the default solar plant.</summary>
        /// <param name="data">The household.</param>
        /// <param name="clock">The monotonic clock that drives the simulation.</param>
        /// <param name="start">Civil time that the metering clock shows now, cut to whole seconds.</param>
        /// <param name="speed">Metering seconds in a second of the monotonic clock, 1 and up.</param>
        /// <param name="service">Makes it a high-voltage one, for a factory of so many such households; null for low
        /// voltage.</param>
        public SimulatedMeteringUnit(HouseholdData data, IClock clock, DateTime start, int speed,
            HighVoltageService service = null)
            : this(new NetProfile(data, SolarCurve.Default, service == null ? 0 : HighVoltageService.CapacitorVars), clock,
                start, speed, service)
        {
        }

        /// <summary>Makes a metering unit.</summary>
        /// <param name="profile">What flows through it.</param>
        /// <param name="clock">The monotonic clock that drives the simulation.</param>
        /// <param name="start">Civil time that the metering clock shows now, cut to whole seconds.</param>
        /// <param name="speed">Metering seconds in a second of the monotonic clock, 1 and up.</param>
        /// <param name="service">Makes it a high-voltage one; null for low voltage.</param>
        public SimulatedMeteringUnit(NetProfile profile, IClock clock, DateTime start, int speed,
            HighVoltageService service = null)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(speed, 1);
            _profile = profile;
            HighVoltage = service;
            _normalDemand = service == null ? null : new Demand(profile.NormalAt, service);
            _reverseDemand = service == null ? null : new Demand(profile.ReverseAt, service);
            _clock = clock;
            _start = new DateTime(start.Year, start.Month, start.Day, start.Hour, start.Minute, start.Second);
            _startedAt = clock.Milliseconds;
            Speed = speed;
            DateTime firstDay = _start.Date.AddDays(1 - HistoryDays);
            _profiles = new()
            {
                [MeterInterval.Minute] = new Profile(_start.AddDays(-MinuteDays)),
                [MeterInterval.FiveMinutes] = new Profile(_start.AddDays(-FiveMinuteDays)),
                [MeterInterval.QuarterHour] = new Profile(firstDay),
                [MeterInterval.HalfHour] = new Profile(firstDay),
            };
            _segments.Add(new ClockSegment(DateTime.MinValue, TimeSpan.Zero));
        }

        /// <summary>What makes it a high-voltage unit; null at low voltage.</summary>
        public HighVoltageService HighVoltage { get; }

        /// <summary>Metering seconds in a second of the monotonic clock.</summary>
        public int Speed { get; }

        /// <summary>Whether the unit answers. False: its link is silent, while the registers and the profiles go
        /// on.</summary>
        public bool IsAnswering { get; set; } = true;

        /// <summary>Whether the metering clock is right, as far as the unit knows; false after a loss of the clock, until
        /// it is set.</summary>
        public bool IsClockValid { get; set; } = true;

        /// <summary>Called with the power each time that the unit tells it over its link; null for nobody.</summary>
        public Action<int> TellsPower { get; set; }

        /// <summary>Civil time of the simulation: what the clock would show had it never been stepped.</summary>
        public DateTime Instant
            => _start.AddTicks((_clock.Milliseconds - _startedAt) * Speed / 1000 * TimeSpan.TicksPerSecond);

        /// <summary>What the metering clock shows.</summary>
        public DateTime ClockTime
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
        public uint NormalAt(DateTime instant)
        {
            return Register(_profile.NormalAt(instant));
        }

        /// <summary>Register of the reverse direction, 0…99,999,999.</summary>
        /// <param name="instant">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public uint ReverseAt(DateTime instant)
        {
            return Register(_profile.ReverseAt(instant));
        }

        /// <summary>Register of reactive energy drawn, in 0.001 kvarh, 0…99,999,999.</summary>
        /// <param name="instant">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public uint ReactiveNormalAt(DateTime instant)
        {
            return Register(_profile.ReactiveNormalAt(instant));
        }

        /// <summary>Register of reactive energy delivered, in 0.001 kvarh, 0…99,999,999.</summary>
        /// <param name="instant">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public uint ReactiveReverseAt(DateTime instant)
        {
            return Register(_profile.ReactiveReverseAt(instant));
        }

        /// <summary>Register of reactive energy of a quadrant, 0…99,999,999.</summary>
        /// <param name="quadrant">The quadrant.</param>
        /// <param name="instant">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public uint ReactiveAt(Quadrant quadrant, DateTime instant)
        {
            return Register(_profile.ReactiveAt(quadrant, instant));
        }

        /// <summary>Demand of the half-hour that ends at an instant, in 0.1 W behind the transformer. High voltage.</summary>
        /// <param name="isReverse">The direction.</param>
        /// <param name="end">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public uint DemandTo(bool isReverse, DateTime end)
        {
            return (uint)DemandOf(isReverse).MeanTo(end);
        }

        /// <summary>Maximum demand of the month up to an instant, in 0.1 W behind the transformer. High voltage.</summary>
        /// <param name="isReverse">The direction.</param>
        /// <param name="instant">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public uint MaximumDemandAt(bool isReverse, DateTime instant)
        {
            return (uint)DemandOf(isReverse).MaximumAt(instant);
        }

        /// <summary>Sum of the maximum demands of the months that are over, in W behind the transformer. High
        /// voltage.</summary>
        /// <param name="isReverse">The direction.</param>
        /// <param name="instant">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public uint CumulativeDemandAt(bool isReverse, DateTime instant)
        {
            return (uint)(DemandOf(isReverse).CumulativeAt(instant) / 10 % RegisterRange);
        }

        /// <summary>Net power, W.</summary>
        /// <param name="instant">Civil time of the simulation, as <see cref="Instant"/>.</param>
        public int PowerAt(DateTime instant)
        {
            return _profile.PowerAt(instant) * (HighVoltage == null ? 1 : HighVoltageService.LoadScale);
        }

        /// <summary>
        /// Steps the metering clock. Energy flows on; rows keep the labels under which they were recorded. A label that
        /// the clock shows twice keeps its later row, one that it never shows has none.
        /// </summary>
        /// <param name="step">Whole seconds, forward, or back when negative.</param>
        public void StepClock(TimeSpan step)
        {
            lock (_lock)
            {
                _segments.Add(new ClockSegment(Instant, _segments[^1].Offset + step));
            }
        }

        /// <summary>Takes rows out of the one-minute profile, recorded or to come.</summary>
        /// <param name="isDropped">Says of a label whether its row is missing.</param>
        public void DropMinute(Predicate<DateTime> isDropped)
        {
            Drop(MeterInterval.Minute, isDropped);
        }

        /// <summary>Takes rows out of the half-hour profile, recorded or to come.</summary>
        /// <param name="isDropped">Says of a label whether its row is missing.</param>
        public void DropHalfHour(Predicate<DateTime> isDropped)
        {
            Drop(MeterInterval.HalfHour, isDropped);
        }

        /// <summary>What the unit shows now.</summary>
        public MeterValues Read()
        {
            lock (_lock)
            {
                DateTime instant = Instant;
                int power = PowerAt(instant);
                (short currentR, short currentT) = Currents(power, _profile.ReactiveAt(instant));
                return new MeterValues(instant + _segments[^1].Offset, NormalAt(instant), ReverseAt(instant), power,
                    currentR, currentT);
            }
        }

        /// <summary>The rows of a profile that were recorded last, newest first whatever their labels.</summary>
        /// <param name="interval">The profile's.</param>
        /// <param name="count">At most so many.</param>
        public IReadOnlyList<IntervalRow> NewestRows(MeterInterval interval, int count)
        {
            Profile profile = _profiles[interval];
            TimeSpan length = TimeSpan.FromSeconds((int)interval);
            var rows = new List<IntervalRow>();
            lock (_lock)
            {
                DateTime now = Instant;
                for (int i = _segments.Count - 1; i >= 0 && rows.Count < count; i--)
                {
                    DateTime first = Later(_segments[i].From, profile.From) + _segments[i].Offset;
                    DateTime label = Floor(End(i, now) + _segments[i].Offset, length);
                    for (; label >= first && rows.Count < count; label -= length)
                    {
                        // A label that was shown again later belongs to that later row.
                        DateTime recorded = label - _segments[i].Offset;
                        if (FindRow(profile, label, now, out DateTime latest) && latest == recorded)
                        {
                            rows.Add(new IntervalRow(label, recorded));
                        }
                    }
                }
            }

            return rows;
        }

        /// <summary>Of what <see cref="NewestRows"/> gives, the rows between two labels, both included, in its order. Unless
        /// the clock was stepped, the others take no time.</summary>
        /// <param name="interval">The profile's.</param>
        /// <param name="count">At most so many, those outside counted too.</param>
        /// <param name="from">Lowest label.</param>
        /// <param name="to">Highest label.</param>
        public IReadOnlyList<IntervalRow> NewestRowsBetween(MeterInterval interval, int count, DateTime from, DateTime to)
        {
            Profile profile = _profiles[interval];
            TimeSpan length = TimeSpan.FromSeconds((int)interval);
            lock (_lock)
            {
                DateTime newest = Floor(Instant, length);
                DateTime first = Later(from, profile.From);
                if (_segments.Count == 1 && (newest - first).Ticks / length.Ticks < count)
                {
                    var rows = new List<IntervalRow>();
                    for (DateTime label = Floor(to < newest ? to : newest, length); label >= first; label -= length)
                    {
                        if (!profile.IsDropped(label))
                        {
                            rows.Add(new IntervalRow(label, label));
                        }
                    }

                    return rows;
                }
            }

            return NewestRows(interval, count).Where(row => row.Label >= from && row.Label <= to).ToList();
        }

        /// <summary>The rows of a profile between two labels, both included, oldest first.</summary>
        /// <param name="interval">The profile's.</param>
        /// <param name="from">First label, a multiple of the interval.</param>
        /// <param name="to">Last label.</param>
        public IReadOnlyList<IntervalRow> RowsBetween(MeterInterval interval, DateTime from, DateTime to)
        {
            Profile profile = _profiles[interval];
            TimeSpan length = TimeSpan.FromSeconds((int)interval);
            var rows = new List<IntervalRow>();
            lock (_lock)
            {
                DateTime now = Instant;
                for (DateTime label = from; label <= to; label += length)
                {
                    if (FindRow(profile, label, now, out DateTime recorded))
                    {
                        rows.Add(new IntervalRow(label, recorded));
                    }
                }
            }

            return rows;
        }

        private static uint Register(long wattSeconds)
        {
            long units = NetProfile.FloorDivRem(wattSeconds, WattSecondsPerUnit).Quotient;
            return (uint)NetProfile.FloorDivRem(units, RegisterRange).Remainder;
        }

        private Demand DemandOf(bool isReverse)
        {
            return isReverse ? _reverseDemand : _normalDemand;
        }

        private (short R, short T) Currents(int power, int reactive)
        {
            if (HighVoltage != null)
            {
                short current = HighVoltageService.CurrentOf(power, (long)reactive * HighVoltageService.LoadScale);
                return power < 0 ? ((short)-current, (short)-current) : (current, current);
            }

            double apparent = Math.CopySign(double.Hypot(power, reactive), power);
            return (Current(apparent * ShareOfR), Current(apparent * ShareOfT));
        }

        private static short Current(double voltAmperes)
        {
            return (short)Math.Round(voltAmperes / VoltsToNeutral * 10);
        }

        // When a row was recorded: the last time that the clock showed its label.
        private bool FindRow(Profile profile, DateTime label, DateTime now, out DateTime recorded)
        {
            for (int i = _segments.Count - 1; i >= 0; i--)
            {
                recorded = label - _segments[i].Offset;
                if (recorded >= Later(_segments[i].From, profile.From) && recorded <= End(i, now))
                {
                    return !profile.IsDropped(label);
                }
            }

            recorded = default;
            return false;
        }

        // A step does not undo the row of the second in which it happens.
        private DateTime End(int segment, DateTime now)
        {
            return segment + 1 < _segments.Count ? _segments[segment + 1].From : now;
        }

        private void Drop(MeterInterval interval, Predicate<DateTime> isDropped)
        {
            lock (_lock)
            {
                Profile profile = _profiles[interval];
                Predicate<DateTime> before = profile.IsDropped;
                profile.IsDropped = label => before(label) || isDropped(label);
            }
        }

        // Every interval divides the day, and the calendar counts from a midnight.
        private static DateTime Floor(DateTime time, TimeSpan interval)
        {
            return time.AddTicks(-(time.Ticks % interval.Ticks));
        }

        private static DateTime Later(DateTime one, DateTime other)
        {
            return one > other ? one : other;
        }

        /// <summary>From an instant on, the clock shows the instant plus an offset.</summary>
        private readonly record struct ClockSegment(DateTime From, TimeSpan Offset);

        private sealed class Profile(DateTime from)
        {
            public DateTime From { get; } = from;

            public Predicate<DateTime> IsDropped { get; set; } = _ => false;
        }
    }
}
