namespace NanoComm.Echonet
{
    /// <summary>
    /// What the meter keeps for one terminal (HEMS): the selectors of its historical data. Selector and data belong
    /// together, and several terminals must not disturb each other (device object specification, "atomic operation").
    /// </summary>
    public sealed class Terminal
    {
        /// <summary>Length of the selectors ED and EF in bytes: DT6 and a number of rows.</summary>
        public const int SelectorLength = 7;

        /// <summary>Default of <see cref="Day"/>.</summary>
        public const byte NoDay = 0xFF;

        /// <summary>Makes a terminal with the default selectors.</summary>
        public Terminal()
        {
            Reset();
        }

        /// <summary>E5: days back, 0…99, or <see cref="NoDay"/>.</summary>
        public byte Day { get; internal set; }

        /// <summary>ED as it was set; FF×6 01 by default.</summary>
        internal byte[] History2Time { get; } = new byte[SelectorLength];

        /// <summary>EF as it was set; FF×6 01 by default.</summary>
        internal byte[] History3Time { get; } = new byte[SelectorLength];

        /// <summary>Gives the place to another terminal: every selector back to its default.</summary>
        public void Reset()
        {
            Day = NoDay;
            Reset(History2Time);
            Reset(History3Time);
        }

        private static void Reset(byte[] selector)
        {
            for (int i = 0; i < SelectorLength - 1; i++)
            {
                selector[i] = 0xFF;
            }

            selector[SelectorLength - 1] = 1;
        }
    }
}
