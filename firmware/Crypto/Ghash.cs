using System;

namespace NanoComm.Crypto
{
    /// <summary>
    /// GHASH (NIST SP 800-38D, 6.4): multiplication in GF(2^128) by the hash subkey, four bits at a time with a table
    /// of the subkey's 16 multiples (the article of McGrew and Viega, 4.1). Two 64-bit words, because the interpreter
    /// pays by the operation, not by its width: four 32-bit words take a third longer. Eight bits at a time would take
    /// 0.6 of the time, and 4 kB a key instead of 256 bytes.
    /// </summary>
    internal sealed class Ghash
    {
        /// <summary>Bytes in a block.</summary>
        public const int BlockLength = 16;

        // x^128 = x^7 + x^2 + x + 1, in the bit order of GCM: the first bit of a block is the coefficient of x^0.
        private const ulong Polynomial = 0xE100000000000000;

        private readonly ulong[] _high = new ulong[16];
        private readonly ulong[] _low = new ulong[16];
        private readonly ulong[] _reduction = new ulong[16];
        private readonly byte[] _block = new byte[BlockLength];

        private ulong _stateHigh;
        private ulong _stateLow;
        private ulong _keptHigh;
        private ulong _keptLow;

        /// <summary>Makes a hash; its state is zero.</summary>
        /// <param name="subkey">16 bytes: the block of zeros, encrypted under the key.</param>
        public Ghash(byte[] subkey)
        {
            ulong high = ReadWord(subkey, 0);
            ulong low = ReadWord(subkey, 8);
            ulong reduction = Polynomial;
            for (int power = 8; power > 0; power >>= 1)
            {
                _high[power] = high;
                _low[power] = low;
                _reduction[power] = reduction;
                reduction >>= 1;

                ulong carry = (low & 1) != 0 ? Polynomial : 0;
                low = (high << 63) | (low >> 1);
                high = (high >> 1) ^ carry;
            }

            for (int power = 2; power < 16; power <<= 1)
            {
                for (int rest = 1; rest < power; rest++)
                {
                    _high[power + rest] = _high[power] ^ _high[rest];
                    _low[power + rest] = _low[power] ^ _low[rest];
                    _reduction[power + rest] = _reduction[power] ^ _reduction[rest];
                }
            }
        }

        /// <summary>Starts again from zero.</summary>
        public void Reset()
        {
            _stateHigh = 0;
            _stateLow = 0;
        }

        /// <summary>Keeps the state for <see cref="Recall"/>. The first kept state is zero.</summary>
        public void Keep()
        {
            _keptHigh = _stateHigh;
            _keptLow = _stateLow;
        }

        /// <summary>Goes on from the kept state.</summary>
        public void Recall()
        {
            _stateHigh = _keptHigh;
            _stateLow = _keptLow;
        }

        /// <summary>Takes bytes, filled up with zeros to whole blocks.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">The first one.</param>
        /// <param name="count">How many; none change nothing.</param>
        public void Add(byte[] buffer, int offset, int count)
        {
            int rest = count % BlockLength;
            int whole = count - rest;
            AddBlocks(buffer, offset, whole);
            if (rest > 0)
            {
                Array.Copy(buffer, offset + whole, _block, 0, rest);
                Array.Clear(_block, rest, BlockLength - rest);
                AddBlocks(_block, 0, BlockLength);
            }
        }

        /// <summary>Takes the block that ends every GCM message: both lengths, as 64-bit numbers of bits.</summary>
        /// <param name="aadCount">Bytes of additional authenticated data.</param>
        /// <param name="textCount">Bytes of ciphertext.</param>
        public void AddLengths(int aadCount, int textCount)
        {
            _stateHigh ^= (ulong)aadCount << 3;
            _stateLow ^= (ulong)textCount << 3;
            Array.Clear(_block, 0, BlockLength);
            AddBlocks(_block, 0, BlockLength);
        }

        /// <summary>Writes the state.</summary>
        /// <param name="buffer">Takes 16 bytes.</param>
        /// <param name="offset">Where the first one goes.</param>
        public void Write(byte[] buffer, int offset)
        {
            WriteWord(_stateHigh, buffer, offset);
            WriteWord(_stateLow, buffer, offset + 8);
        }

        private static ulong ReadWord(byte[] buffer, int offset)
        {
            ulong word = 0;
            for (int i = 0; i < 8; i++)
            {
                word = (word << 8) | buffer[offset + i];
            }

            return word;
        }

        private static void WriteWord(ulong word, byte[] buffer, int offset)
        {
            for (int i = 7; i >= 0; i--)
            {
                buffer[offset + i] = (byte)word;
                word >>= 8;
            }
        }

        // Nearly all the time of a message goes here: fields in locals, and no call inside.
        private void AddBlocks(byte[] buffer, int offset, int count)
        {
            ulong[] highs = _high;
            ulong[] lows = _low;
            ulong[] reduction = _reduction;
            ulong high = _stateHigh;
            ulong low = _stateLow;
            for (int end = offset + count; offset < end; offset += BlockLength)
            {
                // By Horner from the highest power: the last byte first, and in each byte the low four bits first.
                ulong state = low;
                ulong next = high;
                high = 0;
                low = 0;
                for (int word = offset + 8; word >= offset; word -= 8)
                {
                    for (int i = word + 7; i >= word; i--)
                    {
                        int bits = buffer[i] ^ (byte)state;
                        state >>= 8;

                        int digit = bits & 0x0F;
                        int carry = (int)low & 0x0F;
                        low = ((high << 60) | (low >> 4)) ^ lows[digit];
                        high = (high >> 4) ^ reduction[carry] ^ highs[digit];

                        digit = bits >> 4;
                        carry = (int)low & 0x0F;
                        low = ((high << 60) | (low >> 4)) ^ lows[digit];
                        high = (high >> 4) ^ reduction[carry] ^ highs[digit];
                    }

                    state = next;
                }
            }

            _stateHigh = high;
            _stateLow = low;
        }
    }
}
