using System;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Metering;
using NanoComm.Records;
using NanoComm.Virtual;

namespace NanoComm.Fleet
{
    /// <summary>The board of a unit of a fleet: a line to its metering unit, and one address.</summary>
    internal sealed class FleetBoard : IBoard, ILog, IDisposable
    {
        private static readonly SystemRandom SharedRandom = new();

        private readonly CrowdLoops _loops;
        private readonly UdpPort _port;
        private readonly MeterClass _meterClass;
        private readonly Action<LogLevel, string, string> _log;
        private readonly Action<string> _restart;

        /// <summary>Makes it, without power.</summary>
        /// <param name="loops">The unit's loops.</param>
        /// <param name="files">The unit's records.</param>
        /// <param name="line">The line to the metering unit.</param>
        /// <param name="port">The unit's address; disposed with the board.</param>
        /// <param name="meterClass">Of the metering unit.</param>
        /// <param name="log">Takes diagnostics.</param>
        /// <param name="restart">Has the unit started anew, after the step that it is at.</param>
        public FleetBoard(CrowdLoops loops, IFiles files, ISerialLine line, UdpPort port, MeterClass meterClass,
            Action<LogLevel, string, string> log, Action<string> restart)
        {
            _loops = loops;
            _port = port;
            _meterClass = meterClass;
            _log = log;
            _restart = restart;
            MeteringLine = line;
            RouteBPorts = [port];
            Store = new DurableStore(files);
        }

        public IClock Clock => _loops.Clock;

        public ILoops Loops => _loops;

        public IDurableStore Store { get; }

        public IDurableStore Notes => Store;

        public IRandomSource Random => SharedRandom;

        public ILog Log => this;

        public ISerialLine MeteringLine { get; }

        public ISerialLine WiSunLine => null;

        public IResetLine WiSunReset => null;

        public IDatagramPort[] RouteBPorts { get; }

        public IWifiRadio Wifi => null;

        public IIndicator Indicator => null;

        public ISupplyMonitor SupplyMonitor => null;

        public void DeclarePower(IPowerSheet sheet)
        {
            if (_meterClass == MeterClass.HighVoltage)
            {
                VirtualPower.DeclareHigh(sheet);
            }
            else
            {
                VirtualPower.Declare(sheet);
            }
        }

        public IBlockCipher CreateBlockCipher(byte[] key) => new AesBlockCipher(key);

        public IMac CreateMac(byte[] key) => new HmacSha256(key);

        public void Restart(string reason)
        {
            _loops.Stop();
            _restart(reason);
        }

        public void Write(LogLevel level, string source, string text) => _log(level, source, text);

        public void Dispose()
        {
            _loops.Stop();
            _port.Dispose();
        }
    }
}
