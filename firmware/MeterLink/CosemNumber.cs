using NanoComm.Dlms;
using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>Whole numbers out of data of the common types, and powers of ten on them, without floating point.</summary>
    internal static class CosemNumber
    {
        /// <summary>Reads an integer of any of the integer types, an enum included.</summary>
        /// <param name="item">A value that was read.</param>
        /// <param name="value">The number.</param>
        /// <returns>False when it was not read or is of another type.</returns>
        public static bool Read(GetItem item, out long value)
        {
            byte[] buffer = item.Buffer;
            if (buffer == null)
            {
                value = 0;
                return false;
            }

            int offset = item.Offset;
            int length = item.Length;
            return Read(buffer, offset, offset + length, out value) == length;
        }

        /// <summary>Reads an integer.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">Its type.</param>
        /// <param name="end">The end of what is there.</param>
        /// <param name="value">The number.</param>
        /// <returns>Bytes read, the type included; 0 when there is no such number, or one above 63 bits.</returns>
        public static int Read(byte[] buffer, int offset, int end, out long value)
        {
            value = 0;
            int size = offset < end ? Size(buffer[offset]) : 0;
            bool isSigned = size < 0;
            size = isSigned ? -size : size;
            if (size == 0 || offset + size >= end)
            {
                return 0;
            }

            // The first byte brings the sign, on a type that has one.
            long number = isSigned ? (sbyte)buffer[offset + 1] : buffer[offset + 1];
            for (int i = offset + 2; i <= offset + size; i++)
            {
                number = (number << 8) | buffer[i];
            }

            if (!isSigned && number < 0)
            {
                return 0;
            }

            value = number;
            return 1 + size;
        }

        /// <summary>A register of energy as eight digits show it.</summary>
        /// <param name="value">As read. Negative, or the two numbers that stand for "none" in 32 bits: no data.</param>
        public static uint ToEnergy(long value)
        {
            return value >= 0 && value <= MeterReading.MaxEnergy ? (uint)value
                : value < 0 || (value >= MeterReading.NoEnergy && value <= uint.MaxValue) ? MeterReading.NoEnergy
                : (uint)(value % (MeterReading.MaxEnergy + 1));
        }

        /// <summary>Multiplies by a power of ten; a division rounds half away from zero.</summary>
        /// <param name="value">The number, of up to 32 bits.</param>
        /// <param name="exponent">-9…9.</param>
        public static long Scale(long value, int exponent)
        {
            if (exponent == 0)
            {
                return value;
            }

            long power = 1;
            for (int i = exponent < 0 ? -exponent : exponent; i > 0; i--)
            {
                power *= 10;
            }

            return exponent >= 0 ? value * power
                : value >= 0 ? (value + (power / 2)) / power
                : (value - (power / 2)) / power;
        }

        // Bytes behind the type; negative for a signed number, 0 for anything else.
        private static int Size(byte type)
        {
            switch (type)
            {
                case CosemType.Integer:
                    return -1;
                case CosemType.Unsigned:
                case CosemType.Enum:
                    return 1;
                case CosemType.Long:
                    return -2;
                case CosemType.LongUnsigned:
                    return 2;
                case CosemType.DoubleLong:
                    return -4;
                case CosemType.DoubleLongUnsigned:
                    return 4;
                case CosemType.Long64:
                    return -8;
                case CosemType.Long64Unsigned:
                    return 8;
                default:
                    return 0;
            }
        }
    }
}
