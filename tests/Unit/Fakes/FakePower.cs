using NanoComm.Hal;
using NanoComm.Power;

namespace NanoComm.Tests
{
    /// <summary>Figures of a made-up board.</summary>
    public static class FakePower
    {
        /// <summary>More than it draws, in mVA.</summary>
        public const int Ample = 15000;

        /// <summary>What it draws at most with all but Wi-Fi on, in mVA: 132 + 70 + 68 mA at 3.3 V and 83 %.</summary>
        public const int WithoutWifi = 1074;

        /// <summary>With Wi-Fi on too: 132 + 70 + 379 mA.</summary>
        public const int Everything = 2310;

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

        /// <summary>Three radios that send only when asked, 100 mA and 50 ms at most each, with power for one of them.
        /// </summary>
        public static PowerGovernor AskedGovernor()
        {
            var budget = new PowerBudget();
            budget.Supply(SupplyKind.MeterSupply, 150, 0, 1000, Source);
            budget.Rail("1 V", 1000, null, new int[] { 0, 1000 }, 100, Source);
            DeclareAsked(budget, PowerPart.WiSun, "first");
            DeclareAsked(budget, PowerPart.Processor, "second");
            DeclareAsked(budget, PowerPart.Other, "third");
            return new PowerGovernor(budget);
        }

        /// <summary>Declares a radio that sends only when asked.</summary>
        public static void DeclareAsked(PowerBudget budget, PowerPart part, string name)
        {
            budget.Load(part, name, "1 V", 100, 0);
            budget.State("listening", 1, 10, Sends.WhenAsked, Source);
            budget.Burst(50, Source);
        }
    }
}
