using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>Makes tickets and orders, and enters each before it may leave.</summary>
    internal sealed class Issuing
    {
        private readonly SystemTitle _keyManagement;
        private readonly Numbering _numbering;
        private readonly UnitTable _units;
        private readonly TicketTable _tickets;
        private readonly OrderTable _orders;

        public Issuing(SystemTitle keyManagement, Numbering numbering, UnitTable units, TicketTable tickets, OrderTable orders)
        {
            _keyManagement = keyManagement;
            _numbering = numbering;
            _units = units;
            _tickets = tickets;
            _orders = orders;
        }

        /// <summary>Looks whether a ticket can be made.</summary>
        /// <param name="request">The ticket.</param>
        /// <param name="meter">Its metering unit; null when that is not in the ledger.</param>
        /// <param name="unit">Its communication unit, likewise.</param>
        /// <param name="now">The time.</param>
        /// <returns>Why not; null when it can.</returns>
        public static string WhyNot(in TicketRequest request, Unit meter, Unit unit, uint now)
        {
            string wrong = WhyNotOfKind(meter, request.Meter, UnitKind.Metering)
                ?? WhyNotOfKind(unit, request.Unit, UnitKind.Communication);
            if (wrong is not null)
            {
                return wrong;
            }

            if (unit.State == UnitState.Erased)
            {
                return $"{unit.Title} has erased its factory keys: it could not read a ticket; enroll it again first";
            }

            if (request.Kind == TicketKind.Retire)
            {
                return null;
            }

            return unit.State == UnitState.Revoked ? $"{unit.Title} was revoked: no ticket to pair is made for it"
                : request.NotAfter < now ? $"{Local(request.NotAfter)} is over: no meter would take the ticket" : null;
        }

        /// <summary>Looks whether an order can be made.</summary>
        /// <returns>Why not; null when it can.</returns>
        public static string WhyNot(OrderRequest request, Unit meter, Unit unit, uint now)
        {
            string wrong = WhyNotOfKind(meter, request.Meter, UnitKind.Metering)
                ?? WhyNotOfKind(unit, request.Unit, UnitKind.Communication);
            if (wrong is not null)
            {
                return wrong;
            }

            if (unit.State != UnitState.Enrolled)
            {
                return unit.State == UnitState.Erased
                    ? $"{unit.Title} has erased its factory keys: it could not read an order; enroll it again first"
                    : $"{unit.Title} was revoked: no order is made for it";
            }

            return request.NotAfter < now ? $"{Local(request.NotAfter)} is over: no unit would take the order" : null;
        }

        /// <summary>Looks whether a unit is what it is taken for.</summary>
        /// <returns>Why not; null when it is.</returns>
        public static string WhyNotOfKind(Unit unit, SystemTitle title, UnitKind kind)
        {
            if (unit is null)
            {
                return $"{title} is not in the ledger: enroll it first";
            }

            return unit.Kind == kind ? null
                : kind == UnitKind.Metering
                ? $"{title} is a communication unit, where a metering unit is wanted"
                : $"{title} is a metering unit, where a communication unit is wanted";
        }

        /// <summary>Makes tickets, all or none, in one change.</summary>
        public IReadOnlyList<IssuedTicket> Issue(IReadOnlyList<TicketRequest> requests, bool allowJump)
        {
            var issued = new List<IssuedTicket>(requests.Count);
            _numbering.Give(allowJump, numbers =>
            {
                issued.Clear();
                SystemTitle[] titles = requests.SelectMany(request => new[] { request.Meter, request.Unit }).ToArray();
                Dictionary<SystemTitle, LockedUnit> units = _units.Hold(titles);
                Dictionary<SystemTitle, OrderEntry> open = _orders.OpenOf(requests.Select(request => request.Unit));
                numbers.Load(titles);
                var maker = new TicketMaker(_keyManagement);
                foreach (TicketRequest request in requests)
                {
                    IssuedTicket ticket = Make(maker, request, units, numbers);
                    issued.Add(FollowUp(ticket, open, units, numbers));
                }

                _tickets.Add(issued, numbers.Now);
            });
            return issued;
        }

        /// <summary>Makes an order, in place of the one that is open for the unit.</summary>
        public IssuedOrder Issue(OrderRequest request, bool allowJump)
        {
            IssuedOrder issued = null;
            _numbering.Give(allowJump, numbers =>
            {
                SystemTitle[] titles = [request.Meter, request.Unit];
                Dictionary<SystemTitle, LockedUnit> units = _units.Hold(titles);
                Throw(WhyNot(request, units.GetValueOrDefault(request.Meter)?.Unit, units.GetValueOrDefault(request.Unit)?.Unit,
                    numbers.Now));
                numbers.Load(titles);
                issued = Enter(request, _orders.OpenOf(request.Unit), units[request.Unit], numbers);
            });
            return issued;
        }

        /// <summary>Makes the open order of a unit once more: the same bytes.</summary>
        public IssuedOrder Again(OrderEntry open, Unit unit)
        {
            byte[] draft = _orders.DraftOf(open);
            using UnitKeys keys = _units.KeysOf(unit);
            Order order = new OrderMaker(_keyManagement).Seal(draft, open.Unit, keys.WrappingKey);
            CryptographicOperations.ZeroMemory(draft);
            return new IssuedOrder(open, order, null);
        }

        /// <summary>Says why not, where there is a reason.</summary>
        /// <exception cref="LedgerException">There is.</exception>
        public static void Throw(string reason)
        {
            if (reason is not null)
            {
                throw new LedgerException(reason);
            }
        }

        /// <summary>Whether an order that is open for a ticket's unit goes on with it. At another meter is another household: what
        /// was ordered for the one is not to be carried there.</summary>
        public static bool GoesOn(OrderEntry open, in TicketRequest ticket, uint now)
        {
            return ticket.Kind == TicketKind.Pair && ticket.Meter == open.Meter && EndOf(open) >= now;
        }

        private static uint EndOf(OrderEntry order)
        {
            return order.NotAfter is DateTimeOffset end ? UtilityTime.FromTime(end) : UtilityTime.Never;
        }

        private static string Local(uint seconds) => $"{UtilityTime.ToTime(seconds).ToLocalTime():yyyy-MM-dd HH:mm}";

        private IssuedTicket Make(TicketMaker maker, in TicketRequest request, Dictionary<SystemTitle, LockedUnit> units, Numbers numbers)
        {
            LockedUnit meter = units.GetValueOrDefault(request.Meter);
            LockedUnit unit = units.GetValueOrDefault(request.Unit);
            Throw(WhyNot(request, meter?.Unit, unit?.Unit, numbers.Now));
            uint epoch = numbers.Next(request.Meter, request.Unit);
            using UnitKeys unitKeys = _units.Open(unit);
            if (request.Kind == TicketKind.Retire)
            {
                return new IssuedTicket(request, epoch, maker.Retire(request.Meter, request.Unit, unitKeys.WrappingKey, epoch));
            }

            using UnitKeys meterKeys = _units.Open(meter);
            return new IssuedTicket(request, epoch, maker.Pair(request.Meter, meterKeys.WrappingKey, request.Unit, unitKeys.WrappingKey,
                epoch, request.NotAfter));
        }

        // The order that is open for a ticket's unit.
        private IssuedTicket FollowUp(IssuedTicket ticket, Dictionary<SystemTitle, OrderEntry> openOrders,
            Dictionary<SystemTitle, LockedUnit> units, Numbers numbers)
        {
            if (!openOrders.Remove(ticket.Request.Unit, out OrderEntry open))
            {
                return ticket;
            }

            if (!GoesOn(open, ticket.Request, numbers.Now))
            {
                return ticket with { Dead = _orders.Close(open, OrderState.Dead, numbers.Now) };
            }

            byte[] draft = _orders.DraftOf(open);
            using OrderBody body = OrderMaker.BodyOf(draft);
            CryptographicOperations.ZeroMemory(draft);
            LockedUnit unit = units[open.Unit];
            var request = new OrderRequest(open.Unit, ticket.Request.Meter, body, EndOf(open));
            Throw(WhyNot(request, units[request.Meter].Unit, unit.Unit, numbers.Now));
            IssuedOrder anew = Enter(request, open, unit, numbers);
            openOrders[open.Unit] = anew.Entry;
            return ticket with { Anew = anew };
        }

        private IssuedOrder Enter(OrderRequest request, OrderEntry open, LockedUnit unit, Numbers numbers)
        {
            uint number = numbers.Next(request.Meter, request.Unit);
            OrderEntry replaced = _orders.Close(open, OrderState.Replaced, numbers.Now);
            var maker = new OrderMaker(_keyManagement);
            byte[] draft = maker.Write(request, number);
            using UnitKeys keys = _units.Open(unit);
            Order order = maker.Seal(draft, request.Unit, keys.WrappingKey);
            var entry = new OrderEntry(number, Convert.ToHexString(order.Id.Span), request.Body.Kind, request.Unit, request.Meter,
                request.NotAfter == UtilityTime.Never ? null : UtilityTime.ToTime(request.NotAfter), UtilityTime.ToTime(numbers.Now),
                OrderState.Open, null, null);
            _orders.Add(entry, draft);
            CryptographicOperations.ZeroMemory(draft);
            return new IssuedOrder(entry, order, replaced);
        }
    }
}
