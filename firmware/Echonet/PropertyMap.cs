using System;

namespace NanoComm.Echonet
{
    /// <summary>
    /// A property map (ECHONET Lite, detailed requirements for device objects, appendix 1): fewer than 16 properties
    /// as count and codes, 16 or more as count and 16 bytes in which EPC e sets bit (e >> 4) − 8 of byte e &amp; 0F.
    /// </summary>
    public sealed class PropertyMap
    {
        private const int BitmapLength = 16;

        private readonly byte[] _bits = new byte[BitmapLength];
        private readonly byte[] _encoded;

        /// <summary>Makes a map.</summary>
        /// <param name="epcs">The property codes, 80…FF, each once.</param>
        public PropertyMap(params byte[] epcs)
        {
            for (int i = 0; i < epcs.Length; i++)
            {
                _bits[epcs[i] & 0x0F] |= (byte)(1 << ((epcs[i] >> 4) - 8));
            }

            byte[] list = epcs.Length < BitmapLength ? epcs : _bits;
            _encoded = new byte[1 + list.Length];
            _encoded[0] = (byte)epcs.Length;
            for (int i = 0; i < list.Length; i++)
            {
                _encoded[1 + i] = list[i];
            }
        }

        /// <summary>Whether a property is in the map.</summary>
        /// <param name="epc">The property code, any value.</param>
        public bool Contains(byte epc)
        {
            return epc >= 0x80 && (_bits[epc & 0x0F] >> ((epc >> 4) - 8) & 1) != 0;
        }

        /// <summary>Writes the map as EDT of 9D, 9E or 9F.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where the first one goes.</param>
        /// <returns>Bytes written, 1…17.</returns>
        public int Write(byte[] buffer, int offset)
        {
            Array.Copy(_encoded, 0, buffer, offset, _encoded.Length);
            return _encoded.Length;
        }
    }
}
