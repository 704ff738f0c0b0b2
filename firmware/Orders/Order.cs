using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Pairing;

namespace NanoComm.Orders
{
    /// <summary>
    /// An order, opened (docs/orders.md, "The order"): kind u8 | metering unit's title 8 | number u32 | not-after u32 |
    /// body length u8 | body | zeros, 128 bytes. Never log or print what is in it; clear it after use.
    /// </summary>
    internal sealed class Order
    {
        /// <summary>Bytes of C.</summary>
        public const int SealedLength = WrappedApdu.Overhead + WrappedApdu.LongLength + TextLength;

        /// <summary>Bytes of an order id.</summary>
        public const int IdLength = WrappedApdu.IdLength;

        private const int MagicLength = 4;
        private const int SealedAt = MagicLength + 2;
        private const int FileLength = SealedAt + SealedLength;
        private const int TextLength = 128;
        private const int TextAt = WrappedApdu.Text + WrappedApdu.LongLength;
        private const int MeterTitleAt = TextAt + 1;
        private const int NumberAt = MeterTitleAt + SecurityContext.TitleLength;
        private const int NotAfterAt = NumberAt + 4;
        private const int BodyLengthAt = NotAfterAt + 4;

        private Order(byte[] apdu)
        {
            Bytes = apdu;
        }

        /// <summary>Where the body begins in <see cref="Bytes"/>.</summary>
        public const int Body = BodyLengthAt + 1;

        /// <summary>Holds the order.</summary>
        public byte[] Bytes { get; }

        /// <summary>What it is for.</summary>
        public OrderKind Kind => (OrderKind)Bytes[TextAt];

        /// <summary>Its number.</summary>
        public uint Number => BigEndian.ReadU32(Bytes, NumberAt);

        /// <summary>Its end: seconds since 2020-01-01 00:00:00 UTC; FFFFFFFF for none.</summary>
        public uint NotAfter => BigEndian.ReadU32(Bytes, NotAfterAt);

        /// <summary>Behind the last byte of the body.</summary>
        public int End => Body + Bytes[BodyLengthAt];

        /// <summary>Whether nothing but zeros is behind the body.</summary>
        public bool IsPadded
        {
            get
            {
                int rest = TextAt + TextLength - End;
                for (int i = 0; i < rest; i++)
                {
                    if (Bytes[End + i] != 0)
                    {
                        return false;
                    }
                }

                return rest >= 0;
            }
        }

        /// <summary>Where in an order file C is.</summary>
        /// <param name="file">Holds the file.</param>
        /// <returns>-1 when it is no order file.</returns>
        public static int Find(byte[] file)
        {
            return file.Length == FileLength && BigEndian.ReadU32(file, 0) == PairingKeeper.OrderMagic
                && BigEndian.ReadU16(file, MagicLength) == SealedLength ? SealedAt : -1;
        }

        /// <summary>Opens an order; what is sealed stays as it is.</summary>
        /// <param name="board">Has the factory keys, and makes ciphers.</param>
        /// <param name="buffer">Holds C.</param>
        /// <param name="offset">Its first byte.</param>
        /// <returns>Null when it is damaged, or was not made for this unit.</returns>
        public static Order Open(IBoard board, byte[] buffer, int offset)
        {
            FactoryKeys factory = FactoryKeys.Read(board);
            if (factory == null)
            {
                return null;
            }

            byte[] apdu = Octets.Part(buffer, offset, SealedLength);
            bool isOpen = WrappedApdu.IsWellFormed(apdu, 0, SealedLength, WrappedApdu.LongLength)
                && SystemTitle.AreEqual(apdu, WrappedApdu.Recipient, factory.Title, 0)
                && WrappedApdu.Open(apdu, 0, SealedLength, factory.Dk, board, WrappedApdu.LongLength);
            factory.Dk.Forget();
            return isOpen ? new Order(apdu) : null;
        }

        /// <summary>Whether it is for this metering unit.</summary>
        /// <param name="meterTitle">System title, 8 bytes.</param>
        public bool IsFor(byte[] meterTitle)
        {
            return SystemTitle.AreEqual(Bytes, MeterTitleAt, meterTitle, 0);
        }

        /// <summary>Writes number u32 | order id 16 | metering unit's title 8.</summary>
        /// <param name="to">Takes them.</param>
        public void WriteHead(byte[] to)
        {
            Array.Copy(Bytes, NumberAt, to, 0, 4);
            Array.Copy(Bytes, WrappedApdu.Id, to, 4, IdLength);
            Array.Copy(Bytes, MeterTitleAt, to, 4 + IdLength, SecurityContext.TitleLength);
        }

        /// <summary>Overwrites it.</summary>
        public void Clear()
        {
            Array.Clear(Bytes, 0, Bytes.Length);
        }
    }
}
