using System.Threading;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hal.Esp32;
using NanoComm.Records;
using nanoFramework.Runtime.Native;
using NativePower = nanoFramework.Runtime.Native.Power;

namespace NanoComm.Esp32
{
    /// <summary>What is the same on every ESP32 board. A board's own class makes the rest in its constructor: what it
    /// does not make, the board does not have.</summary>
    internal abstract class Esp32Board : IBoard
    {
        private const string RecordFolder = "I:\\records";

        // For loops to leave what they are doing, and for the last log lines to leave the unit.
        private const int RestartPause = 500;

        /// <summary>Makes what every board has.</summary>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="log">Diagnostics.</param>
        protected Esp32Board(IClock clock, ILog log)
        {
            Clock = clock;
            Log = log;
            Esp32Loops = new Esp32Loops(clock, log);
            Store = new DurableStore(new Esp32Files(RecordFolder, log));
        }

        /// <summary>Who the unit is on the B route.</summary>
        public EchonetIdentity Identity { get; protected set; }

        /// <summary>Requests a second that the IP path takes of all who ask.</summary>
        public int IpPathRequestsPerSecond { get; protected set; }

        /// <summary>Milliseconds from one reading of the live values to the next.</summary>
        public int LivePeriod { get; protected set; }

        /// <inheritdoc/>
        public IClock Clock { get; }

        /// <inheritdoc/>
        public ILoops Loops
        {
            get { return Esp32Loops; }
        }

        /// <summary>The loops, for the supervisor.</summary>
        public Esp32Loops Esp32Loops { get; }

        /// <inheritdoc/>
        public IDurableStore Store { get; }

        /// <inheritdoc/>
        public IRandomSource Random { get; } = new Esp32Random();

        /// <inheritdoc/>
        public ILog Log { get; }

        /// <inheritdoc/>
        public ISerialLine MeteringLine { get; protected set; }

        /// <inheritdoc/>
        public ISerialLine WiSunLine { get; protected set; }

        /// <inheritdoc/>
        public IResetLine WiSunReset { get; protected set; }

        /// <inheritdoc/>
        public IDatagramPort[] RouteBPorts { get; protected set; } = new IDatagramPort[0];

        /// <inheritdoc/>
        public IWifiRadio Wifi { get; protected set; }

        /// <inheritdoc/>
        public IIndicator Indicator { get; protected set; }

        /// <inheritdoc/>
        public ISupplyMonitor SupplyMonitor { get; protected set; }

        /// <inheritdoc/>
        public abstract void DeclarePower(IPowerSheet sheet);

        /// <inheritdoc/>
        public IBlockCipher CreateBlockCipher(byte[] key)
        {
            return new Esp32BlockCipher(key);
        }

        /// <inheritdoc/>
        public IMac CreateMac(byte[] key)
        {
            return new Esp32Mac(key);
        }

        /// <inheritdoc/>
        public void Restart(string reason)
        {
            Log.Write(LogLevel.Error, "board", "restarting: " + reason);
            Esp32Loops.Stop();
            Thread.Sleep(RestartPause);
            NativePower.RebootDevice();

            // The reboot comes a moment after the call: nothing runs on until then.
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
