using System;

namespace NanoComm.Metering
{
    /// <summary>
    /// What a reading of a high-voltage metering unit has beside <see cref="MeterReading"/>: a sheet of registers, each
    /// 0…99,999,999 in its unit of <see cref="HighVoltageParameters"/> or <see cref="MeterReading.NoEnergy"/>. Filled
    /// once, from then on only copied.
    /// </summary>
    public sealed class HighVoltageReading
    {
        /// <summary>Maximum demand of the month, normal direction.</summary>
        public const int MaximumDemandNormal = 0;

        /// <summary>Maximum demand of the month, reverse direction.</summary>
        public const int MaximumDemandReverse = 1;

        /// <summary>Cumulative maximum demand, normal direction.</summary>
        public const int CumulativeDemandNormal = 2;

        /// <summary>Cumulative maximum demand, reverse direction.</summary>
        public const int CumulativeDemandReverse = 3;

        /// <summary>Reactive energy (lag), normal direction, of the time at which the active registers were read.</summary>
        public const int LagNormal = 4;

        /// <summary>Reactive energy (lag), reverse direction, likewise.</summary>
        public const int LagReverse = 5;

        /// <summary>Reactive energy (lead), normal direction, likewise.</summary>
        public const int LeadNormal = 6;

        /// <summary>Reactive energy (lead), reverse direction, likewise.</summary>
        public const int LeadReverse = 7;

        /// <summary>Reactive energy (lag), normal direction, of <see cref="MeterReading.MinuteTime"/>.</summary>
        public const int MinuteLagNormal = 8;

        /// <summary>Reactive energy (lag), reverse direction, likewise.</summary>
        public const int MinuteLagReverse = 9;

        /// <summary>How many there are.</summary>
        public const int Count = 10;

        private readonly uint[] _values = new uint[Count];

        /// <summary>Makes a reading without data.</summary>
        public HighVoltageReading()
        {
            for (int i = 0; i < Count; i++)
            {
                _values[i] = MeterReading.NoEnergy;
            }
        }

        /// <summary>A register; more than <see cref="MeterReading.MaxEnergy"/> is no data.</summary>
        /// <param name="register">One of the constants.</param>
        public uint this[int register]
        {
            get { return _values[register]; }
            set { _values[register] = value <= MeterReading.MaxEnergy ? value : MeterReading.NoEnergy; }
        }

        /// <summary>Copies registers.</summary>
        /// <param name="register">The first one.</param>
        /// <param name="count">How many.</param>
        /// <param name="numbers">Takes them.</param>
        /// <param name="offset">Where the first one goes.</param>
        public void CopyTo(int register, int count, uint[] numbers, int offset)
        {
            Array.Copy(_values, register, numbers, offset, count);
        }

        /// <summary>Takes over another reading's values.</summary>
        public void CopyFrom(HighVoltageReading other)
        {
            Array.Copy(other._values, _values, Count);
        }
    }
}
