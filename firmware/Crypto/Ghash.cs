using System;

namespace NanoComm.Crypto
{
    /// <summary>
    /// GHASH (NIST SP 800-38D, 6.4): multiplication in GF(2^128) by the hash subkey, four bits at a time with tables of
    /// multiples of the subkey (the article of McGrew and Viega, 4.1). Two 64-bit words, because the interpreter pays by
    /// the operation, not by its width. Four tables, for both digits of a byte of either word, so that one shift by a
    /// byte serves all four; what is shifted out is reduced once a block. They take 1 kB a key; a single table of 16
    /// multiples takes 256 bytes and twice the time.
    /// </summary>
    internal sealed class Ghash
    {
        /// <summary>Bytes in a block.</summary>
        public const int BlockLength = 16;

        // The first bit of a block is the coefficient of x^0: a multiplication by x shifts to the right.
        private const int Multiples = 16;

        // Multiples of the subkey for the high digit of each byte of the first word; of the subkey times x^4 for the low
        // digit; times x^64 and x^68 for those of the second word.
        private readonly ulong[] _high0 = new ulong[Multiples];
        private readonly ulong[] _low0 = new ulong[Multiples];
        private readonly ulong[] _high4 = new ulong[Multiples];
        private readonly ulong[] _low4 = new ulong[Multiples];
        private readonly ulong[] _high64 = new ulong[Multiples];
        private readonly ulong[] _low64 = new ulong[Multiples];
        private readonly ulong[] _high68 = new ulong[Multiples];
        private readonly ulong[] _low68 = new ulong[Multiples];
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
            Fill(high, low, _high0, _low0);
            Fill(low ^ Carry(low), high ^ CarryLow(low), _high64, _low64);
            TimesDigit(_high0, _low0, _high4, _low4);
            TimesDigit(_high64, _low64, _high68, _low68);
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

        /// <summary>Writes the state, masked.</summary>
        /// <param name="mask">16 bytes.</param>
        /// <param name="buffer">Takes 16 bytes.</param>
        public void Write(byte[] mask, byte[] buffer)
        {
            WriteWord(_stateHigh, mask, buffer, 0);
            WriteWord(_stateLow, mask, buffer, 8);
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

        private static void WriteWord(ulong word, byte[] mask, byte[] buffer, int offset)
        {
            for (int i = offset + 7; i >= offset; i--)
            {
                buffer[i] = (byte)((byte)word ^ mask[i]);
                word >>= 8;
            }
        }

        // x^128 = x^7 + x^2 + x + 1: what a word that was shifted out adds to the first word, and to the second.
        private static ulong Carry(ulong over)
        {
            return (over >> 1) ^ (over >> 2) ^ (over >> 7);
        }

        private static ulong CarryLow(ulong over)
        {
            return (over << 63) ^ (over << 62) ^ (over << 57);
        }

        // The first bit of a digit is its lowest power.
        private static void Fill(ulong high, ulong low, ulong[] highs, ulong[] lows)
        {
            for (int power = Multiples >> 1; power > 0; power >>= 1)
            {
                highs[power] = high;
                lows[power] = low;
                ulong over = low << 63;
                low = ((high << 63) | (low >> 1)) ^ CarryLow(over);
                high = (high >> 1) ^ over ^ Carry(over);
            }

            for (int power = 2; power < Multiples; power <<= 1)
            {
                for (int rest = 1; rest < power; rest++)
                {
                    highs[power + rest] = highs[power] ^ highs[rest];
                    lows[power + rest] = lows[power] ^ lows[rest];
                }
            }
        }

        private static void TimesDigit(ulong[] highs, ulong[] lows, ulong[] nextHighs, ulong[] nextLows)
        {
            for (int i = 1; i < Multiples; i++)
            {
                ulong over = lows[i] << 60;
                nextLows[i] = ((highs[i] << 60) | (lows[i] >> 4)) ^ CarryLow(over);
                nextHighs[i] = (highs[i] >> 4) ^ over ^ Carry(over);
            }
        }

        // Nearly all the time of a message goes here: fields in locals, and no call inside.
        private void AddBlocks(byte[] buffer, int offset, int count)
        {
            ulong[] high0 = _high0;
            ulong[] low0 = _low0;
            ulong[] high4 = _high4;
            ulong[] low4 = _low4;
            ulong[] high64 = _high64;
            ulong[] low64 = _low64;
            ulong[] high68 = _high68;
            ulong[] low68 = _low68;
            ulong high = _stateHigh;
            ulong low = _stateLow;
            for (int end = offset + count; offset < end; offset += BlockLength)
            {
                // By Horner from the highest power: of each word the last byte first.
                ulong first = high;
                ulong second = low;
                ulong over = 0;
                high = 0;
                low = 0;
                for (int i = offset + 7; i >= offset; i--)
                {
                    over = (over >> 8) | (low << 56);
                    int bits = buffer[i] ^ (byte)first;
                    int more = buffer[i + 8] ^ (byte)second;
                    first >>= 8;
                    second >>= 8;
                    int digit = bits & 0x0F;
                    bits >>= 4;
                    int another = more & 0x0F;
                    more >>= 4;
                    low = ((high << 56) | (low >> 8)) ^ low0[bits] ^ low4[digit] ^ low64[more] ^ low68[another];
                    high = (high >> 8) ^ high0[bits] ^ high4[digit] ^ high64[more] ^ high68[another];
                }

                high ^= over ^ (over >> 1) ^ (over >> 2) ^ (over >> 7);
                low ^= (over << 63) ^ (over << 62) ^ (over << 57);
            }

            _stateHigh = high;
            _stateLow = low;
        }
    }
}
