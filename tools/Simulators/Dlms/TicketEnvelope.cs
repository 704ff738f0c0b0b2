using System;
using System.Security.Cryptography;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// The metering unit's part of a ticket: a general-ciphering APDU with a wrapped key (docs/pairing.md, Ticket). It
    /// has one form only, so that nothing but its key, its tag and the fields under them can be told apart.
    /// </summary>
    public static class TicketEnvelope
    {
        // transaction-id, originator, recipient, date-time and other-information, each with its length.
        private const int FieldsLength = 1 + PairingKeys.TicketIdLength + (2 * (1 + Suite0.TitleLength)) + 2;

        // key-info present, wrapped-key, kek-id master key, length of the wrapped key.
        private static readonly byte[] KeyInfo = [1, 1, 0, AesKeyWrap.WrappedLength];

        /// <summary>Verifies and deciphers a part.</summary>
        /// <param name="apdu">The APDU.</param>
        /// <param name="kek">The unit's KEK, or null where it has none.</param>
        /// <param name="title">The unit's system title: the recipient.</param>
        /// <param name="ticketId">Its transaction-id.</param>
        /// <returns>The plaintext, or null when it is not authentic or for another unit.</returns>
        public static byte[] Open(ReadOnlySpan<byte> apdu, byte[] kek, ReadOnlySpan<byte> title, out byte[] ticketId)
        {
            var reader = new AxdrReader(apdu);
            reader.Expect(ApduTag.GeneralCiphering);
            ReadOnlySpan<byte> transaction = Field(ref reader, PairingKeys.TicketIdLength);
            ReadOnlySpan<byte> originator = Field(ref reader, Suite0.TitleLength);
            ReadOnlySpan<byte> recipient = Field(ref reader, Suite0.TitleLength);
            Field(ref reader, 0);
            Field(ref reader, 0);
            reader.Require(reader.Bytes(KeyInfo.Length).SequenceEqual(KeyInfo));
            ReadOnlySpan<byte> wrapped = reader.Bytes(AesKeyWrap.WrappedLength);
            reader.Require(reader.Byte() == reader.Left && reader.Left < 0x80);
            ReadOnlySpan<byte> ciphered = reader.Rest();
            ticketId = transaction.ToArray();
            bool isForThisUnit = reader.IsGood && kek != null && recipient.SequenceEqual(title);
            byte[] key = isForThisUnit ? AesKeyWrap.Unwrap(kek, wrapped) : null;
            if (key == null)
            {
                return null;
            }

            // There is no authentication key: the key wrap and the tag authenticate.
            using var suite = new Suite0(key, new byte[Suite0.KeyLength]);
            byte[] plain = suite.Unprotect(originator, ciphered, out uint counter, apdu.Slice(1, FieldsLength));
            CryptographicOperations.ZeroMemory(key);
            return counter == 0 ? plain : null;
        }

        private static ReadOnlySpan<byte> Field(ref AxdrReader reader, int length)
        {
            reader.Expect((byte)length);
            return reader.Bytes(length);
        }
    }
}
