using NanoComm.Hal;

namespace NanoComm.Rig
{
    /// <summary>A board that has more power than its parts can draw together: for tests of everything but power.</summary>
    public static class AmplePower
    {
        private const string Source = "made up";

        /// <summary>Writes the figures.</summary>
        public static void Declare(IPowerSheet sheet)
        {
            sheet.Supply(SupplyKind.MeterSupply, 15000, 0, 1000, Source);
            sheet.Moments(1000, 1000, 1, Source);
            sheet.LowSupply(4500, 4700, Source);
            sheet.Rail("3.3 V", 3300, null, new[] { 0, 850 }, 470, Source);
            sheet.Load(PowerPart.WiSun, "Wi-SUN module", "3.3 V", 70, 0);
            sheet.State("held in reset", 1, 2, Sends.Never, Source);
            sheet.State("serving", 35, 35, Sends.Unasked, Source);
            sheet.Load(PowerPart.Ethernet, "Ethernet PHY", "3.3 V", 0, 0);
            sheet.State("link up", 110, 132, Sends.Never, Source);
            sheet.Load(PowerPart.Processor, "ESP32", "3.3 V", 379, 0);
            sheet.State("Wi-Fi idle", 40, 68, Sends.Never, Source);
            sheet.State("Wi-Fi on", 110, 118, Sends.Unasked, Source);
        }
    }
}
