using System;
using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>HMAC-SHA256 as FIPS 198-1 writes it down, for the tests that run where there is no other.</summary>
    public sealed class PortableMac : IMac
    {
        private readonly byte[] _inner = new byte[PortableSha256.BlockLength];
        private readonly byte[] _outer = new byte[PortableSha256.BlockLength];

        /// <summary>Makes it.</summary>
        /// <param name="key">Of any length; copied.</param>
        public PortableMac(byte[] key)
        {
            byte[] start = key.Length > PortableSha256.BlockLength ? PortableSha256.Hash(key) : key;
            Array.Copy(start, _inner, start.Length);
            Array.Copy(start, _outer, start.Length);
            for (int i = 0; i < PortableSha256.BlockLength; i++)
            {
                _inner[i] ^= 0x36;
                _outer[i] ^= 0x5C;
            }
        }

        /// <inheritdoc/>
        public int Length
        {
            get { return PortableSha256.Length; }
        }

        /// <inheritdoc/>
        public void Compute(byte[] buffer, int offset, int length, byte[] mac)
        {
            byte[] inner = PortableSha256.Hash(Join(_inner, buffer, offset, length));
            byte[] outer = PortableSha256.Hash(Join(_outer, inner, 0, inner.Length));
            Array.Copy(outer, mac, outer.Length);
        }

        /// <inheritdoc/>
        public void Forget()
        {
            Array.Clear(_inner, 0, _inner.Length);
            Array.Clear(_outer, 0, _outer.Length);
        }

        private static byte[] Join(byte[] pad, byte[] buffer, int offset, int length)
        {
            var joined = new byte[pad.Length + length];
            Array.Copy(pad, joined, pad.Length);
            Array.Copy(buffer, offset, joined, pad.Length, length);
            return joined;
        }
    }
}
