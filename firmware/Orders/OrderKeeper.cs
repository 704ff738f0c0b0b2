using NanoComm.Audit;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Pairing;
using NanoComm.Policy;

namespace NanoComm.Orders
{
    /// <summary>
    /// Obeys what the utility orders, once, and answers it (docs/orders.md). Orders come from the metering unit's Order
    /// box, which is asked every five minutes, and by hand through the inbox. An order is written down before it has any
    /// effect, and its answer before it leaves: whatever the power does, it is not taken, or taken and answered. It runs
    /// in front of the keeper of the pairing, between two readings of the metering loop.
    /// </summary>
    public sealed class OrderKeeper : ILineTask, IOrderInbox
    {
        private const string Source = "orders";
        private const long Interval = 300000;
        private const uint NoEnd = 0xFFFFFFFF;

        // Of 2020-01-01 00:00:00 UTC, by the metering clock: seconds since 2000-01-01 00:00:00 in Japan.
        private const long Epoch = (7305L * MeterTime.Day) + (9 * 3600);

        private readonly IBoard _board;
        private readonly DlmsClient _client;
        private readonly PairingKeeper _pairing;
        private readonly OrderBox _box;
        private readonly RouteBPolicy _policy;
        private readonly IRouteBReport _report;
        private readonly ITimeSource _time;
        private readonly ISecurityLog _events;

        // When the box is asked next, and what failed is tried again.
        private long _turnAt;
        private int _generation;

        // The record's order is to be carried out; its answer is to be handed over.
        private bool _isTaken;
        private bool _isUnanswered;

        // The answer to an order that is not recorded, until it is handed over; null for none.
        private byte[] _passing;

        // Of the last file that changed nothing.
        private uint _refused;
        private bool _isStoreTold;

        /// <summary>Makes it; what a power cut broke off goes on with <see cref="GoOn"/>.</summary>
        /// <param name="board">Records, clock, ciphers, log.</param>
        /// <param name="client">The client of the metering loop.</param>
        /// <param name="pairing">Attends to the pairing, and hands over what comes into its inbox.</param>
        /// <param name="policy">Takes the effects.</param>
        /// <param name="report">Tells the state of the customer side.</param>
        /// <param name="time">Tells the metering clock.</param>
        /// <param name="events">Takes what matters to security.</param>
        public OrderKeeper(IBoard board, DlmsClient client, PairingKeeper pairing, RouteBPolicy policy, IRouteBReport report,
            ITimeSource time, ISecurityLog events)
        {
            _board = board;
            _client = client;
            _pairing = pairing;
            _policy = policy;
            _report = report;
            _time = time;
            _events = events;
            _box = new OrderBox(client);
            _generation = pairing.Generation;
            pairing.Orders = this;
            OrderRecord last = OrderRecord.Read(board.Store);
            _isTaken = last != null && last.IsTaken;
            _isUnanswered = last != null && last.IsUnanswered;
        }

        /// <inheritdoc/>
        public int Generation => _pairing.Generation;

        /// <inheritdoc/>
        public long NextDeadline
        {
            get
            {
                long next = _pairing.NextDeadline;
                return (_isTaken || IsAtLine) && _turnAt < next ? _turnAt : next;
            }
        }

        /// <inheritdoc/>
        public bool Attend()
        {
            if (_isTaken && _board.Clock.Milliseconds >= _turnAt)
            {
                GoOn();
            }

            if (!_pairing.Attend())
            {
                return false;
            }

            if (_generation != _pairing.Generation)
            {
                _generation = _pairing.Generation;
                _turnAt = 0;
            }

            return _board.Clock.Milliseconds < _turnAt || !IsAtLine || AskBox();
        }

        /// <inheritdoc/>
        bool IOrderInbox.Take(byte[] file)
        {
            bool mustWait = !IsAtLine || (_isStoreTold && _board.Clock.Milliseconds < _turnAt);
            bool isDone = !mustWait && Obey(file);
            if (isDone)
            {
                _turnAt = 0;
            }

            return isDone;
        }

        // Whether the association that reads is there: the loop opens it. It proves that the active pairing is the one that
        // the metering unit has committed, whatever becomes of tickets that wait.
        private bool IsAtLine
        {
            get
            {
                SecurityContext active = _pairing.Active;
                return active != null && _client.IsAssociatedWith(MeteringUnit.ActivePairingSap, active);
            }
        }

        /// <summary>Carries out what a power cut or the store broke off. Before the paths serve: who was cut off is not to be
        /// served meanwhile.</summary>
        public void GoOn()
        {
            OrderRecord record = _isTaken ? OrderRecord.Read(_board.Store) : null;
            Order order = record == null || !record.IsTaken ? null : Order.Open(_board, record.Bytes, OrderRecord.Content);

            // A unit that was given other keys meanwhile has the number left of it.
            _isTaken = order != null;
            if (!_isTaken)
            {
                return;
            }

            if (record.IsFor(_pairing.MeterTitle))
            {
                CarryOut(record, order);
            }
            else
            {
                Finish(record, OrderResult.WrongMeter, null);
            }

            order.Clear();
        }

        private bool AskBox()
        {
            _turnAt = _board.Clock.Milliseconds + Interval;
            DlmsResult result = HandOver();
            byte[] file = null;
            if (result != DlmsResult.Stopping)
            {
                result = _box.Ask(out bool waits);
                if (waits)
                {
                    result = _box.Read(out file);
                }
            }

            if (file != null && Obey(file))
            {
                result = HandOver();
            }

            return result != DlmsResult.Stopping;
        }

        /// <summary>Obeys an order, where it is known that the metering unit of the pairing is at the line.</summary>
        /// <param name="file">The order file.</param>
        /// <returns>False when it has to wait.</returns>
        internal bool Obey(byte[] file)
        {
            int at = Order.Find(file);
            Order order = at < 0 ? null : Order.Open(_board, file, at);
            if (order == null)
            {
                if (IsNews(file))
                {
                    _events.Add(SecurityEvent.OrderUnreadable);
                    _board.Log.Write(LogLevel.Warning, Source, "an order was damaged, or not made for this unit: not obeyed");
                }

                return true;
            }

            bool isDone = Obey(order, file, at);
            order.Clear();
            return isDone;
        }

        private bool Obey(Order order, byte[] file, int at)
        {
            OrderRecord last = OrderRecord.Read(_board.Store);
            if (last != null && last.IsOf(order))
            {
                if (last.IsTaken)
                {
                    GoOn();
                }
                else
                {
                    _isUnanswered = true;
                }

                return !_isTaken;
            }

            // What was taken before is finished before another one takes its place.
            if (_isTaken)
            {
                return false;
            }

            // The metering clock was not read yet.
            bool isTimeKnown = _time.TryTell(_board.Clock.Milliseconds, out uint now);
            if (!isTimeKnown && order.NotAfter != NoEnd)
            {
                return false;
            }

            var record = new OrderRecord(order, file, at, last);
            if (last != null && order.Number <= last.Number)
            {
                _passing = Answer(record, OrderResult.Overtaken, null);
                if (IsNews(file))
                {
                    Tell(OrderResult.Overtaken);
                }

                return true;
            }

            // Whatever is refused is recorded: it is not to have any effect later, with another pairing or another firmware.
            OrderResult refusal = !order.IsFor(_pairing.MeterTitle) ? OrderResult.WrongMeter
                : order.Number <= _pairing.Epoch ? OrderResult.Overtaken
                : order.NotAfter != NoEnd && now > Epoch + order.NotAfter ? OrderResult.Expired
                : OrderResult.Done;
            if (refusal != OrderResult.Done)
            {
                return Finish(record, refusal, null);
            }

            if (!record.Take(_board.Store))
            {
                return TellStore();
            }

            _isTaken = true;
            _isUnanswered = false;
            return CarryOut(record, order);
        }

        private bool CarryOut(OrderRecord record, Order order)
        {
            OrderResult result = OrderEffect.Apply(_policy, order);
            if (result == OrderResult.StoreFailed)
            {
                return TellStore();
            }

            bool isReport = result == OrderResult.Done && order.Kind == OrderKind.Report;
            return Finish(record, result, isReport ? _report : null);
        }

        private bool Finish(OrderRecord record, OrderResult result, IRouteBReport report)
        {
            byte[] answer = Answer(record, result, report);
            if (!record.Finish(_board.Store, result, answer))
            {
                return TellStore();
            }

            _isTaken = false;
            _isUnanswered = true;
            _isStoreTold = false;
            Tell(result);
            return true;
        }

        private byte[] Answer(OrderRecord record, OrderResult result, IRouteBReport report)
        {
            long time = _time.TryTell(_board.Clock.Milliseconds, out uint seconds) ? seconds : MeterTime.Unknown;
            return OrderAnswer.Make(_board, record, result, time, _pairing.Epoch, report);
        }

        // What the metering unit does not take is tried again at the next turn.
        private DlmsResult HandOver()
        {
            DlmsResult result = DlmsResult.Ok;
            if (_passing != null)
            {
                result = _box.Answer(_passing, 0, _passing.Length);
                _passing = result == DlmsResult.Ok ? null : _passing;
            }

            // The last, for it names what was before.
            OrderRecord last = _isUnanswered ? OrderRecord.Read(_board.Store) : null;
            _isUnanswered = last != null;
            if (_isUnanswered && result != DlmsResult.Stopping)
            {
                result = _box.Answer(last.Bytes, OrderRecord.Content, last.Bytes.Length - OrderRecord.Content);
                _isUnanswered = result != DlmsResult.Ok || (last.IsUnanswered && !last.HandOver(_board.Store));
            }

            return result;
        }

        private void Tell(OrderResult result)
        {
            bool isDone = result == OrderResult.Done;
            _events.Add(isDone ? SecurityEvent.OrderDone : SecurityEvent.OrderRefused);
            _board.Log.Write(isDone ? LogLevel.Info : LogLevel.Warning, Source, TextOf(result));
        }

        // Who gives the same file again and again is told of once.
        private bool IsNews(byte[] file)
        {
            uint mark = Crc32.Compute(file, 0, file.Length);
            bool isNews = mark != _refused;
            _refused = mark;
            return isNews;
        }

        // False, for it has to wait.
        private bool TellStore()
        {
            _turnAt = _board.Clock.Milliseconds + Interval;
            if (!_isStoreTold)
            {
                _isStoreTold = true;
                _events.Add(SecurityEvent.OrderRefused);
                _board.Log.Write(LogLevel.Error, Source, "the unit's store did not take an order; trying again");
            }

            return false;
        }

        private static string TextOf(OrderResult result)
        {
            switch (result)
            {
                case OrderResult.Done:
                    return "an order was carried out";
                case OrderResult.Overtaken:
                    return "an order was refused: a newer order or pairing has overtaken it";
                case OrderResult.Expired:
                    return "an order was refused: it came after its end";
                case OrderResult.UnknownKind:
                    return "an order was refused: this firmware does not know its kind";
                case OrderResult.SecurityNotAllowed:
                    return "an order was refused: open networks, WEP and TKIP are not used";
                case OrderResult.NoPath:
                    return "an order was refused: the board has no such path, radio or role";
                case OrderResult.NoPlace:
                    return "an order was refused: the list of terminals is full";
                case OrderResult.WrongMeter:
                    return "an order was refused: it is not for the metering unit of the pairing";
                default:
                    return "an order was refused: it is malformed";
            }
        }
    }
}
