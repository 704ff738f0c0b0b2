using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Pairing;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using NanoComm.Virtual;
using FactoryKeys = NanoComm.Simulators.Dlms.FactoryKeys;
using RouteBCredentials = NanoComm.CommandLine.RouteBCredentials;

namespace NanoComm.Fleet
{
    /// <summary>One place of a fleet: a metering unit, and the communication unit before it. All of it belongs to its worker's
    /// thread, but for the properties, which any thread may read.</summary>
    public sealed class FleetUnit
    {
        private const string MeterFolder = "simulated-metering-unit";

        private readonly UnitFleet _fleet;
        private readonly CrowdWorker _worker;
        private readonly NetProfile _profile;
        private readonly MeterClass _meterClass;
        private IFiles _files;
        private UnitExchange _exchange;
        private MeterDevice _meter;
        private FleetBoard _board;

        internal FleetUnit(UnitFleet fleet, CrowdWorker worker, int number, FleetFault fault, bool isHighVoltage)
        {
            _fleet = fleet;
            _worker = worker;
            Number = number;
            Fault = fault;
            _meterClass = isHighVoltage ? MeterClass.HighVoltage : MeterClass.LowVoltage;
            _profile = fleet.Options.Households.Find(number, isHighVoltage);
            Address = new IPEndPoint(fleet.Options.Addresses[number], fleet.Options.Port);
        }

        /// <summary>Which it is, 0 and up.</summary>
        public int Number { get; }

        /// <summary>Where it answers.</summary>
        public IPEndPoint Address { get; }

        /// <summary>What is wrong with it.</summary>
        public FleetFault Fault { get; }

        /// <summary>Whether its metering unit is a high-voltage one.</summary>
        public bool IsHighVoltage => _meterClass == MeterClass.HighVoltage;

        /// <summary>The firmware; null before its first start, and between two.</summary>
        public CommunicationUnit Unit { get; private set; }

        /// <summary>What its metering unit measures; null before its first start.</summary>
        public SimulatedMeteringUnit Meter => _meter?.Energy;

        /// <summary>How often it was started, the first time counted.</summary>
        public int Starts { get; private set; }

        /// <summary>Why it cannot be started, or null.</summary>
        public string Failure { get; private set; }

        /// <summary>Whether it reads its metering unit.</summary>
        public bool IsReading => Unit?.Metering.State is MeteringState.Reading or MeteringState.ReadingWithGaps;

        /// <summary>What it has answered in earlier lives.</summary>
        internal FleetCounters Before { get; private set; } = new();

        /// <summary>Starts it, or starts it anew. What is wrong is told by <see cref="Failure"/>: the neighbours go on.</summary>
        internal void Start()
        {
            try
            {
                Stop();
                PutTogether();
                Unit.Start();
                Starts++;
                Failure = null;
            }
            catch (Exception failure) when (failure is IOException or UserError or System.Net.Sockets.SocketException)
            {
                Stop();
                Failure = failure.Message;
                _fleet.Log(this, LogLevel.Error, "fleet", failure.Message);
            }
        }

        /// <summary>Takes its power away, whatever it is at.</summary>
        internal void Stop()
        {
            if (Unit is not null)
            {
                Before = Before.With(Unit);
                Unit = null;
            }

            _board?.Dispose();
            _board = null;
        }

        /// <summary>Takes it off and puts a new one in its place, which comes with a ticket.</summary>
        internal void Exchange()
        {
            if (_meter is null)
            {
                return;
            }

            _exchange = new UnitExchange(_meter.State, RouteBCredentials.MadeUp);
            _files = _exchange.Files;
            Start();
        }

        /// <summary>Gives a unit that was exchanged the order to open its B route, once its ticket has paired it.</summary>
        internal void Order()
        {
            if (_exchange is not null && Unit?.Pairing.State == PairingState.Paired && Unit.Pairing.Epoch == _exchange.Epoch)
            {
                byte[] order = _exchange.MakeOrder();
                _exchange = _board.Store.Write(RecordCatalogue.Inbox, order, order.Length) ? null : _exchange;
            }
        }

        /// <summary>Has something done on its worker's thread.</summary>
        internal void Post(Action action)
        {
            _worker.Post(action);
        }

        private void PutTogether()
        {
            var loops = new CrowdLoops(_worker);
            var line = new PacedLine(loops, _fleet.Options.Baud)
            {
                Delay = Fault == FleetFault.Slow ? FleetFaults.SlowMilliseconds : 0,
                IsCut = Fault == FleetFault.Silent,
            };
            string folder = _fleet.Options.Store is string store
                ? Path.Combine(store, Address.Address.ToString().Replace(':', '-').Replace('%', '-')) : null;
            _files ??= Open(folder);
            var port = new UdpPort(Address.Address, Address.Port, _worker.Sockets);
            _board = new FleetBoard(loops, _files, line, port, _meterClass,
                (level, source, text) => _fleet.Log(this, level, source, text), _ => _worker.Post(Start));
            if (!port.Reserve())
            {
                throw new IOException(port.OpenError.Replace("--listen", "--network"));
            }

            _meter ??= MakeMeter(folder, loops);
            _meter.Connect(line.FarEnd, loops.Clock);
            Unit = new CommunicationUnit(_board, null, new UnitSettings(VirtualIdentity.Of(Address))
            {
                MeterClockRate = _fleet.Options.Speed,
                ServesHighVoltage = true,
                MeterClass = _meterClass,
                LivePeriod = _fleet.Options.LivePeriod,
                EchonetPort = Address.Port,
            });
        }

        private MeterDevice MakeMeter(string folder, CrowdLoops loops)
        {
            var store = new DurableStore(Open(folder is null ? null : Path.Combine(folder, MeterFolder)));
            MeteringUnitState state = BenchPairing.Settle(MeteringUnitState.Load(store), store, MakeBench(), MakeFactory(), _board)
                ?? throw new IOException($"the unit in {folder} is not paired with its metering unit: take an empty folder");
            return new MeterDevice(_profile, state, loops.Clock, _fleet.Options.Speed,
                IsHighVoltage ? new HighVoltageService() : null);
        }

        // Only a metering unit with factory keys takes tickets.
        private FactoryKeys MakeFactory()
        {
            return Fault != FleetFault.Exchanged ? null
                : new FactoryKeys(RandomNumberGenerator.GetBytes(UnitExchange.KeyLength),
                    RandomNumberGenerator.GetBytes(FactoryKeys.ProofKeyLength));
        }

        private BenchUnit MakeBench()
        {
            string number = Number.ToString("D5", CultureInfo.InvariantCulture);
            return new BenchUnit(Encoding.ASCII.GetBytes("NCM" + number), "FLEET" + number, Encoding.ASCII.GetBytes("NCC" + number),
                Encoding.ASCII.GetBytes("NCU" + number), _board.Random);
        }

        private static IFiles Open(string folder)
        {
            return folder is null ? new MemoryFiles() : new FolderFiles(folder);
        }
    }
}
