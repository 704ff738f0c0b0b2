using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Keys
{
    /// <summary>Takes what comes back from the field: receipts, erasure records, answers to orders.</summary>
    internal sealed class ProofDesk
    {
        private readonly LedgerDatabase _database;
        private readonly UnitTable _units;
        private readonly TicketTable _tickets;
        private readonly OrderTable _orders;
        private readonly Func<uint> _now;

        public ProofDesk(LedgerDatabase database, UnitTable units, TicketTable tickets, OrderTable orders, Func<uint> now)
        {
            _database = database;
            _units = units;
            _tickets = tickets;
            _orders = orders;
            _now = now;
        }

        /// <summary>Takes receipts, in one change: those that are good.</summary>
        public IReadOnlyList<TakenReceipt> Accept(IReadOnlyList<Receipt> receipts)
        {
            var taken = new List<TakenReceipt>(receipts.Count);
            _database.Change(() =>
            {
                taken.Clear();
                List<SystemTitle> meters = receipts.Select(receipt => receipt.Meter).Distinct().ToList();
                Dictionary<SystemTitle, LockedUnit> units = _units.Hold(meters);
                ILookup<SystemTitle, TicketEntry> entered = _tickets.Of(meters).ToLookup(ticket => ticket.Meter);
                HashSet<SystemTitle> withOrders = _orders.MetersWithOpen(meters);
                Dictionary<SystemTitle, List<TicketEntry>> known = meters.ToDictionary(meter => meter, meter => entered[meter].ToList());
                uint now = _now();
                foreach (Receipt receipt in receipts)
                {
                    List<TicketEntry> tickets = known[receipt.Meter];
                    TicketEntry ticket = tickets.Find(entry => entry.Epoch == receipt.Epoch);
                    string refusal = WhyNot(receipt, units.GetValueOrDefault(receipt.Meter), ticket);
                    taken.Add(new TakenReceipt(receipt, refusal is null ? ticket : null, refusal));
                    if (refusal is null)
                    {
                        Enter(receipt, ticket, tickets, withOrders.Contains(receipt.Meter), now);
                    }
                }
            });
            return taken;
        }

        /// <summary>Takes rows of a factory's report, in one change: those that are good.</summary>
        public IReadOnlyList<TakenWriting> Accept(IReadOnlyList<FactoryWriting> writings)
        {
            var taken = new List<TakenWriting>(writings.Count);
            _database.Change(() =>
            {
                taken.Clear();
                Dictionary<SystemTitle, LockedUnit> units = _units.Hold(writings.Select(writing => writing.Title));
                foreach (FactoryWriting writing in writings)
                {
                    LockedUnit unit = units.GetValueOrDefault(writing.Title);
                    string refusal = WhyNot(writing, unit);
                    taken.Add(new TakenWriting(writing, refusal is null ? unit.Unit : null, refusal));
                    DateTimeOffset time = UtilityTime.ToTime(writing.Time);
                    if (refusal is null && !(unit.Unit.Written >= time))
                    {
                        _units.SetWritten(writing.Title, writing.Time);
                        units[writing.Title] = new LockedUnit(unit.Unit with { Written = time }, unit.Keys);
                    }
                }
            });
            return taken;
        }

        /// <summary>Takes a unit's proof that it erased itself.</summary>
        /// <returns>The order to retire as it was before; null when the bench ordered it.</returns>
        public TicketEntry Accept(ErasureRecord record)
        {
            TicketEntry order = null;
            _database.Change(() =>
            {
                Unit unit = Hold(record.Unit, keys => record.IsAuthentic(keys.ProofKey), "the erasure record");
                if (!record.IsDone)
                {
                    throw new LedgerException(record.IsOfFirstVersion
                        ? "the erasure record is of version 1, which proves that erasing was begun, and not that it was done: give the "
                        + "unit new firmware and a new order to retire, or revoke it (kms revoke --cu)"
                        : "the erasure record proves nothing yet, the unit had not finished: give it power until it has, and read the "
                        + "record again");
                }

                order = record.Order == ErasureOrder.Ticket ? OrderOf(record) : null;
                UnitState state = record.Erased.HasFlag(Erased.FactoryKeys) ? UnitState.Erased : unit.State;
                _units.AddProof(unit, state, record.Bytes.ToArray());
                if (order is not null && order.State != TicketState.Done)
                {
                    _tickets.Close(order, record.Bytes.ToArray(), _now());
                }

                if (state == UnitState.Erased)
                {
                    _orders.Close(_orders.OpenOf(unit.Title), OrderState.Dead, _now());
                }
            });
            return order;
        }

        /// <summary>Takes the answer of a unit to an order.</summary>
        public TakenAnswer Accept(OrderAnswer answer)
        {
            TakenAnswer taken = null;
            _database.Change(() =>
            {
                Hold(answer.Unit, keys => answer.IsAuthentic(keys.ProofKey), "the answer");
                OrderEntry before = FindAnswered(answer);
                byte[] bytes = answer.Bytes.ToArray();
                IReadOnlyList<OrderEntry> settled = Settle(answer, before, bytes);
                OrderEntry now = before with { Result = answer.Result };
                if (before.IsTaken)
                {
                    bool isAnother = now.IsTaken && !bytes.AsSpan().SequenceEqual(_orders.AnswerTo(before));
                    taken = new TakenAnswer(before, before, isAnother, settled);
                    return;
                }

                if (now.IsTaken || before.State == OrderState.Open)
                {
                    now = now with { State = OrderState.Answered, Closed = UtilityTime.ToTime(_now()) };
                }

                _orders.Answer(now, bytes);
                taken = new TakenAnswer(before, now, false, settled);
            });
            return taken;
        }

        private static string NotHere(string what, ReadOnlyMemory<byte> ticketId)
        {
            return $"{what} is authentic, but its ticket {Convert.ToHexString(ticketId.Span)} is not in this ledger: another one made "
                + "it, or this one was restored from an older backup";
        }

        private string WhyNot(FactoryWriting writing, LockedUnit unit)
        {
            if (unit is null)
            {
                return $"{writing.Title} is not in the ledger";
            }

            try
            {
                using UnitKeys keys = _units.Open(unit);
                return writing.IsAuthentic(keys.ProofKey) ? null
                    : $"the row of {writing.Title} is not authentic: it was altered, or the unit got other keys since";
            }
            catch (LedgerException error)
            {
                return error.Message;
            }
        }

        private string WhyNot(Receipt receipt, LockedUnit meter, TicketEntry ticket)
        {
            string wrong = Issuing.WhyNotOfKind(meter?.Unit, receipt.Meter, UnitKind.Metering);
            if (wrong is not null)
            {
                return wrong;
            }

            try
            {
                using UnitKeys keys = _units.Open(meter);
                if (!receipt.IsAuthentic(keys.ProofKey))
                {
                    return $"the receipt is not authentic: the metering unit {receipt.Meter} did not make it, or it was altered on the way";
                }
            }
            catch (LedgerException error)
            {
                return error.Message;
            }

            if (ticket is null || ticket.Id != Convert.ToHexString(receipt.TicketId.Span))
            {
                return NotHere("the receipt", receipt.TicketId);
            }

            return (ticket.Kind, ticket.Unit) == (TicketKind.Pair, receipt.Unit) ? null
                : $"the receipt is authentic, but tells of other units than the ticket {ticket.Id}";
        }

        // The ticket was carried out, and those below it at its meter will not be. What is known of the meter's tickets is kept up
        // to date, for the next receipt of the same one.
        private void Enter(Receipt receipt, TicketEntry ticket, List<TicketEntry> tickets, bool hasOrders, uint now)
        {
            if (ticket.State != TicketState.Done)
            {
                _tickets.Close(ticket, receipt.Bytes.ToArray(), now);
            }

            bool isPairing = true;
            for (int i = 0; i < tickets.Count; i++)
            {
                TicketEntry other = tickets[i];
                bool isOpen = other.Kind == TicketKind.Pair && other.State is not (TicketState.Done or TicketState.Outdated);
                if (other == ticket)
                {
                    tickets[i] = ticket with { State = TicketState.Done };
                }
                else if (isOpen && other.Epoch < ticket.Epoch)
                {
                    _tickets.Outdate(other, now);
                    tickets[i] = other with { State = TicketState.Outdated };
                }

                isPairing &= other.Kind != TicketKind.Pair || other.State != TicketState.Done || other.Epoch <= ticket.Epoch;
            }

            if (hasOrders && isPairing)
            {
                _orders.CloseThoseOfOthers(ticket, now);
            }
        }

        // Finds a communication unit, keeps other clerks off it, and looks whether it made what is to be taken.
        private Unit Hold(SystemTitle title, Func<UnitKeys, bool> isAuthentic, string what)
        {
            LockedUnit unit = _units.Hold([title]).GetValueOrDefault(title);
            Issuing.Throw(Issuing.WhyNotOfKind(unit?.Unit, title, UnitKind.Communication));
            using UnitKeys keys = _units.Open(unit);
            return isAuthentic(keys) ? unit.Unit
                : throw new LedgerException($"{what} is not authentic: the unit {title} did not make it, or made it before it was "
                    + "enrolled last, or it was altered on the way");
        }

        private TicketEntry OrderOf(ErasureRecord record)
        {
            TicketEntry order = _tickets.Find(record.Unit, record.Epoch);
            string id = Convert.ToHexString(record.OrderId.Span);
            order = order?.Id == id ? order : _tickets.Find(id) ?? throw new LedgerException(NotHere("the erasure record", record.OrderId));
            return (order.Kind, order.Unit, order.Epoch) == (TicketKind.Retire, record.Unit, record.Epoch) ? order
                : throw new LedgerException($"the erasure record is authentic, but the ticket {order.Id} is no order to that "
                    + "unit to retire");
        }

        private OrderEntry FindAnswered(OrderAnswer answer)
        {
            string id = Convert.ToHexString(answer.OrderId.Span);
            OrderEntry order = _orders.Find(answer.Unit, answer.Number);
            order = order?.Id == id ? order : _orders.Find(answer.Number).FirstOrDefault(other => other.Id == id)
                ?? throw new LedgerException($"the answer is authentic, but its order {id} is not in this ledger: another one made it, "
                    + "or this one was restored from an older backup");
            bool isReport = order.Kind == OrderKind.Report && answer.Result == OrderResult.Done;
            return order.Unit == answer.Unit && isReport == answer.Report is not null ? order
                : throw new LedgerException(order.Unit == answer.Unit
                    ? $"the answer is authentic, but does not fit the order {id}, which "
                    + (isReport ? "asks for a report" : "asks for none")
                    : $"the answer is authentic, but the order {id} was for another unit, {order.Unit}");
        }

        // What an answer tells of orders whose own answers were lost: of the one recorded before it, and, as numbers rise, that
        // those between were not taken and never will be.
        private IReadOnlyList<OrderEntry> Settle(OrderAnswer answer, OrderEntry order, byte[] bytes)
        {
            var settled = new List<OrderEntry>();
            uint below = Math.Max(answer.NumberBefore + 1, order.Number);
            foreach (OrderEntry unsettled in _orders.Unsettled(order.Unit, answer.NumberBefore, below))
            {
                OrderResult? result = unsettled.Number == answer.NumberBefore ? answer.ResultBefore : OrderResult.Overtaken;
                if (result is not null && unsettled.Number != order.Number)
                {
                    OrderEntry now = unsettled with { Result = result };
                    now = now.IsTaken ? now with { State = OrderState.Answered } : now;
                    _orders.Answer(now, bytes);
                    settled.Add(now);
                }
            }

            return settled;
        }
    }
}
