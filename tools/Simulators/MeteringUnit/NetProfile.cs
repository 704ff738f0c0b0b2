using System;
using System.Linq;

namespace NanoComm.Simulators
{
    /// <summary>
    /// What flows through the meter of a household with a solar plant, at any instant of all time: the recorded days
    /// repeat without end in both directions, aligned by time of day, the first of them on 2020-01-01. Net power is
    /// load less generation. Within a minute it rises in equal steps of a 118th of its mean, cut to whole watts, from a
    /// quarter below the mean to a quarter above it, so that the energy of the minute is the recorded one and each
    /// second has a power of its own; reactive power is constant within a minute. Energies are counted from 0 on
    /// 2020-01-01 00:00:00 (negative before it) in whole watt-seconds, so none is lost; sums up to each hour of one
    /// repetition leave at most an hour to be added up. Immutable: any number of metering units may share one. Instants are whole seconds of the meter's civil time (Japan: no daylight saving).
    /// </summary>
    public sealed class NetProfile
    {
        /// <summary>2020-01-01 00:00:00, where all energies are 0.</summary>
        public static readonly DateTime Anchor = new(2020, 1, 1);

        private const int SecondsPerMinute = 60;

        // A quarter either way in 59 steps from the first second of a minute to its last.
        private const int StepsOfTheMean = 118;

        private readonly int[] _net;
        private readonly int[] _reactive;
        private readonly Energy _normal;
        private readonly Energy _reverse;
        private readonly Energy _reactiveNormal;
        private readonly Energy _reactiveReverse;
        private readonly Energy[] _quadrants;

        /// <summary>Puts a household and a solar plant behind one meter.</summary>
        /// <param name="data">The household.</param>
        /// <param name="solar">The plant.</param>
        /// <param name="capacitor">Reactive power of a capacitor bank that is always on, var.</param>
        public NetProfile(HouseholdData data, SolarCurve solar, int capacitor = 0)
            : this(Enumerable.Range(0, data.Minutes)
                .Select(i => data.ActiveWatts(i) - solar.WattsAt(i % HouseholdData.MinutesPerDay)).ToArray(),
                Enumerable.Range(0, data.Minutes).Select(i => data.ReactiveVars(i) - capacitor).ToArray())
        {
        }

        /// <summary>Puts anything behind a meter.</summary>
        /// <param name="net">Net active power of each minute, W, negative while it feeds in: whole days from 00:00; kept.</param>
        /// <param name="reactive">Reactive power of each of them, var; kept.</param>
        /// <exception cref="ArgumentException">These are no whole days, or not the same number.</exception>
        public NetProfile(int[] net, int[] reactive)
        {
            if (net.Length == 0 || net.Length % HouseholdData.MinutesPerDay != 0 || reactive.Length != net.Length)
            {
                throw new ArgumentException("Minutes of whole days are wanted, as many of each power.", nameof(net));
            }

            _net = net;
            _reactive = reactive;
            _normal = new Energy(net.Length, i => net[i]);
            _reverse = new Energy(net.Length, i => -net[i]);
            _reactiveNormal = new Energy(net.Length, i => reactive[i]);
            _reactiveReverse = new Energy(net.Length, i => -reactive[i]);
            _quadrants =
            [
                new Energy(net.Length, i => net[i] >= 0 ? reactive[i] : 0),
                new Energy(net.Length, i => net[i] >= 0 ? -reactive[i] : 0),
                new Energy(net.Length, i => net[i] < 0 ? -reactive[i] : 0),
                new Energy(net.Length, i => net[i] < 0 ? reactive[i] : 0),
            ];
        }

        private long Period => (long)_net.Length * SecondsPerMinute;

        /// <summary>Net active power, W, negative while energy flows in the reverse direction.</summary>
        public int PowerAt(DateTime instant)
        {
            long second = Place(instant).Second;
            int mean = _net[second / SecondsPerMinute];
            return mean + (HalfStep(mean) * ((2 * (int)(second % SecondsPerMinute)) - (SecondsPerMinute - 1)));
        }

        /// <summary>Reactive power of the household, var; the plant has none.</summary>
        public int ReactiveAt(DateTime instant)
        {
            return _reactive[Place(instant).Second / SecondsPerMinute];
        }

        /// <summary>Energy in the normal direction since <see cref="Anchor"/>, W·s.</summary>
        public long NormalAt(DateTime instant)
        {
            return EnergyAt(instant, _normal, true);
        }

        /// <summary>Energy in the reverse direction since <see cref="Anchor"/>, W·s.</summary>
        public long ReverseAt(DateTime instant)
        {
            return EnergyAt(instant, _reverse, true);
        }

        /// <summary>Reactive energy drawn (inductive) since <see cref="Anchor"/>, var·s.</summary>
        public long ReactiveNormalAt(DateTime instant)
        {
            return EnergyAt(instant, _reactiveNormal, false);
        }

        /// <summary>Reactive energy delivered (capacitive) since <see cref="Anchor"/>, var·s.</summary>
        public long ReactiveReverseAt(DateTime instant)
        {
            return EnergyAt(instant, _reactiveReverse, false);
        }

        /// <summary>Reactive energy of a quadrant since <see cref="Anchor"/>, var·s. Active power of 0 counts as drawn, and
        /// so does reactive power of 0.</summary>
        public long ReactiveAt(Quadrant quadrant, DateTime instant)
        {
            return EnergyAt(instant, quadrant switch
            {
                Quadrant.LagNormal => _quadrants[0],
                Quadrant.LeadNormal => _quadrants[1],
                Quadrant.LagReverse => _quadrants[2],
                Quadrant.LeadReverse => _quadrants[3],
                _ => throw new ArgumentOutOfRangeException(nameof(quadrant)),
            }, false);
        }

        internal static (long Quotient, long Remainder) FloorDivRem(long dividend, long divisor)
        {
            (long quotient, long remainder) = Math.DivRem(dividend, divisor);
            return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder);
        }

        private static int HalfStep(int mean)
        {
            return mean / (2 * StepsOfTheMean);
        }

        // The sum of the powers of the seconds up to the instant.
        private long EnergyAt(DateTime instant, Energy energy, bool isRising)
        {
            (long repetition, long second) = Place(instant);
            int minute = (int)(second / SecondsPerMinute);
            long rest = second % SecondsPerMinute;
            int mean = energy.MeanOf(minute);
            long less = isRising ? HalfStep(mean) * rest * (SecondsPerMinute - rest) : 0;
            return (repetition * energy.Whole) + energy.UpTo(minute) + (mean * rest) - less;
        }

        private (long Repetition, long Second) Place(DateTime instant)
        {
            return FloorDivRem((instant - Anchor).Ticks / TimeSpan.TicksPerSecond, Period);
        }

        // Energy of one direction.
        private sealed class Energy
        {
            private const int MinutesPerHour = 60;

            private readonly Func<int, int> _power;

            // Up to the beginning of each hour of one repetition.
            private readonly long[] _hours;

            // Power of a minute, W; what is negative is another direction's.
            public Energy(int minutes, Func<int, int> power)
            {
                _power = power;
                _hours = new long[(minutes / MinutesPerHour) + 1];
                for (int i = 1; i < _hours.Length; i++)
                {
                    _hours[i] = UpToEnd(i - 1, MinutesPerHour);
                }
            }

            public long Whole => _hours[^1];

            public int MeanOf(int minute)
            {
                return Math.Max(_power(minute), 0);
            }

            public long UpTo(int minute)
            {
                return UpToEnd(minute / MinutesPerHour, minute % MinutesPerHour);
            }

            private long UpToEnd(int hour, int minutes)
            {
                long sum = 0;
                for (int i = 0; i < minutes; i++)
                {
                    sum += MeanOf((hour * MinutesPerHour) + i);
                }

                return _hours[hour] + (sum * SecondsPerMinute);
            }
        }
    }
}
