using System;
using System.Linq;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>A logical name: OBIS code A-B:C.D.E.F (IEC 62056-61).</summary>
    public readonly record struct Obis(byte A, byte B, byte C, byte D, byte E, byte F)
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 6;

        /// <summary>Reads "a.b.c.d.e.f".</summary>
        public static Obis Parse(string text)
        {
            byte[] bytes = text.Split('.').Select(byte.Parse).ToArray();
            ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
            return FromBytes(bytes);
        }

        /// <summary>Reads six bytes.</summary>
        public static Obis FromBytes(ReadOnlySpan<byte> bytes)
        {
            return new Obis(bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]);
        }

        /// <summary>Six bytes.</summary>
        public byte[] ToBytes()
        {
            return [A, B, C, D, E, F];
        }

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            return (A << 24) ^ (B << 20) ^ (C << 15) ^ (D << 10) ^ (E << 5) ^ F;
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            return $"{A}-{B}:{C}.{D}.{E}.{F}";
        }
    }
}
