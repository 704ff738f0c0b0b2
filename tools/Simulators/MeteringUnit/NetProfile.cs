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
    /// 2020-01-01 00:00:00 (negative before it) in whole watt-seconds, so none is lost; prefix sums over one repetition
    /// make every question O(1). Instants are whole seconds of the meter's civil time (Japan: no daylight saving).
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
        private readonly Energies _activeEnergy;
        private readonly Energies _reactiveEnergy;
        private readonly Energies _whileDrawing;
        private readonly Energies _whileFeeding;

        /// <summary>Puts a household and a solar plant behind one meter.</summary>
        /// <param name="data">The household.</param>
        /// <param name="solar">The plant.</param>
        /// <param name="capacitor">Reactive power of a capacitor bank that is always on, var.</param>
        public NetProfile(HouseholdData data, SolarCurve solar, int capacitor = 0)
        {
            _net = new int[data.Minutes];
            _reactive = new int[data.Minutes];
            for (int i = 0; i < data.Minutes; i++)
            {
                _net[i] = data.ActiveWatts(i) - solar.WattsAt(i % HouseholdData.MinutesPerDay);
                _reactive[i] = data.ReactiveVars(i) - capacitor;
            }

            _activeEnergy = new Energies(_net);
            _reactiveEnergy = new Energies(_reactive);
            _whileDrawing = new Energies(_reactive.Select((vars, i) => _net[i] >= 0 ? vars : 0).ToArray());
            _whileFeeding = new Energies(_reactive.Select((vars, i) => _net[i] < 0 ? vars : 0).ToArray());
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
            return EnergyAt(instant, _activeEnergy.Normal, true);
        }

        /// <summary>Energy in the reverse direction since <see cref="Anchor"/>, W·s.</summary>
        public long ReverseAt(DateTime instant)
        {
            return EnergyAt(instant, _activeEnergy.Reverse, true);
        }

        /// <summary>Reactive energy drawn (inductive) since <see cref="Anchor"/>, var·s.</summary>
        public long ReactiveNormalAt(DateTime instant)
        {
            return EnergyAt(instant, _reactiveEnergy.Normal, false);
        }

        /// <summary>Reactive energy delivered (capacitive) since <see cref="Anchor"/>, var·s.</summary>
        public long ReactiveReverseAt(DateTime instant)
        {
            return EnergyAt(instant, _reactiveEnergy.Reverse, false);
        }

        /// <summary>Reactive energy of a quadrant since <see cref="Anchor"/>, var·s. Active power of 0 counts as drawn, and
        /// so does reactive power of 0.</summary>
        public long ReactiveAt(Quadrant quadrant, DateTime instant)
        {
            return EnergyAt(instant, quadrant switch
            {
                Quadrant.LagNormal => _whileDrawing.Normal,
                Quadrant.LeadNormal => _whileDrawing.Reverse,
                Quadrant.LagReverse => _whileFeeding.Reverse,
                Quadrant.LeadReverse => _whileFeeding.Normal,
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
        private long EnergyAt(DateTime instant, long[] sums, bool isRising)
        {
            (long repetition, long second) = Place(instant);
            (long minute, long rest) = Math.DivRem(second, SecondsPerMinute);
            int mean = (int)((sums[minute + 1] - sums[minute]) / SecondsPerMinute);
            long less = isRising ? HalfStep(mean) * rest * (SecondsPerMinute - rest) : 0;
            return (repetition * sums[^1]) + sums[minute] + (mean * rest) - less;
        }

        private (long Repetition, long Second) Place(DateTime instant)
        {
            return FloorDivRem((instant - Anchor).Ticks / TimeSpan.TicksPerSecond, Period);
        }

        // Energy in each direction up to the start of each minute of one repetition, and up to its end.
        private readonly struct Energies
        {
            public Energies(int[] power)
            {
                Normal = new long[power.Length + 1];
                Reverse = new long[power.Length + 1];
                for (int i = 0; i < power.Length; i++)
                {
                    Normal[i + 1] = Normal[i] + ((long)Math.Max(power[i], 0) * SecondsPerMinute);
                    Reverse[i + 1] = Reverse[i] + ((long)Math.Max(-power[i], 0) * SecondsPerMinute);
                }
            }

            public long[] Normal { get; }

            public long[] Reverse { get; }
        }
    }
}
