using System;

namespace NanoComm.Tests
{
    /// <summary>SHA-256 as FIPS 180-4 writes it down, for the tests that run where there is no other.</summary>
    public static class PortableSha256
    {
        /// <summary>Bytes of a hash.</summary>
        public const int Length = 32;

        /// <summary>Bytes of a block.</summary>
        public const int BlockLength = 64;

        private const int Words = BlockLength / 4;
        private const int Rounds = 64;
        private const int LengthField = 8;

        // FIPS 180-4, 5.3.3.
        private static readonly uint[] Start =
        {
            0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
        };

        // FIPS 180-4, 4.2.2.
        private static readonly uint[] Constants =
        {
            0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
            0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
            0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
            0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
            0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
            0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
            0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
            0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
        };

        /// <summary>Hashes a whole message.</summary>
        public static byte[] Hash(byte[] message)
        {
            var state = new uint[Start.Length];
            Array.Copy(Start, state, state.Length);
            byte[] padded = Pad(message);
            var schedule = new uint[Rounds];
            for (int offset = 0; offset < padded.Length; offset += BlockLength)
            {
                Expand(padded, offset, schedule);
                Compress(state, schedule);
            }

            var hash = new byte[Length];
            for (int i = 0; i < Length; i++)
            {
                hash[i] = (byte)(state[i / 4] >> (24 - (8 * (i % 4))));
            }

            return hash;
        }

        // FIPS 180-4, 5.1.1: a one bit, zeros, and the length in bits.
        private static byte[] Pad(byte[] message)
        {
            int blocks = (message.Length + 1 + LengthField + BlockLength - 1) / BlockLength;
            var padded = new byte[blocks * BlockLength];
            Array.Copy(message, padded, message.Length);
            padded[message.Length] = 0x80;
            long bits = 8L * message.Length;
            for (int i = 0; i < LengthField; i++)
            {
                padded[padded.Length - 1 - i] = (byte)(bits >> (8 * i));
            }

            return padded;
        }

        // FIPS 180-4, 6.2.2, step 1.
        private static void Expand(byte[] message, int offset, uint[] schedule)
        {
            for (int t = 0; t < Words; t++)
            {
                int at = offset + (4 * t);
                schedule[t] = ((uint)message[at] << 24) | ((uint)message[at + 1] << 16)
                    | ((uint)message[at + 2] << 8) | message[at + 3];
            }

            for (int t = Words; t < Rounds; t++)
            {
                uint w15 = schedule[t - 15];
                uint w2 = schedule[t - 2];
                schedule[t] = (Turn(w2, 17) ^ Turn(w2, 19) ^ (w2 >> 10)) + schedule[t - 7]
                    + (Turn(w15, 7) ^ Turn(w15, 18) ^ (w15 >> 3)) + schedule[t - 16];
            }
        }

        // FIPS 180-4, 6.2.2, steps 2 to 4.
        private static void Compress(uint[] state, uint[] schedule)
        {
            var v = new uint[8];
            Array.Copy(state, v, v.Length);
            for (int t = 0; t < Rounds; t++)
            {
                uint first = v[7] + (Turn(v[4], 6) ^ Turn(v[4], 11) ^ Turn(v[4], 25))
                    + ((v[4] & v[5]) ^ (~v[4] & v[6])) + Constants[t] + schedule[t];
                uint second = (Turn(v[0], 2) ^ Turn(v[0], 13) ^ Turn(v[0], 22))
                    + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
                Array.Copy(v, 0, v, 1, v.Length - 1);
                v[4] += first;
                v[0] = first + second;
            }

            for (int i = 0; i < state.Length; i++)
            {
                state[i] += v[i];
            }
        }

        private static uint Turn(uint word, int bits)
        {
            return (word >> bits) | (word << (32 - bits));
        }
    }
}
