using System;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>
    /// A part of a ticket: a general-ciphering APDU whose key is fresh and wrapped (docs/pairing.md, "Ticket").
    /// </summary>
    internal static class GeneralCiphering
    {
        /// <summary>Length of the transaction-id.</summary>
        public const int IdLength = 16;

        /// <summary>Bytes of an APDU beside its plaintext, of which there are less than 111.</summary>
        public const int Overhead = ServiceOffset + 1 + SecurityHeaderLength + TagLength;

        /// <summary>Where the transaction-id is, after its length.</summary>
        public const int IdOffset = 2;

        /// <summary>Where the title of the originator is.</summary>
        public const int OriginatorOffset = IdOffset + IdLength + 1;

        /// <summary>Where the title of the recipient is.</summary>
        public const int RecipientOffset = OriginatorOffset + SystemTitle.Length + 1;

        private const byte Tag = 0xDD;
        private const byte AuthenticatedEncrypted = 0x30;
        private const int KeyInfoOffset = RecipientOffset + SystemTitle.Length + 2;
        private const int ServiceOffset = KeyInfoOffset + KeyInfoHeaderLength + KeyWrap.WrappedLength;
        private const int KeyInfoHeaderLength = 4;
        private const int SecurityHeaderLength = 5;
        private const int TagLength = 12;
        private const int NonceLength = 12;
        private const int LongestOneByteLength = 0x7F;

        // key-info present, wrapped-key, kek-id master key
        private static ReadOnlySpan<byte> KeyInfoHeader => [0x01, 0x01, 0x00, KeyWrap.WrappedLength];

        /// <summary>Makes a part.</summary>
        /// <param name="id">Transaction-id, 16 bytes.</param>
        /// <param name="originator">Who makes it.</param>
        /// <param name="recipient">Whom it is for.</param>
        /// <param name="wrappingKey">The recipient's KEK or DK, 16 bytes.</param>
        /// <param name="freshKey">16 bytes never used before: the counter is 0 for each of them.</param>
        /// <param name="plaintext">The order.</param>
        public static byte[] Seal(ReadOnlySpan<byte> id, SystemTitle originator, SystemTitle recipient,
            ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> freshKey, ReadOnlySpan<byte> plaintext)
        {
            int serviceLength = SecurityHeaderLength + plaintext.Length + TagLength;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(serviceLength, LongestOneByteLength);
            byte[] header = [IdLength, .. id, SystemTitle.Length, .. originator.ToArray(),
                SystemTitle.Length, .. recipient.ToArray(), 0, 0];
            var apdu = new byte[Overhead + plaintext.Length];
            apdu[0] = Tag;
            header.CopyTo(apdu, 1);
            KeyInfoHeader.CopyTo(apdu.AsSpan(KeyInfoOffset));
            KeyWrap.Wrap(wrappingKey, freshKey,
                apdu.AsSpan(KeyInfoOffset + KeyInfoHeaderLength, KeyWrap.WrappedLength));
            Span<byte> service = apdu.AsSpan(ServiceOffset);
            service[0] = (byte)serviceLength;
            service[1] = AuthenticatedEncrypted;
            service = service[(1 + SecurityHeaderLength)..];

            Span<byte> nonce = stackalloc byte[NonceLength];
            originator.ToArray().CopyTo(nonce);
            nonce[SystemTitle.Length..].Clear();
            byte[] associated = [AuthenticatedEncrypted, .. new byte[KeyWrap.KeyLength], .. header];
            using var gcm = new AesGcm(freshKey, TagLength);
            gcm.Encrypt(nonce, plaintext, service[..plaintext.Length], service[plaintext.Length..], associated);
            return apdu;
        }

        /// <summary>Whether an APDU has the shape of a part: what can be told without its key.</summary>
        public static bool IsWellFormed(ReadOnlySpan<byte> apdu)
        {
            return apdu.Length > Overhead
                && apdu[0] == Tag
                && apdu[IdOffset - 1] == IdLength
                && apdu[OriginatorOffset - 1] == SystemTitle.Length
                && apdu[RecipientOffset - 1] == SystemTitle.Length
                && apdu[KeyInfoOffset - 2] == 0
                && apdu[KeyInfoOffset - 1] == 0
                && apdu.Slice(KeyInfoOffset, KeyInfoHeaderLength).SequenceEqual(KeyInfoHeader)
                && apdu[ServiceOffset] == apdu.Length - ServiceOffset - 1
                && apdu[ServiceOffset] <= LongestOneByteLength
                && apdu[ServiceOffset + 1] == AuthenticatedEncrypted
                && apdu.Slice(ServiceOffset + 2, 4).IndexOfAnyExcept((byte)0) < 0;
        }
    }
}
