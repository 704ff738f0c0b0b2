using System;

namespace NanoComm.Metering
{
    /// <summary>What a metering unit is and how its registers are to be read.</summary>
    public sealed class MeterParameters
    {
        /// <summary>Length of the serial number in bytes.</summary>
        public const int SerialLength = 12;

        private readonly byte[] _serial = new byte[SerialLength];

        /// <summary>Makes parameters that nobody told yet.</summary>
        /// <param name="meterClass">Of the metering unit.</param>
        public MeterParameters(MeterClass meterClass = MeterClass.LowVoltage)
        {
            High = meterClass == MeterClass.HighVoltage ? new HighVoltageParameters() : null;
        }

        /// <summary>Those that a high-voltage metering unit has beside them; null at low voltage.</summary>
        public HighVoltageParameters High { get; }

        /// <summary>Coefficient, 1…999999: energy in kWh = register × coefficient × unit, at high voltage × the
        /// multiplier of the coefficient too.</summary>
        public uint Coefficient { get; private set; } = 1;

        /// <summary>Unit of the registers as ECHONET Lite property E1 codes it: 00 = 1 kWh, 01 = 0.1, 02 = 0.01,
        /// 03 = 0.001, 04 = 0.0001, 0A = 10, 0B = 100, 0C = 1000, 0D = 10000.</summary>
        public byte Unit { get; private set; }

        /// <summary>Number of digits of the registers, 1…8.</summary>
        public byte Digits { get; private set; } = 8;

        /// <summary>Takes what the metering unit answered.</summary>
        /// <param name="serial">Serial number, ASCII, 1…12 bytes; padded with zeros behind.</param>
        /// <param name="coefficient">1…999999.</param>
        /// <param name="unit">A code of property E1.</param>
        /// <param name="digits">1…8.</param>
        /// <returns>False, and nothing taken, when a value is out of its range.</returns>
        public bool Set(byte[] serial, uint coefficient, byte unit, byte digits)
        {
            if (serial.Length < 1 || serial.Length > SerialLength || coefficient < 1 || coefficient > 999999
                || !IsUnit(unit) || !IsDigits(digits))
            {
                return false;
            }

            Array.Clear(_serial, 0, SerialLength);
            Array.Copy(serial, _serial, serial.Length);
            Coefficient = coefficient;
            Unit = unit;
            Digits = digits;
            return true;
        }

        /// <summary>Takes over another metering unit's parameters.</summary>
        /// <param name="other">Of the same class.</param>
        public void CopyFrom(MeterParameters other)
        {
            Array.Copy(other._serial, _serial, SerialLength);
            Coefficient = other.Coefficient;
            Unit = other.Unit;
            Digits = other.Digits;
            if (High != null)
            {
                High.CopyFrom(other.High);
            }
        }

        /// <summary>Copies the serial number.</summary>
        /// <param name="buffer">Takes 12 bytes.</param>
        /// <param name="offset">Where the first one goes.</param>
        public void CopySerial(byte[] buffer, int offset)
        {
            Array.Copy(_serial, 0, buffer, offset, SerialLength);
        }

        internal static bool IsUnit(byte code)
        {
            return code <= 0x04 || (code >= 0x0A && code <= 0x0D);
        }

        internal static bool IsDigits(byte count)
        {
            return count >= 1 && count <= 8;
        }
    }
}
