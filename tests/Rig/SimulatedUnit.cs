using System;
using System.Net;
using System.Text;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Metering;
using NanoComm.Policy;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using NanoComm.Simulators.Wifi;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Rig
{
    /// <summary>A whole unit in virtual time: firmware, board, metering unit and one IP port, ready to be asked.</summary>
    public sealed class SimulatedUnit : IDisposable
    {
        /// <summary>Route-B id of every simulated unit with a Wi-SUN module.</summary>
        public const string RouteBId = "0023456789ABCDEF00112233445566AA";

        /// <summary>Its password.</summary>
        public const string RouteBPassword = "SimUlated007";

        /// <summary>Requests a second that its IP path takes of all, the virtual board's default.</summary>
        public const int PathRequestsPerSecond = 4000;

        private const int WiSunBaudRate = 115200;

        /// <summary>Makes a unit; nothing runs until the scheduler does.</summary>
        /// <param name="seed">Decides everything that is left to chance.</param>
        /// <param name="start">What the metering clock shows at virtual time 0.</param>
        public SimulatedUnit(int seed, DateTime start)
            : this(seed, start, new MemoryFiles())
        {
        }

        private SimulatedUnit(int seed, DateTime start, IFiles files)
        {
            Files = files;
            Scheduler = new VirtualScheduler(seed);
            Meter = new SimulatedMeteringUnit(HouseholdData.Recorded, Scheduler, start, 1);
            Direct = new DirectMeteringUnit(Meter);
            Board = new SimulatedBoard(Scheduler, Files, Port);
            Unit = new CommunicationUnit(Board, Direct, Settings);
        }

        private SimulatedUnit(int seed, DateTime start, IFiles files, ModuleOptions options, UnitSettings settings,
            PoweredParts parts)
        {
            Files = files;
            Scheduler = new VirtualScheduler(seed);
            Meter = new SimulatedMeteringUnit(HouseholdData.Recorded, Scheduler, start, 1);
            (Air, Module, WiSunLine) = MakeWiSun(seed, options);
            Board = new SimulatedBoard(Scheduler, Files, Port)
            {
                WiSunLine = WiSunLine,
                WiSunReset = new WatchedReset(Module.Reset, parts.Held),
                SupplyMonitor = parts.Supply,
                Power = parts.Declaration,
            };
            if (parts.HasWifi)
            {
                AccessPoint = new SimulatedAccessPoint(Air.Clock, Encoding.ASCII.GetBytes(WifiOrder.Ssid),
                    Encoding.ASCII.GetBytes(WifiOrder.Passphrase), IPAddress.Parse("198.51.100.7"));
                Wifi = new SimulatedWifi(AccessPoint, Board) { CanBeAccessPoint = parts.CanBeAccessPoint };
                Wifi.AddressChanged += address => Port.SetAddress(address is not null);
                Port.SetAddress(false);
                Board.Wifi = Wifi;
            }

            WriteCredentials();
            Direct = new DirectMeteringUnit(Meter);
            Unit = new CommunicationUnit(Board, Direct, settings);
            if (parts.HasWifi && parts.IsWifiOrdered)
            {
                byte[] body = WifiOrder.Body();
                Unit.Policy.SetWifi(body, 0, body.Length);
            }
        }

        private SimulatedUnit(int seed, MeteringPoint point, int baudRate, IFiles files, PowerSupply power,
            UnitSettings settings)
        {
            Files = files;
            Power = power;
            Scheduler = new VirtualScheduler(seed);
            Meter = point.Meter;
            Server = point.Server;
            Line = new SimulatedSerialLine(Scheduler, baudRate);
            Board = new SimulatedBoard(Scheduler, new PowerCutFiles(files, power), Port)
            {
                MeteringLine = new PowerCutLine(Line, power),
            };
            point.Connect(Scheduler, Line.FarEnd);
            Unit = new CommunicationUnit(Board, null, settings);
        }

        private SimulatedUnit(int seed, DateTime start, int baudRate, IFiles files, MemoryFiles meterFiles,
            HighVoltageService service, UnitSettings settings, ModuleOptions module = null)
        {
            Files = files;
            MeterFiles = meterFiles;
            Scheduler = new VirtualScheduler(seed);
            Meter = new SimulatedMeteringUnit(HouseholdData.Recorded, Scheduler, start, 1, service);
            Line = new SimulatedSerialLine(Scheduler, baudRate);
            if (module != null)
            {
                (Air, Module, WiSunLine) = MakeWiSun(seed, module);
            }

            Board = new SimulatedBoard(Scheduler, Files, Port)
            {
                MeteringLine = new PowerCutLine(Line, Power),
                WiSunLine = WiSunLine,
                WiSunReset = Module?.Reset,
            };
            if (module != null)
            {
                WriteCredentials();
            }

            MeteringUnitState state = MeteringUnitState.Load(new DurableStore(meterFiles))
                ?? BenchPairing.Make(Board, meterFiles);
            Server = new MeteringUnitServer(Meter, state, Scheduler, Scheduler.Random);
            Server.Attach(Line.FarEnd);
            Unit = new CommunicationUnit(Board, null, settings ?? (service == null ? Settings : HighVoltageSettings));
        }

        /// <summary>Identity of every simulated unit.</summary>
        public static EchonetIdentity Identity => new(
            [0xFF, 0xFF, 0xFF],
            new byte[EchonetIdentity.UniqueLength],
            new byte[EchonetIdentity.RouteBFreeLength],
            new byte[EchonetIdentity.ProductLength]);

        /// <summary>Id and password, one behind the other, as the record has them.</summary>
        public static byte[] Credentials => Encoding.ASCII.GetBytes(RouteBId + RouteBPassword);

        /// <summary>Settings of every simulated unit: an IP path as on a PC.</summary>
        public static UnitSettings Settings => new(Identity) { IpPathRequestsPerSecond = PathRequestsPerSecond };

        /// <summary>Settings of a unit that serves either class of metering unit.</summary>
        public static UnitSettings SettingsOfBoth
        {
            get
            {
                UnitSettings settings = Settings;
                settings.ServesHighVoltage = true;
                return settings;
            }
        }

        /// <summary>Likewise, of one that was made for high voltage.</summary>
        public static UnitSettings HighVoltageSettings
        {
            get
            {
                UnitSettings settings = SettingsOfBoth;
                settings.MeterClass = MeterClass.HighVoltage;
                return settings;
            }
        }

        /// <summary>Runs everything.</summary>
        public VirtualScheduler Scheduler { get; }

        /// <summary>The metering unit.</summary>
        public SimulatedMeteringUnit Meter { get; }

        /// <summary>How the firmware reads it where there is no line, or null.</summary>
        public DirectMeteringUnit Direct { get; }

        /// <summary>The board.</summary>
        public SimulatedBoard Board { get; }

        /// <summary>The line to the metering unit, or null without one.</summary>
        public SimulatedSerialLine Line { get; }

        /// <summary>The metering unit's DLMS server, or null without a line.</summary>
        public MeteringUnitServer Server { get; }

        /// <summary>The metering unit's durable medium, or null without a line.</summary>
        public MemoryFiles MeterFiles { get; }

        /// <summary>The air around the unit's Wi-SUN module, or null without one.</summary>
        public WiSunAir Air { get; }

        /// <summary>The unit's Wi-SUN module, or null.</summary>
        public SimulatedModule Module { get; }

        /// <summary>The unit's Wi-Fi radio, behind its IP port, or null.</summary>
        public SimulatedWifi Wifi { get; }

        /// <summary>The access point around it, or null.</summary>
        public SimulatedAccessPoint AccessPoint { get; }

        /// <summary>The line to the Wi-SUN module, or null.</summary>
        public SimulatedSerialLine WiSunLine { get; }

        /// <summary>The board's power.</summary>
        public PowerSupply Power { get; } = new();

        /// <summary>The board's durable medium.</summary>
        public IFiles Files { get; }

        /// <summary>The board's IP port.</summary>
        public SimulatedPort Port { get; } = new();

        /// <summary>The firmware.</summary>
        public CommunicationUnit Unit { get; }

        /// <summary>Makes a unit on a durable medium that another one used before: a restart, or a new unit.</summary>
        /// <param name="seed">Decides everything that is left to chance.</param>
        /// <param name="start">What the metering clock shows at virtual time 0.</param>
        /// <param name="files">The medium.</param>
        public static SimulatedUnit WithFiles(int seed, DateTime start, IFiles files)
        {
            return new SimulatedUnit(seed, start, files);
        }

        /// <summary>Makes a unit with a Wi-SUN module and credentials, beside its IP port.</summary>
        /// <param name="seed">Decides everything that is left to chance.</param>
        /// <param name="start">What the metering clock shows at virtual time 0.</param>
        /// <param name="files">The board's medium.</param>
        /// <param name="options">The module; null for one that was at work before: set to hexadecimal.</param>
        /// <param name="settings">The unit's; null for the defaults.</param>
        /// <param name="parts">What it has beside, and what that draws; null for no Wi-Fi and more power than needed.</param>
        public static SimulatedUnit WithWiSun(int seed, DateTime start, IFiles files, ModuleOptions options = null,
            UnitSettings settings = null, PoweredParts parts = null)
        {
            return new SimulatedUnit(seed, start, files, options ?? new ModuleOptions { FactoryOption = 1 },
                settings ?? Settings, parts ?? new PoweredParts());
        }

        /// <summary>Makes a unit that reads its metering unit over a serial line, already paired.</summary>
        /// <param name="seed">Decides everything that is left to chance.</param>
        /// <param name="start">What the metering clock shows at virtual time 0.</param>
        /// <param name="baudRate">Bits per second.</param>
        public static SimulatedUnit OverLine(int seed, DateTime start, int baudRate)
        {
            return OverLine(seed, start, baudRate, new MemoryFiles(), new MemoryFiles());
        }

        /// <summary>Makes a unit that reads its metering unit over a serial line, each with what its medium holds. A
        /// metering unit that was never made is made, and paired.</summary>
        /// <param name="seed">Decides everything that is left to chance.</param>
        /// <param name="start">What the metering clock shows at virtual time 0.</param>
        /// <param name="baudRate">Bits per second.</param>
        /// <param name="files">The board's medium.</param>
        /// <param name="meterFiles">The metering unit's medium.</param>
        /// <param name="service">Makes the metering unit a high-voltage one; null for low voltage.</param>
        /// <param name="settings">The unit's; null for those of the metering unit's class.</param>
        public static SimulatedUnit OverLine(int seed, DateTime start, int baudRate, IFiles files, MemoryFiles meterFiles,
            HighVoltageService service = null, UnitSettings settings = null)
        {
            return new SimulatedUnit(seed, start, baudRate, files, meterFiles, service, settings);
        }

        /// <summary>Makes a unit with every path: a line to its metering unit, already paired, a Wi-SUN module with
        /// credentials, and an IP port.</summary>
        /// <param name="seed">Decides everything that is left to chance.</param>
        /// <param name="start">What the metering clock shows at virtual time 0.</param>
        /// <param name="baudRate">Bits per second on the line to the metering unit.</param>
        /// <param name="settings">The unit's; null for the defaults.</param>
        /// <param name="files">The board's medium; null for an empty one.</param>
        /// <param name="meterFiles">The metering unit's medium; null for an empty one.</param>
        public static SimulatedUnit WithEveryPath(int seed, DateTime start, int baudRate, UnitSettings settings = null,
            IFiles files = null, MemoryFiles meterFiles = null)
        {
            return new SimulatedUnit(seed, start, baudRate, files ?? new MemoryFiles(), meterFiles ?? new MemoryFiles(), null,
                settings, new ModuleOptions { FactoryOption = 1 });
        }

        /// <summary>Makes a high-voltage unit, already paired with a high-voltage metering unit that it reads over a serial
        /// line.</summary>
        /// <param name="seed">Decides everything that is left to chance.</param>
        /// <param name="start">What the metering clock shows at virtual time 0.</param>
        /// <param name="baudRate">Bits per second.</param>
        /// <param name="service">What the metering unit is; null for the usual one.</param>
        public static SimulatedUnit HighVoltage(int seed, DateTime start, int baudRate, HighVoltageService service = null)
        {
            return OverLine(seed, start, baudRate, new MemoryFiles(), new MemoryFiles(), service ?? new HighVoltageService());
        }

        /// <summary>Makes a unit and puts it at a metering unit that stays when this one goes, in place of the unit that
        /// is there. Its virtual time goes on from that one's.</summary>
        /// <param name="seed">Decides everything that is left to chance.</param>
        /// <param name="point">Where the metering unit is.</param>
        /// <param name="baudRate">Bits per second.</param>
        /// <param name="files">The board's medium, with what an earlier life left there.</param>
        /// <param name="power">The board's power; null for one that never fails.</param>
        /// <param name="settings">The unit's; null for the defaults.</param>
        public static SimulatedUnit At(int seed, MeteringPoint point, int baudRate, IFiles files, PowerSupply power = null,
            UnitSettings settings = null)
        {
            return new SimulatedUnit(seed, point, baudRate, files, power ?? new PowerSupply(), settings ?? Settings);
        }

        /// <summary>A terminal's address.</summary>
        /// <param name="host">Last byte of the address, 1…254.</param>
        /// <param name="port">UDP source port.</param>
        public static DatagramPeer Peer(byte host, int port = 3610)
        {
            var peer = new DatagramPeer { AddressLength = 4, Port = port, Cast = DatagramCast.Unicast };
            new byte[] { 198, 51, 100, host }.CopyTo(peer.Address, 0);
            return peer;
        }

        /// <summary>Stops the loops.</summary>
        public void Dispose()
        {
            Scheduler.Dispose();
        }

        private (WiSunAir Air, SimulatedModule Module, SimulatedSerialLine Line) MakeWiSun(int seed, ModuleOptions options)
        {
            var air = new WiSunAir(new VirtualAirClock(Scheduler), seed);
            var module = new SimulatedModule(air, options);
            var line = new SimulatedSerialLine(Scheduler, WiSunBaudRate);
            module.Attach(line.FarEnd);
            return (air, module, line);
        }

        private void WriteCredentials()
        {
            Board.Store.Write(RouteBCredentials.Record, Credentials, RouteBCredentials.Length);
        }
    }
}
