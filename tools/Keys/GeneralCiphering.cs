using System;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>
    /// A part of a ticket, or an order: a general-ciphering APDU whose key is fresh and wrapped (docs/pairing.md, "Ticket";
    /// docs/orders.md).
    /// </summary>
    internal static class GeneralCiphering
    {
        /// <summary>Length of the transaction-id.</summary>
        public const int IdLength = 16;

        /// <summary>Bytes of an APDU beside a plaintext of less than 111; one more beside a longer one.</summary>
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
        private const byte OneMoreByte = 0x81;

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
            byte[] length = serviceLength > LongestOneByteLength ? [OneMoreByte, checked((byte)serviceLength)]
                : [(byte)serviceLength];
            byte[] header = [IdLength, .. id, SystemTitle.Length, .. originator.ToArray(),
                SystemTitle.Length, .. recipient.ToArray(), 0, 0];
            var apdu = new byte[ServiceOffset + length.Length + serviceLength];
            apdu[0] = Tag;
            header.CopyTo(apdu, 1);
            KeyInfoHeader.CopyTo(apdu.AsSpan(KeyInfoOffset));
            KeyWrap.Wrap(wrappingKey, freshKey,
                apdu.AsSpan(KeyInfoOffset + KeyInfoHeaderLength, KeyWrap.WrappedLength));
            length.CopyTo(apdu, ServiceOffset);
            Span<byte> service = apdu.AsSpan(ServiceOffset + length.Length);
            service[0] = AuthenticatedEncrypted;
            service = service[SecurityHeaderLength..];

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
                && IsService(apdu[ServiceOffset..]);
        }

        // A length in as few bytes as it takes, and the security header.
        private static bool IsService(ReadOnlySpan<byte> service)
        {
            bool isLong = service[0] == OneMoreByte;
            ReadOnlySpan<byte> header = isLong ? service[2..] : service[1..];
            bool isLength = header.Length > LongestOneByteLength ? isLong && service[1] == header.Length
                : service[0] == header.Length;
            return isLength && header[0] == AuthenticatedEncrypted && header.Slice(1, 4).IndexOfAnyExcept((byte)0) < 0;
        }
    }
}
