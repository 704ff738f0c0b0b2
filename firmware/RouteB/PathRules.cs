using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>In what a path differs from another: how it comes up, how many terminals it tells apart, and how much
    /// it takes of each (requirements R15, R16).</summary>
    public sealed class PathRules
    {
        private const long IpReopenInterval = 5000;
        private const int IpTerminals = 16;
        private const int WiSunRequestsPerSecond = 10;
        private const int WiSunBurst = 20;

        /// <summary>Makes rules.</summary>
        /// <param name="reopenInterval">See <see cref="ReopenInterval"/>.</param>
        /// <param name="terminals">1 and up.</param>
        /// <param name="requestsPerSecond">Of one terminal, 1 and up.</param>
        /// <param name="burst">Of one terminal, 1 and up.</param>
        public PathRules(long reopenInterval, int terminals, int requestsPerSecond, int burst)
        {
            ReopenInterval = reopenInterval;
            Terminals = terminals;
            RequestsPerSecond = requestsPerSecond;
            Burst = burst;
        }

        /// <summary>A port that is closed is tried again after so many milliseconds; <see cref="Deadline.Never"/>: it
        /// can be opened as soon as it wakes the loop, and not before.</summary>
        public long ReopenInterval { get; }

        /// <summary>Terminals told apart.</summary>
        public int Terminals { get; }

        /// <summary>Requests taken of one terminal in the long run.</summary>
        public int RequestsPerSecond { get; }

        /// <summary>Requests taken of one terminal at once, after a pause.</summary>
        public int Burst { get; }

        /// <summary>Whether an INFC is answered by INFC_Res.</summary>
        public bool AcknowledgesInfC { get; private set; }

        /// <summary>Wi-Fi, Ethernet or the PC's network.</summary>
        /// <param name="requestsPerSecond">Of one terminal.</param>
        /// <param name="burst">Of one terminal.</param>
        public static PathRules ForIp(int requestsPerSecond, int burst)
        {
            return new PathRules(IpReopenInterval, IpTerminals, requestsPerSecond, burst) { AcknowledgesInfC = true };
        }

        /// <summary>Wi-SUN: one session. More requests than this would use up the sending time of an hour.</summary>
        public static PathRules ForWiSun()
        {
            return new PathRules(Deadline.Never, 1, WiSunRequestsPerSecond, WiSunBurst);
        }
    }
}
