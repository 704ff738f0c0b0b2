namespace NanoComm.Hal
{
    /// <summary>
    /// What a board says of its power: its supply, its rails, and each load by state. A board writes it once, in its own
    /// folder; the unit's governor, the check of the build and the planner's tool read the same (requirements R4, R29,
    /// R30). Currents are mA at the load's rail, powers mW and mVA, voltages mV, ratios per mille: integers all. A source
    /// names the data sheet with revision and page, or says that the figure is a planning value.
    /// </summary>
    public interface IPowerSheet
    {
        /// <summary>What feeds the unit. Once, first.</summary>
        /// <param name="kind">Which supply.</param>
        /// <param name="rated">What it may be loaded with, in mVA: at a voltage transformer its rated burden.</param>
        /// <param name="reserved">What others take of it first, in mVA: metering, A-route radio, circuits that are there
        /// already.</param>
        /// <param name="powerFactor">Of what the unit takes, per mille: 1…1000, 1000 for direct current.</param>
        /// <param name="source">Where the figures are from.</param>
        void Supply(SupplyKind kind, int rated, int reserved, int powerFactor, string source);

        /// <summary>What the supply bears for moments, which no mean shows.</summary>
        /// <param name="crest">Crest factor of the rectifier's current, per mille.</param>
        /// <param name="inrush">Peak of the inrush current at the rated voltage, in mA.</param>
        /// <param name="inrushTime">How long it lasts, in ms.</param>
        /// <param name="source">Where the figures are from.</param>
        void Moments(int crest, int inrush, int inrushTime, string source);

        /// <summary>When the supply counts as low, by the board's voltage detector.</summary>
        /// <param name="low">Below this, in mV at the first rail.</param>
        /// <param name="good">Good again from here on, in mV.</param>
        /// <param name="source">Where the figures are from.</param>
        void LowSupply(int low, int good, string source);

        /// <summary>A rail with the converter that makes it. The one that feeds it comes before it.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="millivolts">Its voltage.</param>
        /// <param name="feeder">The rail that feeds it; null for the supply.</param>
        /// <param name="efficiency">Of the converter by what the rail gives: pairs of mW and per mille, mW rising, the
        /// input rising too; linear between them, and the same beyond the ends.</param>
        /// <param name="storage">Capacitance at the rail, in µF.</param>
        /// <param name="source">Where the figures are from.</param>
        void Rail(string name, int millivolts, string feeder, int[] efficiency, int storage, string source);

        /// <summary>A load; its states follow. Loads stand in the order of their right to power, the primary path's
        /// before the secondary's.</summary>
        /// <param name="part">Which part of the board.</param>
        /// <param name="name">Its name, for people.</param>
        /// <param name="rail">The rail that it hangs on.</param>
        /// <param name="transmit">What it draws at most while it sends, in mA; 0 when it is no radio.</param>
        /// <param name="atPowerUp">The state that it is in before the firmware has run: its number, from 0.</param>
        void Load(PowerPart part, string name, string rail, int transmit, int atPowerUp);

        /// <summary>A state of the load declared last; the first is the one that draws least, the last the one in
        /// service.</summary>
        /// <param name="name">Its name, for people.</param>
        /// <param name="typical">What it draws in the mean, in mA.</param>
        /// <param name="peak">What it draws at most without sending, in mA.</param>
        /// <param name="sends">Whether it sends in this state, and whether anybody has asked it to: one that sends unasked
        /// is charged at its transmit peak.</param>
        /// <param name="source">Where the figures are from.</param>
        void State(string name, int typical, int peak, Sends sends, string source);

        /// <summary>The longest transmission of one datagram of the load declared last, when it sends only when asked.</summary>
        /// <param name="longest">In ms.</param>
        /// <param name="source">Where the figure is from.</param>
        void Burst(int longest, string source);
    }
}
