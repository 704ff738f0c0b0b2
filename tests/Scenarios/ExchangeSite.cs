using System;
using System.IO;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.Records;
using NanoComm.Rig;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

using Ticket = NanoComm.Keys.Ticket;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A metering unit as the factory made it, units to put at it, and the key management that makes their
    /// tickets.</summary>
    internal sealed class ExchangeSite
    {
        /// <summary>What the metering clock shows at the start.</summary>
        public static readonly DateTime Start = new(2027, 2, 27, 12, 10, 20);

        private const int ProofKeyLength = 32;

        private readonly SeededRandom _random;
        private readonly byte[] _kek;
        private readonly byte[] _proofKey;
        private readonly TicketMaker _maker;
        private readonly OrderMaker _orders;
        private int _lives;

        /// <summary>Makes a metering unit that was never paired.</summary>
        /// <param name="seed">Decides every key.</param>
        /// <param name="meter">Number of the metering unit, 1…9.</param>
        /// <param name="service">Makes it a high-voltage one; null for low voltage.</param>
        public ExchangeSite(int seed, int meter = 1, HighVoltageService service = null)
        {
            _random = new SeededRandom((100 * seed) + meter);
            _kek = Make(TicketMaker.KeyLength);
            _proofKey = Make(ProofKeyLength);
            _maker = new TicketMaker(Title("NCKSIM0", 1), bytes => Make(bytes.Length).CopyTo(bytes));
            _orders = new OrderMaker(Title("NCKSIM0", 1), bytes => Make(bytes.Length).CopyTo(bytes));
            MeterTitle = Title("NCMSIM0", meter);
            var files = new MemoryFiles();
            _ = MeteringUnitState.MakeFactory(new DurableStore(files), MeterTitle.ToArray(), $"SIM00000000{meter}", _kek,
                _proofKey, null) ?? throw new IOException();
            Point = new MeteringPoint(seed, Start, files, service);
        }

        /// <summary>Title of the metering unit.</summary>
        public SystemTitle MeterTitle { get; }

        /// <summary>Where the metering unit is.</summary>
        public MeteringPoint Point { get; }

        /// <summary>What the metering unit keeps.</summary>
        public MeteringUnitState Meter => Point.Server.State;

        /// <summary>Title of a communication unit.</summary>
        /// <param name="unit">1…9.</param>
        public static SystemTitle UnitTitle(int unit) => Title("NCCSIM0", unit);

        /// <summary>Makes a communication unit's medium, as enrolment leaves it.</summary>
        /// <param name="unit">1…9.</param>
        public static MemoryFiles MakeUnit(int unit)
        {
            var files = new MemoryFiles();
            byte[] record = [.. UnitTitle(unit).ToArray(), .. Dk(unit), .. new byte[ProofKeyLength]];
            if (!new DurableStore(files).Write("factory", record, record.Length))
            {
                throw new IOException();
            }

            return files;
        }

        /// <summary>A record of a unit; empty when there is none.</summary>
        public static byte[] Record(IFiles files, string name)
        {
            var buffer = new byte[DurableStore.MaxLength];
            int length = new DurableStore(files).Read(name, buffer);
            return length < 0 ? [] : buffer[..length];
        }

        /// <summary>Makes a ticket.</summary>
        /// <param name="unit">For which unit, 1…9.</param>
        /// <param name="epoch">The epoch.</param>
        /// <param name="notAfter">The last time that it is taken.</param>
        public Ticket Issue(int unit, uint epoch, uint notAfter = UtilityTime.Never)
        {
            return _maker.Pair(MeterTitle, _kek, UnitTitle(unit), Dk(unit), epoch, notAfter);
        }

        /// <summary>What a ticket brings to the metering unit.</summary>
        public PairingKeys KeysOf(Ticket ticket)
        {
            byte[] order = TicketEnvelope.Open(ticket.MeterPart.Span, _kek, MeterTitle.ToArray(), out byte[] id);
            return StageOrder.Parse(order, id).Keys;
        }

        /// <summary>Makes an order to retire.</summary>
        public Ticket Retire(int unit, uint epoch)
        {
            return _maker.Retire(MeterTitle, UnitTitle(unit), Dk(unit), epoch);
        }

        /// <summary>Makes an order.</summary>
        /// <param name="unit">For which unit, 1…9.</param>
        /// <param name="number">Its number.</param>
        /// <param name="body">What it orders.</param>
        /// <param name="notAfter">The last time that it is taken.</param>
        public Order Order(int unit, uint number, OrderBody body, uint notAfter = UtilityTime.Never)
        {
            byte[] draft = _orders.Write(new OrderRequest(UnitTitle(unit), MeterTitle, body, notAfter), number);
            return _orders.Seal(draft, UnitTitle(unit), Dk(unit));
        }

        /// <summary>Gives a unit a ticket, as the swap tool does.</summary>
        public static void Give(IFiles files, Ticket ticket) => Give(files, ticket.Bytes.ToArray());

        /// <summary>Gives a unit an order by hand.</summary>
        public static void Give(IFiles files, Order order) => Give(files, order.Bytes.ToArray());

        private static void Give(IFiles files, byte[] bytes)
        {
            if (!new DurableStore(files).Write(RecordCatalogue.Inbox, bytes, bytes.Length))
            {
                throw new IOException();
            }
        }

        /// <summary>Puts a unit at the metering unit, in place of the one that is there, and switches it on.</summary>
        /// <param name="files">Its medium.</param>
        /// <param name="baudRate">Bits per second.</param>
        /// <param name="power">Its power, or null.</param>
        /// <param name="settings">Its settings, or null.</param>
        public SimulatedUnit Plug(IFiles files, int baudRate = 115200, PowerSupply power = null, UnitSettings settings = null)
        {
            SimulatedUnit unit = SimulatedUnit.At(++_lives, Point, baudRate, files, power, settings);
            unit.Unit.Start();
            return unit;
        }

        /// <summary>Whether a receipt is authentic and of this pairing.</summary>
        public bool IsGood(byte[] receipt, int unit, uint epoch, Ticket ticket)
        {
            Receipt parsed = Receipt.Parse(receipt);
            return parsed.IsAuthentic(_proofKey) && parsed.Meter == MeterTitle && parsed.Unit == UnitTitle(unit)
                && parsed.Epoch == epoch && parsed.TicketId.Span.SequenceEqual(ticket.Id.Span);
        }

        private static SystemTitle Title(string prefix, int number)
        {
            return new SystemTitle([.. System.Text.Encoding.ASCII.GetBytes(prefix), (byte)('0' + number)]);
        }

        private static byte[] Dk(int unit)
        {
            var dk = new byte[TicketMaker.KeyLength];
            Array.Fill(dk, (byte)(0x10 + unit));
            return dk;
        }

        private byte[] Make(int length)
        {
            var bytes = new byte[length];
            _random.Fill(bytes, 0, length);
            return bytes;
        }
    }
}
