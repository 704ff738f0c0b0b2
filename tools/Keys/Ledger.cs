using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace NanoComm.Keys
{
    /// <summary>
    /// The key management's memory: units with their keys, and every ticket and order ever made. A ticket's epoch and an order's
    /// number are their rows' keys, of one sequence, and the row is on the medium before the ticket or the order leaves: none is
    /// given out twice.
    /// </summary>
    public sealed class Ledger : IDisposable
    {
        private const string UnitColumns = "title, kind, serial, state, enrolled";
        private const string TicketColumns = "epoch, id, kind, mu, cu, not_after, issued, state, closed";
        private const string SelectUnit = $"SELECT {UnitColumns} FROM unit WHERE title = ?1";

        private static readonly uint LongestJump = (uint)TimeSpan.FromDays(365).TotalSeconds;

        // Epochs run ahead of the time by the tickets made faster than one a second. A ledger that may have forgotten
        // some leaves room for more than are made in a month.
        private static readonly uint RoomForForgotten = (uint)TimeSpan.FromDays(30).TotalSeconds;

        private readonly LedgerDatabase _database;
        private readonly OrderTable _orders;
        private readonly EpochMark _mark;
        private readonly TimeProvider _clock;

        private Ledger(string path, TimeProvider clock)
        {
            _database = LedgerDatabase.Open(path);
            _orders = new OrderTable(_database);
            _mark = new EpochMark(path);
            _clock = clock ?? TimeProvider.System;
        }

        /// <summary>The title under which it makes tickets.</summary>
        public SystemTitle KeyManagement => _database.KeyManagement;

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
        /// <param name="path">A file that is not there yet.</param>
        /// <param name="keyManagement">The title under which it is to make tickets.</param>
        /// <param name="passphrase">12 characters or more.</param>
        /// <exception cref="LedgerException">It cannot be made.</exception>
        public static void Create(string path, SystemTitle keyManagement, string passphrase)
        {
            PassphraseScheme.Check(passphrase);
            if (File.Exists(path))
            {
                throw IsThere(path);
            }

            try
            {
                new EpochMark(path).Begin();
                if (!LedgerDatabase.TryCreate(path, keyManagement, passphrase))
                {
                    throw IsThere(path);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new LedgerException($"the ledger {path} cannot be made: {error.Message.TrimEnd('.')}", error);
            }
        }

        /// <summary>Opens a ledger.</summary>
        /// <param name="path">The file.</param>
        /// <param name="passphrase">Its passphrase; null to leave the keys locked, which is enough for looking.</param>
        /// <param name="clock">The time; null for the computer's.</param>
        /// <exception cref="LedgerException">There is none, or the passphrase is wrong.</exception>
        public static Ledger Open(string path, string passphrase, TimeProvider clock = null)
        {
            if (!File.Exists(path))
            {
                throw new LedgerException($"there is no ledger {path}: name it with --ledger, or make one with kms init");
            }

            var ledger = new Ledger(path, clock);
            try
            {
                if (passphrase is null)
                {
                    ledger._database.Look();
                }
                else
                {
                    ledger._database.Unlock(passphrase);
                }

                return ledger;
            }
            catch
            {
                ledger.Dispose();
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
                foreach (NewUnit unit in units)
                {
                    entered += Enter(unit) ? 1 : 0;
                }
            });
            return entered;
        }

        /// <summary>Changes the passphrase, and the key under which the ledger's keys are sealed: what the old passphrase opens
        /// in a backup opens nothing here any more.</summary>
        /// <param name="passphrase">12 characters or more.</param>
        /// <exception cref="LedgerException">It is too short.</exception>
        public void ChangePassphrase(string passphrase)
        {
            PassphraseScheme.Check(passphrase);
            _database.ReplaceKey(passphrase, next =>
            {
                Reseal(next);
                _orders.Reseal(next);
            });
        }

        /// <summary>Finds a unit.</summary>
        /// <returns>Null when it is not in the ledger.</returns>
        public Unit Find(SystemTitle title) => _database.First(SelectUnit, ReadUnit, title.ToString());

        /// <summary>Finds a unit of one kind.</summary>
        /// <exception cref="LedgerException">It is not in the ledger, or of the other kind.</exception>
        public Unit Get(SystemTitle title, UnitKind kind)
        {
            Unit unit = Find(title);
            CheckKind(unit, title, kind);
            return unit;
        }

        /// <summary>The keys of a unit, to be disposed of.</summary>
        /// <exception cref="LedgerException">They were tampered with.</exception>
        public UnitKeys KeysOf(Unit unit)
        {
            byte[] locked = _database.First("SELECT keys FROM unit WHERE title = ?1",
                reader => reader.GetFieldValue<byte[]>(0), unit.Title.ToString());
            return Open(unit, locked);
        }

        /// <summary>Looks where the next epoch, or the next number of an order, will be.</summary>
        public EpochOutlook LookAhead()
        {
            uint given = (uint)_database.First("SELECT MAX((SELECT IFNULL(MAX(epoch), 0) FROM ticket), "
                + "(SELECT IFNULL(MAX(number), 0) FROM orders))", reader => new StrongBox<long>(reader.GetInt64(0))).Value;
            uint? mark = _mark.Read();
            uint now = Now;
            uint last = Math.Max(given, mark ?? 0);
            uint floor = mark is null ? Math.Max(last, now + RoomForForgotten) : last;
            if (floor == uint.MaxValue)
            {
                throw new LedgerException("there are no epochs left");
            }

            // Compared with the time too: the last one is what the mark says, and that may be a slip of somebody's hand.
            uint next = Math.Max(floor + 1, now);
            bool isAhead = next - now > LongestJump;
            return new EpochOutlook(next, last, mark is null, isAhead || (last > 0 && next - last > LongestJump), isAhead);
        }

        /// <summary>What is unusual about the next epoch when it is a jump.</summary>
        public string Describe(EpochOutlook outlook)
        {
            string next = $"the next epoch or number would be {outlook.Next} ({UtilityTime.ToTime(outlook.Next):yyyy-MM-dd})";
            return outlook.IsAheadOfClock
                ? $"{next}, more than a year above this computer's clock: the clock is behind, or the number in {_mark.Path} is "
                + "too high"
                : $"{next}, the last one was {outlook.Last} ({UtilityTime.ToTime(outlook.Last):yyyy-MM-dd}), more than a year before";
        }

        /// <summary>Makes tickets and enters them. They may be given out when this returns, and not before. An order that is open
        /// for such a unit and meter is made anew behind its ticket: with the ticket's pairing the unit would refuse the old
        /// one. One for another meter is dead.</summary>
        /// <param name="requests">What is wanted; their epochs rise in this order.</param>
        /// <param name="allowJump">Whether an epoch more than a year above the last one was confirmed.</param>
        /// <exception cref="LedgerException">One cannot be made: then none was.</exception>
        public IReadOnlyList<IssuedTicket> Issue(IReadOnlyList<TicketRequest> requests, bool allowJump = false)
        {
            var issued = new List<IssuedTicket>(requests.Count);
            var maker = new TicketMaker(KeyManagement);
            Number(allowJump, (epoch, now) =>
            {
                foreach (TicketRequest request in requests)
                {
                    IssuedTicket ticket = Enter(maker, request, epoch, now);
                    epoch = checked(epoch + 1);
                    ticket = FollowUp(ticket, epoch, now);
                    epoch = checked(epoch + (ticket.Anew is null ? 0u : 1));
                    issued.Add(ticket);
                }

                return epoch - 1;
            });
            return issued;
        }

        /// <summary>Makes an order and enters it, in place of the one that is open for the unit. It may be given out when this
        /// returns, and not before.</summary>
        /// <param name="request">What is wanted.</param>
        /// <param name="allowJump">Whether a number more than a year above the last one was confirmed.</param>
        /// <exception cref="LedgerException">It cannot be made.</exception>
        public IssuedOrder Issue(OrderRequest request, bool allowJump = false)
        {
            IssuedOrder issued = null;
            Number(allowJump, (number, now) =>
            {
                issued = Enter(request, number, now);
                return number;
            });
            return issued;
        }

        /// <summary>Makes the open order of a unit once more: the same bytes.</summary>
        /// <exception cref="LedgerException">There is none.</exception>
        public IssuedOrder Again(SystemTitle unit)
        {
            OrderEntry open = OpenOrderOf(unit) ?? throw new LedgerException($"no order is open for the unit {unit}");
            byte[] draft = _orders.DraftOf(open);
            using UnitKeys keys = KeysOf(Get(unit, UnitKind.Communication));
            Order order = new OrderMaker(KeyManagement).Seal(draft, unit, keys.WrappingKey);
            CryptographicOperations.ZeroMemory(draft);
            return new IssuedOrder(open, order, null);
        }

        /// <summary>Looks whether an order can be made.</summary>
        /// <exception cref="LedgerException">It cannot, and why.</exception>
        public void Check(OrderRequest request)
        {
            Check(request, Find(request.Meter), Find(request.Unit), Now);
        }

        /// <summary>The answer to an order.</summary>
        /// <returns>Empty when there is none.</returns>
        public byte[] AnswerTo(OrderEntry order) => _orders.AnswerTo(order);

        /// <summary>The open order of a unit.</summary>
        /// <returns>Null when there is none.</returns>
        public OrderEntry OpenOrderOf(SystemTitle unit) => _orders.OpenOf(unit);

        /// <summary>Lists orders, the newest first.</summary>
        public IEnumerable<OrderEntry> Orders(OrderFilter filter)
        {
            return _orders.List(filter, filter.Age is TimeSpan age ? (uint)Math.Max(0, Now - age.TotalSeconds) : null)
                .Where(order => filter.After is null || order.Number < filter.After.Number).Take(filter.Limit ?? int.MaxValue);
        }

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

        /// <summary>Looks whether a ticket can be made.</summary>
        /// <exception cref="LedgerException">It cannot, and why.</exception>
        public void Check(in TicketRequest request)
        {
            Check(request, Find(request.Meter), Find(request.Unit), Now);
        }

        /// <summary>Looks whether a ticket would have its unit's open order made anew.</summary>
        public bool MakesAnew(in TicketRequest request) => OpenOrderOf(request.Unit) is OrderEntry open && GoesOn(open, request, Now);

        /// <summary>Takes a receipt: the ticket was carried out.</summary>
        /// <returns>The ticket as it was before: done already, or said to be lost, it is worth a word.</returns>
        /// <exception cref="LedgerException">It is not authentic, or of no ticket here.</exception>
        public TicketEntry Accept(Receipt receipt)
        {
            using (UnitKeys keys = KeysOf(Get(receipt.Meter, UnitKind.Metering)))
            {
                if (!receipt.IsAuthentic(keys.ProofKey))
                {
                    throw new LedgerException($"the receipt is not authentic: the metering unit {receipt.Meter} did not make "
                        + "it, or it was altered on the way");
                }
            }

            TicketEntry ticket = FindAnswered(receipt.Epoch, receipt.TicketId, "the receipt");
            if ((ticket.Kind, ticket.Meter, ticket.Unit) != (TicketKind.Pair, receipt.Meter, receipt.Unit))
            {
                throw new LedgerException($"the receipt is authentic, but tells of other units than the ticket {ticket.Id}");
            }

            _database.Change(() =>
            {
                Close(ticket, receipt.Bytes.ToArray());
                _database.Run("UPDATE ticket SET state = ?1, closed = ?2 WHERE mu = ?3 AND epoch < ?4 AND kind = ?5 "
                    + "AND state <> ?6", (int)TicketState.Outdated, Now, ticket.Meter.ToString(), ticket.Epoch,
                    (int)TicketKind.Pair, (int)TicketState.Done);
                _orders.CloseThoseOfOthers(PairingOf(ticket.Meter), Now);
            });
            return ticket;
        }

        /// <summary>Takes a unit's proof that it erased itself.</summary>
        /// <returns>The order to retire as it was before; null when the bench ordered it.</returns>
        /// <exception cref="LedgerException">It is not authentic, proves nothing yet, or is of no ticket here.</exception>
        public TicketEntry Accept(ErasureRecord record)
        {
            Unit unit = Get(record.Unit, UnitKind.Communication);
            using (UnitKeys keys = KeysOf(unit))
            {
                if (!record.IsAuthentic(keys.ProofKey))
                {
                    throw new LedgerException($"the erasure record is not authentic: the unit {unit.Title} did not make it, or "
                        + "made it before it was enrolled last, or it was altered on the way");
                }
            }

            if (!record.IsDone)
            {
                throw new LedgerException(record.IsOfFirstVersion
                    ? "the erasure record is of version 1, which proves that erasing was begun, and not that it was done: give the "
                    + "unit new firmware and a new order to retire, or revoke it (kms revoke --cu)"
                    : "the erasure record proves nothing yet, the unit had not finished: give it power until it has, and read the "
                    + "record again");
            }

            TicketEntry order = record.Order == ErasureOrder.Ticket ? OrderOf(record) : null;
            _database.Change(() =>
            {
                UnitState state = record.Erased.HasFlag(Erased.FactoryKeys) ? UnitState.Erased : unit.State;
                _database.Run("UPDATE unit SET state = ?1, erasure = ?2 WHERE title = ?3", (int)state,
                    AddTo(ProofsOf(unit), record.Bytes), unit.Title.ToString());
                if (order is not null)
                {
                    Close(order, record.Bytes.ToArray());
                }

                if (state == UnitState.Erased)
                {
                    _orders.Close(OpenOrderOf(unit.Title), OrderState.Dead, Now);
                }
            });
            return order;
        }

        /// <summary>Takes the answer of a unit to an order. What a unit has taken is final.</summary>
        /// <exception cref="LedgerException">It is not authentic, or of no order here.</exception>
        public TakenAnswer Accept(OrderAnswer answer)
        {
            using (UnitKeys keys = KeysOf(Get(answer.Unit, UnitKind.Communication)))
            {
                if (!answer.IsAuthentic(keys.ProofKey))
                {
                    throw new LedgerException($"the answer is not authentic: the unit {answer.Unit} did not make it, or made it "
                        + "before it was enrolled last, or it was altered on the way");
                }
            }

            TakenAnswer taken = null;
            _database.Change(() =>
            {
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
                    now = now with { State = OrderState.Answered, Closed = UtilityTime.ToTime(Now) };
                }

                _orders.Answer(now, bytes);
                taken = new TakenAnswer(before, now, false, settled);
            });
            return taken;
        }

        /// <summary>Notes that tickets were lost: all of them, or none.</summary>
        public void Revoke(IEnumerable<TicketEntry> tickets)
        {
            _database.Change(() =>
            {
                foreach (TicketEntry ticket in tickets)
                {
                    Revoke(ticket);
                }
            });
        }

        /// <summary>Notes that a ticket was lost.</summary>
        public void Revoke(TicketEntry ticket)
        {
            _database.Run("UPDATE ticket SET state = ?1, closed = ?2 WHERE epoch = ?3 AND state = ?4",
                (int)TicketState.Revoked, Now, ticket.Epoch, (int)TicketState.Issued);
        }

        /// <summary>Notes that a unit was lost: no ticket and no order is made for it any more, and those it has are lost.</summary>
        /// <returns>Its order that was open; null where there was none.</returns>
        public OrderEntry Revoke(Unit unit)
        {
            OrderEntry dead = null;
            _database.Change(() =>
            {
                dead = _orders.Close(OpenOrderOf(unit.Title), OrderState.Dead, Now);
                _database.Run("UPDATE unit SET state = ?1 WHERE title = ?2", (int)UnitState.Revoked, unit.Title.ToString());
                _database.Run("UPDATE ticket SET state = ?1, closed = ?2 WHERE cu = ?3 AND kind = ?4 AND state = ?5",
                    (int)TicketState.Revoked, Now, unit.Title.ToString(), (int)TicketKind.Pair, (int)TicketState.Issued);
            });
            return dead;
        }

        /// <summary>Finds a ticket by its id.</summary>
        /// <param name="id">32 hexadecimal digits.</param>
        /// <returns>Null when it is not in the ledger.</returns>
        public TicketEntry Find(string id)
        {
            return _database.First($"SELECT {TicketColumns} FROM ticket WHERE id = ?1", ReadTicket, id.ToUpperInvariant());
        }

        /// <summary>The pairing that a meter has, as far as receipts tell.</summary>
        /// <returns>The ticket that made it; null when none is known.</returns>
        public TicketEntry PairingOf(SystemTitle meter)
        {
            return _database.First($"SELECT {TicketColumns} FROM ticket WHERE mu = ?1 AND kind = ?2 AND state = ?3 "
                + "ORDER BY epoch DESC LIMIT 1", ReadTicket, meter.ToString(), (int)TicketKind.Pair, (int)TicketState.Done);
        }

        /// <summary>Lists units by title; null for any.</summary>
        public IEnumerable<Unit> Units(UnitKind? kind = null, UnitState? state = null)
        {
            return _database.All($"SELECT {UnitColumns} FROM unit WHERE (?1 IS NULL OR kind = ?1) "
                + "AND (?2 IS NULL OR state = ?2) ORDER BY title", ReadUnit, (int?)kind, (int?)state);
        }

        /// <summary>Lists units by title.</summary>
        public IEnumerable<Unit> Units(UnitFilter filter)
        {
            return Units(filter.Kind, filter.State).Where(unit => filter.After is null
                || string.CompareOrdinal(unit.Title.ToString(), filter.After.ToString()) > 0).Take(filter.Limit ?? int.MaxValue);
        }

        /// <summary>Counts units.</summary>
        public long Count(UnitFilter filter) => Units(filter.Kind, filter.State).LongCount();

        /// <summary>Counts tickets.</summary>
        public long Count(TicketFilter filter) => Tickets(filter with { After = null, Limit = null }).LongCount();

        /// <summary>Counts orders.</summary>
        public long Count(OrderFilter filter) => Orders(filter with { After = null, Limit = null }).LongCount();

        /// <summary>Lists tickets, the newest first.</summary>
        public IEnumerable<TicketEntry> Tickets(TicketFilter filter)
        {
            return AllTickets(filter).Where(ticket => filter.After is null || ticket.Epoch < filter.After.Epoch)
                .Take(filter.Limit ?? int.MaxValue);
        }

        private IEnumerable<TicketEntry> AllTickets(TicketFilter filter)
        {
            return _database.All($"SELECT {TicketColumns} FROM ticket WHERE (?1 IS NULL OR mu = ?1) "
                + "AND (?2 IS NULL OR cu = ?2) AND (?3 IS NULL OR kind = ?3) AND (?4 IS NULL OR state = ?4) "
                + "ORDER BY epoch DESC", ReadTicket, filter.Meter?.ToString(), filter.Unit?.ToString(),
                (int?)filter.Kind, (int?)filter.State);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _database.Dispose();
        }

        private static LedgerException IsThere(string path)
        {
            return new LedgerException($"{path} is there already: a new ledger does not take the place of one");
        }

        private static byte[] KeyLabel(UnitKind kind, SystemTitle title) => [(byte)kind, .. title.ToArray()];

        private static DateTimeOffset Time(SqliteDataReader reader, int column)
        {
            return UtilityTime.ToTime((uint)reader.GetInt64(column));
        }

        private static Unit ReadUnit(SqliteDataReader reader)
        {
            return new Unit(SystemTitle.Parse(reader.GetString(0)), (UnitKind)reader.GetInt32(1), reader.GetString(2),
                (UnitState)reader.GetInt32(3), Time(reader, 4));
        }

        private static TicketEntry ReadTicket(SqliteDataReader reader)
        {
            DateTimeOffset? notAfter = reader.GetInt64(5) == UtilityTime.Never ? null : Time(reader, 5);
            return new TicketEntry((uint)reader.GetInt64(0), reader.GetString(1), (TicketKind)reader.GetInt32(2),
                SystemTitle.Parse(reader.GetString(3)), SystemTitle.Parse(reader.GetString(4)), notAfter, Time(reader, 6),
                (TicketState)reader.GetInt32(7), reader.IsDBNull(8) ? null : Time(reader, 8));
        }

        private static void CheckKind(Unit unit, SystemTitle title, UnitKind kind)
        {
            if (unit is null)
            {
                throw new LedgerException($"{title} is not in the ledger: enroll it first");
            }

            if (unit.Kind != kind)
            {
                throw new LedgerException(kind == UnitKind.Metering
                    ? $"{title} is a communication unit, where a metering unit is wanted"
                    : $"{title} is a metering unit, where a communication unit is wanted");
            }
        }

        private static void Check(OrderRequest request, Unit meter, Unit unit, uint now)
        {
            CheckKind(meter, request.Meter, UnitKind.Metering);
            CheckKind(unit, request.Unit, UnitKind.Communication);
            if (unit.State != UnitState.Enrolled)
            {
                throw new LedgerException(unit.State == UnitState.Erased
                    ? $"{unit.Title} has erased its factory keys: it could not read an order; enroll it again first"
                    : $"{unit.Title} was revoked: no order is made for it");
            }

            if (request.NotAfter < now)
            {
                throw new LedgerException($"{Local(request.NotAfter)} is over: no unit would take the order");
            }
        }

        private static string Local(uint seconds) => $"{UtilityTime.ToTime(seconds).ToLocalTime():yyyy-MM-dd HH:mm}";

        private static void Check(in TicketRequest request, Unit meter, Unit unit, uint now)
        {
            CheckKind(meter, request.Meter, UnitKind.Metering);
            CheckKind(unit, request.Unit, UnitKind.Communication);
            if (unit.State == UnitState.Erased)
            {
                throw new LedgerException($"{unit.Title} has erased its factory keys: it could not read a ticket; enroll it again "
                    + "first");
            }

            if (request.Kind == TicketKind.Retire)
            {
                return;
            }

            if (unit.State == UnitState.Revoked)
            {
                throw new LedgerException($"{unit.Title} was revoked: no ticket to pair is made for it");
            }

            if (request.NotAfter < now)
            {
                throw new LedgerException($"{Local(request.NotAfter)} is over: no meter would take the ticket");
            }
        }

        // Erasure records, one behind the other.
        private byte[] ProofsOf(Unit unit)
        {
            return _database.First("SELECT erasure FROM unit WHERE title = ?1",
                reader => reader.IsDBNull(0) ? [] : reader.GetFieldValue<byte[]>(0), unit.Title.ToString());
        }

        private static byte[] AddTo(byte[] proofs, ReadOnlySpan<byte> proof)
        {
            return proofs.AsSpan().EndsWith(proof) ? proofs : [.. proofs, .. proof];
        }

        private UnitKeys Open(Unit unit, byte[] locked)
        {
            byte[] plain = Unseal(unit, locked);
            UnitKeys keys = UnitKeys.Read(unit.Kind, plain);
            CryptographicOperations.ZeroMemory(plain);
            return keys;
        }

        private bool Enter(NewUnit unit)
        {
            using UnitKeys keys = unit.Keys;
            byte[] plain = keys.ToArray();
            bool isNew = _database.Run($"INSERT OR IGNORE INTO unit ({UnitColumns}, keys) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                unit.Title.ToString(), (int)unit.Kind, unit.Serial, (int)UnitState.Enrolled, Now,
                _database.Key.Seal(plain, KeyLabel(unit.Kind, unit.Title))) == 1;
            bool isEntered = isNew || (!IsKnown(unit, plain) && EnterAgain(unit, plain));
            CryptographicOperations.ZeroMemory(plain);
            return isEntered;
        }

        private bool EnterAgain(NewUnit unit, byte[] plain)
        {
            int changed = _database.Run("UPDATE unit SET serial = ?1, state = ?2, enrolled = ?3, keys = ?4 WHERE title = ?5 "
                + "AND kind = ?6 AND state = ?7", unit.Serial, (int)UnitState.Enrolled, Now,
                _database.Key.Seal(plain, KeyLabel(unit.Kind, unit.Title)), unit.Title.ToString(), (int)unit.Kind,
                (int)UnitState.Erased);
            return changed == 1 ? true : throw new LedgerException($"{unit.Title} is in the ledger already, with other keys");
        }

        private bool IsKnown(NewUnit unit, byte[] plain)
        {
            Unit known = Find(unit.Title);
            if (known.Kind != unit.Kind)
            {
                return false;
            }

            using UnitKeys keys = KeysOf(known);
            return CryptographicOperations.FixedTimeEquals(keys.ToArray(), plain);
        }

        // Gives out epochs and numbers: those that were used last are on the medium before what has them.
        private void Number(bool allowJump, Func<uint, uint, uint> issue)
        {
            _database.Change(() =>
            {
                EpochOutlook outlook = LookAhead();
                if (outlook.IsJump && !allowJump)
                {
                    throw new LedgerException(Describe(outlook)
                        + (outlook.IsAheadOfClock ? ": mend that; confirm with --yes if it is meant to be so"
                        : ": confirm with --yes if this computer's clock is right"));
                }

                uint last = issue(outlook.Next, Now);

                // Before the commit: a mark without its tickets costs epochs, tickets without their mark could cost more.
                _mark.Write(last);
            });
        }

        private IssuedOrder Enter(OrderRequest request, uint number, uint now)
        {
            LockedUnit unit = FindLocked(request.Unit);
            Check(request, Find(request.Meter), unit?.Unit, now);
            OrderEntry replaced = _orders.Close(OpenOrderOf(request.Unit), OrderState.Replaced, now);
            var maker = new OrderMaker(KeyManagement);
            byte[] draft = maker.Write(request, number);
            using UnitKeys keys = Open(unit.Unit, unit.Keys);
            Order order = maker.Seal(draft, request.Unit, keys.WrappingKey);
            var entry = new OrderEntry(number, Convert.ToHexString(order.Id.Span), request.Body.Kind, request.Unit, request.Meter,
                request.NotAfter == UtilityTime.Never ? null : UtilityTime.ToTime(request.NotAfter), UtilityTime.ToTime(now),
                OrderState.Open, null, null);
            _orders.Add(entry, draft);
            CryptographicOperations.ZeroMemory(draft);
            return new IssuedOrder(entry, order, replaced);
        }

        // At another meter is another household: what was ordered for the one is not to be carried there.
        private static bool GoesOn(OrderEntry open, in TicketRequest ticket, uint now)
        {
            return ticket.Kind == TicketKind.Pair && ticket.Meter == open.Meter && EndOf(open) >= now;
        }

        private static uint EndOf(OrderEntry order)
        {
            return order.NotAfter is DateTimeOffset end ? UtilityTime.FromTime(end) : UtilityTime.Never;
        }

        // The order that is open for a ticket's unit.
        private IssuedTicket FollowUp(IssuedTicket ticket, uint number, uint now)
        {
            OrderEntry open = OpenOrderOf(ticket.Request.Unit);
            if (open is null)
            {
                return ticket;
            }

            if (!GoesOn(open, ticket.Request, now))
            {
                return ticket with { Dead = _orders.Close(open, OrderState.Dead, now) };
            }

            byte[] draft = _orders.DraftOf(open);
            using OrderBody body = OrderMaker.BodyOf(draft);
            CryptographicOperations.ZeroMemory(draft);
            return ticket with { Anew = Enter(new OrderRequest(open.Unit, ticket.Request.Meter, body, EndOf(open)), number, now) };
        }

        private IssuedTicket Enter(TicketMaker maker, in TicketRequest request, uint epoch, uint now)
        {
            LockedUnit meter = FindLocked(request.Meter);
            LockedUnit unit = FindLocked(request.Unit);
            Check(request, meter?.Unit, unit?.Unit, now);
            Ticket ticket = Make(maker, request, meter, unit, epoch);
            _database.Run($"INSERT INTO ticket ({TicketColumns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL)", epoch,
                Convert.ToHexString(ticket.Id.Span), (int)request.Kind, request.Meter.ToString(), request.Unit.ToString(),
                request.NotAfter, now, (int)TicketState.Issued);
            return new IssuedTicket(request, epoch, ticket);
        }

        private Ticket Make(TicketMaker maker, in TicketRequest request, LockedUnit meter, LockedUnit unit, uint epoch)
        {
            using UnitKeys unitKeys = Open(unit.Unit, unit.Keys);
            if (request.Kind == TicketKind.Retire)
            {
                return maker.Retire(request.Meter, request.Unit, unitKeys.WrappingKey, epoch);
            }

            using UnitKeys meterKeys = Open(meter.Unit, meter.Keys);
            return maker.Pair(request.Meter, meterKeys.WrappingKey, request.Unit, unitKeys.WrappingKey, epoch,
                request.NotAfter);
        }

        private void Reseal(SealingKey next)
        {
            const int page = 1000;
            string last = "";
            int read;
            do
            {
                read = 0;
                foreach (LockedUnit unit in _database.All($"SELECT {UnitColumns}, keys FROM unit WHERE title > ?1 ORDER BY title "
                    + $"LIMIT {page}", ReadLocked, last).ToList())
                {
                    byte[] label = KeyLabel(unit.Unit.Kind, unit.Unit.Title);
                    byte[] plain = Unseal(unit.Unit, unit.Keys);
                    last = unit.Unit.Title.ToString();
                    _database.Run("UPDATE unit SET keys = ?1 WHERE title = ?2", next.Seal(plain, label), last);
                    CryptographicOperations.ZeroMemory(plain);
                    read++;
                }
            }
            while (read == page);
        }

        private byte[] Unseal(Unit unit, byte[] locked)
        {
            return _database.Key.Open(locked, KeyLabel(unit.Kind, unit.Title))
                ?? throw new LedgerException($"the keys of {unit.Title} in the ledger are damaged or were tampered with");
        }

        private static LockedUnit ReadLocked(SqliteDataReader reader)
        {
            return new LockedUnit(ReadUnit(reader), reader.GetFieldValue<byte[]>(5));
        }

        private LockedUnit FindLocked(SystemTitle title)
        {
            return _database.First($"SELECT {UnitColumns}, keys FROM unit WHERE title = ?1", ReadLocked, title.ToString());
        }

        private TicketEntry FindAnswered(uint epoch, ReadOnlyMemory<byte> ticketId, string what)
        {
            string id = Convert.ToHexString(ticketId.Span);
            TicketEntry ticket = _database.First($"SELECT {TicketColumns} FROM ticket WHERE epoch = ?1", ReadTicket, epoch);
            return ticket?.Id == id ? ticket
                : throw new LedgerException($"{what} is authentic, but its ticket {id} is not in this ledger: another one made "
                    + "it, or this one was restored from an older backup");
        }

        private OrderEntry FindAnswered(OrderAnswer answer)
        {
            string id = Convert.ToHexString(answer.OrderId.Span);
            OrderEntry order = _orders.Find(answer.Number);
            if (order?.Id != id)
            {
                throw new LedgerException($"the answer is authentic, but its order {id} is not in this ledger: another one made it, "
                    + "or this one was restored from an older backup");
            }

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

        private TicketEntry OrderOf(ErasureRecord record)
        {
            TicketEntry order = FindAnswered(record.Epoch, record.OrderId, "the erasure record");
            return order.Kind == TicketKind.Retire && order.Unit == record.Unit ? order
                : throw new LedgerException($"the erasure record is authentic, but the ticket {order.Id} is no order to that "
                    + "unit to retire");
        }

        private void Close(TicketEntry ticket, byte[] proof)
        {
            _database.Run("UPDATE ticket SET state = ?1, proof = ?2, closed = ?3 WHERE epoch = ?4 AND state <> ?1",
                (int)TicketState.Done, proof, Now, ticket.Epoch);
        }

        private sealed record LockedUnit(Unit Unit, byte[] Keys);
    }
}
