using System;
using System.Buffers.Binary;
using System.IO;

namespace NanoComm.Keys
{
    /// <summary>
    /// A ticket file as anyone can read it: whom it is for, but neither its keys nor its epoch (docs/pairing.md,
    /// "Ticket"). Whether it is authentic only the two units can tell.
    /// </summary>
    public sealed class Ticket
    {
        /// <summary>Longest file in bytes.</summary>
        public const int MaxLength = 512;

        private const int HeaderLength = 4;
        private const int LengthLength = 2;
        private const int RetirePlaintextLength = 13;
        private const int PairPlaintextLength = 45;
        private const int StagePlaintextLength = 71;

        private readonly byte[] _bytes;

        private Ticket(byte[] bytes)
        {
            _bytes = bytes;
            int unitLength = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(HeaderLength));
            UnitPart = bytes.AsMemory(HeaderLength + LengthLength, unitLength);
            MeterPart = bytes.AsMemory(HeaderLength + 2 * LengthLength + unitLength);
        }

        /// <summary>What it orders.</summary>
        public TicketKind Kind => MeterPart.IsEmpty ? TicketKind.Retire : TicketKind.Pair;

        /// <summary>The ticket id, 16 bytes.</summary>
        public ReadOnlyMemory<byte> Id => UnitPart.Slice(GeneralCiphering.IdOffset, GeneralCiphering.IdLength);

        /// <summary>The communication unit it is for.</summary>
        public SystemTitle Unit => TitleAt(UnitPart, GeneralCiphering.RecipientOffset);

        /// <summary>The metering unit it is for; null in an order to retire, which names it out of sight.</summary>
        public SystemTitle? Meter => MeterPart.IsEmpty ? null : TitleAt(MeterPart, GeneralCiphering.RecipientOffset);

        /// <summary>C, for the communication unit.</summary>
        public ReadOnlyMemory<byte> UnitPart { get; }

        /// <summary>M, for the metering unit; empty in an order to retire.</summary>
        public ReadOnlyMemory<byte> MeterPart { get; }

        private static ReadOnlySpan<byte> Magic => "NCT1"u8;

        /// <summary>The file.</summary>
        public ReadOnlySpan<byte> Bytes => _bytes;

        /// <summary>Reads a ticket file.</summary>
        /// <exception cref="InvalidDataException">It is not one; the message says what is wrong.</exception>
        public static Ticket Parse(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length > MaxLength || bytes.Length < HeaderLength + LengthLength
                || !bytes.StartsWith(Magic))
            {
                throw new InvalidDataException("this is not a ticket file");
            }

            ReadOnlySpan<byte> rest = bytes[HeaderLength..];
            if (!TryTake(ref rest, out ReadOnlySpan<byte> unit) || !TryTake(ref rest, out ReadOnlySpan<byte> meter)
                || !rest.IsEmpty)
            {
                throw new InvalidDataException("the ticket file is cut off or damaged: copy it again");
            }

            int unitPlaintext = meter.IsEmpty ? RetirePlaintextLength : PairPlaintextLength;
            bool isWhole = IsPart(unit, unitPlaintext)
                && (meter.IsEmpty || (IsPart(meter, StagePlaintextLength) && AreOneTicket(unit, meter)));
            return isWhole
                ? new Ticket(bytes.ToArray())
                : throw new InvalidDataException("the ticket file is damaged: copy it again");
        }

        /// <summary>Puts the two parts together.</summary>
        /// <param name="unit">C.</param>
        /// <param name="meter">M, or nothing.</param>
        internal static Ticket Join(ReadOnlySpan<byte> unit, ReadOnlySpan<byte> meter)
        {
            return new Ticket([.. Magic, 0, (byte)unit.Length, .. unit, 0, (byte)meter.Length, .. meter]);
        }

        private static bool TryTake(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part)
        {
            part = default;
            if (rest.Length < LengthLength)
            {
                return false;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            rest = rest[LengthLength..];
            if (rest.Length < length)
            {
                return false;
            }

            part = rest[..length];
            rest = rest[length..];
            return true;
        }

        private static bool IsPart(ReadOnlySpan<byte> part, int plaintextLength)
        {
            return part.Length == GeneralCiphering.Overhead + plaintextLength && GeneralCiphering.IsWellFormed(part);
        }

        private static bool AreOneTicket(ReadOnlySpan<byte> unit, ReadOnlySpan<byte> meter)
        {
            // The id and the title of the key management, with the length between them.
            Range shared = GeneralCiphering.IdOffset..(GeneralCiphering.OriginatorOffset + SystemTitle.Length);
            return unit[shared].SequenceEqual(meter[shared]);
        }

        private static SystemTitle TitleAt(ReadOnlyMemory<byte> part, int offset)
        {
            return new SystemTitle(part.Span.Slice(offset, SystemTitle.Length));
        }
    }
}
