using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
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
        private static readonly Lazy<(byte[] Ledger, byte[] Mark)> Template = new(MakeTemplate);

        private Ledger _ledger;

        public LedgerFixture()
        {
            Folder = Directory.CreateTempSubdirectory("ledger").FullName;
            File.WriteAllBytes(LedgerPath, Template.Value.Ledger);
            File.WriteAllBytes(MarkPath, Template.Value.Mark);
        }

        public string Folder { get; }

        public StillClock Clock { get; } = new();

        /// <summary>The ledger, unlocked when it is first wanted.</summary>
        public Ledger Ledger => _ledger ??= Open();

        public string LedgerPath => Path.Combine(Folder, "test.ledger");

        public string MarkPath => LedgerPath + ".epoch";

        /// <summary>The utility's time now.</summary>
        public uint Now => UtilityTime.FromTime(Clock.GetUtcNow());

        public Ledger Open() => Ledger.Open(LedgerPath, Passphrase, Clock);

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
            byte second = 0)
        {
            byte[] time = OrderVectors.Get("date-time of the answer");
            time[7] = second;
            byte[] said = [2, .. (unit ?? order.Unit).ToArray(), .. Convert.FromHexString(order.Id), .. U32(number ?? order.Number),
                (byte)result, .. time, .. report ?? []];
            return [.. said, .. Proof(unit ?? order.Unit, UnitKind.Communication, said)];
        }

        /// <summary>Takes an answer.</summary>
        public TakenAnswer Take(byte[] answer) => Ledger.Accept(OrderAnswer.Parse(answer));

        public List<OrderEntry> Orders()
        {
            using Ledger locked = Ledger.Open(LedgerPath, null);
            return locked.Orders(new OrderFilter()).ToList();
        }

        /// <summary>Makes the ledger what one of version 1 was.</summary>
        public void MakeFirstVersion()
        {
            Execute("DROP TABLE orders; PRAGMA user_version = 1");
        }

        /// <summary>Runs a statement on the ledger's file.</summary>
        public void Execute(string statement)
        {
            using var connection = new SqliteConnection($"Data Source={LedgerPath};Pooling=False");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }

        /// <summary>The first column of what a query on the ledger's file gives.</summary>
        public List<string> Query(string query)
        {
            using var connection = new SqliteConnection($"Data Source={LedgerPath};Pooling=False");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = query;
            using SqliteDataReader reader = command.ExecuteReader();
            var rows = new List<string>();
            while (reader.Read())
            {
                rows.Add(reader.GetString(0));
            }

            return rows;
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
            using Ledger locked = Ledger.Open(LedgerPath, null);
            return locked.Tickets(new TicketFilter()).ToList();
        }

        public void Dispose()
        {
            _ledger?.Dispose();
            Directory.Delete(Folder, recursive: true);
        }

        private static byte[] U32(uint value)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            return bytes;
        }

        private static (byte[] Ledger, byte[] Mark) MakeTemplate()
        {
            string folder = Directory.CreateTempSubdirectory("ledger").FullName;
            string path = Path.Combine(folder, "test.ledger");
            Ledger.Create(path, KeyManagement, Passphrase);
            using (Ledger ledger = Ledger.Open(path, Passphrase, new StillClock()))
            {
                ledger.Enroll(new[] { Meter, OtherMeter }.Select(title =>
                    new NewUnit(title, UnitKind.Metering, "METER", UnitKeys.MakeUp(UnitKind.Metering))));
                ledger.Enroll(new[] { Unit, OtherUnit }.Select(title =>
                    new NewUnit(title, UnitKind.Communication, "UNIT", UnitKeys.MakeUp(UnitKind.Communication))));
            }

            (byte[], byte[]) template = (File.ReadAllBytes(path), File.ReadAllBytes(path + ".epoch"));
            Directory.Delete(folder, recursive: true);
            return template;
        }

        private byte[] Proof(SystemTitle title, UnitKind kind, byte[] said)
        {
            using UnitKeys keys = Ledger.KeysOf(Ledger.Get(title, kind));
            return HMACSHA256.HashData(keys.ProofKey, said);
        }
    }
}
