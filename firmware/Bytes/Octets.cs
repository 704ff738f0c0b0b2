using System;

namespace NanoComm.Bytes
{
    /// <summary>Ranges of bytes: comparison and copies.</summary>
    public static class Octets
    {
        /// <summary>Whether two ranges hold the same bytes. Every byte is looked at, wherever the first difference is:
        /// the time it takes tells nothing of a secret but its length.</summary>
        /// <param name="a">Holds the one.</param>
        /// <param name="offsetA">Its first byte.</param>
        /// <param name="b">Holds the other.</param>
        /// <param name="offsetB">Its first byte.</param>
        /// <param name="count">How many bytes; none are equal.</param>
        public static bool AreEqual(byte[] a, int offsetA, byte[] b, int offsetB, int count)
        {
            int difference = 0;
            for (int i = 0; i < count; i++)
            {
                difference |= a[offsetA + i] ^ b[offsetB + i];
            }

            return difference == 0;
        }

        /// <summary>A copy of a range.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="count">How many bytes.</param>
        public static byte[] Part(byte[] buffer, int offset, int count)
        {
            var part = new byte[count];
            Array.Copy(buffer, offset, part, 0, count);
            return part;
        }
    }
}
