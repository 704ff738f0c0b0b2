using System;

namespace NanoComm.Crypto
{
    /// <summary>
    /// GHASH (NIST SP 800-38D, 6.4): multiplication in GF(2^128) by the hash subkey, four bits at a time with tables of
    /// multiples of the subkey (the article of McGrew and Viega, 4.1). Two 64-bit words, because the interpreter pays by
    /// the operation, not by its width. Eight tables, for both digits of a byte of each quarter of a block, so that one
    /// shift by a byte serves all eight; what is shifted out is reduced once a block. They take 2 kB a key; a single table
    /// of 16 multiples takes 256 bytes and twice the time.
    /// </summary>
    internal sealed class Ghash
    {
        /// <summary>Bytes in a block.</summary>
        public const int BlockLength = 16;

        // The first bit of a block is the coefficient of x^0: a multiplication by x shifts to the right.
        private const int Multiples = 16;

        private const int DigitBits = 4;
        private const int QuarterBits = 32;
        private const int Tables = 8;

        // Multiples of the subkey for the high digit of each byte of the first quarter, of the subkey times x^4 for the low
        // digit; times x^32 and x^36 for the second quarter, and so on.
        private readonly ulong[][] _highs = new ulong[Tables][];
        private readonly ulong[][] _lows = new ulong[Tables][];
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
            for (int i = 0; i < Tables; i++)
            {
                _highs[i] = new ulong[Multiples];
                _lows[i] = new ulong[Multiples];
            }

            Fill(high, low, _highs[0], _lows[0]);
            for (int i = 1; i < Tables; i++)
            {
                int from = (i & 1) != 0 ? i - 1 : i - 2;
                int bits = (i & 1) != 0 ? DigitBits : QuarterBits;
                Shift(_highs[from], _lows[from], bits, _highs[i], _lows[i]);
            }
        }

        /// <summary>Starts again from zero.</summary>
        public void Reset()
        {
            _stateHigh = 0;
            _stateLow = 0;
        }

        /// <summary>Overwrites the tables and the states. Of no use afterwards.</summary>
        public void Forget()
        {
            for (int i = 0; i < Tables; i++)
            {
                Array.Clear(_highs[i], 0, Multiples);
                Array.Clear(_lows[i], 0, Multiples);
            }

            Reset();
            Keep();
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

        /// <summary>Writes of the state as much as a tag has, masked.</summary>
        /// <param name="mask">12 bytes.</param>
        /// <param name="buffer">Takes 12 bytes.</param>
        public void Write(byte[] mask, byte[] buffer)
        {
            WriteWord((uint)(_stateHigh >> 32), mask, buffer, 0);
            WriteWord((uint)_stateHigh, mask, buffer, 4);
            WriteWord((uint)(_stateLow >> 32), mask, buffer, 8);
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

        private static void WriteWord(uint word, byte[] mask, byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(mask[offset] ^ (word >> 24));
            buffer[offset + 1] = (byte)(mask[offset + 1] ^ (word >> 16));
            buffer[offset + 2] = (byte)(mask[offset + 2] ^ (word >> 8));
            buffer[offset + 3] = (byte)(mask[offset + 3] ^ word);
        }

        // x^128 = x^7 + x^2 + x + 1: what was shifted out, at most seven bytes of it, adds this to the first word.
        private static ulong Reduce(ulong over)
        {
            return over ^ (over >> 1) ^ (over >> 2) ^ (over >> 7);
        }

        // The first bit of a digit is its lowest power.
        private static void Fill(ulong high, ulong low, ulong[] highs, ulong[] lows)
        {
            for (int power = Multiples >> 1; power > 0; power >>= 1)
            {
                highs[power] = high;
                lows[power] = low;
                ulong over = low << 63;
                low = (high << 63) | (low >> 1);
                high = (high >> 1) ^ Reduce(over);
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

        // Makes a table from another: times x^bits. Inline what Reduce does: tables are made whenever a ticket is opened.
        private static void Shift(ulong[] fromHigh, ulong[] fromLow, int bits, ulong[] toHigh, ulong[] toLow)
        {
            int rest = 64 - bits;
            for (int i = 1; i < Multiples; i++)
            {
                ulong high = fromHigh[i];
                ulong low = fromLow[i];
                ulong over = low << rest;
                toLow[i] = (high << rest) | (low >> bits);
                toHigh[i] = (high >> bits) ^ over ^ (over >> 1) ^ (over >> 2) ^ (over >> 7);
            }
        }

        // Nearly all the time of a message goes here: fields in locals, and no call inside.
        private void AddBlocks(byte[] buffer, int offset, int count)
        {
            ulong[][] tables = _highs;
            ulong[] high0 = tables[0];
            ulong[] high1 = tables[1];
            ulong[] high2 = tables[2];
            ulong[] high3 = tables[3];
            ulong[] high4 = tables[4];
            ulong[] high5 = tables[5];
            ulong[] high6 = tables[6];
            ulong[] high7 = tables[7];
            tables = _lows;
            ulong[] low0 = tables[0];
            ulong[] low1 = tables[1];
            ulong[] low2 = tables[2];
            ulong[] low3 = tables[3];
            ulong[] low4 = tables[4];
            ulong[] low5 = tables[5];
            ulong[] low6 = tables[6];
            ulong[] low7 = tables[7];
            ulong high = _stateHigh;
            ulong low = _stateLow;
            for (int end = offset + count; offset < end; offset += BlockLength)
            {
                // By Horner from the highest power: of each quarter the last byte first.
                ulong first = high;
                ulong second = low;
                ulong over = 0;
                high = 0;
                low = 0;
                for (int i = offset + 3; i >= offset; i--)
                {
                    int a = buffer[i] ^ (byte)(first >> 32);
                    int b = buffer[i + 4] ^ (byte)first;
                    int c = buffer[i + 8] ^ (byte)(second >> 32);
                    int d = buffer[i + 12] ^ (byte)second;
                    first >>= 8;
                    second >>= 8;
                    int lowA = a & 0x0F;
                    int lowB = b & 0x0F;
                    int lowC = c & 0x0F;
                    int lowD = d & 0x0F;
                    a >>= 4;
                    b >>= 4;
                    c >>= 4;
                    d >>= 4;
                    over = (over >> 8) | (low << 56);
                    low = ((high << 56) | (low >> 8)) ^ low0[a] ^ low1[lowA] ^ low2[b] ^ low3[lowB]
                        ^ low4[c] ^ low5[lowC] ^ low6[d] ^ low7[lowD];
                    high = (high >> 8) ^ high0[a] ^ high1[lowA] ^ high2[b] ^ high3[lowB]
                        ^ high4[c] ^ high5[lowC] ^ high6[d] ^ high7[lowD];
                }

                high ^= Reduce(over);
            }

            _stateHigh = high;
            _stateLow = low;
        }
    }
}
