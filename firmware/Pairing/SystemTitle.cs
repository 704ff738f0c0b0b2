using NanoComm.Bytes;
using NanoComm.Dlms;

namespace NanoComm.Pairing
{
    /// <summary>System titles in buffers.</summary>
    internal static class SystemTitle
    {
        /// <summary>Whether two are the same.</summary>
        /// <param name="a">Holds the one.</param>
        /// <param name="offsetA">Its first byte.</param>
        /// <param name="b">Holds the other.</param>
        /// <param name="offsetB">Its first byte.</param>
        public static bool AreEqual(byte[] a, int offsetA, byte[] b, int offsetB)
        {
            return Octets.AreEqual(a, offsetA, b, offsetB, SecurityContext.TitleLength);
        }
    }
}
