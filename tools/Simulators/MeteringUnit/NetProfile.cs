using System;
using NanoComm.Metering;

namespace NanoComm.Simulators
{
    /// <summary>
    /// What flows through the meter of a household with a solar plant, at any instant of all time: the recorded days
    /// repeat without end in both directions, aligned by time of day, the first of them on 2020-01-01. Net power is
    /// load less generation, constant within a minute. Energies are counted from 0 on 2020-01-01 00:00:00 (negative
    /// before it) in whole watt-seconds, so none is lost; prefix sums over one repetition make every question O(1).
    /// </summary>
    public sealed class NetProfile
    {
        /// <summary>2020-01-01 00:00:00, where both energies are 0.</summary>
        public static readonly long Anchor = MeterTime.FromCalendar(2020, 1, 1, 0, 0, 0);

        private readonly int[] _net;
        private readonly int[] _reactive;
        private readonly long[] _normal;
        private readonly long[] _reverse;
        private readonly long[] _reactiveNormal;
        private readonly long[] _reactiveReverse;

        /// <summary>Puts a household and a solar plant behind one meter.</summary>
        public NetProfile(HouseholdData data, SolarCurve solar)
        {
            _net = new int[data.Minutes];
            _reactive = new int[data.Minutes];
            _normal = new long[data.Minutes + 1];
            _reverse = new long[data.Minutes + 1];
            _reactiveNormal = new long[data.Minutes + 1];
            _reactiveReverse = new long[data.Minutes + 1];
            for (int i = 0; i < data.Minutes; i++)
            {
                int net = data.ActiveWatts(i) - solar.WattsAt(i % HouseholdData.MinutesPerDay);
                _net[i] = net;
                _reactive[i] = data.ReactiveVars(i);
                _normal[i + 1] = _normal[i] + ((long)Math.Max(net, 0) * MeterTime.Minute);
                _reverse[i + 1] = _reverse[i] + ((long)Math.Max(-net, 0) * MeterTime.Minute);
                int reactive = _reactive[i];
                _reactiveNormal[i + 1] = _reactiveNormal[i] + ((long)Math.Max(reactive, 0) * MeterTime.Minute);
                _reactiveReverse[i + 1] = _reactiveReverse[i] + ((long)Math.Max(-reactive, 0) * MeterTime.Minute);
            }
        }

        private long Period => (long)_net.Length * MeterTime.Minute;

        /// <summary>Net active power, W, negative while energy flows in the reverse direction.</summary>
        /// <param name="instant">Civil time as <see cref="MeterTime"/> counts it.</param>
        public int PowerAt(long instant)
        {
            return _net[MinuteOf(instant)];
        }

        /// <summary>Reactive power of the household, var; the plant has none.</summary>
        /// <param name="instant">Civil time as <see cref="MeterTime"/> counts it.</param>
        public int ReactiveAt(long instant)
        {
            return _reactive[MinuteOf(instant)];
        }

        /// <summary>Energy in the normal direction since <see cref="Anchor"/>, W·s.</summary>
        /// <param name="instant">Civil time as <see cref="MeterTime"/> counts it.</param>
        public long NormalAt(long instant)
        {
            return EnergyAt(instant, _normal, Math.Max(PowerAt(instant), 0));
        }

        /// <summary>Energy in the reverse direction since <see cref="Anchor"/>, W·s.</summary>
        /// <param name="instant">Civil time as <see cref="MeterTime"/> counts it.</param>
        public long ReverseAt(long instant)
        {
            return EnergyAt(instant, _reverse, Math.Max(-PowerAt(instant), 0));
        }

        /// <summary>Reactive energy drawn (inductive) since <see cref="Anchor"/>, var·s.</summary>
        /// <param name="instant">Civil time as <see cref="MeterTime"/> counts it.</param>
        public long ReactiveNormalAt(long instant)
        {
            return EnergyAt(instant, _reactiveNormal, Math.Max(ReactiveAt(instant), 0));
        }

        /// <summary>Reactive energy delivered (capacitive) since <see cref="Anchor"/>, var·s.</summary>
        /// <param name="instant">Civil time as <see cref="MeterTime"/> counts it.</param>
        public long ReactiveReverseAt(long instant)
        {
            return EnergyAt(instant, _reactiveReverse, Math.Max(-ReactiveAt(instant), 0));
        }

        private long EnergyAt(long instant, long[] sums, int power)
        {
            (long repetition, long second) = FloorDivRem(instant - Anchor, Period);
            return (repetition * sums[^1]) + sums[second / MeterTime.Minute] + (power * (second % MeterTime.Minute));
        }

        private int MinuteOf(long instant)
        {
            return (int)(FloorDivRem(instant - Anchor, Period).Remainder / MeterTime.Minute);
        }

        internal static (long Quotient, long Remainder) FloorDivRem(long dividend, long divisor)
        {
            (long quotient, long remainder) = Math.DivRem(dividend, divisor);
            return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder);
        }
    }
}
