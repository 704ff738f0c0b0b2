using System;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using NanoComm.Keys;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>A ledger in a folder of its own, with two meters and two units, and a clock that stands still.</summary>
    internal sealed class LedgerFixture : IDisposable
    {
        public const string Passphrase = "five words are long enough";

        public static readonly SystemTitle KeyManagement = SystemTitle.Parse("4E434B0000000001");
        public static readonly SystemTitle Meter = SystemTitle.Parse("4E434D0000000001");
        public static readonly SystemTitle OtherMeter = SystemTitle.Parse("4E434D0000000002");
        public static readonly SystemTitle Unit = SystemTitle.Parse("4E43430000000001");
        public static readonly SystemTitle OtherUnit = SystemTitle.Parse("4E43430000000002");

        // Deriving a key takes long on purpose: one ledger is made, the others are copies of it.
        private static readonly Lazy<byte[]> TemplateFile = new(MakeTemplateFile);
        private static readonly Lazy<string> TemplateDatabase = new(MakeTemplateDatabase);

        // What the passphrase derives to, by salt, for the same reason.
        private static readonly ConcurrentDictionary<string, byte[]> Derived = new();

        private readonly string _database;
        private Ledger _ledger;
        private byte[] _backup;

        public LedgerFixture(Backend backend = Backend.Sqlite)
        {
            Backend = backend;
            Folder = Directory.CreateTempSubdirectory("ledger").FullName;
            File.WriteAllText(MarkPath, "0\n");
            if (backend == Backend.Sqlite)
            {
                File.WriteAllBytes(LedgerPath, TemplateFile.Value);
                return;
            }

            _database = TestServer.Copy(TemplateDatabase.Value);
            Execute($"UPDATE held SET incarnation = ({PostgresLedger.IncarnationQuery})");
        }

        public Backend Backend { get; }

        /// <summary>The server's database.</summary>
        public string Database => _database;

        /// <summary>What <c>--ledger</c> takes.</summary>
        public string Address => Backend == Backend.Sqlite ? LedgerPath : TestServer.Get().Address(_database, MarkPath);

        public string Folder { get; }

        public StillClock Clock { get; } = new();

        /// <summary>The ledger, unlocked when it is first wanted.</summary>
        public Ledger Ledger => _ledger ??= Open();

        public string LedgerPath => Path.Combine(Folder, "test.ledger");

        public string MarkPath => LedgerPath + ".epoch";

        /// <summary>The utility's time now.</summary>
        public uint Now => UtilityTime.FromTime(Clock.GetUtcNow());

        public Ledger Open() => Ledger.OpenWith(Address, Derive, Clock);

        /// <summary>Closes the ledger, does something to its files, and opens it again.</summary>
        public void Restart(Action meanwhile = null)
        {
            _ledger?.Dispose();
            meanwhile?.Invoke();
            _ledger = Open();
        }

        public IssuedTicket Issue(SystemTitle? meter = null, SystemTitle? unit = null, TicketKind kind = TicketKind.Pair)
        {
            return Ledger.Issue([Request(meter, unit, kind)])[0];
        }

        public static TicketRequest Request(SystemTitle? meter = null, SystemTitle? unit = null,
            TicketKind kind = TicketKind.Pair)
        {
            return new TicketRequest(kind, meter ?? Meter, unit ?? Unit, UtilityTime.Never);
        }

        /// <summary>Makes an order for the unit; one to close the B route unless there is another body.</summary>
        public IssuedOrder Order(OrderBody body = null, SystemTitle? unit = null, SystemTitle? meter = null,
            uint notAfter = UtilityTime.Never)
        {
            return Ledger.Issue(new OrderRequest(unit ?? Unit, meter ?? Meter, body ?? OrderBody.Of(OrderKind.CloseRouteB), notAfter));
        }

        /// <summary>The order as its unit reads it.</summary>
        public OpenedOrder Open(Order order)
        {
            using UnitKeys keys = Ledger.KeysOf(Ledger.Find(order.Unit));
            return OpenedOrder.Read(order.Bytes.ToArray(), keys.WrappingKey);
        }

        /// <summary>The answer that the unit gives.</summary>
        public byte[] Answer(OrderEntry order, OrderResult result, byte[] report = null, SystemTitle? unit = null, uint? number = null,
            byte second = 0, OrderEntry before = null, byte resultBefore = 0)
        {
            byte[] time = OrderVectors.Get("date-time of the answer");
            time[7] = second;
            byte[] said = [2, .. (unit ?? order.Unit).ToArray(), .. Convert.FromHexString(order.Id), .. U32(number ?? order.Number),
                (byte)result, .. U32(before?.Number ?? 0), resultBefore, .. time, .. report ?? []];
            return [.. said, .. Proof(unit ?? order.Unit, UnitKind.Communication, said)];
        }

        /// <summary>Takes an answer.</summary>
        public TakenAnswer Take(byte[] answer) => Ledger.Accept(OrderAnswer.Parse(answer));

        public List<OrderEntry> Orders()
        {
            using Ledger locked = Ledger.Open(Address, null);
            return locked.Orders(new OrderFilter()).ToList();
        }

        /// <summary>Takes a backup of what the ledger remembers, and not of its mark.</summary>
        public void Backup()
        {
            if (Backend == Backend.Sqlite)
            {
                _backup = File.ReadAllBytes(LedgerPath);
            }
            else
            {
                Execute("DROP SCHEMA IF EXISTS backup CASCADE; CREATE SCHEMA backup; CREATE TABLE backup.ticket AS TABLE ticket; "
                    + "CREATE TABLE backup.orders AS TABLE orders; CREATE TABLE backup.held AS TABLE held");
            }
        }

        /// <summary>Puts the backup back in its place: on a server, as a snapshot of its disk does.</summary>
        public void PutBack()
        {
            if (Backend == Backend.Sqlite)
            {
                File.WriteAllBytes(LedgerPath, _backup);
            }
            else
            {
                Execute("TRUNCATE ticket, orders, held; INSERT INTO ticket SELECT * FROM backup.ticket; "
                    + "INSERT INTO orders SELECT * FROM backup.orders; INSERT INTO held SELECT * FROM backup.held");
            }
        }

        /// <summary>Makes the ledger one that came from elsewhere: a file without its mark, a server of another history.</summary>
        public void MoveElsewhere()
        {
            if (Backend == Backend.Sqlite)
            {
                File.Delete(MarkPath);
            }
            else
            {
                Execute("UPDATE held SET incarnation = 'another server'");
            }
        }

        /// <summary>Runs a statement on the ledger itself.</summary>
        public void Execute(string statement)
        {
            using DbConnection connection = Connect();
            using DbCommand command = connection.CreateCommand();
            command.CommandText = Translate(statement);
            command.ExecuteNonQuery();
        }

        /// <summary>The first column of what a query on the ledger itself gives.</summary>
        public List<string> Query(string query)
        {
            using DbConnection connection = Connect();
            using DbCommand command = connection.CreateCommand();
            command.CommandText = Translate(query);
            using DbDataReader reader = command.ExecuteReader();
            var rows = new List<string>();
            while (reader.Read())
            {
                rows.Add(reader.GetValue(0).ToString());
            }

            return rows;
        }

        /// <summary>Whether bytes are anywhere in the ledger.</summary>
        public bool Holds(ReadOnlySpan<byte> bytes)
        {
            _ledger?.Dispose();
            _ledger = null;
            if (Backend == Backend.Sqlite)
            {
                return File.ReadAllBytes(LedgerPath).AsSpan().IndexOf(bytes) >= 0;
            }

            string all = string.Join('\n', new[] { "ledger", "unit", "ticket", "orders", "held" }.SelectMany(table =>
                Query($"SELECT t::text FROM {table} t"))).ToUpperInvariant();
            return all.Contains(Convert.ToHexString(bytes)) || all.Contains(System.Text.Encoding.ASCII.GetString(bytes).ToUpperInvariant());
        }

        /// <summary>A column of a unit's row, bytes.</summary>
        public byte[] Column(string column, SystemTitle unit)
        {
            return Convert.FromHexString(Query($"SELECT hex({column}) FROM unit WHERE title = '{unit}'")[0]);
        }

        /// <summary>The receipt that the meter gives.</summary>
        public byte[] Receipt(IssuedTicket issued, SystemTitle? unit = null, uint? epoch = null)
        {
            byte[] said = [1, .. issued.Request.Meter.ToArray(), .. (unit ?? issued.Request.Unit).ToArray(),
                .. U32(epoch ?? issued.Epoch), .. issued.Ticket.Id.Span, .. PairingVectors.Get("date-time")];
            return [.. said, .. Proof(issued.Request.Meter, UnitKind.Metering, said)];
        }

        /// <summary>The record that the unit leaves.</summary>
        public byte[] Erasure(SystemTitle unit, IssuedTicket order, Erased erased, bool isDone = true,
            byte version = 2)
        {
            byte[] said = [version, isDone ? (byte)1 : (byte)0, .. unit.ToArray(), (byte)(order is null ? ErasureOrder.Bench : ErasureOrder.Ticket),
                .. order is null ? new byte[16] : order.Ticket.Id.ToArray(), .. U32(order?.Epoch ?? 0), .. Meter.ToArray(),
                .. PairingVectors.Get("date-time"), 0, (byte)erased];
            return [.. said, .. Proof(unit, UnitKind.Communication, said)];
        }

        public List<TicketEntry> Tickets()
        {
            using Ledger locked = Ledger.Open(Address, null);
            return locked.Tickets(new TicketFilter()).ToList();
        }

        public void Dispose()
        {
            _ledger?.Dispose();
            Directory.Delete(Folder, recursive: true);
            if (_database is not null)
            {
                TestServer.Get().Execute("postgres", $"DROP DATABASE {_database} WITH (FORCE)");
            }
        }

        private static SealingKey Derive(PassphraseScheme scheme)
        {
            byte[] key = Derived.GetOrAdd(Convert.ToHexString(scheme.Salt), _ => Rfc2898DeriveBytes.Pbkdf2(Passphrase, scheme.Salt,
                scheme.Iterations, HashAlgorithmName.SHA256, SealingKey.KeyLength));
            return SealingKey.TakeOver([.. key]);
        }

        /// <summary>A connection to the ledger itself.</summary>
        public DbConnection Connect()
        {
            if (Backend == Backend.Postgres)
            {
                return TestServer.Get().Connect(_database);
            }

            var connection = new SqliteConnection($"Data Source={LedgerPath};Pooling=False");
            connection.Open();
            return connection;
        }

        // The tests' statements are SQLite's.
        private string Translate(string statement)
        {
            return Backend == Backend.Sqlite ? statement
                : Regex.Replace(Regex.Replace(statement, @"\bx'([0-9A-F]*)'", @"'\x$1'::bytea"), @"\bhex\(", "public.nanocomm_test_hex(");
        }

        private static byte[] U32(uint value)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            return bytes;
        }

        private static byte[] MakeTemplateFile()
        {
            string folder = Directory.CreateTempSubdirectory("ledger").FullName;
            string path = Path.Combine(folder, "test.ledger");
            Make(path);
            byte[] template = File.ReadAllBytes(path);
            Directory.Delete(folder, recursive: true);
            return template;
        }

        private static string MakeTemplateDatabase()
        {
            const string name = "template_of_ledger";
            PostgresServer server = TestServer.Get();
            server.Execute("postgres", $"CREATE DATABASE {name}");
            server.Execute(name, "CREATE FUNCTION public.nanocomm_test_hex(bytea) RETURNS text LANGUAGE sql AS "
                + "$$ SELECT upper(encode($1, 'hex')) $$");
            Make(server.Address(name, Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));
            return name;
        }

        private static void Make(string address)
        {
            Ledger.Create(address, KeyManagement, Passphrase);
            using Ledger ledger = Ledger.Open(address, Passphrase, new StillClock());
            ledger.Enroll(new[] { Meter, OtherMeter }.Select(title =>
                new NewUnit(title, UnitKind.Metering, "METER", UnitKeys.MakeUp(UnitKind.Metering))));
            ledger.Enroll(new[] { Unit, OtherUnit }.Select(title =>
                new NewUnit(title, UnitKind.Communication, "UNIT", UnitKeys.MakeUp(UnitKind.Communication))));
        }

        private byte[] Proof(SystemTitle title, UnitKind kind, byte[] said)
        {
            using UnitKeys keys = Ledger.KeysOf(Ledger.Get(title, kind));
            return HMACSHA256.HashData(keys.ProofKey, said);
        }
    }
}
