namespace NanoComm.Tool
{
    /// <summary>Where the unit and the terminal stand.</summary>
    internal sealed class LinkSettings
    {
        /// <summary>From one to the other, in m.</summary>
        public double Distance { get; init; }

        /// <summary>Walls between them.</summary>
        public int Walls { get; init; }

        /// <summary>What the unit stands in.</summary>
        public Enclosure Enclosure { get; init; }

        /// <summary>Gain of both antennas together, in dBi.</summary>
        public double Gain { get; init; }

        /// <summary>How the loss grows behind the first metre: ten times this, in dB, for each tenfold distance.</summary>
        public double Exponent { get; init; }

        /// <summary>What arrives over a distance, in dBm: free space on the first metre, the exponent from there on.</summary>
        public double DbmAt(LinkRadio radio, double distance)
        {
            return radio.Power + Gain - radio.FirstMetre - (10 * Exponent * System.Math.Log10(System.Math.Max(distance, 1)))
                - (Walls * radio.Wall) - radio.LossOf(Enclosure);
        }

        /// <summary>How far that is above what is usable, in dB.</summary>
        public double MarginOf(LinkRadio radio) => DbmAt(radio, Distance) - radio.UsableFrom;
    }
}
