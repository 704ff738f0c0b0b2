using System;
using NanoComm.Dlms;

namespace NanoComm.Pairing
{
    /// <summary>Octet-strings of a fixed length.</summary>
    internal static class OctetString
    {
        private const int HeadLength = 2;

        /// <summary>Copies the bytes of an octet-string that has as many as the buffer; else clears the buffer.</summary>
        /// <param name="data">Holds the octet-string, of type Data.</param>
        /// <param name="offset">Its type.</param>
        /// <param name="length">Its length in bytes, type and length included.</param>
        /// <param name="bytes">Takes the bytes, fewer than 128.</param>
        public static void Take(byte[] data, int offset, int length, byte[] bytes)
        {
            if (length == HeadLength + bytes.Length && data[offset] == CosemType.OctetString
                && data[offset + 1] == bytes.Length)
            {
                Array.Copy(data, offset + HeadLength, bytes, 0, bytes.Length);
            }
            else
            {
                Array.Clear(bytes, 0, bytes.Length);
            }
        }
    }
}
