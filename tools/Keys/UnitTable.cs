using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>The ledger's units. Their keys are sealed, each under its unit's kind and title.</summary>
    internal sealed class UnitTable
    {
        /// <summary>What who only looks may read: all but what is sealed, or proves.</summary>
        public const string Columns = "title, kind, serial, state, enrolled, hardware, lot, written";
        private const int Page = 1000;

        private readonly LedgerDatabase _database;
        private readonly LedgerKey _key;

        public UnitTable(LedgerDatabase database, LedgerKey key)
        {
            _database = database;
            _key = key;
        }

        /// <summary>Finds a unit.</summary>
        /// <returns>Null when it is not in the ledger.</returns>
        public Unit Find(SystemTitle title)
        {
            return _database.First($"SELECT {Columns} FROM unit WHERE title = ?1", Read, title);
        }

        /// <summary>Finds units.</summary>
        public Dictionary<SystemTitle, Unit> Find(IEnumerable<SystemTitle> titles)
        {
            return _database.All($"SELECT {Columns} FROM unit WHERE title {_database.Among(1)}", Read, (object)Texts(titles))
                .ToDictionary(unit => unit.Title);
        }

        /// <summary>Finds units with their keys, and keeps other clerks off them until the change is done.</summary>
        public Dictionary<SystemTitle, LockedUnit> Hold(IEnumerable<SystemTitle> titles)
        {
            // In order of their titles, so that two clerks who want some of the same wait for each other once.
            return _database.All($"SELECT {Columns}, keys FROM unit WHERE title {_database.Among(1)} ORDER BY title{_database.ForUpdate}",
                ReadLocked, (object)Texts(titles)).ToDictionary(unit => unit.Unit.Title);
        }

        /// <summary>The keys of a unit, to be disposed of.</summary>
        public UnitKeys KeysOf(Unit unit)
        {
            byte[] locked = _database.First("SELECT keys FROM unit WHERE title = ?1", reader => reader.GetFieldValue<byte[]>(0),
                unit.Title);
            return Open(new LockedUnit(unit, locked));
        }

        /// <summary>Opens the keys of a unit, to be disposed of.</summary>
        /// <exception cref="LedgerException">They were tampered with.</exception>
        public UnitKeys Open(LockedUnit unit)
        {
            byte[] plain = Unseal(unit);
            UnitKeys keys = UnitKeys.Read(unit.Unit.Kind, plain);
            CryptographicOperations.ZeroMemory(plain);
            return keys;
        }

        /// <summary>Makes units ready to be entered, in order of their titles, so that rows that are neighbours are entered together;
        /// their keys are wiped. It asks nothing of the database.</summary>
        public List<SealedUnit> Seal(IEnumerable<NewUnit> units)
        {
            return units.Select(unit =>
            {
                using UnitKeys keys = unit.Keys;
                byte[] plain = keys.ToArray();
                return new SealedUnit(unit, plain, Seal(_key.Sealing, unit.Kind, unit.Title, plain));
            }).OrderBy(unit => unit.Unit.Title.ToString(), StringComparer.Ordinal).ToList();
        }

        /// <summary>Enters units.</summary>
        /// <returns>How many were entered; the others are in the ledger with the same keys.</returns>
        public int Enter(IReadOnlyList<SealedUnit> units, uint now)
        {
            Dictionary<SystemTitle, LockedUnit> known = Hold(units.Select(unit => unit.Unit.Title));
            CheckSerials(units.Select(unit => unit.Unit).Where(unit => !known.TryGetValue(unit.Title, out LockedUnit there)
                || (there.Unit.State == UnitState.Erased && there.Unit.Kind == unit.Kind)).ToList());
            var rows = new List<object[]>(units.Count);
            int entered = 0;
            foreach (SealedUnit ready in units)
            {
                NewUnit unit = ready.Unit;
                if (known.TryGetValue(unit.Title, out LockedUnit there))
                {
                    entered += IsSame(there, ready) ? 0 : EnterAgain(ready, now);
                }
                else
                {
                    // Twice in what is entered, it is known from now on.
                    known.Add(unit.Title, new LockedUnit(new Unit(unit.Title, unit.Kind, unit.Serial, UnitState.Enrolled,
                        UtilityTime.ToTime(now)), ready.Keys));
                    rows.Add([unit.Title, unit.Kind, unit.Serial, UnitState.Enrolled, now, unit.Hardware, unit.Lot, null, ready.Keys]);
                    entered++;
                }

                CryptographicOperations.ZeroMemory(ready.Plain);
            }

            _database.Insert("unit", $"{Columns}, keys", rows);
            return entered;
        }

        /// <summary>Notes what became of a unit.</summary>
        public void SetState(SystemTitle title, UnitState state)
        {
            _database.Run("UPDATE unit SET state = ?1 WHERE title = ?2", state, title);
        }

        /// <summary>Notes when a unit's keys were written.</summary>
        public void SetWritten(SystemTitle title, uint time)
        {
            _database.Post("UPDATE unit SET written = ?1 WHERE title = ?2", time, title);
        }

        /// <summary>Enters a proof of erasure behind those that are there, once.</summary>
        public void AddProof(Unit unit, UnitState state, byte[] proof)
        {
            byte[] proofs = _database.First("SELECT erasure FROM unit WHERE title = ?1",
                reader => reader.IsDBNull(0) ? [] : reader.GetFieldValue<byte[]>(0), unit.Title);
            _database.Run("UPDATE unit SET state = ?1, erasure = ?2 WHERE title = ?3", state,
                proofs.AsSpan().EndsWith(proof) ? proofs : [.. proofs, .. proof], unit.Title);
        }

        /// <summary>Lists units by title, a page at a time.</summary>
        public IEnumerable<Unit> List(UnitFilter filter)
        {
            return Paging.All(filter.Limit, filter.After, Page, (after, limit) =>
            {
                Conditions where = Where(filter);
                where.AddIf(after is not null, "title > ", after);
                return _database.All($"SELECT {Columns} FROM unit{where} ORDER BY title LIMIT {limit}", Read, where.Values);
            }, unit => unit.Title);
        }

        /// <summary>Counts units.</summary>
        public long Count(UnitFilter filter)
        {
            Conditions where = Where(filter);
            return _database.First($"SELECT COUNT(*) FROM unit{where}", reader => reader.GetInt64(0), where.Values);
        }

        /// <summary>Seals all keys under another key.</summary>
        public void Reseal(SealingKey next)
        {
            string last = "";
            List<LockedUnit> units;
            do
            {
                units = _database.All($"SELECT {Columns}, keys FROM unit WHERE title > ?1 ORDER BY title LIMIT {Page}", ReadLocked, last);
                foreach (LockedUnit unit in units)
                {
                    byte[] plain = Unseal(unit);
                    last = unit.Unit.Title.ToString();
                    _database.Post("UPDATE unit SET keys = ?1 WHERE title = ?2", Seal(next, unit.Unit.Kind, unit.Unit.Title, plain), last);
                    CryptographicOperations.ZeroMemory(plain);
                }
            }
            while (units.Count == Page);
        }

        private static string[] Texts(IEnumerable<SystemTitle> titles)
        {
            return titles.Distinct().Select(title => title.ToString()).ToArray();
        }

        private static Conditions Where(UnitFilter filter)
        {
            var where = new Conditions();
            where.AddIf(filter.Kind is not null, "kind", filter.Kind);
            where.AddIf(filter.State is not null, "state", filter.State);
            if (filter.State is not null and not UnitState.Enrolled)
            {
                // So that the index of those serves.
                where.Add($"state <> {(int)UnitState.Enrolled}");
            }

            return where;
        }

        private static Unit Read(DbDataReader reader)
        {
            return new Unit(SystemTitle.Parse(reader.GetString(0)), (UnitKind)reader.GetInt32(1), reader.GetString(2),
                (UnitState)reader.GetInt32(3), UtilityTime.ToTime((uint)reader.GetInt64(4)), reader.IsDBNull(5) ? null : reader.GetString(5),
                reader.IsDBNull(6) ? null : reader.GetString(6), reader.IsDBNull(7) ? null : UtilityTime.ToTime((uint)reader.GetInt64(7)));
        }

        private static LockedUnit ReadLocked(DbDataReader reader)
        {
            return new LockedUnit(Read(reader), reader.GetFieldValue<byte[]>(8));
        }

        private static byte[] Seal(SealingKey key, UnitKind kind, SystemTitle title, byte[] plain)
        {
            return key.Seal(plain, [(byte)kind, .. title.ToArray()]);
        }

        // Whoever reads a serial number to the office is to mean one thing: a meter, or a communication unit.
        private void CheckSerials(IReadOnlyList<NewUnit> units)
        {
            var among = new Dictionary<string, NewUnit>();
            foreach (NewUnit unit in units.Where(unit => unit.Serial.Length > 0))
            {
                if (!among.TryAdd(unit.Serial, unit) && among[unit.Serial].Kind != unit.Kind)
                {
                    throw Shared(unit.Title, unit.Serial, among[unit.Serial].Title, among[unit.Serial].Kind);
                }
            }

            foreach (IGrouping<UnitKind, NewUnit> kind in among.Values.GroupBy(unit => unit.Kind))
            {
                UnitKind other = kind.Key == UnitKind.Metering ? UnitKind.Communication : UnitKind.Metering;
                const string first = "(SELECT MIN(title) FROM unit WHERE serial = k.value AND kind = ?2)";
                string[] found = _database.First($"SELECT k.value, {first} FROM {_database.Each(1)} WHERE {first} IS NOT NULL LIMIT 1",
                    reader => new[] { reader.GetString(0), reader.GetString(1) }, kind.Select(unit => unit.Serial).ToArray(), other);
                if (found is not null)
                {
                    throw Shared(among[found[0]].Title, found[0], SystemTitle.Parse(found[1]), other);
                }
            }
        }

        private static LedgerException Shared(SystemTitle title, string serial, SystemTitle other, UnitKind kind)
        {
            return new LedgerException($"{title}: the serial number {serial} is that of the {(kind == UnitKind.Metering ? "metering"
                : "communication")} unit {other}: give it one of its own");
        }

        private bool IsSame(LockedUnit known, SealedUnit ready)
        {
            if (known.Unit.Kind != ready.Unit.Kind)
            {
                return false;
            }

            byte[] there = Unseal(known);
            bool isSame = CryptographicOperations.FixedTimeEquals(there, ready.Plain);
            CryptographicOperations.ZeroMemory(there);
            return isSame;
        }

        private int EnterAgain(SealedUnit ready, uint now)
        {
            NewUnit unit = ready.Unit;
            int changed = _database.Run("UPDATE unit SET serial = ?1, state = ?2, enrolled = ?3, keys = ?4, hardware = ?8, lot = ?9, "
                + "written = NULL WHERE title = ?5 AND kind = ?6 AND state = ?7", unit.Serial, UnitState.Enrolled, now, ready.Keys, unit.Title,
                unit.Kind, UnitState.Erased, unit.Hardware, unit.Lot);
            return changed == 1 ? 1 : throw new LedgerException($"{unit.Title} is in the ledger already, with other keys");
        }

        private byte[] Unseal(LockedUnit unit)
        {
            byte[] plain = _key.Sealing.Open(unit.Keys, [(byte)unit.Unit.Kind, .. unit.Unit.Title.ToArray()]);
            if (plain is null)
            {
                _key.CheckOutside();
                throw new LedgerException($"the keys of {unit.Unit.Title} in the ledger are damaged or were tampered with");
            }

            return plain;
        }
    }
}
