using NanoComm.Hal;

namespace NanoComm.Esp32RouteB
{
    /// <summary>What the low-voltage board draws, and of which supply: the one declaration that the governor, the check of
    /// the build and the planner's tool read. docs/power.md says what each planning value rests on.</summary>
    internal static class Esp32RouteBPower
    {
        private const string Meter = "planning value: the meter's maker states his own";
        private const string Detector = "planning value: a 4.5 V voltage detector with 5 % hysteresis";
        private const string Wire = "planning value: nothing is lost on the way from the meter";
        private const string Buck = "planning value: a step-down converter of 1 A, 85 % at any load; 470 µF for bursts";
        private const string Module = "planning value: a bound for 20 mW modules; one is reported at 25 mA awake";
        private const string Chip = "planning value: ESP32 series data sheet, modem sleep at 240 MHz, 30 to 68 mA, as quoted";
        private const string Radio = "planning value: ESP32-WROVER-E data sheet, RF modes, as quoted, and 38 mA of a busy processor";
        private const string Lamp = "planning value: an LED at 2 mA, bounded by its resistor";

        /// <summary>Writes the figures.</summary>
        /// <param name="sheet">Takes them.</param>
        public static void Declare(IPowerSheet sheet)
        {
            sheet.Supply(SupplyKind.MeterSupply, 3000, 0, 1000, Meter);
            sheet.Moments(1000, 1500, 2, Meter);
            sheet.LowSupply(4500, 4725, Detector);
            sheet.Rail("5 V", 5000, null, new int[] { 0, 1000 }, 100, Wire);
            sheet.Rail("3.3 V", 3300, "5 V", new int[] { 0, 850 }, 470, Buck);

            // The primary path first.
            sheet.Load(PowerPart.WiSun, "Wi-SUN module BP35A1", "3.3 V", 70, 0);
            sheet.State("held in reset", 1, 2, Sends.Never, Module);
            sheet.State("serving", 35, 35, Sends.Unasked, Module);
            sheet.Load(PowerPart.Processor, "ESP32-WROVER-E", "3.3 V", 417, 1);
            sheet.State("Wi-Fi idle", 40, 68, Sends.Never, Chip);
            sheet.State("Wi-Fi on", 122, 156, Sends.Unasked, Radio);
            sheet.Load(PowerPart.Light, "light", "3.3 V", 0, 0);
            sheet.State("lit", 2, 5, Sends.Never, Lamp);
        }
    }
}
