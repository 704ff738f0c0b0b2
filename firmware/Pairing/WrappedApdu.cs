using System;
using NanoComm.Bytes;
using NanoComm.Crypto;
using NanoComm.Dlms;
using NanoComm.Hal;

namespace NanoComm.Pairing
{
    /// <summary>
    /// A general-ciphering APDU whose key is wrapped (Green Book, general-ciphering, key-info wrapped-key), in the one
    /// form that tickets and orders have: all fields of fixed length, authenticated and encrypted, counter 0. The key is
    /// used for this APDU alone. An order is longer, and its length is written in one byte more.
    /// </summary>
    internal static class WrappedApdu
    {
        /// <summary>Bytes of a transaction-id.</summary>
        public const int IdLength = 16;

        /// <summary>Offset of the transaction-id.</summary>
        public const int Id = 2;

        /// <summary>Offset of the originator's system title.</summary>
        public const int Originator = 19;

        /// <summary>Offset of the recipient's system title.</summary>
        public const int Recipient = 28;

        /// <summary>Offset of the text, in the short form.</summary>
        public const int Text = 72;

        /// <summary>Bytes beside the text, in the short form.</summary>
        public const int Overhead = Text + AesGcm.TagLength;

        /// <summary>Bytes that the long form has more, before the text.</summary>
        public const int LongLength = 1;

        private const byte Tag = 0xDD;
        private const int DateTime = 36;
        private const int OtherInformation = 37;
        private const int KeyInformation = 38;
        private const int WrappedKey = 42;
        private const int WrappedKeyLength = SecurityContext.KeyLength + AesKeyWrap.Overhead;
        private const int ContentLength = 66;
        private const int SecurityControl = 67;
        private const int Counter = 68;
        private const int MaxShortLength = 0x7F;
        private const byte OneMoreByte = 0x81;
        private const byte Present = 1;
        private const byte KeyIsWrapped = 1;
        private const byte MasterKey = 0;
        private const byte AuthenticatedEncrypted = 0x30;

        // From the length of the transaction-id to that of other-information, as they stand in the APDU.
        private const int HeaderStart = 1;
        private const int HeaderLength = OtherInformation + 1 - HeaderStart;

        /// <summary>Whether it has the form.</summary>
        /// <param name="buffer">Holds the APDU.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="more">0 for the short form, <see cref="LongLength"/> for the long one.</param>
        public static bool IsWellFormed(byte[] buffer, int offset, int length, int more = 0)
        {
            int content = length - SecurityControl - more;
            return length >= Overhead + more && (more > 0 || content <= MaxShortLength)
                && buffer[offset] == Tag
                && buffer[offset + Id - 1] == IdLength
                && buffer[offset + Originator - 1] == SecurityContext.TitleLength
                && buffer[offset + Recipient - 1] == SecurityContext.TitleLength
                && buffer[offset + DateTime] == 0
                && buffer[offset + OtherInformation] == 0
                && buffer[offset + KeyInformation] == Present
                && buffer[offset + KeyInformation + 1] == KeyIsWrapped
                && buffer[offset + KeyInformation + 2] == MasterKey
                && buffer[offset + WrappedKey - 1] == WrappedKeyLength
                && (more == 0 || buffer[offset + ContentLength] == OneMoreByte)
                && buffer[offset + ContentLength + more] == content
                && buffer[offset + SecurityControl + more] == AuthenticatedEncrypted
                && BigEndian.ReadU32(buffer, offset + Counter + more) == 0;
        }

        /// <summary>Unwraps the key, verifies and decrypts the text in place.</summary>
        /// <param name="buffer">Holds an APDU that is well formed.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="master">The cipher of the key that wraps.</param>
        /// <param name="board">Makes the cipher of the wrapped key.</param>
        /// <param name="more">As for <see cref="IsWellFormed"/>.</param>
        /// <returns>Whether it is authentic. If not, the buffer is unchanged.</returns>
        public static bool Open(byte[] buffer, int offset, int length, IBlockCipher master, IBoard board, int more = 0)
        {
            var key = new byte[SecurityContext.KeyLength];
            if (!new AesKeyWrap(master).Unwrap(buffer, offset + WrappedKey, WrappedKeyLength, key, 0))
            {
                return false;
            }

            var gcm = new AesGcm(board.CreateBlockCipher(key));
            Array.Clear(key, 0, key.Length);

            // There is no authentication key: the key wrap and the tag authenticate. Zeros take its place.
            var aad = new byte[1 + SecurityContext.KeyLength + HeaderLength];
            aad[0] = AuthenticatedEncrypted;
            Array.Copy(buffer, offset + HeaderStart, aad, 1 + SecurityContext.KeyLength, HeaderLength);
            gcm.SetAad(aad, 0, aad.Length);

            var iv = new byte[AesGcm.IvLength];
            Array.Copy(buffer, offset + Originator, iv, 0, SecurityContext.TitleLength);
            bool isAuthentic = gcm.Decrypt(iv, buffer, offset + Text + more, length - Overhead - more);
            gcm.Forget();
            return isAuthentic;
        }
    }
}
