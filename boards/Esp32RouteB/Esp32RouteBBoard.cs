using System.Device.Gpio;
using System.Net.NetworkInformation;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Hal.Esp32;
using NanoComm.Records;
using NanoComm.RouteB;
using nanoFramework.Runtime.Native;

namespace NanoComm.Esp32RouteB
{
    /// <summary>
    /// The low-voltage board: an ESP32 with PSRAM (WROVER class), a Wi-SUN module and Wi-Fi.
    /// Not for use: GPIO 0, 2, 5, 12, 15 (strapping), 1 and 3 (UART0, debugger), 6…11 (flash), 16 and 17 (PSRAM).
    /// GPIO 34…39 are inputs only.
    /// </summary>
    internal sealed class Esp32RouteBBoard : IBoard
    {
        private const int MeteringCom = 2;
        private const int MeteringTransmitPin = 25;
        private const int MeteringReceivePin = 26;
        private const int MeteringBaudRate = 115200;

        // Two of the longest HDLC frames (a window of one, and one repeated), with room to spare.
        private const int MeteringReceiveBuffer = 1024;

        private const int WiSunCom = 3;
        private const int WiSunTransmitPin = 32;
        private const int WiSunReceivePin = 33;
        private const int WiSunBaudRate = 115200;

        // Three of the longest received-datagram lines: 1,232 bytes in hex, about 2.6 kB each.
        private const int WiSunReceiveBuffer = 8192;

        private const int WiSunResetPin = 27;

        private const int IndicatorPin = 23;

        private const string RecordFolder = "I:\\records";

        // For loops to leave what they are doing, and for the last log lines to leave the unit.
        private const int RestartPause = 500;

        private readonly GpioController _gpio = new GpioController();

        /// <summary>Makes everything the board has.</summary>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="log">Diagnostics.</param>
        public Esp32RouteBBoard(IClock clock, ILog log)
        {
            Clock = clock;
            Log = log;
            Esp32Loops = new Esp32Loops(clock, log);
            Indicator = new Esp32Indicator(_gpio, IndicatorPin);
            Store = new DurableStore(new Esp32Files(RecordFolder, log));
            MeteringLine = new Esp32SerialLine(
                MeteringCom, MeteringTransmitPin, MeteringReceivePin, MeteringBaudRate, MeteringReceiveBuffer,
                log);

            WiSunReset = new Esp32ResetLine(_gpio, WiSunResetPin);
            WiSunLine = new Esp32SerialLine(
                WiSunCom, WiSunTransmitPin, WiSunReceivePin, WiSunBaudRate, WiSunReceiveBuffer, log);

            Network = new Esp32Network(NetworkInterfaceType.Wireless80211);
            Wifi = new Esp32Wifi(Network, clock, log);
            RouteBPorts = new IDatagramPort[]
            {
                Esp32DatagramPort.CreateIPv4(Network, EchonetPath.EchonetPort, clock, log),
                Esp32DatagramPort.CreateIPv6(Network, EchonetPath.EchonetPort, clock, log),
            };
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "Esp32RouteB"; }
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
        public IRandomSource Random { get; } = new Esp32Random();

        /// <inheritdoc/>
        public ILog Log { get; }

        /// <inheritdoc/>
        public ISerialLine MeteringLine { get; }

        /// <inheritdoc/>
        public ISerialLine WiSunLine { get; }

        /// <inheritdoc/>
        public IResetLine WiSunReset { get; }

        /// <inheritdoc/>
        public IDatagramPort[] RouteBPorts { get; }

        /// <summary>The Wi-Fi interface.</summary>
        public Esp32Network Network { get; }

        /// <inheritdoc/>
        public IWifiRadio Wifi { get; }

        /// <inheritdoc/>
        public IIndicator Indicator { get; }

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
            Power.RebootDevice();

            // The reboot comes a moment after the call: nothing runs on until then.
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
