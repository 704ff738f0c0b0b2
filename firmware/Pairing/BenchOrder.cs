using NanoComm.Bytes;
using NanoComm.Dlms;

namespace NanoComm.Pairing
{
    /// <summary>An order of a bench, which has the unit's records in its hands anyway: "NCB1" | the unit's title 8 |
    /// "zeroise". It is not signed; the title keeps it from the wrong unit.</summary>
    internal static class BenchOrder
    {
        private const uint Magic = 0x4E434231;
        private const int TitleAt = 4;
        private const int OrderAt = TitleAt + SecurityContext.TitleLength;

        private static readonly byte[] Zeroise = { 0x7A, 0x65, 0x72, 0x6F, 0x69, 0x73, 0x65 };

        /// <summary>Whether a file calls itself an order.</summary>
        /// <param name="file">Holds the file, from index 0.</param>
        /// <param name="length">Its length in bytes.</param>
        public static bool IsOrder(byte[] file, int length)
        {
            return length >= TitleAt && BigEndian.ReadU32(file, 0) == Magic;
        }

        /// <summary>Whether an order is to erase this unit.</summary>
        /// <param name="file">Holds the file, from index 0.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="ownTitle">System title of this unit, 8 bytes.</param>
        public static bool IsFor(byte[] file, int length, byte[] ownTitle)
        {
            return length == OrderAt + Zeroise.Length
                && SystemTitle.AreEqual(file, TitleAt, ownTitle, 0)
                && Octets.AreEqual(file, OrderAt, Zeroise, 0, Zeroise.Length);
        }
    }
}
