using NanoComm.Metering;

namespace NanoComm.Echonet
{
    /// <summary>
    /// What the objects of a high-voltage unit show of the read model beside <see cref="MeterValues"/>, each value
    /// once. The registers of active and reactive energy are read together and have one time, so that a power factor may
    /// be taken of them.
    /// </summary>
    public sealed class HighVoltageValues : MeterValues
    {
        // Numbers: parameters, then the registers in the order of HighVoltageReading, then the half-hour's in that of
        // HighVoltageData.
        internal const byte Multiplier = NumberCount;
        internal const byte FixedDate = Multiplier + 1;
        internal const byte DemandDigits = Multiplier + 2;
        internal const byte DemandUnit = Multiplier + 3;
        internal const byte CumulativeDemandUnit = Multiplier + 4;
        internal const byte ReactiveDigits = Multiplier + 5;
        internal const byte ReactiveUnit = Multiplier + 6;
        internal const byte MaximumDemandNormal = Registers + HighVoltageReading.MaximumDemandNormal;
        internal const byte CumulativeDemandNormal = Registers + HighVoltageReading.CumulativeDemandNormal;
        internal const byte LagNormal = Registers + HighVoltageReading.LagNormal;
        internal const byte LeadNormal = Registers + HighVoltageReading.LeadNormal;
        internal const byte MinuteLagNormal = Registers + HighVoltageReading.MinuteLagNormal;
        internal const byte HalfHourLagNormal = HalfHourValues + HighVoltageData.ReactiveNormal;
        internal const byte HalfHourDemandNormal = HalfHourValues + HighVoltageData.DemandNormal;

        // Times.
        internal const byte ReadTime = TimeCount;

        // Directions of interval buffers.
        internal const byte LagHalfHoursNormal = 4;
        internal const byte LagHalfHoursReverse = 5;
        internal const byte DemandHalfHoursNormal = 6;
        internal const byte DemandHalfHoursReverse = 7;
        internal const byte LagMinutes = 8;

        private const byte Registers = ReactiveUnit + 1;
        private const byte HalfHourValues = Registers + HighVoltageReading.Count;
        private const int HighNumberCount = HalfHourValues + HighVoltageData.ValueCount;

        /// <summary>Makes the values of a unit.</summary>
        /// <param name="identity">Who the unit is.</param>
        /// <param name="location">Property 81.</param>
        /// <param name="data">The read model, of the same class.</param>
        public HighVoltageValues(EchonetIdentity identity, InstallationLocation location, MeterData data)
            : base(identity, location, data, MeterClass.HighVoltage, HighNumberCount, ReadTime + 1)
        {
            HighVoltageData high = data.High;
            Intervals = new IntervalBuffer[]
            {
                data.HalfHours, data.Minutes, high.Reactive, high.Demand, high.ReactiveMinutes,
            };
        }

        /// <inheritdoc/>
        internal override void FillParameters(MeterParameters parameters)
        {
            base.FillParameters(parameters);
            HighVoltageParameters high = parameters.High;
            Numbers[Multiplier] = high.Multiplier;
            Numbers[FixedDate] = high.FixedDate;
            Numbers[DemandDigits] = high.DemandDigits;
            Numbers[DemandUnit] = high.DemandUnit;
            Numbers[CumulativeDemandUnit] = high.CumulativeDemandUnit;
            Numbers[ReactiveDigits] = high.ReactiveDigits;
            Numbers[ReactiveUnit] = high.ReactiveUnit;
            Absent = (high.HasReactive ? 0 : Access.OfReactive)
                | (high.HasCumulativeDemand ? 0 : Access.OfCumulativeDemand);
        }

        /// <inheritdoc/>
        internal override void FillReading(MeterReading reading)
        {
            base.FillReading(reading);
            Times[ReadTime] = ReadingTime;
            if (IsFresh)
            {
                reading.High.CopyTo(0, HighVoltageReading.MinuteLagNormal, Numbers, Registers);
            }
            else
            {
                Blank(Registers, HighVoltageReading.MinuteLagNormal);
            }

            if (IsLive)
            {
                Numbers[CurrentR] = (uint)reading.CurrentR;
                Numbers[CurrentT] = (uint)reading.CurrentT;
            }
            else
            {
                Numbers[CurrentR] = MeterReading.NoCurrent;
                Numbers[CurrentT] = MeterReading.NoCurrent;
            }
        }

        /// <inheritdoc/>
        internal override void FillMinute(MeterReading reading, bool isKnown)
        {
            base.FillMinute(reading, isKnown);
            if (isKnown)
            {
                reading.High.CopyTo(HighVoltageReading.MinuteLagNormal, 2, Numbers, MinuteLagNormal);
            }
            else
            {
                Blank(MinuteLagNormal, 2);
            }
        }

        /// <inheritdoc/>
        internal override void FillHalfHour(MeterSnapshot snapshot, bool isKnown)
        {
            base.FillHalfHour(snapshot, isKnown);
            if (isKnown)
            {
                snapshot.HighHalfHour.CopyTo(Numbers, HalfHourValues);
            }
            else
            {
                Blank(HalfHourValues, HighVoltageData.ValueCount);
            }
        }

        /// <inheritdoc/>
        internal override bool HasHalfHour(MeterSnapshot snapshot)
        {
            bool has = base.HasHalfHour(snapshot);
            for (int i = 0; i < HighVoltageData.ValueCount; i++)
            {
                has |= snapshot.HighHalfHour[i] != MeterReading.NoEnergy;
            }

            return has;
        }

        private void Blank(int number, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Numbers[number + i] = MeterReading.NoEnergy;
            }
        }
    }
}
