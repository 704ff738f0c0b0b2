using System.Device.Gpio;
using System.Net.NetworkInformation;
using System.Threading;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hal.Esp32;
using NanoComm.Records;
using nanoFramework.Runtime.Native;
using NativePower = nanoFramework.Runtime.Native.Power;

namespace NanoComm.Esp32
{
    /// <summary>What is the same on every ESP32 board, pins apart. A board's own class makes the rest in its constructor:
    /// what it does not make or wire, the board does not have.</summary>
    internal abstract class Esp32Board : IBoard
    {
        private const string RecordFolder = "I:\\records";

        // For loops to leave what they are doing, and for the last log lines to leave the unit.
        private const int RestartPause = 500;

        // A Get costs some 2.5 ms on this chip: a tenth of the processor for whoever asks.
        private const int PathRequestsPerSecond = 40;

        // A reading of the live values costs the processor some hundredths of a second.
        private const int LiveMilliseconds = 1000;

        private const int NoteLength = 16;

        private const int MeteringCom = 2;
        private const int MeteringBaudRate = 115200;

        // Two of the longest HDLC frames (a window of one, and one repeated), with room to spare.
        private const int MeteringReceiveBuffer = 1024;

        private const int WiSunCom = 3;
        private const int WiSunBaudRate = 115200;

        // Three of the longest received-datagram lines: 1,232 bytes in hex, about 2.6 kB each.
        private const int WiSunReceiveBuffer = 8192;

        private readonly GpioController _gpio = new GpioController();

        /// <summary>Makes what every board has.</summary>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="log">Diagnostics.</param>
        /// <param name="network">The interface that the IP path is on, whose MAC address the identity has.</param>
        /// <param name="productCode">At most 12 characters of ASCII.</param>
        protected Esp32Board(IClock clock, ILog log, NetworkInterfaceType network, string productCode)
        {
            Clock = clock;
            Log = log;
            Esp32Loops = new Esp32Loops(clock, log);
            var files = new Esp32Files(RecordFolder, log);
            Store = new DurableStore(files);
            Notes = new DurableStore(files, NoteLength);
            Network = new Esp32Network(network);
            Identity = UnitIdentity.Create(productCode, Network.PhysicalAddress);
        }

        /// <summary>Who the unit is on the B route.</summary>
        public EchonetIdentity Identity { get; }

        /// <summary>Requests a second that the IP path takes of all who ask.</summary>
        public int IpPathRequestsPerSecond
        {
            get { return PathRequestsPerSecond; }
        }

        /// <summary>Whether there is memory for a high-voltage metering unit: the unit then serves whichever class it
        /// finds.</summary>
        public bool ServesHighVoltage { get; protected set; }

        /// <summary>Milliseconds from one reading of the live values to the next.</summary>
        public int LivePeriod
        {
            get { return LiveMilliseconds; }
        }

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
        public IDurableStore Notes { get; }

        /// <inheritdoc/>
        public IRandomSource Random { get; } = new Esp32Random();

        /// <inheritdoc/>
        public ILog Log { get; }

        /// <inheritdoc/>
        public ISerialLine MeteringLine { get; private set; }

        /// <inheritdoc/>
        public ISerialLine WiSunLine { get; private set; }

        /// <inheritdoc/>
        public IResetLine WiSunReset { get; private set; }

        /// <inheritdoc/>
        public IDatagramPort[] RouteBPorts { get; protected set; } = new IDatagramPort[0];

        /// <inheritdoc/>
        public IWifiRadio Wifi { get; protected set; }

        /// <inheritdoc/>
        public IIndicator Indicator { get; private set; }

        /// <summary>The interface that the IP path is on.</summary>
        protected Esp32Network Network { get; }

        /// <inheritdoc/>
        public ISupplyMonitor SupplyMonitor { get; private set; }

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

        /// <summary>Makes the light.</summary>
        /// <param name="pin">GPIO number.</param>
        protected void WireLight(int pin)
        {
            Indicator = new Esp32Indicator(_gpio, pin);
        }

        /// <summary>Makes the input of the supply's voltage detector.</summary>
        /// <param name="pin">GPIO number.</param>
        protected void WireSupply(int pin)
        {
            SupplyMonitor = new Esp32SupplyMonitor(_gpio, pin);
        }

        /// <summary>Makes the UART to the metering unit, COM2.</summary>
        /// <param name="transmitPin">GPIO number of TX.</param>
        /// <param name="receivePin">GPIO number of RX.</param>
        protected void WireMetering(int transmitPin, int receivePin)
        {
            MeteringLine = new Esp32SerialLine(
                MeteringCom, transmitPin, receivePin, MeteringBaudRate, MeteringReceiveBuffer, Log);
        }

        /// <summary>Makes the UART to the Wi-SUN module, COM3, and its reset, which is held from now on.</summary>
        /// <param name="transmitPin">GPIO number of TX.</param>
        /// <param name="receivePin">GPIO number of RX.</param>
        /// <param name="resetPin">GPIO number of the reset.</param>
        protected void WireWiSun(int transmitPin, int receivePin, int resetPin)
        {
            WiSunReset = new Esp32ResetLine(_gpio, resetPin);
            WiSunLine = new Esp32SerialLine(
                WiSunCom, transmitPin, receivePin, WiSunBaudRate, WiSunReceiveBuffer, Log);
        }
    }
}
