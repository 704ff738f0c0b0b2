using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;

namespace NanoComm.Pairing
{
    /// <summary>
    /// A ticket file (docs/pairing.md, "Ticket"): "NCT1" | length u16 | C | length u16 | M. C is for this unit and is
    /// opened here; M is for the metering unit, which alone can open it, and is handed on as it is.
    /// </summary>
    public sealed class Ticket
    {
        /// <summary>Longest ticket file in bytes.</summary>
        public const int MaxLength = 512;

        /// <summary>Bytes of a ticket id.</summary>
        public const int IdLength = WrappedApdu.IdLength;

        private const uint Magic = 0x4E435431;
        private const int MagicLength = 4;
        private const int LengthLength = 2;
        private const int MeterTitleAt = 1;
        private const int EpochAt = MeterTitleAt + SecurityContext.TitleLength;
        private const int GuekAt = EpochAt + 4;
        private const int GakAt = GuekAt + SecurityContext.KeyLength;
        private const int RetireLength = GuekAt;
        private const int PairLength = GakAt + SecurityContext.KeyLength;

        private Ticket()
        {
        }

        /// <summary>What it is for.</summary>
        public TicketKind Kind { get; private set; }

        /// <summary>The ticket id, 16 bytes.</summary>
        public byte[] Id { get; private set; }

        /// <summary>System title of the metering unit that it names, 8 bytes.</summary>
        public byte[] MeterTitle { get; private set; }

        /// <summary>The epoch.</summary>
        public uint Epoch { get; private set; }

        /// <summary>Global unicast encryption key, 16 bytes; null in an order to retire.</summary>
        public byte[] Guek { get; private set; }

        /// <summary>Global authentication key, 16 bytes; null in an order to retire.</summary>
        public byte[] Gak { get; private set; }

        /// <summary>Where in the file M is.</summary>
        public int MessageOffset { get; private set; }

        /// <summary>Length of M in bytes; 0 in an order to retire.</summary>
        public int MessageLength { get; private set; }

        /// <summary>Whether a file calls itself a ticket.</summary>
        /// <param name="file">Holds the file, from index 0.</param>
        /// <param name="length">Its length in bytes.</param>
        public static bool IsTicket(byte[] file, int length)
        {
            return length >= MagicLength && BigEndian.ReadU32(file, 0) == Magic;
        }

        /// <summary>Opens a ticket.</summary>
        /// <param name="file">Holds the file, from index 0. What is opened is decrypted in it: clear it in any
        /// case.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="ownTitle">System title of this unit, 8 bytes.</param>
        /// <param name="dk">The cipher of this unit's DK.</param>
        /// <param name="board">Makes the cipher of the ticket's own key.</param>
        /// <returns>Null when the ticket is damaged, or was not made for this unit.</returns>
        public static Ticket Open(byte[] file, int length, byte[] ownTitle, IBlockCipher dk, IBoard board)
        {
            if (length > MaxLength || !IsTicket(file, length)
                || !Find(file, length, MagicLength, out int c, out int cLength)
                || !Find(file, length, c + cLength, out int m, out int mLength) || m + mLength != length)
            {
                return null;
            }

            int textLength = cLength - WrappedApdu.Overhead;
            var ticket = new Ticket { MessageOffset = m, MessageLength = mLength };
            if (WrappedApdu.IsWellFormed(file, c, cLength)
                && SystemTitle.AreEqual(file, c + WrappedApdu.Recipient, ownTitle, 0)
                && WrappedApdu.Open(file, c, cLength, dk, board)
                && ticket.Take(file, c, textLength)
                && !SystemTitle.AreEqual(ticket.MeterTitle, 0, ownTitle, 0)
                && ticket.Accepts(file, c))
            {
                return ticket;
            }

            ticket.Clear();
            return null;
        }

        /// <summary>Overwrites the keys.</summary>
        public void Clear()
        {
            if (Guek != null)
            {
                Array.Clear(Guek, 0, Guek.Length);
                Array.Clear(Gak, 0, Gak.Length);
            }
        }

        private static bool Find(byte[] file, int length, int at, out int offset, out int partLength)
        {
            offset = at + LengthLength;
            partLength = offset <= length ? BigEndian.ReadU16(file, at) : 0;
            return offset <= length && partLength <= length - offset;
        }

        // The text of C, now plain.
        private bool Take(byte[] file, int c, int length)
        {
            int text = c + WrappedApdu.Text;
            bool isPair = length == PairLength && file[text] == (byte)TicketKind.Pair;
            if (!isPair && !(length == RetireLength && file[text] == (byte)TicketKind.Retire))
            {
                return false;
            }

            Kind = (TicketKind)file[text];
            Id = Octets.Part(file, c + WrappedApdu.Id, IdLength);
            MeterTitle = Octets.Part(file, text + MeterTitleAt, SecurityContext.TitleLength);
            Epoch = BigEndian.ReadU32(file, text + EpochAt);
            if (isPair)
            {
                Guek = Octets.Part(file, text + GuekAt, SecurityContext.KeyLength);
                Gak = Octets.Part(file, text + GakAt, SecurityContext.KeyLength);
            }

            return true;
        }

        // As far as this unit can see, M is of the same ticket and for the metering unit that C names.
        private bool Accepts(byte[] file, int c)
        {
            int m = MessageOffset;
            return Kind == TicketKind.Retire
                ? MessageLength == 0
                : WrappedApdu.IsWellFormed(file, m, MessageLength)
                && SystemTitle.AreEqual(file, m + WrappedApdu.Recipient, MeterTitle, 0)
                && SystemTitle.AreEqual(file, m + WrappedApdu.Originator, file, c + WrappedApdu.Originator)
                && Octets.AreEqual(file, m + WrappedApdu.Id, Id, 0, IdLength);
        }
    }
}
