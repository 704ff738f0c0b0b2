using System;
using NanoComm.Audit;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Policy;
using NanoComm.Records;

namespace NanoComm.Pairing
{
    /// <summary>
    /// Keeps this unit's pairing: which keys are active, which tickets wait, when to try them, and when another unit has
    /// taken the place (design of the pairing, "Rules at the CU"). It runs between two readings of the metering loop
    /// and shares its client. Refusals and timeouts erase nothing, for anyone on the line can make them up: only a
    /// pairing that became active erases tickets, and only a tombstone that verifies, an order to retire, or a bench
    /// erases a pairing.
    /// </summary>
    public sealed class PairingKeeper : ILineTask, IKeySource
    {
        /// <summary>What an order file begins with: "NCO1".</summary>
        internal const uint OrderMagic = 0x4E434F31;

        private const string Source = "pairing";
        private const long InboxInterval = 10000;
        private const long FirstRetry = 5000;
        private const long LastRetry = 600000;
        private const long FirstProbe = 60000;
        private const long LastProbe = 3600000;

        // A metering unit is deaf for a second after an authentication that failed.
        private const long ProbeDelay = 2000;

        private readonly IBoard _board;
        private readonly IClock _clock;
        private readonly MeterData _data;
        private readonly ISecurityLog _events;
        private readonly RouteBPolicy _policy;
        private readonly PairingObject _object;
        private readonly TicketProcedure _procedure;
        private readonly Tombstone _tombstone = new Tombstone();
        private readonly PairingReport _report;
        private ISignal _changed;
        private TicketSlots _tickets;
        private ActivePairing _active;
        private byte[] _ownTitle;

        // Title of the metering unit that was found at the line last, before that of the pairing's; null while unknown.
        private byte[] _here;
        private long _inboxAt;
        private long _retryAt = Deadline.Never;
        private long _retry = FirstRetry;
        private long _probeAt = Deadline.Never;
        private long _probeNotBefore;
        private long _probe = FirstProbe;
        private MeteringResult _lastResult;
        private bool _isWaiting;
        private bool _isSetAside;

        /// <summary>Takes up what is durable: finishes what a power cut broke off, and knows its state. Nothing is sent
        /// before <see cref="Attend"/>.</summary>
        /// <param name="board">Records, clock, ciphers, log.</param>
        /// <param name="client">The client of the metering loop.</param>
        /// <param name="data">Knows the time, for records.</param>
        /// <param name="events">Takes what matters to security.</param>
        /// <param name="policy">Closes the B route when the pairing has ended, or null.</param>
        public PairingKeeper(IBoard board, DlmsClient client, MeterData data, ISecurityLog events,
            RouteBPolicy policy = null)
        {
            _board = board;
            _clock = board.Clock;
            _data = data;
            _events = events;
            _policy = policy;
            _object = new PairingObject(client);
            _procedure = new TicketProcedure(client, _object);
            _report = new PairingReport(board.Store);
            Load();
        }

        /// <inheritdoc/>
        public SecurityContext Active => _active == null ? null : _active.Security;

        /// <summary>What a technician needs to know.</summary>
        public PairingState State { get; private set; }

        /// <summary>Why it is so.</summary>
        public PairingDetail Detail { get; private set; }

        /// <summary>Epoch of the active pairing, 0 without one.</summary>
        public uint Epoch => _active == null ? 0 : _active.Epoch;

        /// <summary>System title of the metering unit of the active pairing, or null.</summary>
        public byte[] MeterTitle => _active == null ? null : _active.MeterTitle;

        /// <summary>Whether a ticket for the metering unit at the line is between its commit and what that says to it: until
        /// then nobody knows which pairing is the last. Reads a record where a ticket waits.</summary>
        public bool IsExchanging => _tickets.IsCommitting(_active, _here);

        /// <summary>Takes orders out of the inbox; null where none are taken. Set it before the loop starts.</summary>
        internal IOrderInbox Orders { get; set; }

        /// <inheritdoc/>
        public int Generation { get; private set; }

        /// <inheritdoc/>
        public long NextDeadline
        {
            get
            {
                long next = _inboxAt < _retryAt ? _inboxAt : _retryAt;
                return next < _probeAt ? next : _probeAt;
            }
        }

        /// <summary>Whether a unit has factory keys; what a power cut left of an erasure counts too.</summary>
        /// <param name="store">Its records.</param>
        public static bool IsEnrolled(IDurableStore store)
        {
            return store.LengthOf(RecordCatalogue.FactoryKeys) >= 0;
        }

        /// <summary>Sets a signal whenever <see cref="State"/> or <see cref="Detail"/> is told. Call before the loop
        /// starts.</summary>
        public void Notify(ISignal changed)
        {
            _changed = changed;
        }

        /// <inheritdoc/>
        public bool Attend()
        {
            if (_clock.Milliseconds >= _inboxAt)
            {
                _inboxAt = _clock.Milliseconds + InboxInterval;
                TakeInbox();
            }

            if (_clock.Milliseconds >= _retryAt && !TryTickets())
            {
                return false;
            }

            return _clock.Milliseconds < _probeAt || Probe();
        }

        /// <inheritdoc/>
        public void Report(MeteringResult result)
        {
            if (result == MeteringResult.NoAnswer || result == MeteringResult.Stopping)
            {
                return;
            }

            if (result != _lastResult && result == MeteringResult.NotAuthentic)
            {
                _events.Add(SecurityEvent.NotAuthentic);
            }
            else if (result != _lastResult && result == MeteringResult.WrongUnit)
            {
                _events.Add(SecurityEvent.WrongUnit);

                // A ticket may wait for this one.
                _retryAt = _retryAt == Deadline.Never ? Deadline.Never : _clock.Milliseconds;
            }

            _lastResult = result;
            if (result == MeteringResult.Ok)
            {
                _probeAt = Deadline.Never;
                _probe = FirstProbe;
            }
            else if (result != MeteringResult.WrongUnit && _probeAt == Deadline.Never)
            {
                long soon = _clock.Milliseconds + ProbeDelay;
                _probeAt = soon > _probeNotBefore ? soon : _probeNotBefore;
            }
        }

        private void Load()
        {
            _retryAt = Deadline.Never;
            _active = ActivePairing.Read(_board);
            _tickets = new TicketSlots(_board);
            FactoryKeys factory = FactoryKeys.Read(_board);
            _ownTitle = factory != null ? factory.Title : _active != null ? _active.Security.ClientTitle : null;
            if (factory != null)
            {
                factory.Dk.Forget();
            }

            ErasureRecord erased = ErasureRecord.Read(_board.Store);
            if (erased != null && !erased.IsDone)
            {
                // What is left was to be erased: a pairing that is gone already would not keep a ticket shut.
                ForgetAll();
            }

            _tickets.DropOutdated(_active);
            _retry = FirstRetry;
            _here = _active != null ? _active.MeterTitle : _here;
            if (_tickets.Newest(_active, null, null) != null)
            {
                _retryAt = _clock.Milliseconds;
            }

            if (_active == null && _retryAt == Deadline.Never)
            {
                TellUnpaired(factory == null, erased);
            }
            else
            {
                TellLoaded();
            }
        }

        private void TellLoaded()
        {
            TicketSlot newest = NewestHere();
            if (newest != null)
            {
                Tell(PairingState.TicketLoaded, PairingDetail.None, newest);
            }
            else
            {
                TellPaired(_report.TicketOf(_active.Epoch, _active.MeterTitle));
            }
        }

        // The one that may be told of while nobody was asked who is at the line: one for another metering unit says nothing
        // of a pairing that there is.
        private TicketSlot NewestHere()
        {
            return _tickets.Newest(_active, null, _active == null ? null : _active.MeterTitle);
        }

        // A unit that was retired stays so, until it is given keys of the factory again or a ticket.
        private void TellUnpaired(bool isBlank, ErasureRecord erased)
        {
            if (erased != null && (isBlank || !erased.IsDone))
            {
                Tell(PairingState.Retired, erased.Order == ErasureOrderKind.Bench ? PairingDetail.ErasedByBench
                    : PairingDetail.RetiredByOrder, null, 0, null);
            }
            else if (_report.ToldState == PairingState.Retired && _report.ToldDetail == PairingDetail.Replaced)
            {
                Show(PairingState.Retired, PairingDetail.Replaced);
            }
            else
            {
                Tell(PairingState.Unpaired, isBlank ? PairingDetail.NoFactoryKeys : PairingDetail.None, null, 0, null);
            }
        }

        private bool TryTickets()
        {
            if (_tickets.Newest(_active, null, null) == null)
            {
                _retryAt = Deadline.Never;
                return true;
            }

            // Set before anything can go wrong.
            _retryAt = _clock.Milliseconds + _retry;
            DlmsResult known = _object.Identify(Active, out byte[] here);
            if (known != DlmsResult.Ok)
            {
                return WaitForRetry(_procedure.Judge(known), _procedure.Detail, NewestHere());
            }

            _here = here;
            TicketSlot newest = _tickets.Newest(_active, null, _here);
            if (newest == null)
            {
                return WaitForRetry(TicketOutcome.Refused, PairingDetail.WrongUnit,
                    IsActiveHere ? null : _tickets.Newest(_active, null, null));
            }

            // What the pairing keeps from being used would be let loose by one with another metering unit.
            if (!_tickets.DropOutdated(_active) && _active != null && !IsActiveHere)
            {
                return WaitForRetry(TicketOutcome.Refused, PairingDetail.StoreFailed, newest);
            }

            TellOfAttempt(PairingState.Pairing, PairingDetail.None, newest);
            TicketSlot other = _tickets.Newest(_active, newest, _here);
            TicketOutcome outcome = Try(newest, other, out PairingDetail detail);
            if (outcome == TicketOutcome.Preceded)
            {
                outcome = Try(other, newest, out detail);
                if (outcome == TicketOutcome.Committed)
                {
                    _retryAt = _clock.Milliseconds;
                    return true;
                }
            }
            else if (outcome == TicketOutcome.Refused && other != null && other.IsTaken)
            {
                outcome = Try(other, newest, out PairingDetail _);
            }

            return WaitForRetry(outcome, detail, _tickets.Newest(_active, null, _here));
        }

        private bool IsActiveHere => _active != null && SystemTitle.AreEqual(_active.MeterTitle, 0, _here, 0);

        // Says what became of an attempt, of a ticket or, over a pairing that works, of none.
        private bool WaitForRetry(TicketOutcome outcome, PairingDetail detail, TicketSlot slot)
        {
            if (outcome == TicketOutcome.Stopping)
            {
                return false;
            }

            if (_tickets.Newest(_active, null, null) == null)
            {
                return true;
            }

            _retryAt = _clock.Milliseconds + _retry;
            _retry = _retry * 2 > LastRetry ? LastRetry : _retry * 2;
            if (slot != null)
            {
                Refuse(detail, slot);
            }
            else if (detail == PairingDetail.WrongUnit)
            {
                SetAside();
            }

            return true;
        }

        // The tickets that wait are for other metering units than this one, with which the unit is paired.
        private void SetAside()
        {
            if (!_isWaiting)
            {
                TellPaired(_report.TicketOf(_active.Epoch, _active.MeterTitle));
            }

            if (!_isSetAside)
            {
                _isSetAside = true;
                _events.Add(SecurityEvent.WrongUnit);
                _board.Log.Write(LogLevel.Warning, Source, PairingText.Of(PairingState.Refused, PairingDetail.WrongUnit));
            }
        }
        private TicketOutcome Try(TicketSlot slot, TicketSlot other, out PairingDetail detail)
        {
            detail = PairingDetail.StoreFailed;
            if (!slot.Open())
            {
                return TicketOutcome.Refused;
            }

            TicketOutcome outcome = _procedure.Run(slot, other);
            if (outcome == TicketOutcome.Committed && !Activate(slot))
            {
                return TicketOutcome.Refused;
            }

            detail = _procedure.Detail;
            return outcome;
        }

        // The receipt first: it says what has happened, and the ticket brings us here again if the power is cut.
        private bool Activate(TicketSlot slot)
        {
            if (_procedure.Receipt.Names(slot.Security, slot.Epoch))
            {
                _procedure.Receipt.Keep(_board.Store);
            }

            ActivePairing pairing = ActivePairing.Adopt(_board.Store, slot);
            if (pairing == null)
            {
                return false;
            }

            ForgetActive();
            _active = pairing;
            byte[] id = slot.Id;
            _tickets.DropOutdated(_active);
            _events.Add(SecurityEvent.Paired);
            TellPaired(id);
            return true;
        }

        private void ForgetActive()
        {
            if (_active != null)
            {
                _active.Security.Forget();
            }

            _active = null;
            Generation++;
            _probeAt = Deadline.Never;
            _probe = FirstProbe;
            _lastResult = MeteringResult.Ok;
        }

        // Another unit may have taken the place of this one: the metering unit has a word for that under our keys, and
        // tells it to anyone.
        private bool Probe()
        {
            _probeAt = Deadline.Never;
            _probeNotBefore = _clock.Milliseconds + _probe;
            _probe = _probe * 2 > LastProbe ? LastProbe : _probe * 2;
            DlmsResult result = _object.ReadTombstone(_tombstone);
            if (result == DlmsResult.Ok && _active != null && _tombstone.Ends(_active))
            {
                Retire();
            }

            return result != DlmsResult.Stopping;
        }

        // The pairing goes last: until then, whatever the power cut leaves, the tombstone is read again.
        private void Retire()
        {
            uint epoch = _tombstone.Epoch;
            byte[] meterTitle = _active.MeterTitle;
            if ((_policy != null && !_policy.CloseAll()) || !_tickets.Bury(_active, epoch))
            {
                Tell(PairingState.Refused, PairingDetail.StoreFailed, meterTitle, epoch, null);
                return;
            }

            if (_tickets.Newest(null, null, null) == null)
            {
                Tell(PairingState.Retired, PairingDetail.Replaced, meterTitle, epoch, null);
            }

            if (_board.Store.Delete(RecordCatalogue.ActivePairing))
            {
                ForgetActive();
                _events.Add(SecurityEvent.Retired);
            }
        }

        private void TakeInbox()
        {
            int length = _board.Store.LengthOf(RecordCatalogue.Inbox);
            if (length < 0)
            {
                _isWaiting = false;
                return;
            }

            // A buffer for as long as it takes: files come a few times in a unit's life.
            var file = new byte[length];
            if (_board.Store.Read(RecordCatalogue.Inbox, file) != length)
            {
                return;
            }

            bool isTaken = Ticket.IsTicket(file, length) ? TakeTicket(file)
                : BenchOrder.IsOrder(file, length) ? TakeBenchOrder(file)
                : Orders != null && IsOrder(file) ? Orders.Take(file)
                : RefuseTicket(PairingDetail.BadTicket);
            Array.Clear(file, 0, length);
            if (isTaken)
            {
                _isWaiting = false;
                _board.Store.Delete(RecordCatalogue.Inbox);
            }
        }

        private static bool IsOrder(byte[] file)
        {
            return file.Length >= 4 && BigEndian.ReadU32(file, 0) == OrderMagic;
        }

        private bool TakeTicket(byte[] file)
        {
            FactoryKeys factory = FactoryKeys.Read(_board);
            if (factory == null)
            {
                return RefuseTicket(PairingDetail.NoFactoryKeys);
            }

            _ownTitle = factory.Title;
            Ticket ticket = Ticket.Open(file, file.Length, factory.Title, factory.Dk, _board);
            factory.Dk.Forget();
            if (ticket == null)
            {
                return RefuseTicket(PairingDetail.BadTicket);
            }

            bool isTaken = ticket.Kind == TicketKind.Retire ? TakeRetirement(ticket) : TakePairing(ticket, file);
            ticket.Clear();
            return isTaken;
        }

        private bool TakePairing(Ticket ticket, byte[] file)
        {
            // Opening it once more would start its counter again.
            bool isOurs = IsOfThePairing(ticket);
            if (_tickets.Has(ticket.Id) || (isOurs && ticket.Epoch == _active.Epoch))
            {
                return true;
            }

            if (_tickets.IsReplaced(ticket.Epoch, ticket.MeterTitle))
            {
                return RefuseTicket(PairingDetail.NewerTicket, ticket);
            }

            bool mustWait = false;
            TicketSlot slot = isOurs && ticket.Epoch < _active.Epoch ? null
                : _tickets.PlaceFor(ticket, _active, _here ?? ticket.MeterTitle, out mustWait);
            if (mustWait)
            {
                return LetWait(ticket);
            }

            if (slot == null)
            {
                return RefuseTicket(PairingDetail.NotNewer, ticket);
            }

            if (!slot.Put(ticket, file, _ownTitle))
            {
                RefuseTicket(PairingDetail.StoreFailed, ticket);
                return false;
            }

            _events.Add(SecurityEvent.TicketLoaded);
            _retry = FirstRetry;
            _retryAt = _clock.Milliseconds;
            _isSetAside = false;
            TellLoaded();
            return true;
        }

        // It stays in the inbox, and those that are in its way are tried at once.
        private bool LetWait(Ticket ticket)
        {
            _isWaiting = true;
            if (Tell(PairingState.TicketLoaded, PairingDetail.TicketWaits, ticket.MeterTitle, ticket.Epoch, ticket.Id))
            {
                _retryAt = _clock.Milliseconds;
            }

            return false;
        }

        private bool TakeRetirement(Ticket ticket)
        {
            // A newer pairing or ticket says that the order was overtaken, or the epoch that replaced the pairing.
            if (Epoch > ticket.Epoch || _tickets.HasAbove(ticket.Epoch)
                || _tickets.IsReplaced(ticket.Epoch, ticket.MeterTitle))
            {
                return RefuseTicket(PairingDetail.NotNewer, ticket);
            }

            Show(PairingState.Retired, PairingDetail.RetiredByOrder);
            return Erase(new ErasureOrder(ErasureOrderKind.Ticket)
            {
                Id = ticket.Id, Epoch = ticket.Epoch, MeterTitle = ticket.MeterTitle,
            });
        }

        private bool TakeBenchOrder(byte[] file)
        {
            if (_ownTitle == null || !BenchOrder.IsFor(file, file.Length, _ownTitle))
            {
                return RefuseTicket(PairingDetail.BadTicket);
            }

            _events.Add(SecurityEvent.BenchOrder);
            Show(PairingState.Retired, PairingDetail.ErasedByBench);
            return Erase(new ErasureOrder(ErasureOrderKind.Bench));
        }

        // What is in memory goes first: not every board restarts at once.
        private bool Erase(ErasureOrder order)
        {
            order.Time = Now();
            ForgetAll();
            if (new Erasure(_board).Begin(order))
            {
                return true;
            }

            Load();
            RefuseTicket(PairingDetail.StoreFailed);
            return false;
        }

        private void ForgetAll()
        {
            ForgetActive();
            _tickets.Forget();
        }

        // COSEM date-time, or null while it is not known.
        private byte[] Now()
        {
            var snapshot = new MeterSnapshot(_data.ClockRate);
            _data.CopyTo(snapshot);
            long time = snapshot.Clock.Now(_clock.Milliseconds);
            if (time == MeterTime.Unknown)
            {
                return null;
            }

            var bytes = new byte[CosemTime.Length];
            CosemTime.Write(time, bytes);
            return bytes;
        }

        private bool IsOfThePairing(Ticket ticket)
        {
            return _active != null && SystemTitle.AreEqual(ticket.MeterTitle, 0, _active.MeterTitle, 0);
        }

        private bool RefuseTicket(PairingDetail detail)
        {
            return RefuseTicket(Tell(PairingState.Refused, detail, null, 0, null));
        }

        private bool RefuseTicket(PairingDetail detail, Ticket ticket)
        {
            return RefuseTicket(Tell(PairingState.Refused, detail, ticket.MeterTitle, ticket.Epoch, ticket.Id));
        }

        // True, for it is done with.
        private bool RefuseTicket(bool isNews)
        {
            if (isNews)
            {
                _events.Add(SecurityEvent.TicketRefused);
            }

            return true;
        }

        private void Refuse(PairingDetail detail, TicketSlot slot)
        {
            _isSetAside |= detail == PairingDetail.WrongUnit;
            if (TellOfAttempt(PairingState.Refused, detail, slot))
            {
                _events.Add(detail == PairingDetail.NotAuthentic ? SecurityEvent.NotAuthentic
                    : detail == PairingDetail.WrongUnit ? SecurityEvent.WrongUnit
                    : SecurityEvent.PairingRefused);
            }
        }

        private void TellPaired(byte[] id)
        {
            Tell(PairingState.Paired, PairingDetail.None, _active.MeterTitle, _active.Epoch, id);
        }

        // While a ticket waits, that is what a technician needs to know.
        private bool TellOfAttempt(PairingState state, PairingDetail detail, TicketSlot slot)
        {
            return !_isWaiting && Tell(state, detail, slot);
        }

        private bool Tell(PairingState state, PairingDetail detail, TicketSlot slot)
        {
            return Tell(state, detail, slot.MeterTitle, slot.Epoch, slot.Id);
        }

        private bool Tell(PairingState state, PairingDetail detail, byte[] meterTitle, uint epoch, byte[] id)
        {
            Show(state, detail);
            bool isNews = _report.Tell(state, detail, _ownTitle, meterTitle, epoch, id, _tickets, _active);
            if (isNews)
            {
                bool isWarning = state != PairingState.Paired && state != PairingState.Pairing
                    && state != PairingState.TicketLoaded;
                _board.Log.Write(isWarning ? LogLevel.Warning : LogLevel.Info, Source, PairingText.Of(state, detail));
            }

            return isNews;
        }

        private void Show(PairingState state, PairingDetail detail)
        {
            State = state;
            Detail = detail;
            if (_changed != null)
            {
                _changed.Set();
            }
        }
    }
}
