using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.Crypto
{
    /// <summary>
    /// AES-128-GCM (NIST SP 800-38D) as DLMS/COSEM security suite 0 uses it: 96-bit IV, 96-bit tag, in place. One
    /// object a key. Nothing is allocated after the constructor. Belongs to one loop. That no IV is used twice under
    /// one key is the caller's affair.
    /// </summary>
    public sealed class AesGcm
    {
        /// <summary>Bytes in an IV: system title (8) and invocation counter (4).</summary>
        public const int IvLength = 12;

        /// <summary>Bytes in a tag (security suite 0).</summary>
        public const int TagLength = 12;

        // A call of the cipher is dear and a block in it cheap. 256 bytes hold an APDU of a usual minute.
        private const int BatchLength = 256;

        private readonly IBlockCipher _cipher;
        private readonly Ghash _hash;

        // One block that masks the tag, then a batch of key stream.
        private readonly byte[] _stream = new byte[Ghash.BlockLength + BatchLength];
        private readonly byte[] _tag = new byte[TagLength];

        // IV and the high half of a counter, which a message of less than a megabyte does not reach.
        private readonly byte[] _counter = new byte[Ghash.BlockLength];
        private int _aadCount;

        /// <summary>Makes the mode over a key's cipher; the AAD is empty.</summary>
        /// <param name="cipher">The block cipher, not shared with another loop.</param>
        public AesGcm(IBlockCipher cipher)
        {
            _cipher = cipher;
            var subkey = new byte[Ghash.BlockLength];
            cipher.Encrypt(subkey, 0, 1);
            _hash = new Ghash(subkey);
            Array.Clear(subkey, 0, subkey.Length);
        }

        /// <summary>
        /// Sets the additional authenticated data of all messages that follow, and hashes it: in suite 0 the security
        /// control byte and the authentication key, constant during an association.
        /// </summary>
        /// <param name="aad">Holds the bytes; not kept.</param>
        /// <param name="offset">The first one.</param>
        /// <param name="count">How many; may be none.</param>
        public void SetAad(byte[] aad, int offset, int count)
        {
            _hash.Reset();
            _hash.Add(aad, offset, count);
            _hash.Keep();
            _aadCount = count;
        }

        /// <summary>Encrypts in place and writes the tag behind.</summary>
        /// <param name="iv">12 bytes, never used before under this key.</param>
        /// <param name="buffer">Holds the plaintext and room for the tag.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="length">Bytes of plaintext; may be none.</param>
        /// <exception cref="ArgumentException">The IV has another length, or text and tag do not fit into the
        /// buffer.</exception>
        public void Encrypt(byte[] iv, byte[] buffer, int offset, int length)
        {
            Check(iv, buffer, offset, length);
            StartStream(iv, length);
            ApplyStream(iv, buffer, offset, length);
            ComputeTag(buffer, offset, length);
            Array.Copy(_tag, 0, buffer, offset + length, TagLength);
        }

        /// <summary>Verifies the tag, and only then decrypts in place.</summary>
        /// <param name="iv">12 bytes.</param>
        /// <param name="buffer">Holds the ciphertext and, behind it, the tag.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="length">Bytes of ciphertext, without the tag; below zero when a message was too short to hold
        /// a tag, which is refused.</param>
        /// <returns>Whether the message is authentic. If not, the buffer is unchanged.</returns>
        /// <exception cref="ArgumentException">The IV has another length, or text and tag lie outside the
        /// buffer.</exception>
        public bool Decrypt(byte[] iv, byte[] buffer, int offset, int length)
        {
            if (length < 0)
            {
                return false;
            }

            Check(iv, buffer, offset, length);
            StartStream(iv, length);
            ComputeTag(buffer, offset, length);
            if (!Octets.AreEqual(_tag, 0, buffer, offset + length, TagLength))
            {
                return false;
            }

            ApplyStream(iv, buffer, offset, length);
            return true;
        }

        /// <summary>
        /// GMAC: the tag over additional authenticated data alone, in place of those of <see cref="SetAad"/>, which
        /// stay as they are. In HLS mechanism 5: security control, authentication key, challenge.
        /// </summary>
        /// <param name="iv">12 bytes, never used before under this key.</param>
        /// <param name="aad">Holds the data.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="count">How many.</param>
        /// <param name="tag">Takes 12 bytes.</param>
        /// <param name="tagOffset">Where the first one goes.</param>
        /// <exception cref="ArgumentException">The IV has another length.</exception>
        public void Gmac(byte[] iv, byte[] aad, int offset, int count, byte[] tag, int tagOffset)
        {
            ComputeGmac(iv, aad, offset, count);
            Array.Copy(_tag, 0, tag, tagOffset, TagLength);
        }

        /// <summary>Whether a tag is the GMAC of the data.</summary>
        /// <param name="iv">12 bytes.</param>
        /// <param name="aad">Holds the data.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="count">How many.</param>
        /// <param name="tag">Holds the 12 bytes.</param>
        /// <param name="tagOffset">The first one.</param>
        /// <exception cref="ArgumentException">The IV has another length.</exception>
        public bool VerifyGmac(byte[] iv, byte[] aad, int offset, int count, byte[] tag, int tagOffset)
        {
            ComputeGmac(iv, aad, offset, count);
            return Octets.AreEqual(_tag, 0, tag, tagOffset, TagLength);
        }

        /// <summary>Overwrites the key, and what was made of it. Of no use afterwards.</summary>
        public void Forget()
        {
            _cipher.Forget();
            _hash.Forget();
            Array.Clear(_stream, 0, _stream.Length);
        }

        private static void Check(byte[] iv, byte[] buffer, int offset, int length)
        {
            CheckIv(iv);
            if (offset < 0 || length < 0 || length > buffer.Length - offset - TagLength)
            {
                throw new ArgumentException();
            }
        }

        private static void CheckIv(byte[] iv)
        {
            if (iv.Length != IvLength)
            {
                throw new ArgumentException();
            }
        }

        private void ComputeGmac(byte[] iv, byte[] aad, int offset, int count)
        {
            CheckIv(iv);
            StartStream(iv, 0);
            _hash.Reset();
            _hash.Add(aad, offset, count);
            FinishTag(count, 0);
        }

        private void ComputeTag(byte[] buffer, int offset, int length)
        {
            _hash.Recall();
            _hash.Add(buffer, offset, length);
            FinishTag(_aadCount, length);
        }

        private void FinishTag(int aadCount, int textCount)
        {
            _hash.AddLengths(aadCount, textCount);
            _hash.Write(_stream, _tag);
        }

        private static int BlocksInBatch(int length)
        {
            return (length < BatchLength ? length + Ghash.BlockLength - 1 : BatchLength) / Ghash.BlockLength;
        }

        // Counter 1 masks the tag, the text begins with counter 2: one call of the cipher for a message of one batch.
        private void StartStream(byte[] iv, int length)
        {
            FillStream(iv, 1, 0, BlocksInBatch(length) + 1);
        }

        private void ApplyStream(byte[] iv, byte[] buffer, int offset, int length)
        {
            int done = 0;
            while (done < length)
            {
                if (done > 0)
                {
                    FillStream(iv, (done / Ghash.BlockLength) + 2, Ghash.BlockLength, BlocksInBatch(length - done));
                }

                byte[] stream = _stream;
                int at = offset + done;
                done = length - done < BatchLength ? length : done + BatchLength;
                int end = offset + done;
                for (int shift = Ghash.BlockLength - at; at < end; at++)
                {
                    buffer[at] ^= stream[at + shift];
                }
            }
        }

        private void FillStream(byte[] iv, int counter, int offset, int blocks)
        {
            byte[] stream = _stream;
            byte[] first = _counter;
            Array.Copy(iv, first, IvLength);
            int end = offset + (blocks * Ghash.BlockLength);
            for (int i = offset; i < end; i += Ghash.BlockLength)
            {
                Array.Copy(first, 0, stream, i, Ghash.BlockLength);
                stream[i + 14] = (byte)(counter >> 8);
                stream[i + 15] = (byte)counter;
                counter++;
            }

            _cipher.Encrypt(_stream, offset, blocks);
        }
    }
}
