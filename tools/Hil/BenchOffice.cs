using System;
using System.Text;
using NanoComm.Hal;
using NanoComm.Keys;
using NanoComm.Simulators.Dlms;

using Ticket = NanoComm.Keys.Ticket;

namespace NanoComm.Hil
{
    /// <summary>The bench as key management: made-up factory keys of one unit and one metering unit, tickets, orders, and
    /// what their proofs are checked by.</summary>
    public sealed class BenchOffice
    {
        private readonly IRandomSource _random;
        private readonly TicketMaker _tickets;
        private readonly OrderMaker _orders;
        private readonly byte[] _dk;
        private readonly byte[] _kek;
        private readonly byte[] _unitProofKey;
        private readonly byte[] _meterProofKey;
        private uint _epoch;

        /// <summary>Makes keys up.</summary>
        /// <param name="random">They come from here.</param>
        /// <param name="epoch">The first epoch that is given out is above it.</param>
        public BenchOffice(IRandomSource random, uint epoch)
        {
            _random = random;
            _epoch = epoch;
            SystemTitle office = MakeTitle("NCK");
            _tickets = new TicketMaker(office, bytes => Make(bytes.Length).CopyTo(bytes));
            _orders = new OrderMaker(office, bytes => Make(bytes.Length).CopyTo(bytes));
            Unit = MakeTitle("NCC");
            Meter = MakeTitle("NCM");
            _dk = Make(TicketMaker.KeyLength);
            _kek = Make(TicketMaker.KeyLength);
            _unitProofKey = Make(FactoryKeys.ProofKeyLength);
            _meterProofKey = Make(FactoryKeys.ProofKeyLength);
        }

        /// <summary>Title of the unit.</summary>
        public SystemTitle Unit { get; }

        /// <summary>Title of the metering unit.</summary>
        public SystemTitle Meter { get; }

        /// <summary>The epoch given out last.</summary>
        public uint Epoch => _epoch;

        /// <summary>The unit's record of factory keys, as enrolment leaves it (docs/pairing.md).</summary>
        public byte[] FactoryRecord => [.. Unit.ToArray(), .. _dk, .. _unitProofKey];

        /// <summary>An order of the bench to erase everything.</summary>
        public byte[] EraseOrder => [.. "NCB1"u8, .. Unit.ToArray(), .. "zeroise"u8];

        /// <summary>Makes the metering unit, not paired.</summary>
        /// <param name="store">What it keeps.</param>
        public MeteringUnitState MakeMeter(IDurableStore store)
        {
            return MeteringUnitState.MakeFactory(store, Meter.ToArray(), "HIL000000001", _kek, _meterProofKey, null);
        }

        /// <summary>A ticket for the two, above every one before.</summary>
        public Ticket NextTicket()
        {
            return _tickets.Pair(Meter, _kek, Unit, _dk, ++_epoch, UtilityTime.Never);
        }

        /// <summary>A ticket for this unit and a metering unit that is somewhere else.</summary>
        public Ticket ForeignTicket()
        {
            return _tickets.Pair(MakeTitle("NCM"), Make(TicketMaker.KeyLength), Unit, _dk, ++_epoch, UtilityTime.Never);
        }

        /// <summary>An order, above every one before.</summary>
        /// <param name="body">What it orders.</param>
        public Order NextOrder(OrderBody body)
        {
            byte[] draft = _orders.Write(new OrderRequest(Unit, Meter, body, UtilityTime.Never), ++_epoch);
            return _orders.Seal(draft, Unit, _dk);
        }

        /// <summary>Whether a receipt is the metering unit's own, for a ticket of this unit.</summary>
        public bool IsGood(Receipt receipt, Ticket ticket)
        {
            return receipt.IsAuthentic(_meterProofKey) && receipt.Meter == Meter && receipt.Unit == Unit
                && receipt.TicketId.Span.SequenceEqual(ticket.Id.Span);
        }

        /// <summary>Whether an answer is the unit's own, to an order.</summary>
        public bool IsGood(OrderAnswer answer, Order order)
        {
            return answer.IsAuthentic(_unitProofKey) && answer.Unit == Unit && answer.OrderId.Span.SequenceEqual(order.Id.Span);
        }

        /// <summary>Whether a record of an erasure is the unit's own.</summary>
        public bool IsGood(ErasureRecord record)
        {
            return record.IsAuthentic(_unitProofKey) && record.Unit == Unit;
        }

        private SystemTitle MakeTitle(string manufacturer)
        {
            byte[] title = Make(SystemTitle.Length);
            Encoding.ASCII.GetBytes(manufacturer, title);
            return new SystemTitle(title);
        }

        private byte[] Make(int length)
        {
            var bytes = new byte[length];
            _random.Fill(bytes, 0, length);
            return bytes;
        }
    }
}
