using NanoComm.Dlms;
using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>A register (class 3) with the scaler and unit that it declares (attribute 3: structure of integer and
    /// enum). Read by two items: the value each minute, scaler and unit once.</summary>
    internal sealed class ScaledRegister
    {
        private const int RegisterClass = 3;
        private const byte ValueAttribute = 2;
        private const byte ScalerUnitAttribute = 3;
        private const int ScalerUnitLength = 6;

        // Of a value of 32 bits in tenths of the unit, 64 bits hold no more.
        private const int MaxExponent = 8;

        // Of the units, those of a quantity that goes on without end.
        private const byte WattHours = 30;
        private const byte VarHours = 32;
        private const byte NoUnit = 0xFF;

        private readonly byte _unit;
        private readonly GetItem _value;
        private int _scaler;

        /// <summary>Makes a register of 1-0:C.D.0.255.</summary>
        /// <param name="c">Value group C.</param>
        /// <param name="d">Value group D.</param>
        /// <param name="unit">The unit that it has to declare (IEC 62056-6-2, table "enumerated values for physical
        /// units"): 27 W, 30 Wh, 32 varh, 33 A.</param>
        public ScaledRegister(byte c, byte d, byte unit)
        {
            _unit = unit;
            _value = new GetItem(new CosemDescriptor(RegisterClass, 1, 0, c, d, 0, ValueAttribute));
            ScalerUnit = new GetItem(new CosemDescriptor(RegisterClass, 1, 0, c, d, 0, ScalerUnitAttribute));
        }

        /// <summary>Reads the value.</summary>
        public GetItem Value => _value;

        /// <summary>Reads scaler and unit.</summary>
        public GetItem ScalerUnit { get; }

        /// <summary>The declared power of ten, -8…8.</summary>
        public int Scaler => _scaler;

        /// <summary>Whether its values can be understood: it declares its unit, and a power of ten.</summary>
        public bool IsUsable { get; set; }

        /// <summary>Whether the metering unit has said that there is no such quantity: no object, null-data, or 255 for
        /// the unit.</summary>
        public bool IsAbsent => ScalerUnit.Buffer == null ? ScalerUnit.Result == DataAccessResult.ObjectUndefined
            : ScalerUnit.Buffer[ScalerUnit.Offset] == CosemType.Null
            || (ScalerUnit.Length == ScalerUnitLength && ScalerUnit.Buffer[ScalerUnit.Offset + 5] == NoUnit);

        /// <summary>Reads what <see cref="Value"/> has, brought to the unit.</summary>
        /// <param name="exponent">Added to <see cref="Scaler"/>: -1…1.</param>
        /// <param name="value">The number.</param>
        /// <returns>False when it was not read, or is no number of up to 32 bits.</returns>
        public bool Read(int exponent, out long value)
        {
            bool isRead = CosemNumber.Read(_value, out value) && value >= int.MinValue && value <= uint.MaxValue;
            value = isRead ? CosemNumber.Scale(value, _scaler + exponent) : 0;
            return isRead;
        }

        /// <summary>A number as eight digits show it: of energy the last eight, for its registers begin anew at 0.</summary>
        /// <param name="value">As read.</param>
        /// <returns><see cref="MeterReading.NoEnergy"/> when it is none, or does not fit.</returns>
        public uint Digits(long value)
        {
            return value > MeterReading.MaxEnergy && _unit != WattHours && _unit != VarHours ? MeterReading.NoEnergy
                : CosemNumber.ToEnergy(value);
        }

        /// <summary>Takes scaler and unit from <see cref="ScalerUnit"/>.</summary>
        /// <returns>False when they were not read, or are of another form, or name another unit.</returns>
        public bool TakeScaler()
        {
            IsUsable = false;
            GetItem item = ScalerUnit;
            int end = item.Offset + item.Length;
            if (item.Buffer == null || item.Length != ScalerUnitLength || item.Buffer[item.Offset] != CosemType.Structure
                || item.Buffer[item.Offset + 1] != 2
                || CosemNumber.Read(item.Buffer, item.Offset + 2, end, out long scaler) != 2
                || CosemNumber.Read(item.Buffer, item.Offset + 4, end, out long unit) != 2
                || unit != _unit || scaler < -MaxExponent || scaler > MaxExponent)
            {
                return false;
            }

            _scaler = (int)scaler;
            IsUsable = true;
            return true;
        }
    }
}
