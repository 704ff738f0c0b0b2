using System;
using NanoComm.Dlms;
using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>
    /// What is read of a high-voltage metering unit beside what both classes have: demand, reactive energy, the coefficient
    /// of the transformer, the fixed date. Nothing is calculated: whatever a register needs to be understood goes to the
    /// terminal as the metering unit tells it.
    /// </summary>
    internal sealed class HighVoltageItems
    {
        /// <summary>Registers: demand of the last half-hour, normal and reverse direction, then those of
        /// <see cref="HighVoltageReading"/> in its order.</summary>
        public const int RegisterCount = Sheet + HighVoltageReading.MinuteLagNormal;

        /// <summary>How many objects there are.</summary>
        public const int ObjectCount = RegisterCount + 5;

        /// <summary>Of the registers, the first that a reading has.</summary>
        public const int Sheet = 2;

        /// <summary>Of the registers, the first of reactive energy.</summary>
        public const int Reactive = Sheet + HighVoltageReading.LagNormal;

        private const int Cumulative = Sheet + HighVoltageReading.CumulativeDemandNormal;
        private const int Coefficient = RegisterCount;
        private const int Divisor = RegisterCount + 1;
        private const int FixedDate = RegisterCount + 2;
        private const int DemandDigits = RegisterCount + 3;
        private const int ReactiveDigits = RegisterCount + 4;
        private const byte Watts = 27;
        private const byte VarHours = 32;
        private const int DataClass = 1;
        private const byte ValueAttribute = 2;
        private const int MostCoefficient = 999999;
        private const int MostMultiplier = 3;

        private readonly Differences _differences;
        private readonly int _place;
        private readonly ScaledRegister[] _registers;
        private readonly GetItem[] _items = new GetItem[ObjectCount];
        private readonly GetItem[] _cumulative;
        private long _coefficient;
        private byte _multiplier;

        /// <summary>Makes them.</summary>
        /// <param name="differences">Takes what is different.</param>
        /// <param name="place">Place of the first object there.</param>
        public HighVoltageItems(Differences differences, int place)
        {
            _differences = differences;
            _place = place;

            // Quadrants: 3.8.0 and 4.8.0 would mix the lag of one direction with the lead of the other.
            _registers = new ScaledRegister[]
            {
                Demand(1, 5), Demand(2, 5), Demand(1, 6), Demand(2, 6), Demand(1, 2), Demand(2, 2),
                QuadrantOf(5), QuadrantOf(7), QuadrantOf(8), QuadrantOf(6),
            };
            Parameters = new GetItem[ObjectCount];
            for (int i = 0; i < RegisterCount; i++)
            {
                _items[i] = _registers[i].Value;
                Parameters[i] = _registers[i].ScalerUnit;
            }

            _items[Coefficient] = Data(1, 0, 4, 4);
            _items[Divisor] = Data(1, 0, 4, 7);
            _items[FixedDate] = Data(0, 96, 131, 0);
            _items[DemandDigits] = Data(0, 96, 128, 1);
            _items[ReactiveDigits] = Data(0, 96, 128, 2);
            for (int i = Coefficient; i < ObjectCount; i++)
            {
                Parameters[i] = _items[i];
            }

            _cumulative = new GetItem[] { _items[Cumulative], _items[Cumulative + 1] };
        }

        /// <summary>Reads what seldom changes.</summary>
        public GetItem[] Parameters { get; }

        /// <summary>Reads the cumulative maximum demand, to see whether it has changed.</summary>
        public GetItem[] CumulativeDemand => _cumulative;

        /// <summary>The object of a number, 0…<see cref="ObjectCount"/> - 1.</summary>
        public GetItem this[int number] => _items[number];

        /// <summary>A register.</summary>
        /// <param name="number">0…<see cref="RegisterCount"/> - 1.</param>
        public ScaledRegister Register(int number)
        {
            return _registers[number];
        }

        /// <summary>A list with what else is read at the same time.</summary>
        /// <param name="items">The list.</param>
        /// <param name="from">First register that is read with it; all behind it are too, and the coefficient. From the
        /// first one on its divisor too: it changes with the coefficient if at all.</param>
        public GetItem[] Append(GetItem[] items, int from)
        {
            int count = (from == Sheet ? FixedDate : Divisor) - from;
            var all = new GetItem[items.Length + count];
            items.CopyTo(all, 0);
            Array.Copy(_items, from, all, items.Length, count);
            return all;
        }

        /// <summary>Takes what <see cref="Parameters"/> has read.</summary>
        /// <param name="parameters">Filled.</param>
        /// <param name="coefficient">The coefficient, 1…999,999.</param>
        /// <returns>False when there is no coefficient: no register can be understood.</returns>
        public bool TakeParameters(HighVoltageParameters parameters, out uint coefficient)
        {
            byte demand = TakeUnit(0, Cumulative, false);
            byte cumulative = TakeUnit(Cumulative, 2, true);
            byte reactive = TakeUnit(Reactive, RegisterCount - Reactive, true);
            byte demandDigits = DigitsOf(DemandDigits);
            byte reactiveDigits = DigitsOf(ReactiveDigits);
            bool hasDate = CosemNumber.Read(_items[FixedDate], out long date) && date >= 1 && date <= 31;
            Check(hasDate, FixedDate);
            bool hasCoefficient = Check(CosemNumber.Read(_items[Coefficient], out _coefficient)
                && _coefficient >= 1 && _coefficient <= MostCoefficient, Coefficient);
            coefficient = (uint)_coefficient;
            return ReadDivisor(out _multiplier) && hasCoefficient && parameters.Set(_multiplier, hasDate ? (byte)date : (byte)1,
                demand == HighVoltageParameters.NoUnit ? (byte)0 : demand, demandDigits, cumulative, reactive, reactiveDigits);
        }

        /// <summary>Whether the coefficient that was read together with registers is still the one of the
        /// parameters.</summary>
        /// <param name="hasDivisor">Whether the divisor was read too.</param>
        public bool IsCoefficientKept(bool hasDivisor)
        {
            return CosemNumber.Read(_items[Coefficient], out long coefficient) && coefficient == _coefficient
                && (!hasDivisor || (ReadDivisor(out byte multiplier) && multiplier == _multiplier));
        }

        /// <summary>Takes registers that were read.</summary>
        /// <param name="reading">Takes them.</param>
        /// <param name="from">The first one, and all behind it.</param>
        public void Take(HighVoltageReading reading, int from)
        {
            for (int i = from; i < RegisterCount; i++)
            {
                reading[i - Sheet] = MeteringUnit.DigitsOf(_differences, _registers[i], _place + i);
            }
        }

        /// <summary>Takes what <see cref="CumulativeDemand"/> has read again: if it has changed, the month's demand began
        /// anew between one answer and the other, and which of the two the maximum is from is not known.</summary>
        /// <param name="reading">Has the registers.</param>
        public void TakeAgain(HighVoltageReading reading)
        {
            TakeAgain(reading, HighVoltageReading.CumulativeDemandNormal, HighVoltageReading.MaximumDemandNormal);
            TakeAgain(reading, HighVoltageReading.CumulativeDemandNormal + 1, HighVoltageReading.MaximumDemandNormal + 1);
        }

        private void TakeAgain(HighVoltageReading reading, int cumulative, int maximum)
        {
            int number = Sheet + cumulative;
            uint now = MeteringUnit.DigitsOf(_differences, _registers[number], _place + number);
            if (now != reading[cumulative])
            {
                reading[cumulative] = now;
                reading[maximum] = MeterReading.NoEnergy;
            }
        }

        private static ScaledRegister Demand(byte c, byte d)
        {
            return new ScaledRegister(c, d, Watts);
        }

        private static ScaledRegister QuadrantOf(byte c)
        {
            return new ScaledRegister(c, 8, VarHours);
        }

        private static GetItem Data(byte a, byte c, byte d, byte e)
        {
            return new GetItem(new CosemDescriptor(DataClass, a, 0, c, d, e, ValueAttribute));
        }

        private byte TakeUnit(int from, int count, bool isOptional)
        {
            return MeteringUnit.TakeUnit(_differences, _registers, from, count, _place + from, isOptional);
        }

        // A manufacturer's own object: 8 without it.
        private byte DigitsOf(int number)
        {
            bool isRead = CosemNumber.Read(_items[number], out long digits);
            bool isGood = isRead && digits >= 1 && digits <= MeteringUnit.DefaultDigits;
            Check(isGood || !isRead, number);
            return isGood ? (byte)digits : MeteringUnit.DefaultDigits;
        }

        // The divisor may be left out where there is none.
        private bool ReadDivisor(out byte multiplier)
        {
            GetItem item = _items[Divisor];
            multiplier = 0;
            long divisor = 1;
            bool isRead = item.Buffer == null ? item.Result == DataAccessResult.ObjectUndefined
                : CosemNumber.Read(item, out divisor);
            while (divisor >= 10 && divisor % 10 == 0 && multiplier < MostMultiplier)
            {
                divisor /= 10;
                multiplier++;
            }

            return Check(isRead && divisor == 1, Divisor);
        }

        private bool Check(bool isGood, int number)
        {
            return _differences.Check(isGood, _place + number, _items[number]);
        }
    }
}
