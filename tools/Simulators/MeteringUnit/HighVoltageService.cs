using System;

namespace NanoComm.Simulators
{
    /// <summary>
    /// What stands before a high-voltage metering unit, and what the utility has set in it. Synthetic: the load is a factory
    /// with its own generation, which is the recorded household and its solar plant <see cref="LoadScale"/> times, less a
    /// capacitor bank that is always on; so energy flows both ways, and reactive energy lags by day and leads at night. The
    /// transformer is 6,600/110 V and 50/5 A: the unit measures a <see cref="TransformerRatio"/>-th of it.
    /// </summary>
    public sealed class HighVoltageService
    {
        /// <summary>The factory is so many recorded households: 449 kW at the most, 240 kW of generation.</summary>
        public const int LoadScale = 60;

        /// <summary>6,600/110 × 50/5.</summary>
        public const uint TransformerRatio = 600;

        /// <summary>Reactive power of the capacitor bank, var of one household.</summary>
        public const int CapacitorVars = 100;

        private const int VoltsBetweenPhases = 6600;

        private int _fixedDate = 1;

        /// <summary>What registers and demands are to be multiplied by (1-0:0.4.4), 1…999,999.</summary>
        public uint Coefficient { get; set; } = TransformerRatio;

        /// <summary>What <see cref="Coefficient"/> is to be divided by (1-0:0.4.7): 1, 10, 100 or 1000.</summary>
        public ushort CoefficientDivisor { get; set; } = 1;

        /// <summary>Day of the month, 1…31, at whose beginning the maximum demand of the month is added to the cumulative
        /// one and begins again at 0; the last day in a month that has no such day.</summary>
        public int FixedDate
        {
            get => _fixedDate;
            set
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 31);
                _fixedDate = value;
            }
        }

        /// <summary>When the month of a demand began: the latest fixed date not after the instant.</summary>
        public DateTime MonthOf(DateTime instant)
        {
            DateTime begin = BeginIn(instant.Year, instant.Month);
            DateTime before = instant.AddMonths(-1);
            return begin <= instant ? begin : BeginIn(before.Year, before.Month);
        }

        /// <summary>Current of each phase, 0.1 A, without a sign: three phases that carry the same.</summary>
        /// <param name="watts">Active power, W.</param>
        /// <param name="vars">Reactive power, var.</param>
        public static short CurrentOf(long watts, long vars)
        {
            // (10 × S)² / (√3 × V)², rounded to the nearest root.
            long square = ((watts * watts) + (vars * vars)) * 100 / (3L * VoltsBetweenPhases * VoltsBetweenPhases);
            long root = 0;
            while ((root + 1) * (root + 1) <= square)
            {
                root++;
            }

            return (short)root;
        }

        private DateTime BeginIn(int year, int month)
        {
            return new DateTime(year, month, Math.Min(FixedDate, DateTime.DaysInMonth(year, month)));
        }
    }
}
