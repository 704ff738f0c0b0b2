using System.Net.NetworkInformation;
using NanoComm.Esp32;
using NanoComm.Hal;
using NanoComm.Hal.Esp32;
using NanoComm.RouteB;

namespace NanoComm.Esp32RouteB
{
    /// <summary>The board for low-voltage meters: an ESP32 with PSRAM (WROVER class), a Wi-SUN module and Wi-Fi.</summary>
    internal sealed class Esp32RouteBBoard : Esp32Board
    {
        private const string ProductCode = "nanoComm-RB";

        /// <summary>Makes everything the board has.</summary>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="log">Diagnostics.</param>
        public Esp32RouteBBoard(IClock clock, ILog log)
            : base(clock, log, NetworkInterfaceType.Wireless80211, ProductCode)
        {
            WireLight(Pins.Light);
            WireSupply(Pins.SupplyReceive);
            WireMetering(Pins.MeteringTransmit, Pins.MeteringReceive);
            WireWiSun(Pins.WiSunTransmit, Pins.WiSunReceive, Pins.WiSunReset);
            Wifi = new Esp32Wifi(Network, clock, log);
            RouteBPorts = new IDatagramPort[]
            {
                Esp32DatagramPort.CreateIPv4(Network, EchonetPath.EchonetPort, clock, log),
                Esp32DatagramPort.CreateIPv6(Network, EchonetPath.EchonetPort, clock, log),
            };
        }

        /// <inheritdoc/>
        public override void DeclarePower(IPowerSheet sheet)
        {
            Esp32RouteBPower.Declare(sheet);
        }
    }
}
