using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NanoComm.Keys
{
    /// <summary>
    /// The key management's memory: units with their keys, and every ticket and order ever made. A ticket's epoch and an order's
    /// number are above all that were given before for the same units, and the row is on the medium before the ticket or the order
    /// leaves: none is given out twice.
    /// </summary>
    public sealed class Ledger : IDisposable
    {
        internal const int UnitsAtOnce = 10_000;

        private readonly LedgerDatabase _database;
        private readonly LedgerKey _key;
        private readonly UnitTable _units;
        private readonly TicketTable _tickets;
        private readonly OrderTable _orders;
        private readonly Numbering _numbering;
        private readonly Issuing _issuing;
        private readonly ProofDesk _proofs;
        private readonly TimeProvider _clock;

        private Ledger(LedgerDatabase database, TimeProvider clock)
        {
            _database = database;
            _clock = clock ?? TimeProvider.System;
            _key = new LedgerKey(database);
            _units = new UnitTable(database, _key);
            _tickets = new TicketTable(database);
            _orders = new OrderTable(database, _key);
            _numbering = new Numbering(database, () => Now);
            _issuing = new Issuing(_key.KeyManagement, _numbering, _units, _tickets, _orders);
            _proofs = new ProofDesk(database, _units, _tickets, _orders, () => Now);
        }

        internal LedgerDatabase Database => _database;

        private uint Now
        {
            get
            {
                DateTimeOffset now = _clock.GetUtcNow();
                return now > UtilityTime.ToTime(0) && now <= UtilityTime.Last
                    ? UtilityTime.FromTime(now)
                    : throw new LedgerException($"this computer's clock says {now:yyyy-MM-dd}: set it");
            }
        }

        /// <summary>Makes a new ledger.</summary>
        /// <param name="address">A file that is not there yet, or a server's database that has none: see
        /// <see cref="LedgerAddress"/>.</param>
        /// <param name="keyManagement">The title under which it is to make tickets.</param>
        /// <param name="passphrase">12 characters or more.</param>
        /// <exception cref="LedgerException">It cannot be made.</exception>
        public static void Create(string address, SystemTitle keyManagement, string passphrase)
        {
            PassphraseScheme.Check(passphrase);
            PassphraseScheme scheme = PassphraseScheme.MakeUp();
            using SealingKey derived = scheme.Derive(passphrase);
            try
            {
                if (!LedgerAddress.Parse(address).TryCreate(
                    database => LedgerKey.Enter(database, keyManagement, scheme, derived)))
                {
                    throw new LedgerException($"{address} is there already: a new ledger does not take the place of one");
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new LedgerException($"the ledger {address} cannot be made: {error.Message.TrimEnd('.')}", error);
            }
        }

        /// <summary>What a new ledger's owner is to do for it.</summary>
        public static string DescribeCare(string address)
        {
            return LedgerAddress.Parse(address) is FileAddress
                ? $"Keep backups of it, and {SqliteLedger.MarkOf(address)} where it is."
                : "Keep backups of the server. Give clerks and readers their rights (kms roles).";
        }

        /// <summary>Opens a ledger.</summary>
        /// <param name="address">A file, or where on a server it is: see <see cref="LedgerAddress"/>.</param>
        /// <param name="passphrase">Its passphrase; null to leave the keys locked, which is enough for looking.</param>
        /// <param name="clock">The time; null for the computer's.</param>
        /// <exception cref="LedgerException">There is none, or the passphrase is wrong.</exception>
        public static Ledger Open(string address, string passphrase, TimeProvider clock = null)
        {
            return OpenWith(address, passphrase is null ? null : scheme => scheme.Derive(passphrase), clock);
        }

        /// <summary>Opens a ledger with its keys, to look at all of it, and leaves it as it is: an old one stays old.</summary>
        /// <param name="address">As for <see cref="Open"/>.</param>
        /// <param name="passphrase">Its passphrase.</param>
        /// <param name="clock">The time; null for the computer's.</param>
        /// <exception cref="LedgerException">There is none, or the passphrase is wrong.</exception>
        public static Ledger OpenToLook(string address, string passphrase, TimeProvider clock = null)
        {
            return OpenWith(address, scheme => scheme.Derive(passphrase), clock, isToLook: true);
        }

        /// <summary>As above.</summary>
        /// <param name="address">The address.</param>
        /// <param name="derive">Makes the key that the passphrase stands for; null to leave the keys locked.</param>
        /// <param name="clock">The time; null for the computer's.</param>
        /// <param name="isToLook">Whether it stays as it is, with the keys unlocked too.</param>
        internal static Ledger OpenWith(string address, Func<PassphraseScheme, SealingKey> derive, TimeProvider clock,
            bool isToLook = false)
        {
            LedgerDatabase database = LedgerAddress.Parse(address).Open();
            try
            {
                var ledger = new Ledger(database, clock);
                if (derive is not null)
                {
                    ledger._key.Unlock(derive);
                }

                if (derive is null || isToLook)
                {
                    database.Look();
                }
                else
                {
                    database.Migrate();
                }

                return ledger;
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }

        /// <summary>Enters units: all of them, or none. A communication unit that proved to have erased its factory keys takes
        /// new ones, and is a unit again; its tickets and proofs stay.</summary>
        /// <param name="units">Units, whose keys are wiped once they are entered.</param>
        /// <returns>How many were entered; the others were in the ledger already, with the same keys.</returns>
        /// <exception cref="LedgerException">A title is in the ledger with other keys.</exception>
        public int Enroll(IEnumerable<NewUnit> units)
        {
            int entered = 0;
            _database.Change(() =>
            {
                using IEnumerator<NewUnit[]> chunks = units.Chunk(UnitsAtOnce).GetEnumerator();
                List<SealedUnit> Next() => chunks.MoveNext() ? _units.Seal(chunks.Current) : [];
                List<SealedUnit> ready = Next();
                _database.EnterAlone();
                while (ready.Count > 0)
                {
                    // The next ones are read and sealed while these are entered.
                    List<SealedUnit> next = null;
                    Together.Do(() => next = Next(), () => entered += _units.Enter(ready, Now));
                    ready = next;
                }
            }, isRepeatable: false);
            return entered;
        }

        /// <summary>Changes the passphrase, and the key under which the ledger's keys are sealed: what the old passphrase opens
        /// in a backup opens nothing here any more.</summary>
        /// <param name="passphrase">12 characters or more.</param>
        /// <exception cref="LedgerException">It is too short.</exception>
        public void ChangePassphrase(string passphrase)
        {
            PassphraseScheme.Check(passphrase);
            _key.Replace(passphrase, next =>
            {
                _units.Reseal(next);
                _orders.Reseal(next);
            });
        }

        /// <summary>Finds a unit.</summary>
        /// <returns>Null when it is not in the ledger.</returns>
        public Unit Find(SystemTitle title) => _units.Find(title);

        /// <summary>Finds a unit of one kind.</summary>
        /// <exception cref="LedgerException">It is not in the ledger, or of the other kind.</exception>
        public Unit Get(SystemTitle title, UnitKind kind)
        {
            Unit unit = Find(title);
            Issuing.Throw(Issuing.WhyNotOfKind(unit, title, kind));
            return unit;
        }

        /// <summary>The keys of a unit, to be disposed of.</summary>
        /// <exception cref="LedgerException">They were tampered with.</exception>
        public UnitKeys KeysOf(Unit unit) => _units.KeysOf(unit);

        /// <summary>Looks where the next epoch, or the next number of an order, will be of a unit that has had none lately.</summary>
        public EpochOutlook LookAhead() => _numbering.LookAhead();

        /// <summary>What is unusual about the next epoch when it is a jump.</summary>
        public string Describe(EpochOutlook outlook) => _numbering.Describe(outlook);

        /// <summary>Makes tickets and enters them. They may be given out when this returns, and not before. An order that is open
        /// for such a unit and meter is made anew behind its ticket: with the ticket's pairing the unit would refuse the old
        /// one. One for another meter is dead.</summary>
        /// <param name="requests">What is wanted, some thousands at most; of the same units' epochs rise in this order.</param>
        /// <param name="allowJump">Whether an epoch more than a year above the last one was confirmed.</param>
        /// <exception cref="LedgerException">One cannot be made: then none was.</exception>
        public IReadOnlyList<IssuedTicket> Issue(IReadOnlyList<TicketRequest> requests, bool allowJump = false)
        {
            return _issuing.Issue(requests, allowJump);
        }

        /// <summary>Makes an order and enters it, in place of the one that is open for the unit. It may be given out when this
        /// returns, and not before.</summary>
        /// <param name="request">What is wanted.</param>
        /// <param name="allowJump">Whether a number more than a year above the last one was confirmed.</param>
        /// <exception cref="LedgerException">It cannot be made.</exception>
        public IssuedOrder Issue(OrderRequest request, bool allowJump = false) => _issuing.Issue(request, allowJump);

        /// <summary>Makes the open order of a unit once more: the same bytes.</summary>
        /// <exception cref="LedgerException">There is none.</exception>
        public IssuedOrder Again(SystemTitle unit)
        {
            OrderEntry open = OpenOrderOf(unit) ?? throw new LedgerException($"no order is open for the unit {unit}");
            return _issuing.Again(open, Get(unit, UnitKind.Communication));
        }

        /// <summary>Looks whether an order can be made.</summary>
        /// <exception cref="LedgerException">It cannot, and why.</exception>
        public void Check(OrderRequest request)
        {
            Issuing.Throw(Issuing.WhyNot(request, Find(request.Meter), Find(request.Unit), Now));
        }

        /// <summary>Looks whether a ticket can be made.</summary>
        /// <exception cref="LedgerException">It cannot, and why.</exception>
        public void Check(in TicketRequest request)
        {
            Issuing.Throw(Issuing.WhyNot(request, Find(request.Meter), Find(request.Unit), Now));
        }

        /// <summary>Looks whether tickets can be made, some thousands at most.</summary>
        /// <returns>Of each why not, without a full stop; null when it can.</returns>
        public IReadOnlyList<string> WhyNot(IReadOnlyList<TicketRequest> requests)
        {
            Dictionary<SystemTitle, Unit> units = _units.Find(requests.SelectMany(request => new[] { request.Meter, request.Unit }));
            uint now = Now;
            return requests.Select(request => Issuing.WhyNot(request, units.GetValueOrDefault(request.Meter),
                units.GetValueOrDefault(request.Unit), now)).ToList();
        }

        /// <summary>The answer to an order.</summary>
        /// <returns>Empty when there is none.</returns>
        public byte[] AnswerTo(OrderEntry order) => _orders.AnswerTo(order);

        /// <summary>The open order of a unit.</summary>
        /// <returns>Null when there is none.</returns>
        public OrderEntry OpenOrderOf(SystemTitle unit) => _orders.OpenOf(unit);

        /// <summary>Lists orders, the newest first.</summary>
        public IEnumerable<OrderEntry> Orders(OrderFilter filter) => _orders.List(filter, LatestOf(filter));

        /// <summary>Counts orders.</summary>
        public long Count(OrderFilter filter) => _orders.Count(filter, LatestOf(filter));

        /// <summary>The orders that a unit has carried out and that are in effect as far as answers tell, the newest first: the
        /// last one of the B route, of Wi-Fi, of the limits and of the lists of terminals.</summary>
        public IReadOnlyList<OrderEntry> InEffect(Unit unit)
        {
            return _orders.List(new OrderFilter { Unit = unit.Title, State = OrderState.Answered }, null)
                .Where(order => order.Result == OrderResult.Done && order.Kind != OrderKind.Report && order.Made >= unit.Enrolled)
                .DistinctBy(order => order.Kind switch
                {
                    OrderKind.CloseRouteB => OrderKind.OpenRouteB,
                    OrderKind.WifiOff => OrderKind.WifiOn,
                    OrderKind.Readmit or OrderKind.AdmitOnly => OrderKind.CutOff,
                    _ => order.Kind,
                }).ToList();
        }

        /// <summary>The meter that an order for a unit is to name.</summary>
        /// <exception cref="LedgerException">The ledger knows none.</exception>
        public OrderTarget TargetOf(SystemTitle unit)
        {
            List<TicketEntry> tickets = Tickets(new TicketFilter { Unit = unit }).Where(ticket => ticket.State == TicketState.Issued
                || (ticket.State == TicketState.Done && (ticket.Kind == TicketKind.Retire
                    || PairingOf(ticket.Meter)?.Epoch == ticket.Epoch))).ToList();
            if (tickets.Count == 0 || tickets[0].Kind == TicketKind.Retire)
            {
                throw new LedgerException(tickets.Count == 0
                    ? $"no ticket in the ledger pairs the unit {unit}: make one first, or name its meter with --mu"
                    : $"the unit {unit} was ordered to retire (ticket {tickets[0].Id}): make a new ticket first, or name its meter "
                    + "with --mu");
            }

            SystemTitle meter = tickets[0].Meter;
            SystemTitle? before = tickets[0].State == TicketState.Done ? null
                : tickets.Find(ticket => ticket.State == TicketState.Done && ticket.Kind == TicketKind.Pair)?.Meter;
            return new OrderTarget(meter, before == meter ? null : before);
        }

        /// <summary>Looks whether a ticket would have its unit's open order made anew.</summary>
        public bool MakesAnew(in TicketRequest request)
        {
            return OpenOrderOf(request.Unit) is OrderEntry open && Issuing.GoesOn(open, request, Now);
        }

        /// <summary>Takes a receipt: the ticket was carried out.</summary>
        /// <returns>The ticket as it was before: done already, or said to be lost, it is worth a word.</returns>
        /// <exception cref="LedgerException">It is not authentic, or of no ticket here.</exception>
        public TicketEntry Accept(Receipt receipt)
        {
            TakenReceipt taken = Accept([receipt])[0];
            Issuing.Throw(taken.Refusal);
            return taken.Before;
        }

        /// <summary>Takes receipts in one change, a thousand or so: those that are good. When it fails none was taken, and all can
        /// be given again; what was taken before is taken once more without harm.</summary>
        /// <returns>What became of each, in their order.</returns>
        /// <exception cref="LedgerException">The ledger failed.</exception>
        public IReadOnlyList<TakenReceipt> Accept(IReadOnlyList<Receipt> receipts) => _proofs.Accept(receipts);

        /// <summary>Takes rows of a factory's report: those that are good, in one change.</summary>
        /// <returns>What became of each, in their order.</returns>
        public IReadOnlyList<TakenWriting> Accept(IReadOnlyList<FactoryWriting> writings) => _proofs.Accept(writings);

        /// <summary>Takes a unit's proof that it erased itself.</summary>
        /// <returns>The order to retire as it was before; null when the bench ordered it.</returns>
        /// <exception cref="LedgerException">It is not authentic, proves nothing yet, or is of no ticket here.</exception>
        public TicketEntry Accept(ErasureRecord record) => _proofs.Accept(record);

        /// <summary>Takes the answer of a unit to an order. What a unit has taken is final.</summary>
        /// <exception cref="LedgerException">It is not authentic, or of no order here.</exception>
        public TakenAnswer Accept(OrderAnswer answer) => _proofs.Accept(answer);

        /// <summary>Notes that a ticket was lost.</summary>
        public void Revoke(TicketEntry ticket) => Revoke([ticket]);

        /// <summary>Notes that tickets were lost: all of them, or none.</summary>
        public void Revoke(IReadOnlyList<TicketEntry> tickets) => _database.Change(() =>
        {
            foreach (TicketEntry ticket in tickets)
            {
                _tickets.Revoke(ticket, Now);
            }
        });

        /// <summary>Notes that a unit was lost: no ticket and no order is made for it any more, and those it has are lost.</summary>
        /// <returns>Its order that was open; null where there was none.</returns>
        public OrderEntry Revoke(Unit unit)
        {
            OrderEntry dead = null;
            _database.Change(() =>
            {
                _units.Hold([unit.Title]);
                dead = _orders.Close(OpenOrderOf(unit.Title), OrderState.Dead, Now);
                _units.SetState(unit.Title, UnitState.Revoked);
                _tickets.RevokeThoseOf(unit.Title, Now);
            });
            return dead;
        }

        /// <summary>Finds a ticket by its id.</summary>
        /// <param name="id">32 hexadecimal digits.</param>
        /// <returns>Null when it is not in the ledger.</returns>
        public TicketEntry Find(string id) => _tickets.Find(id);

        /// <summary>The pairing that a meter has, as far as receipts tell.</summary>
        /// <returns>The ticket that made it; null when none is known.</returns>
        public TicketEntry PairingOf(SystemTitle meter) => _tickets.PairingOf(meter);

        /// <summary>Lists units by title.</summary>
        public IEnumerable<Unit> Units(UnitFilter filter) => _units.List(filter);

        /// <summary>Counts units.</summary>
        public long Count(UnitFilter filter) => _units.Count(filter);

        /// <summary>All tickets of some meters, a thousand or so.</summary>
        internal List<TicketEntry> TicketsOf(IEnumerable<SystemTitle> meters) => _tickets.Of(meters);

        /// <summary>All tickets of some communication units, a thousand or so.</summary>
        internal List<TicketEntry> TicketsFor(IEnumerable<SystemTitle> units) => _tickets.For(units);

        /// <summary>Lists tickets, the newest first.</summary>
        public IEnumerable<TicketEntry> Tickets(TicketFilter filter) => _tickets.List(filter);

        /// <summary>Counts tickets.</summary>
        public long Count(TicketFilter filter) => _tickets.Count(filter);

        /// <summary>Looks whether the ledger is whole; changes nothing. The keys must be unlocked.</summary>
        /// <param name="fault">Told of everything that is not, without a full stop.</param>
        /// <param name="note">Told of what is no fault, and worth a word.</param>
        /// <param name="progress">Told how many units, tickets and orders were looked at.</param>
        /// <exception cref="LedgerException">It could not be looked at.</exception>
        public LedgerCheck Check(Action<string> fault, Action<string> note, Action<long> progress)
        {
            var check = new LedgerCheck(_database, _key, Now, fault, note, progress);
            check.Run();
            return check;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _key.Dispose();
            _database.Dispose();
        }

        private uint? LatestOf(OrderFilter filter)
        {
            return filter.Age is TimeSpan age ? (uint)Math.Max(0, Now - age.TotalSeconds) : null;
        }
    }
}
