using System;
using NanoComm.Esp32RouteB;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;

namespace NanoComm.Virtual
{
    /// <summary>The PC as a board: a clock, threads, a folder, the network, and two serial lines; and, if wanted, a simulated
    /// Wi-Fi radio in place of the network's cable.</summary>
    internal sealed class VirtualBoard : IBoard, IDisposable
    {
        private readonly Options _options;
        private readonly VirtualSupply _supply;
        private readonly ThreadLoops _loops;
        private readonly ListenPorts _ports;
        private readonly WiSunSource _wiSun;
        private readonly WifiSource _wifi;

        /// <summary>Makes the board.</summary>
        /// <param name="options">What the user asked for.</param>
        /// <param name="files">Where durable records go.</param>
        /// <param name="site">Where its supply is.</param>
        /// <param name="plug">Its power.</param>
        /// <param name="meteringLine">The line to the metering unit.</param>
        /// <param name="wiSun">The Wi-SUN module.</param>
        /// <param name="wifi">The simulated Wi-Fi, or null; disposed with the board.</param>
        /// <param name="ports">The IP path, not opened yet; disposed with the board.</param>
        /// <param name="log">Takes diagnostics.</param>
        public VirtualBoard(Options options, IFiles files, Site site, Plug plug, ISerialLine meteringLine, WiSunSource wiSun,
            WifiSource wifi, ListenPorts ports, ILog log)
        {
            _options = options;
            _supply = new VirtualSupply(options.LowSupply, Clock, site);
            Log = log;
            MeteringLine = new PluggedLine(meteringLine, plug);
            _wiSun = wiSun;
            _wifi = wifi;
            var plugged = new PluggedFiles(files, plug);
            Store = new DurableStore(plugged);
            Notes = new DurableStore(plugged);
            _loops = new ThreadLoops(Clock, log);
            if (options.Hang is { } hang)
            {
                _loops.Hang(hang.Name, hang.From);
            }

            _ports = ports;
        }

        /// <summary>The indicator light, for the view.</summary>
        public VirtualLight Light { get; } = new();

        public IClock Clock { get; } = new MonotonicClock();

        public ILoops Loops => _loops;

        public IDurableStore Store { get; }

        public IDurableStore Notes { get; }

        public IRandomSource Random { get; } = new SystemRandom();

        public ILog Log { get; }

        public ISerialLine MeteringLine { get; }

        public ISerialLine WiSunLine => _wiSun.Line;

        public IResetLine WiSunReset => _wiSun.Reset;

        public IDatagramPort[] RouteBPorts => _ports.All;

        public IWifiRadio Wifi => _wifi?.Radio;

        public IIndicator Indicator => Light;

        public ISupplyMonitor SupplyMonitor => _supply;

        public void DeclarePower(IPowerSheet sheet)
        {
            IPowerSheet taken = _options.Reserved is int reserved ? new ReservedSheet(sheet, reserved) : sheet;
            if (_options.IsHighVoltage)
            {
                VirtualPower.DeclareHigh(taken);
            }
            else if (_wifi is not null)
            {
                // The board that it stands for: Wi-Fi is its processor's.
                Esp32RouteBPower.Declare(taken);
            }
            else
            {
                VirtualPower.Declare(taken);
            }
        }

        public IBlockCipher CreateBlockCipher(byte[] key) => new AesBlockCipher(key);

        public IMac CreateMac(byte[] key) => new HmacSha256(key);

        /// <summary>Called, from one of its loops, when the unit wants to be started anew; its loops are ending.</summary>
        public Action Restarting { get; set; }

        /// <summary>Called when one of its loops has nothing more to do, on that loop's thread; set before they start.</summary>
        public Action Resting
        {
            set => _loops.Resting = value;
        }

        public void Restart(string reason)
        {
            Log.Write(LogLevel.Error, "board", "restarting: " + reason);
            _loops.Stop();
            Restarting?.Invoke();
        }

        /// <summary>Ends its loops, whatever they are at.</summary>
        public void Stop() => _loops.Stop();

        public void Dispose()
        {
            _loops.Stop();
            _loops.Join(2000);
            _loops.Dispose();
            _supply.Dispose();
            _ports.Dispose();
            _wifi?.Dispose();
        }
    }
}
