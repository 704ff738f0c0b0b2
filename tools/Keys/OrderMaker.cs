using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>
    /// Makes orders (docs/orders.md, "The order"). It does not know which numbers were given: the ledger does.
    /// </summary>
    public sealed class OrderMaker
    {
        /// <summary>Length of an order's plaintext, whatever it says.</summary>
        internal const int PlaintextLength = 128;

        private const int KeyLength = KeyWrap.KeyLength;
        private const int IdOffset = 0;
        private const int KeyOffset = IdOffset + GeneralCiphering.IdLength;
        private const int TextOffset = KeyOffset + KeyLength;
        private const int MeterOffset = TextOffset + 1;
        private const int NumberOffset = MeterOffset + SystemTitle.Length;
        private const int EndOffset = NumberOffset + 4;
        private const int LengthOffset = EndOffset + 4;
        private const int BodyOffset = LengthOffset + 1;

        private readonly SystemTitle _keyManagement;
        private readonly TicketMaker.FillRandom _fill;

        /// <summary>Takes the name under which it makes orders.</summary>
        /// <param name="keyManagement">Title of the key management.</param>
        public OrderMaker(SystemTitle keyManagement)
            : this(keyManagement, RandomNumberGenerator.Fill)
        {
        }

        /// <summary>As above, with another source of randomness.</summary>
        /// <param name="keyManagement">Title of the key management.</param>
        /// <param name="fill">Is asked for the order id and the fresh key, 16 bytes each.</param>
        public OrderMaker(SystemTitle keyManagement, TicketMaker.FillRandom fill)
        {
            _keyManagement = keyManagement;
            _fill = fill;
        }

        /// <summary>Writes an order: its id, its fresh key and its plaintext, one behind the other. All that is secret in it,
        /// and, with the unit's DK, all that it takes to make its file, the same each time.</summary>
        /// <param name="request">What is wanted.</param>
        /// <param name="number">From 1.</param>
        public byte[] Write(OrderRequest request, uint number)
        {
            ArgumentOutOfRangeException.ThrowIfZero(number);
            var draft = new byte[TextOffset + PlaintextLength];
            _fill(draft.AsSpan(IdOffset, GeneralCiphering.IdLength));
            _fill(draft.AsSpan(KeyOffset, KeyLength));
            draft[TextOffset] = (byte)request.Body.Kind;
            request.Meter.ToArray().CopyTo(draft, MeterOffset);
            BinaryPrimitives.WriteUInt32BigEndian(draft.AsSpan(NumberOffset), number);
            BinaryPrimitives.WriteUInt32BigEndian(draft.AsSpan(EndOffset), request.NotAfter);
            draft[LengthOffset] = (byte)request.Body.Bytes.Length;
            request.Body.Bytes.CopyTo(draft, BodyOffset);
            return draft;
        }

        /// <summary>Makes an order of what was written.</summary>
        /// <param name="draft">As <see cref="Write"/> gives it.</param>
        /// <param name="unit">The communication unit.</param>
        /// <param name="dk">Its DK, 16 bytes.</param>
        public Order Seal(ReadOnlySpan<byte> draft, SystemTitle unit, ReadOnlySpan<byte> dk)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(draft.Length, TextOffset + PlaintextLength);
            return Order.Of(GeneralCiphering.Seal(draft[IdOffset..KeyOffset], _keyManagement, unit, dk,
                draft[KeyOffset..TextOffset], draft[TextOffset..]));
        }

        /// <summary>What an order says, to be disposed of.</summary>
        internal static OrderBody BodyOf(ReadOnlySpan<byte> draft)
        {
            return OrderBody.Read((OrderKind)draft[TextOffset], draft.Slice(BodyOffset, draft[LengthOffset]));
        }
    }
}
