using NanoComm.Hal;

namespace NanoComm.Esp32Ethernet
{
    /// <summary>What the high-voltage board draws, and of which supply: the one declaration that the governor, the check of
    /// the build and the planner's tool read. docs/power.md says what each planning value rests on.</summary>
    internal static class Esp32EthernetPower
    {
        private const string Transformer = "planning value: 15 VA at 110 V, 6 VA of it for others as a default assumption";
        private const string Rectifier = "planning value: 75 %, power factor 0.5, crest factor 3 of a capacitor-input rectifier";
        private const string Detector = "planning value: a 4.5 V voltage detector with 5 % hysteresis";
        private const string Buck = "planning value: a step-down converter of 1 A, 85 % at any load; 470 µF for bursts";
        private const string Phy = "planning value: that of its kin LAN8720A, DS00002165B, table 5-2 and note, as quoted; clock, lights";
        private const string Module = "planning value: a bound for 20 mW modules; one is reported at 25 mA awake";
        private const string Chip = "planning value: ESP32 series data sheet, modem sleep at 240 MHz, 30 to 68 mA, as quoted";
        private const string Lamp = "planning value: an LED at 2 mA, bounded by its resistor";

        /// <summary>Writes the figures.</summary>
        /// <param name="sheet">Takes them.</param>
        public static void Declare(IPowerSheet sheet)
        {
            // The metering circuits, the A-route radio and what is there already come first.
            sheet.Supply(SupplyKind.VoltageTransformer, 15000, 6000, 500, Transformer);
            sheet.Moments(3000, 1000, 10, Rectifier);
            sheet.LowSupply(4500, 4725, Detector);
            sheet.Rail("5 V", 5000, null, new int[] { 0, 750 }, 1000, Rectifier);
            sheet.Rail("3.3 V", 3300, "5 V", new int[] { 0, 850 }, 470, Buck);

            // The primary path first.
            sheet.Load(PowerPart.Ethernet, "Ethernet PHY LAN8710A", "3.3 V", 0, 0);
            sheet.State("link up", 110, 160, Sends.Never, Phy);

            // The board pulls its reset line up until the firmware holds it: a module of before may be serving.
            sheet.Load(PowerPart.WiSun, "Wi-SUN module BP35A1", "3.3 V", 70, 1);
            sheet.State("held in reset", 1, 2, Sends.Never, Module);
            sheet.State("serving", 35, 35, Sends.Unasked, Module);
            sheet.Load(PowerPart.Processor, "ESP32-WROVER-E", "3.3 V", 0, 0);
            sheet.State("Wi-Fi absent", 40, 68, Sends.Never, Chip);
            sheet.Load(PowerPart.Light, "light", "3.3 V", 0, 0);
            sheet.State("lit", 2, 5, Sends.Never, Lamp);
        }
    }
}
