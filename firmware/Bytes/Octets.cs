namespace NanoComm.Bytes
{
    /// <summary>Comparison of secrets: the time it takes depends on the length alone.</summary>
    public static class Octets
    {
        /// <summary>Whether two ranges hold the same bytes. Every byte is looked at, wherever the first difference
        /// is.</summary>
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
    }
}
