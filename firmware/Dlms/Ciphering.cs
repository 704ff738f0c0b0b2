using System;
using NanoComm.Bytes;
using NanoComm.Crypto;

namespace NanoComm.Dlms
{
    /// <summary>
    /// Security suite 0 during one association: protection of APDUs (IEC 62056-5-3, 5.3.3), proofs of HLS mechanism 5
    /// (5.7.4), and the floor under the peer's counter. Security control | invocation counter | ciphertext | tag.
    /// IV: system title of the sender, counter. AAD: security control, authentication key.
    /// </summary>
    public sealed class Ciphering
    {
        /// <summary>Bytes of a tag.</summary>
        public const int TagLength = AesGcm.TagLength;

        /// <summary>Bytes of security control and invocation counter.</summary>
        public const int SecurityHeaderLength = 5;

        /// <summary>Longest header of a ciphered APDU: tag, length 3, security control, invocation counter.</summary>
        public const int MaxHeaderLength = 1 + 3 + SecurityHeaderLength;

        /// <summary>Bytes of a proof: security control, invocation counter, GMAC.</summary>
        public const int ProofLength = SecurityHeaderLength + TagLength;

        /// <summary>Longest challenge in bytes.</summary>
        public const int MaxChallengeLength = 64;

        /// <summary>The counter that no message carries: it is the tombstone's.</summary>
        public const uint ReservedCounter = 0xFFFFFFFF;

        private const byte AuthenticatedEncrypted = 0x30;
        private const byte Authenticated = 0x10;
        private const int AadLength = 1 + SecurityContext.KeyLength;

        private readonly byte[] _aad = new byte[AadLength + MaxChallengeLength];
        private readonly byte[] _iv = new byte[AesGcm.IvLength];
        private SecurityContext _context;
        private long _floor;

        /// <summary>Starts an association.</summary>
        /// <param name="context">Titles, keys, counter.</param>
        public void Begin(SecurityContext context)
        {
            _context = context;
            _floor = -1;
            Array.Copy(context.Gak, 0, _aad, 1, SecurityContext.KeyLength);
            _aad[0] = AuthenticatedEncrypted;
            context.Cipher.SetAad(_aad, 0, AadLength);
            ClearAad();
        }

        /// <summary>Takes our next counter.</summary>
        /// <param name="counter">The counter, for one message.</param>
        /// <returns>False when nothing may be sent any more.</returns>
        public bool NextCounter(out uint counter)
        {
            return _context.Counter.Next(out counter) && counter != ReservedCounter;
        }

        /// <summary>Encrypts in place, writes the security header in front and the tag behind.</summary>
        /// <param name="counter">Our counter, for this message alone.</param>
        /// <param name="buffer">Holds the plaintext, with room on both sides.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        public void Seal(uint counter, byte[] buffer, int offset, int length)
        {
            buffer[offset - SecurityHeaderLength] = AuthenticatedEncrypted;
            BigEndian.WriteU32(buffer, offset - SecurityHeaderLength + 1, counter);
            SetIv(_context.ClientTitle, counter);
            _context.Cipher.Encrypt(_iv, buffer, offset, length);
        }

        /// <summary>Verifies and decrypts in place what the server protected; its counter becomes the floor.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The security control byte.</param>
        /// <param name="length">Bytes from there to the end of the tag.</param>
        /// <param name="plain">Offset of the plaintext.</param>
        /// <param name="plainLength">Its length in bytes.</param>
        /// <returns><see cref="DlmsDetail.None"/>, or what is wrong; then nothing has changed.</returns>
        public DlmsDetail Open(byte[] buffer, int offset, int length, out int plain, out int plainLength)
        {
            plain = offset + SecurityHeaderLength;
            plainLength = length - SecurityHeaderLength - TagLength;
            if (plainLength < 0)
            {
                plainLength = 0;
                return DlmsDetail.Malformed;
            }

            if (buffer[offset] != AuthenticatedEncrypted)
            {
                return DlmsDetail.SecurityControl;
            }

            uint counter = BigEndian.ReadU32(buffer, offset + 1);
            if (counter <= _floor || counter == ReservedCounter)
            {
                return DlmsDetail.Replay;
            }

            SetIv(_context.ServerTitle, counter);
            if (!_context.Cipher.Decrypt(_iv, buffer, plain, plainLength))
            {
                return DlmsDetail.Tag;
            }

            _floor = counter;
            return DlmsDetail.None;
        }

        /// <summary>Writes our proof of having the keys: GMAC over the server's challenge (HLS pass 3).</summary>
        /// <param name="counter">Our counter, for this proof alone.</param>
        /// <param name="challenge">StoC, from index 0.</param>
        /// <param name="challengeLength">Its length in bytes, 1…<see cref="MaxChallengeLength"/>.</param>
        /// <param name="proof">Takes <see cref="ProofLength"/> bytes.</param>
        /// <param name="offset">Where the first one goes.</param>
        public void Prove(uint counter, byte[] challenge, int challengeLength, byte[] proof, int offset)
        {
            proof[offset] = Authenticated;
            BigEndian.WriteU32(proof, offset + 1, counter);
            SetIv(_context.ClientTitle, counter);
            int count = SetProofAad(challenge, challengeLength);
            _context.Cipher.Gmac(_iv, _aad, 0, count, proof, offset + SecurityHeaderLength);
            ClearAad();
        }

        /// <summary>Checks the server's proof over our challenge (HLS pass 4). Its counter raises the floor: from here
        /// on, nothing of an earlier association passes.</summary>
        /// <param name="challenge">CtoS, from index 0.</param>
        /// <param name="challengeLength">Its length in bytes, 1…<see cref="MaxChallengeLength"/>.</param>
        /// <param name="proof">Holds the proof.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns><see cref="DlmsDetail.None"/>, or what is wrong.</returns>
        public DlmsDetail Verify(byte[] challenge, int challengeLength, byte[] proof, int offset, int length)
        {
            if (length != ProofLength)
            {
                return DlmsDetail.Malformed;
            }

            if (proof[offset] != Authenticated)
            {
                return DlmsDetail.SecurityControl;
            }

            uint counter = BigEndian.ReadU32(proof, offset + 1);
            if (counter == ReservedCounter)
            {
                return DlmsDetail.Replay;
            }

            SetIv(_context.ServerTitle, counter);
            int count = SetProofAad(challenge, challengeLength);
            bool isAuthentic = _context.Cipher.VerifyGmac(_iv, _aad, 0, count, proof, offset + SecurityHeaderLength);
            ClearAad();
            if (!isAuthentic)
            {
                return DlmsDetail.Tag;
            }

            _floor = counter > _floor ? counter : _floor;
            return DlmsDetail.None;
        }

        private void SetIv(byte[] title, uint counter)
        {
            Array.Copy(title, 0, _iv, 0, SecurityContext.TitleLength);
            BigEndian.WriteU32(_iv, SecurityContext.TitleLength, counter);
        }

        private int SetProofAad(byte[] challenge, int length)
        {
            _aad[0] = Authenticated;
            Array.Copy(_context.Gak, 0, _aad, 1, SecurityContext.KeyLength);
            Array.Copy(challenge, 0, _aad, AadLength, length);
            return AadLength + length;
        }

        // The key in it is the context's to keep, and to forget.
        private void ClearAad()
        {
            Array.Clear(_aad, 0, AadLength);
        }
    }
}
