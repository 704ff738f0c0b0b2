using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>What the board that the PC stands for would draw: planning values, as nothing is measured here.</summary>
    internal static class VirtualPower
    {
        private const string Planning = "planning value, docs/power.md";

        /// <summary>Writes the figures.</summary>
        /// <param name="sheet">Takes them.</param>
        public static void Declare(IPowerSheet sheet)
        {
            sheet.Supply(SupplyKind.MeterSupply, 3000, 0, 1000, Planning);
            sheet.Moments(1000, 1500, 2, Planning);
            sheet.LowSupply(4500, 4725, Planning);
            sheet.Rail("5 V", 5000, null, new int[] { 0, 1000 }, 100, Planning);
            sheet.Rail("3.3 V", 3300, "5 V", new int[] { 0, 850 }, 470, Planning);
            sheet.Load(PowerPart.Ethernet, "Ethernet PHY", "3.3 V", 0, 0);
            sheet.State("link up", 110, 132, Sends.Never, Planning);
            sheet.Load(PowerPart.WiSun, "Wi-SUN module", "3.3 V", 70, 0);
            sheet.State("held in reset", 1, 2, Sends.Never, Planning);
            sheet.State("serving", 35, 35, Sends.Unasked, Planning);
            sheet.Load(PowerPart.Processor, "ESP32", "3.3 V", 0, 0);
            sheet.State("Wi-Fi absent", 40, 68, Sends.Never, Planning);
            sheet.Load(PowerPart.Light, "light", "3.3 V", 0, 0);
            sheet.State("lit", 2, 5, Sends.Never, Planning);
        }
    }
}
