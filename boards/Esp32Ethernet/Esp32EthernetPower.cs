using NanoComm.Hal;

namespace NanoComm.Esp32Ethernet
{
    /// <summary>What the high-voltage board draws, and of which supply: the one declaration that the governor, the check of
    /// the build and the planner's tool read.</summary>
    internal static class Esp32EthernetPower
    {
        private const string Planning = "planning value, docs/power.md";

        /// <summary>Writes the figures.</summary>
        /// <param name="sheet">Takes them.</param>
        public static void Declare(IPowerSheet sheet)
        {
            sheet.Supply(SupplyKind.VoltageTransformer, 15000, 6000, 500, Planning);
            sheet.Moments(3000, 1500, 2, Planning);
            sheet.LowSupply(4500, 4725, Planning);
            sheet.Rail("5 V", 5000, null, new int[] { 0, 750 }, 100, Planning);
            sheet.Rail("3.3 V", 3300, "5 V", new int[] { 0, 850 }, 470, Planning);

            // The primary path first.
            sheet.Load(PowerPart.Ethernet, "Ethernet PHY LAN8710A", "3.3 V", 0, 0);
            sheet.State("link up", 110, 132, Sends.Never, Planning);
            sheet.Load(PowerPart.WiSun, "Wi-SUN module BP35A1", "3.3 V", 70, 0);
            sheet.State("held in reset", 1, 2, Sends.Never, Planning);
            sheet.State("serving", 35, 35, Sends.Unasked, Planning);
            sheet.Load(PowerPart.Processor, "ESP32-WROVER-E", "3.3 V", 0, 0);
            sheet.State("Wi-Fi absent", 40, 68, Sends.Never, Planning);
            sheet.Load(PowerPart.Light, "light", "3.3 V", 0, 0);
            sheet.State("lit", 2, 5, Sends.Never, Planning);
        }
    }
}
