using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Orders
{
    /// <summary>
    /// The last order that was taken (docs/orders.md, "The record"): number u32 | order id 16 | metering unit's title 8 |
    /// phase u8 | result u8 | C, or the answer. Phase 0 is written before any effect, so that a power cut leaves an order
    /// not taken, or taken for good.
    /// </summary>
    internal sealed class OrderRecord
    {
        /// <summary>Where C is in phase 0, and from phase 1 on the answer.</summary>
        public const int Content = PhaseAt + 2;

        private const byte Taken = 0;
        private const byte Done = 1;
        private const byte HandedOver = 2;
        private const int PhaseAt = 4 + Order.IdLength + SecurityContext.TitleLength;
        private const int ResultAt = PhaseAt + 1;

        private OrderRecord(byte[] bytes)
        {
            Bytes = bytes;
        }

        /// <summary>Makes the record of an order that is taken now; nothing is written.</summary>
        /// <param name="order">The order, opened.</param>
        /// <param name="buffer">Holds C, sealed.</param>
        /// <param name="offset">Its first byte.</param>
        public OrderRecord(Order order, byte[] buffer, int offset)
            : this(new byte[Content + Order.SealedLength])
        {
            order.WriteHead(Bytes);
            Array.Copy(buffer, offset, Bytes, Content, Order.SealedLength);
        }

        /// <summary>Holds the record.</summary>
        public byte[] Bytes { get; }

        /// <summary>The order's number.</summary>
        public uint Number => BigEndian.ReadU32(Bytes, 0);

        /// <summary>Whether it is to be carried out, or was while the power was cut.</summary>
        public bool IsTaken => Bytes[PhaseAt] == Taken;

        /// <summary>Whether its answer was never handed over.</summary>
        public bool IsUnanswered => Bytes[PhaseAt] == Done;

        /// <summary>Reads the record.</summary>
        /// <param name="store">Has it.</param>
        /// <returns>Null when there is none.</returns>
        public static OrderRecord Read(IDurableStore store)
        {
            int length = store.LengthOf(RecordCatalogue.Order);
            if (length <= Content)
            {
                return null;
            }

            var bytes = new byte[length];
            return store.Read(RecordCatalogue.Order, bytes) == length ? new OrderRecord(bytes) : null;
        }

        /// <summary>Whether it is of this order: number, id and metering unit.</summary>
        /// <param name="order">The order, opened.</param>
        public bool IsOf(Order order)
        {
            var head = new byte[PhaseAt];
            order.WriteHead(head);
            return Octets.AreEqual(head, 0, Bytes, 0, PhaseAt);
        }

        /// <summary>Writes phase 0.</summary>
        /// <param name="store">Takes it.</param>
        public bool Take(IDurableStore store)
        {
            return store.Write(RecordCatalogue.Order, Bytes, Bytes.Length);
        }

        /// <summary>Writes phase 1: the answer in place of C.</summary>
        /// <param name="store">Takes it.</param>
        /// <param name="result">What became of it.</param>
        /// <param name="answer">The answer.</param>
        public bool Finish(IDurableStore store, OrderResult result, byte[] answer)
        {
            var done = new byte[Content + answer.Length];
            Array.Copy(Bytes, 0, done, 0, PhaseAt);
            done[PhaseAt] = Done;
            done[ResultAt] = (byte)result;
            Array.Copy(answer, 0, done, Content, answer.Length);
            return store.Write(RecordCatalogue.Order, done, done.Length);
        }

        /// <summary>Writes phase 2.</summary>
        /// <param name="store">Takes it.</param>
        public bool HandOver(IDurableStore store)
        {
            Bytes[PhaseAt] = HandedOver;
            return store.Write(RecordCatalogue.Order, Bytes, Bytes.Length);
        }
    }
}
