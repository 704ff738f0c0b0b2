using System.Net.NetworkInformation;
using NanoComm.Esp32;
using NanoComm.Hal;
using NanoComm.Hal.Esp32;
using NanoComm.RouteB;

namespace NanoComm.Esp32Ethernet
{
    /// <summary>The board for high-voltage meters: an ESP32 with PSRAM and Ethernet (Olimex ESP32-POE-ISO-WROVER) and a
    /// Wi-SUN module (requirement R3). It has no Wi-Fi path, and no IPv6: its firmware image has none.</summary>
    internal sealed class Esp32EthernetBoard : Esp32Board
    {
        private const string ProductCode = "nanoComm-EN";

        /// <summary>Makes everything the board has.</summary>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="log">Diagnostics.</param>
        public Esp32EthernetBoard(IClock clock, ILog log)
            : base(clock, log, NetworkInterfaceType.Ethernet, ProductCode)
        {
            ServesHighVoltage = true;
            WireLight(Pins.Light);
            WireMetering(Pins.MeteringTransmit, Pins.MeteringReceive);
            WireWiSun(Pins.WiSunTransmit, Pins.WiSunReceive, Pins.WiSunReset);
            RouteBPorts = new IDatagramPort[]
            {
                Esp32DatagramPort.CreateIPv4(Network, EchonetPath.EchonetPort, clock, log),
            };
        }

        /// <inheritdoc/>
        public override void DeclarePower(IPowerSheet sheet)
        {
            Esp32EthernetPower.Declare(sheet);
        }
    }
}
