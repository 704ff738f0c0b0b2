namespace NanoComm.WiSun
{
    /// <summary>
    /// Received power of a link, smoothed, against the planning limit of Wi-SUN (requirements R32, R33).
    /// </summary>
    public sealed class LinkQuality
    {
        /// <summary>Wi-SUN is usable from here on, in dBm × 100.</summary>
        public const int Limit = -8000;

        // A link at the limit must not report itself all day long.
        private const int Hysteresis = 200;
        private const int Smoothing = 8;

        // rssi = 0.275 · lqi − 104.27 dBm.
        private const int HundredthsPerTwoLqi = 55;
        private const int HundredthsAtZero = -10427;

        private int _sum;

        /// <summary>Whether anything was received.</summary>
        public bool IsKnown { get; private set; }

        /// <summary>Received power in dBm × 100; 0 while it is not known.</summary>
        public int Hundredths
        {
            get { return _sum / Smoothing; }
        }

        /// <summary>Whether it is at the limit or above; true while it is not known.</summary>
        public bool IsUsable { get; private set; } = true;

        /// <summary>Received power as the module prints it.</summary>
        /// <param name="lqi">0…255.</param>
        /// <returns>dBm × 100.</returns>
        public static int FromLqi(int lqi)
        {
            return (HundredthsPerTwoLqi * lqi / 2) + HundredthsAtZero;
        }

        /// <summary>Another terminal: nothing is known of its link.</summary>
        public void Forget()
        {
            IsKnown = false;
            IsUsable = true;
            _sum = 0;
        }

        /// <summary>Takes a datagram's LQI.</summary>
        /// <param name="lqi">0…255.</param>
        /// <returns>Whether the limit was crossed, one way or the other.</returns>
        public bool Take(int lqi)
        {
            int power = FromLqi(lqi);
            _sum = IsKnown ? _sum + power - (_sum / Smoothing) : power * Smoothing;
            IsKnown = true;
            bool was = IsUsable;
            IsUsable = Hundredths >= (was ? Limit : Limit + Hysteresis);
            return IsUsable != was;
        }
    }
}
