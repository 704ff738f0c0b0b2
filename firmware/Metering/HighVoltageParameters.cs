namespace NanoComm.Metering
{
    /// <summary>How a high-voltage metering unit's other registers are to be read, as it declares it. Units are coded as
    /// <see cref="MeterParameters.Unit"/>; value = register × coefficient × multiplier × unit, and nobody here multiplies.
    /// </summary>
    public sealed class HighVoltageParameters
    {
        /// <summary>The unit of registers that the metering unit does not have.</summary>
        public const byte NoUnit = 0xFF;

        /// <summary>Multiplier of the coefficient as property D4 codes it: 00 = 1, 01 = 0.1, 02 = 0.01, 03 = 0.001.</summary>
        public byte Multiplier { get; private set; }

        /// <summary>Unit of demand, kW; of the maximum of the month too.</summary>
        public byte DemandUnit { get; private set; }

        /// <summary>Number of digits of demand, 1…8.</summary>
        public byte DemandDigits { get; private set; } = 8;

        /// <summary>Unit of the cumulative maximum demand, kW, or <see cref="NoUnit"/>.</summary>
        public byte CumulativeDemandUnit { get; private set; } = NoUnit;

        /// <summary>Unit of reactive energy, kvarh, or <see cref="NoUnit"/>.</summary>
        public byte ReactiveUnit { get; private set; } = NoUnit;

        /// <summary>Number of digits of reactive energy, 1…8.</summary>
        public byte ReactiveDigits { get; private set; } = 8;

        /// <summary>Day of the month at which demand begins anew, 1…31.</summary>
        public byte FixedDate { get; private set; } = 1;

        /// <summary>Whether there are registers of the cumulative maximum demand.</summary>
        public bool HasCumulativeDemand
        {
            get { return CumulativeDemandUnit != NoUnit; }
        }

        /// <summary>Whether there are reactive registers.</summary>
        public bool HasReactive
        {
            get { return ReactiveUnit != NoUnit; }
        }

        /// <summary>Takes what the metering unit answered.</summary>
        /// <param name="multiplier">0…3.</param>
        /// <param name="fixedDate">1…31.</param>
        /// <param name="demandUnit">A code of a unit.</param>
        /// <param name="demandDigits">1…8.</param>
        /// <param name="cumulativeDemandUnit">A code of a unit, or <see cref="NoUnit"/>.</param>
        /// <param name="reactiveUnit">Likewise.</param>
        /// <param name="reactiveDigits">1…8.</param>
        /// <returns>False, and nothing taken, when a value is out of its range.</returns>
        public bool Set(byte multiplier, byte fixedDate, byte demandUnit, byte demandDigits, byte cumulativeDemandUnit,
            byte reactiveUnit, byte reactiveDigits)
        {
            if (multiplier > 3 || fixedDate < 1 || fixedDate > 31
                || !MeterParameters.IsUnit(demandUnit) || !MeterParameters.IsDigits(demandDigits)
                || (cumulativeDemandUnit != NoUnit && !MeterParameters.IsUnit(cumulativeDemandUnit))
                || (reactiveUnit != NoUnit && !MeterParameters.IsUnit(reactiveUnit))
                || !MeterParameters.IsDigits(reactiveDigits))
            {
                return false;
            }

            Multiplier = multiplier;
            FixedDate = fixedDate;
            DemandUnit = demandUnit;
            DemandDigits = demandDigits;
            CumulativeDemandUnit = cumulativeDemandUnit;
            ReactiveUnit = reactiveUnit;
            ReactiveDigits = reactiveDigits;
            return true;
        }

        /// <summary>Takes over another metering unit's parameters.</summary>
        public void CopyFrom(HighVoltageParameters other)
        {
            Multiplier = other.Multiplier;
            FixedDate = other.FixedDate;
            DemandUnit = other.DemandUnit;
            DemandDigits = other.DemandDigits;
            CumulativeDemandUnit = other.CumulativeDemandUnit;
            ReactiveUnit = other.ReactiveUnit;
            ReactiveDigits = other.ReactiveDigits;
        }
    }
}
