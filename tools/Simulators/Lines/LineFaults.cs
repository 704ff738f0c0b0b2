namespace NanoComm.Simulators
{
    /// <summary>What a bad line does to bytes on their way; probabilities, all 0 on a good one.</summary>
    public sealed class LineFaults
    {
        /// <summary>Of each bit: it is inverted.</summary>
        public double BitError { get; set; }

        /// <summary>Of each byte: it is lost.</summary>
        public double Drop { get; set; }

        /// <summary>Of each byte: it comes twice.</summary>
        public double Double { get; set; }

        /// <summary>Of each write: it ends somewhere before its end.</summary>
        public double Cut { get; set; }

        /// <summary>Of each write: it is held back by <see cref="DelayMilliseconds"/>.</summary>
        public double Delay { get; set; }

        /// <summary>How long a write is held back that is.</summary>
        public int DelayMilliseconds { get; set; } = 50;

        /// <summary>Nothing gets through: the wire is off.</summary>
        public bool IsCut { get; set; }

        /// <summary>Whether bytes may arrive as others than were sent.</summary>
        internal bool SpoilsBytes => BitError != 0 || Drop != 0 || Double != 0;
    }
}
