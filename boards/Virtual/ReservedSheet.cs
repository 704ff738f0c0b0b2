using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>The board's figures, but for what others take of its supply first: that is what the user said.</summary>
    internal sealed class ReservedSheet(IPowerSheet sheet, int reserved) : IPowerSheet
    {
        public void Supply(SupplyKind kind, int rated, int declared, int powerFactor, string source) =>
            sheet.Supply(kind, rated, reserved, powerFactor, source);

        public void Moments(int crest, int inrush, int inrushTime, string source) =>
            sheet.Moments(crest, inrush, inrushTime, source);

        public void LowSupply(int low, int good, string source) => sheet.LowSupply(low, good, source);

        public void Rail(string name, int millivolts, string feeder, int[] efficiency, int storage, string source) =>
            sheet.Rail(name, millivolts, feeder, efficiency, storage, source);

        public void Load(PowerPart part, string name, string rail, int transmit, int atPowerUp) =>
            sheet.Load(part, name, rail, transmit, atPowerUp);

        public void State(string name, int typical, int peak, Sends sends, string source) =>
            sheet.State(name, typical, peak, sends, source);

        public void Burst(int longest, string source) => sheet.Burst(longest, source);
    }
}
