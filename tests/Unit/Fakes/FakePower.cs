using NanoComm.Hal;
using NanoComm.Power;

namespace NanoComm.Tests
{
    /// <summary>Figures of a made-up board: at full service it draws 2,312 mVA, 1,084 mVA without Wi-Fi.</summary>
    public static class FakePower
    {
        private const string Source = "made up";

        /// <summary>Writes them.</summary>
        /// <param name="sheet">Takes the figures.</param>
        /// <param name="rated">What the supply gives, in mVA.</param>
        public static void Declare(IPowerSheet sheet, int rated)
        {
            sheet.Supply(SupplyKind.MeterSupply, rated, 0, 1000, Source);
            sheet.Rail("3.3 V", 3300, null, new int[] { 0, 830 }, 470, Source);
            sheet.Load(PowerPart.Ethernet, "Ethernet PHY", "3.3 V", 0, 0);
            sheet.State("link up", 110, 132, Sends.Never, Source);
            sheet.Load(PowerPart.WiSun, "Wi-SUN module", "3.3 V", 70, 0);
            sheet.State("held in reset", 0, 0, Sends.Never, Source);
            sheet.State("serving", 35, 35, Sends.Unasked, Source);
            sheet.Load(PowerPart.Processor, "ESP32", "3.3 V", 379, 0);
            sheet.State("Wi-Fi idle", 40, 68, Sends.Never, Source);
            sheet.State("Wi-Fi on", 110, 118, Sends.Unasked, Source);
        }

        /// <summary>A governor of that board.</summary>
        public static PowerGovernor Governor(int rated)
        {
            var budget = new PowerBudget();
            Declare(budget, rated);
            return new PowerGovernor(budget);
        }
    }
}
