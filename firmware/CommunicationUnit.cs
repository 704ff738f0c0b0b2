using NanoComm.Audit;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Orders;
using NanoComm.Pairing;
using NanoComm.Policy;
using NanoComm.Power;
using NanoComm.Records;
using NanoComm.RouteB;
using NanoComm.Supervision;
using NanoComm.WiSun;

namespace NanoComm
{
    /// <summary>
    /// The communication unit: the one place where parts are put together. Utility side (metering loop) and customer
    /// side (paths, node) meet in <see cref="MeterData"/> and nowhere else (requirements R17, R23).
    /// </summary>
    public sealed class CommunicationUnit
    {
        // Bytes of an information field at high voltage, whose rows are nearly twice as long.
        private const int LongInformation = 512;

        private readonly IBoard _board;
        private readonly InstallationLocation _location;

        /// <summary>Puts the unit together; nothing runs yet.</summary>
        /// <param name="board">What the unit runs on; a part that it lacks is not made.</param>
        /// <param name="meteringUnit">What stands for the metering unit; null for the one at the board's metering
        /// line.</param>
        /// <param name="settings">Who the unit is.</param>
        public CommunicationUnit(IBoard board, IMeteringUnit meteringUnit, UnitSettings settings)
        {
            _board = board;
            bool isErased = new Erasure(board).Resume();
            Health = new LoopHealth(board.Log);
            LearntMeter learnt = settings.ServesHighVoltage ? new LearntMeter(board.Store, settings.MeterClass) : null;
            MeterClass meterClass = learnt == null ? settings.MeterClass : learnt.Class;
            Data = new MeterData(settings.MeterClockRate, meterClass);
            Policy = new RouteBPolicy(board.Store, PartsOf(board), PairingKeeper.IsEnrolled(board.Store));
            Security = new SecurityLog(board.Store, board.Clock, Data);
            if (isErased)
            {
                Security.Add(SecurityEvent.Erased);
                Security.Flush();
            }

            IMeteringUnit source = meteringUnit ?? OpenMeteringUnit(board, meterClass);
            if (source != null)
            {
                Metering = new MeteringLoop(board, source, Data, settings.LivePeriod, Orders, learnt, Security);
            }

            Watch = new LoopWatch(board, Security);
            Light = new UnitLightSource(Pairing, Metering, Watch);
            var budget = new PowerBudget();
            board.DeclarePower(budget);
            Power = new PowerGovernor(budget);
            PowerWatch = new PowerWatch(board, Power, Security);

            _location = new InstallationLocation(board.Store);
            Node = MakeNode(settings.Identity);
            MakePaths(settings);
        }

        /// <summary>The read model.</summary>
        public MeterData Data { get; }

        /// <summary>What the utility has decided about the B route.</summary>
        public RouteBPolicy Policy { get; }

        /// <summary>The metering loop, or null on a board without a metering line.</summary>
        public MeteringLoop Metering { get; }

        /// <summary>The metering unit at the board's metering line, or null when something else stands for it.</summary>
        public MeteringUnit MeteringUnit { get; private set; }

        /// <summary>The keeper of the pairing with it, or null likewise.</summary>
        public PairingKeeper Pairing { get; private set; }

        /// <summary>What obeys the utility's orders, or null likewise.</summary>
        public OrderKeeper Orders { get; private set; }

        /// <summary>The ECHONET Lite node.</summary>
        public EchonetNode Node { get; }

        /// <summary>The IP path, or null on a board without one.</summary>
        public EchonetPath IpPath { get; private set; }

        /// <summary>The Wi-SUN path, or null on a board without one.</summary>
        public WiSunPath WiSunPath { get; private set; }

        /// <summary>What has the Wi-Fi radio on or off, or null on a board without one.</summary>
        public WifiSwitch Wifi { get; private set; }

        /// <summary>What the indicator light tells.</summary>
        public UnitLightSource Light { get; }

        /// <summary>The security log.</summary>
        public SecurityLog Security { get; }

        /// <summary>How the loops are.</summary>
        public LoopHealth Health { get; }

        /// <summary>What watches the loops.</summary>
        public LoopWatch Watch { get; }

        /// <summary>Who is granted power.</summary>
        public PowerGovernor Power { get; }

        /// <summary>What watches the supply.</summary>
        public PowerWatch PowerWatch { get; }

        /// <summary>Starts every loop.</summary>
        public void Start()
        {
            Security.Add(SecurityEvent.Start);
            if (Orders != null)
            {
                Orders.GoOn();
            }

            StartSaving();
            if (_board.Indicator != null)
            {
                StartLight();
            }

            if (IpPath != null)
            {
                ISignal wake = _board.Loops.CreateSignal("datagram or reading");
                Data.Subscribe(wake);
                Policy.Subscribe(wake);
                IpPath.Notify(wake);
                Start(SecurityEvent.IpPathHung, PoweredIpPath(wake), wake);
            }

            if (WiSunPath != null)
            {
                ISignal wake = _board.Loops.CreateSignal("module or reading");
                Data.Subscribe(wake);
                Policy.Subscribe(wake);
                WiSunPath.Notify(wake);
                Start(SecurityEvent.WiSunPathHung, WiSunPath, wake);
            }

            if (Metering != null)
            {
                string name = LoopWatch.NameOf(SecurityEvent.MeteringHung);
                LoopBeat beat = _board.Loops.Start(name, new GuardedSequence(name, Metering, Health, _board));
                Watch.Add(SecurityEvent.MeteringHung, beat);
            }

            _board.Loops.StartWatch(Watch);
        }

        private void Start(SecurityEvent loop, IReaction reaction, ISignal wake)
        {
            string name = LoopWatch.NameOf(loop);
            Watch.Add(loop, _board.Loops.Start(name, new GuardedReaction(name, reaction, Health), wake));
        }

        private IReaction PoweredIpPath(ISignal wake)
        {
            PowerGrant power = Power.Of(IpPart());
            if (!power.SendsWhenAsked)
            {
                return IpPath;
            }

            power.NotifySender(wake);
            return new PoweredReaction(IpPath, power);
        }

        // A reading dates the events before it.
        private void StartSaving()
        {
            ISignal unsaved = _board.Loops.CreateSignal("something to save, or a reading");
            Data.Subscribe(unsaved);
            Security.Notify(unsaved);
            _location.Notify(unsaved);
            PowerWatch.Notify(unsaved);
            UnsavedRecords records;
            LinkQuality wiSun = WiSunPath == null ? null : WiSunPath.Coordinator.Port.LinkQuality;
            var links = new LinkReport(wiSun, _board.Wifi, _board.Log);
            if (Wifi == null)
            {
                records = new UnsavedRecords(Security, _location, PowerWatch, links);
            }
            else
            {
                Power.Of(PowerPart.Processor).Notify(unsaved);
                Policy.Subscribe(unsaved);
                records = new UnsavedRecords(Security, _location, PowerWatch, links, Wifi);
            }

            Start(SecurityEvent.RecordsHung, records, unsaved);
        }

        // A path without declared power is not made: a board that ships has declared all.
        private void MakePaths(UnitSettings settings)
        {
            if (_board.RouteBPorts.Length > 0)
            {
                PowerGrant power = Grant(IpPart(), SecurityEvent.IpPathHung);
                if (power != null)
                {
                    IpPath = new EchonetPath(_board, PoweredPort.All(_board, power), settings.IpRules(), Policy, Node,
                        settings.IpObserver, Security);
                }

                if (power != null && _board.Wifi != null)
                {
                    Wifi = new WifiSwitch(_board.Wifi, power, Policy, _board.Log, Security);
                }
            }

            if (_board.WiSunLine != null)
            {
                PowerGrant power = Grant(PowerPart.WiSun, SecurityEvent.WiSunPathHung);
                if (power != null)
                {
                    WiSunPath = new WiSunPath(_board, settings.SessionLifetime, Policy, Node, settings.WiSunRules(), power,
                        settings.WiSunObserver, Security);
                }
            }
        }

        private static RouteParts PartsOf(IBoard board)
        {
            RouteParts parts = board.WiSunLine == null ? RouteParts.None : RouteParts.WiSun;
            parts |= board.RouteBPorts.Length == 0 ? RouteParts.None : RouteParts.Ip;
            parts |= board.Wifi == null ? RouteParts.None : RouteParts.Wifi;
            return board.Wifi != null && board.Wifi.CanBeAccessPoint ? parts | RouteParts.AccessPoint : parts;
        }

        // An ESP32's Wi-Fi radio is a part of its processor.
        private PowerPart IpPart()
        {
            return _board.Wifi != null ? PowerPart.Processor : PowerPart.Ethernet;
        }

        private PowerGrant Grant(PowerPart part, SecurityEvent path)
        {
            PowerGrant power = Power.Of(part);
            if (power == null)
            {
                _board.Log.Write(LogLevel.Error, LoopWatch.NameOf(path), "no path: the board declares no power for what it sends by");
            }

            return power;
        }

        private void StartLight()
        {
            ISignal changed = _board.Loops.CreateSignal("change of state");
            if (Metering != null)
            {
                Metering.Notify(changed);
            }

            if (Pairing != null)
            {
                Pairing.Notify(changed);
            }

            Watch.Notify(changed);
            Start(SecurityEvent.LightHung, new UnitLight(_board.Indicator, Light), changed);
        }

        private IMeteringUnit OpenMeteringUnit(IBoard board, MeterClass meterClass)
        {
            if (board.MeteringLine == null)
            {
                return null;
            }

            var settings = new LinkSettings();
            if (meterClass == MeterClass.HighVoltage)
            {
                settings.MaxInformation = LongInformation;
            }

            var client = new DlmsClient(board.MeteringLine, board.Loops, board.Clock, board.Random, settings);
            Pairing = new PairingKeeper(board, client, Data, Security, Policy);
            Orders = new OrderKeeper(board, client, Pairing, Policy, new UnitReport(this, board), Data, Security);
            MeteringUnit = new MeteringUnit(client, Pairing, board.Log, meterClass);
            return MeteringUnit;
        }

        // Both high-voltage classes, so that a reader of either finds it; the one that today's readers know comes first.
        private EchonetNode MakeNode(EchonetIdentity identity)
        {
            int firstTid = RandomTid(_board.Random);
            if (Data.High == null)
            {
                var meter = new LowVoltageMeter(new MeterValues(identity, _location, Data));
                return new EchonetNode(firstTid, new NodeProfile(identity, meter), meter);
            }

            var values = new HighVoltageValues(identity, _location, Data);
            var oneWay = new HighVoltageMeter(values);
            var bidirectional = new BidirectionalHighVoltageMeter(values);
            return new EchonetNode(firstTid, new NodeProfile(identity, oneWay, bidirectional), oneWay, bidirectional);
        }

        // A number that a unit which restarts does not repeat.
        private static int RandomTid(IRandomSource random)
        {
            var bytes = new byte[2];
            random.Fill(bytes, 0, bytes.Length);
            return BigEndian.ReadU16(bytes, 0);
        }
    }
}
