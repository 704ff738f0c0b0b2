using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.Crypto
{
    /// <summary>
    /// AES key wrap (RFC 3394, NIST SP 800-38F KW) with the default initial value, the way back: a unit is given
    /// wrapped keys and makes none. Nothing is allocated after the constructor. Belongs to one loop. A wrapped key
    /// carries no freshness: an old one unwraps for ever.
    /// </summary>
    public sealed class AesKeyWrap
    {
        /// <summary>The longest key, in bytes: enough for two keys of 256 bits.</summary>
        public const int MaxKeyLength = 64;

        /// <summary>Bytes by which a wrapped key is longer than the key.</summary>
        public const int Overhead = 8;

        private const int MinKeyLength = 16;
        private const int SemiblockLength = 8;
        private const int Rounds = 6;

        private static readonly byte[] InitialValue = { 0xA6, 0xA6, 0xA6, 0xA6, 0xA6, 0xA6, 0xA6, 0xA6 };

        private readonly IBlockCipher _cipher;

        // The RFC's A (first half) and R[i] (second half) in the making, and all of R while it is not yet verified.
        private readonly byte[] _block = new byte[2 * SemiblockLength];
        private readonly byte[] _registers = new byte[MaxKeyLength];

        /// <summary>Makes the mode over the cipher of a key-encryption key.</summary>
        /// <param name="cipher">The block cipher, not shared with another loop.</param>
        public AesKeyWrap(IBlockCipher cipher)
        {
            _cipher = cipher;
        }

        /// <summary>Unwraps a key and verifies its integrity (RFC 3394, 2.2.2).</summary>
        /// <param name="wrapped">Holds the wrapped key.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its bytes: those of the key and 8 more. Another length is refused.</param>
        /// <param name="key">Takes the key; may be the same array.</param>
        /// <param name="keyOffset">Where the first byte goes.</param>
        /// <returns>Whether the wrapped key is authentic. If not, <paramref name="key"/> is unchanged.</returns>
        public bool Unwrap(byte[] wrapped, int offset, int length, byte[] key, int keyOffset)
        {
            int keyLength = length - Overhead;
            if (keyLength < MinKeyLength || keyLength > MaxKeyLength || keyLength % SemiblockLength != 0)
            {
                return false;
            }

            Array.Copy(wrapped, offset, _block, 0, SemiblockLength);
            Array.Copy(wrapped, offset + SemiblockLength, _registers, 0, keyLength);
            int step = Rounds * keyLength / SemiblockLength;
            for (int round = 0; round < Rounds; round++)
            {
                for (int i = keyLength - SemiblockLength; i >= 0; i -= SemiblockLength)
                {
                    Array.Copy(_registers, i, _block, SemiblockLength, SemiblockLength);
                    CountStep(step--);
                    _cipher.Decrypt(_block, 0, 1);
                    Array.Copy(_block, SemiblockLength, _registers, i, SemiblockLength);
                }
            }

            bool authentic = Octets.AreEqual(_block, 0, InitialValue, 0, SemiblockLength);
            if (authentic)
            {
                Array.Copy(_registers, 0, key, keyOffset, keyLength);
            }

            Forget();
            return authentic;
        }

        // A ^ t, where t is a 64-bit number that never passes 6 * 8 here: its last byte is all of it.
        private void CountStep(int step)
        {
            _block[SemiblockLength - 1] ^= (byte)step;
        }

        private void Forget()
        {
            Array.Clear(_block, 0, _block.Length);
            Array.Clear(_registers, 0, _registers.Length);
        }
    }
}
