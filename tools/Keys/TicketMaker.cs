using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>
    /// Makes tickets (docs/pairing.md, "Ticket"). It does not know which epochs were issued: the ledger does.
    /// </summary>
    public sealed class TicketMaker
    {
        /// <summary>Length of KEK, DK, GUEK and GAK.</summary>
        public const int KeyLength = KeyWrap.KeyLength;

        private readonly SystemTitle _keyManagement;
        private readonly FillRandom _fill;

        /// <summary>Takes the name under which it makes tickets.</summary>
        /// <param name="keyManagement">Title of the key management.</param>
        public TicketMaker(SystemTitle keyManagement)
            : this(keyManagement, RandomNumberGenerator.Fill)
        {
        }

        /// <summary>As above, with another source of randomness.</summary>
        /// <param name="keyManagement">Title of the key management.</param>
        /// <param name="fill">Is asked for the ticket id, the fresh key of C, and for a pairing then the fresh key of
        /// M, GUEK and GAK, 16 bytes each.</param>
        public TicketMaker(SystemTitle keyManagement, FillRandom fill)
        {
            _keyManagement = keyManagement;
            _fill = fill;
        }

        /// <summary>Fills a span with bytes that nobody can foresee.</summary>
        public delegate void FillRandom(Span<byte> bytes);

        private static ReadOnlySpan<byte> StageRequest =>
        [
            0xC3, 0x01, 0xC1, // ACTION-request-normal, invoke-id 1, confirmed, high priority
            0x20, 0x00, 0x00, 0x00, 0x60, 0x82, 0x00, 0xFF, 0x01, // class 8192, 0-0:96.130.0.255, method 1
            0x01, // parameters follow
            0x02, 0x05, // structure of 5
        ];

        /// <summary>Makes a ticket to pair.</summary>
        /// <param name="meter">The metering unit.</param>
        /// <param name="kek">Its KEK, 16 bytes.</param>
        /// <param name="unit">The communication unit.</param>
        /// <param name="dk">Its DK, 16 bytes.</param>
        /// <param name="epoch">From 1.</param>
        /// <param name="notAfter">The last time at which the metering unit takes it, as <see cref="UtilityTime"/>.</param>
        public Ticket Pair(SystemTitle meter, ReadOnlySpan<byte> kek, SystemTitle unit, ReadOnlySpan<byte> dk,
            uint epoch, uint notAfter)
        {
            ArgumentOutOfRangeException.ThrowIfZero(epoch);
            Span<byte> secrets = stackalloc byte[4 * KeyLength];
            Span<byte> id = stackalloc byte[GeneralCiphering.IdLength];
            _fill(id);
            _fill(secrets);
            ReadOnlySpan<byte> unitKey = secrets[..KeyLength];
            ReadOnlySpan<byte> meterKey = secrets.Slice(KeyLength, KeyLength);
            ReadOnlySpan<byte> encryptionKey = secrets.Slice(2 * KeyLength, KeyLength);
            ReadOnlySpan<byte> authenticationKey = secrets.Slice(3 * KeyLength, KeyLength);
            byte[] order = [(byte)TicketKind.Pair, .. meter.ToArray(), .. U32(epoch), .. encryptionKey,
                .. authenticationKey];
            byte[] stage = [.. StageRequest, 0x06, .. U32(epoch), 0x09, SystemTitle.Length, .. unit.ToArray(),
                0x06, .. U32(notAfter), 0x09, KeyLength, .. encryptionKey, 0x09, KeyLength, .. authenticationKey];
            try
            {
                return Ticket.Join(
                    GeneralCiphering.Seal(id, _keyManagement, unit, dk, unitKey, order),
                    GeneralCiphering.Seal(id, _keyManagement, meter, kek, meterKey, stage));
            }
            finally
            {
                CryptographicOperations.ZeroMemory(secrets);
                CryptographicOperations.ZeroMemory(order);
                CryptographicOperations.ZeroMemory(stage);
            }
        }

        /// <summary>Makes an order to retire.</summary>
        /// <param name="meter">The metering unit whose pairing the unit is to give up.</param>
        /// <param name="unit">The communication unit.</param>
        /// <param name="dk">Its DK, 16 bytes.</param>
        /// <param name="epoch">From 1; the unit obeys if its own is not higher.</param>
        public Ticket Retire(SystemTitle meter, SystemTitle unit, ReadOnlySpan<byte> dk, uint epoch)
        {
            ArgumentOutOfRangeException.ThrowIfZero(epoch);
            Span<byte> id = stackalloc byte[GeneralCiphering.IdLength];
            Span<byte> key = stackalloc byte[KeyLength];
            _fill(id);
            _fill(key);
            byte[] order = [(byte)TicketKind.Retire, .. meter.ToArray(), .. U32(epoch)];
            byte[] part = GeneralCiphering.Seal(id, _keyManagement, unit, dk, key, order);
            CryptographicOperations.ZeroMemory(key);
            return Ticket.Join(part, []);
        }

        private static byte[] U32(uint value)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            return bytes;
        }
    }
}
