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
            value = 0;
            return item.Buffer != null && Read(item.Buffer, item.Offset, item.Offset + item.Length, out value) == item.Length;
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
            if (size == 0 || offset + 1 + size > end)
            {
                return 0;
            }

            for (int i = 1; i <= size; i++)
            {
                value = (value << 8) | buffer[offset + i];
            }

            if (IsSigned(buffer[offset]))
            {
                int shift = 64 - (8 * size);
                value = value << shift >> shift;
            }

            else if (value < 0)
            {
                value = 0;
                return 0;
            }

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
            long power = 1;
            for (int i = exponent < 0 ? -exponent : exponent; i > 0; i--)
            {
                power *= 10;
            }

            return exponent >= 0 ? value * power
                : value >= 0 ? (value + (power / 2)) / power
                : (value - (power / 2)) / power;
        }

        private static bool IsSigned(byte type)
        {
            return type == CosemType.Integer || type == CosemType.Long || type == CosemType.DoubleLong
                || type == CosemType.Long64;
        }

        private static int Size(byte type)
        {
            switch (type)
            {
                case CosemType.Integer:
                case CosemType.Unsigned:
                case CosemType.Enum:
                    return 1;
                case CosemType.Long:
                case CosemType.LongUnsigned:
                    return 2;
                case CosemType.DoubleLong:
                case CosemType.DoubleLongUnsigned:
                    return 4;
                case CosemType.Long64:
                case CosemType.Long64Unsigned:
                    return 8;
                default:
                    return 0;
            }
        }
    }
}
