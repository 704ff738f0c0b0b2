using System.Device.Gpio;
using System.Net.NetworkInformation;
using NanoComm.Esp32;
using NanoComm.Hal;
using NanoComm.Hal.Esp32;
using NanoComm.RouteB;

namespace NanoComm.Esp32RouteB
{
    /// <summary>
    /// The low-voltage board: an ESP32 with PSRAM (WROVER class), a Wi-SUN module and Wi-Fi.
    /// Not for use: GPIO 0, 2, 5, 12, 15 (strapping), 1 and 3 (UART0, debugger), 6…11 (flash), 16 and 17 (PSRAM).
    /// GPIO 34…39 are inputs only.
    /// </summary>
    internal sealed class Esp32RouteBBoard : Esp32Board
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

        // A Get costs some 2.5 ms here: a tenth of the processor for whoever asks.
        private const int PathRequestsPerSecond = 40;

        // A reading of the live values costs the processor some hundredths of a second.
        private const int LiveMilliseconds = 1000;

        private const string ProductCode = "nanoComm-RB";

        private readonly GpioController _gpio = new GpioController();

        /// <summary>Makes everything the board has.</summary>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="log">Diagnostics.</param>
        public Esp32RouteBBoard(IClock clock, ILog log)
            : base(clock, log)
        {
            Indicator = new Esp32Indicator(_gpio, IndicatorPin);
            MeteringLine = new Esp32SerialLine(
                MeteringCom, MeteringTransmitPin, MeteringReceivePin, MeteringBaudRate, MeteringReceiveBuffer, log);
            WiSunReset = new Esp32ResetLine(_gpio, WiSunResetPin);
            WiSunLine = new Esp32SerialLine(
                WiSunCom, WiSunTransmitPin, WiSunReceivePin, WiSunBaudRate, WiSunReceiveBuffer, log);
            var network = new Esp32Network(NetworkInterfaceType.Wireless80211);
            Identity = UnitIdentity.Create(ProductCode, network.PhysicalAddress);
            Wifi = new Esp32Wifi(network, clock, log);
            IpPathRequestsPerSecond = PathRequestsPerSecond;
            LivePeriod = LiveMilliseconds;
            RouteBPorts = new IDatagramPort[]
            {
                Esp32DatagramPort.CreateIPv4(network, EchonetPath.EchonetPort, clock, log),
                Esp32DatagramPort.CreateIPv6(network, EchonetPath.EchonetPort, clock, log),
            };
        }

        /// <inheritdoc/>
        public override void DeclarePower(IPowerSheet sheet)
        {
            Esp32RouteBPower.Declare(sheet);
        }
    }
}
