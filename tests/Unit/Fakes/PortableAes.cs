using System;
using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>
    /// AES-128 as FIPS 197 writes it down, for the tests that run where there is no other. Neither fast nor safe
    /// against timing: for published keys only.
    /// </summary>
    public sealed class PortableAes : IBlockCipher
    {
        private const int BlockLength = 16;
        private const int Rounds = 10;

        private readonly byte[] _sbox = new byte[256];
        private readonly byte[] _inverseSbox = new byte[256];
        private readonly byte[] _keys = new byte[BlockLength * (Rounds + 1)];
        private readonly byte[] _state = new byte[BlockLength];

        /// <summary>Makes a cipher.</summary>
        /// <param name="key">16 bytes; copied.</param>
        public PortableAes(byte[] key)
        {
            MakeSboxes();
            ExpandKey(key);
        }

        /// <inheritdoc/>
        public void Encrypt(byte[] buffer, int offset, int blocks)
        {
            for (int end = offset + (blocks * BlockLength); offset < end; offset += BlockLength)
            {
                AddRoundKey(buffer, offset, 0);
                for (int round = 1; round <= Rounds; round++)
                {
                    SubstituteAndShift(buffer, offset, _sbox, 4);
                    if (round < Rounds)
                    {
                        MixColumns(buffer, offset, 2, 3, 1, 1);
                    }

                    AddRoundKey(buffer, offset, round);
                }
            }
        }

        /// <inheritdoc/>
        public void Decrypt(byte[] buffer, int offset, int blocks)
        {
            for (int end = offset + (blocks * BlockLength); offset < end; offset += BlockLength)
            {
                for (int round = Rounds; round > 0; round--)
                {
                    AddRoundKey(buffer, offset, round);
                    if (round < Rounds)
                    {
                        MixColumns(buffer, offset, 14, 11, 13, 9);
                    }

                    SubstituteAndShift(buffer, offset, _inverseSbox, -4);
                }

                AddRoundKey(buffer, offset, 0);
            }
        }

        /// <inheritdoc/>
        public void Forget()
        {
            Array.Clear(_keys, 0, _keys.Length);
            Array.Clear(_state, 0, _state.Length);
        }

        // FIPS 197, 4.2: the product in GF(2^8).
        private static int Multiply(int a, int b)
        {
            int product = 0;
            for (; b != 0; b >>= 1)
            {
                if ((b & 1) != 0)
                {
                    product ^= a;
                }

                a = (a << 1) ^ ((a & 0x80) != 0 ? 0x11B : 0);
            }

            return product;
        }

        private static void MixColumns(byte[] buffer, int offset, int m0, int m1, int m2, int m3)
        {
            for (int i = offset; i < offset + BlockLength; i += 4)
            {
                int a = buffer[i];
                int b = buffer[i + 1];
                int c = buffer[i + 2];
                int d = buffer[i + 3];
                buffer[i] = (byte)(Multiply(a, m0) ^ Multiply(b, m1) ^ Multiply(c, m2) ^ Multiply(d, m3));
                buffer[i + 1] = (byte)(Multiply(a, m3) ^ Multiply(b, m0) ^ Multiply(c, m1) ^ Multiply(d, m2));
                buffer[i + 2] = (byte)(Multiply(a, m2) ^ Multiply(b, m3) ^ Multiply(c, m0) ^ Multiply(d, m1));
                buffer[i + 3] = (byte)(Multiply(a, m1) ^ Multiply(b, m2) ^ Multiply(c, m3) ^ Multiply(d, m0));
            }
        }

        // Byte r of each column is row r of the state, which turns by r columns.
        private void SubstituteAndShift(byte[] buffer, int offset, byte[] sbox, int column)
        {
            Array.Copy(buffer, offset, _state, 0, BlockLength);
            for (int i = 0; i < BlockLength; i++)
            {
                buffer[offset + i] = sbox[_state[(i + ((i & 3) * column)) & (BlockLength - 1)]];
            }
        }

        private void AddRoundKey(byte[] buffer, int offset, int round)
        {
            for (int i = 0; i < BlockLength; i++)
            {
                buffer[offset + i] ^= _keys[(round * BlockLength) + i];
            }
        }

        // FIPS 197, 5.1.1: the inverse in GF(2^8), then an affine map. p runs through the powers of the generator 3,
        // q through those of its inverse.
        private void MakeSboxes()
        {
            int p = 1;
            int q = 1;
            do
            {
                p = Multiply(p, 0x03);
                q = Multiply(q, 0xF6);
                int repeated = q * 0x0101;
                SetSbox(p, 0x63 ^ q ^ (repeated >> 7) ^ (repeated >> 6) ^ (repeated >> 5) ^ (repeated >> 4));
            }
            while (p != 1);

            SetSbox(0, 0x63);
        }

        private void SetSbox(int from, int to)
        {
            _sbox[from] = (byte)to;
            _inverseSbox[(byte)to] = (byte)from;
        }

        // FIPS 197, 5.2.
        private void ExpandKey(byte[] key)
        {
            Array.Copy(key, 0, _keys, 0, BlockLength);
            int constant = 1;
            for (int i = BlockLength; i < _keys.Length; i += 4)
            {
                if (i % BlockLength == 0)
                {
                    _keys[i] = (byte)(_sbox[_keys[i - 3]] ^ constant);
                    _keys[i + 1] = _sbox[_keys[i - 2]];
                    _keys[i + 2] = _sbox[_keys[i - 1]];
                    _keys[i + 3] = _sbox[_keys[i - 4]];
                    constant = Multiply(constant, 2);
                }
                else
                {
                    Array.Copy(_keys, i - 4, _keys, i, 4);
                }

                for (int j = i; j < i + 4; j++)
                {
                    _keys[j] ^= _keys[j - BlockLength];
                }
            }
        }
    }
}
