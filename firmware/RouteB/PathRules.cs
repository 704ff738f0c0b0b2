using NanoComm.Hal;
using NanoComm.Policy;

namespace NanoComm.RouteB
{
    /// <summary>In what a path differs from another: how it comes up, how many terminals it tells apart, and how much
    /// it takes of each and of all (requirements R15, R16).</summary>
    public sealed class PathRules
    {
        private const long IpReopenInterval = 5000;
        private const int IpPlaces = 16;
        private const int IpUnprovenPlaces = 4;
        private const int IpFamilyPlaces = 4;
        private const long IpIdleTime = 600000;

        // A path's figure may be as large as one likes, what is made in proportion to it not.
        private const int MostScaled = 2000;
        private const int BurstSeconds = 2;
        private const int LeastBurst = 20;
        private const int StrangerBuckets = 32;
        private const int LeastStrangerBurst = 4;
        private const int MostGreetings = 10;

        private PathRules(string name, RoutePath path, int echonetPort, int requestsPerSecond, int burst)
        {
            Name = name;
            Path = path;
            EchonetPort = echonetPort;
            RequestsPerSecond = requestsPerSecond;
            Burst = burst;
        }

        /// <summary>What the path is called in the log.</summary>
        public string Name { get; }

        /// <summary>What it is called in the utility's decisions.</summary>
        public RoutePath Path { get; }

        /// <summary>The UDP port that answers go to.</summary>
        public int EchonetPort { get; }

        /// <summary>A port that is closed is tried again after so many milliseconds; <see cref="Deadline.Never"/>: it
        /// can be opened as soon as it wakes the loop, and not before.</summary>
        public long ReopenInterval { get; private set; } = Deadline.Never;

        /// <summary>Terminals told apart.</summary>
        public int Places { get; private set; } = 1;

        /// <summary>Of these, places for hosts that have not proven that they answer at their address.</summary>
        public int UnprovenPlaces { get; private set; }

        /// <summary>Of the others, places that the other IP version does not take.</summary>
        public int FamilyPlaces { get; private set; }

        /// <summary>A host that has proven itself keeps its place until it has asked nothing for so many milliseconds.
        /// </summary>
        public long IdleTime { get; private set; }

        /// <summary>Whether whoever can send here is proven by that: on Wi-SUN the session's terminal, by PANA.</summary>
        public bool AreProven { get; private set; } = true;

        /// <summary>Whether an INFC is answered by INFC_Res.</summary>
        public bool AcknowledgesInfC { get; private set; }

        /// <summary>Requests a second taken of one terminal at most, in the long run.</summary>
        public int RequestsPerSecond { get; }

        /// <summary>Requests taken of one terminal at once, after a pause.</summary>
        public int Burst { get; private set; }

        /// <summary>Requests a second of all terminals with a place, of which each has an equal share.</summary>
        public int PlacesPerSecond { get; private set; }

        /// <summary>Requests a second of all hosts without a place, together.</summary>
        public int StrangersPerSecond { get; private set; }

        /// <summary>Requests taken at once, after a pause, of the hosts that share a bucket of that budget.</summary>
        public int StrangerBurst { get; private set; }

        /// <summary>Nodes a second that are told of this one because they announced themselves; 0 where nobody is.</summary>
        public int GreetingsPerSecond { get; private set; }

        /// <summary>Requests to the group that may wait for their turn.</summary>
        public int GroupRequests { get; private set; } = 1;

        /// <summary>Size of the table of proofs that are under way, as a power of two.</summary>
        public int ProofBits { get; private set; } = 1;

        /// <summary>Wi-Fi, Ethernet or the PC's network.</summary>
        /// <param name="echonetPort">See <see cref="EchonetPort"/>.</param>
        /// <param name="requestsPerSecond">Of one terminal at most, 1 and up.</param>
        /// <param name="burst">Of one terminal at most, 1 and up.</param>
        /// <param name="pathPerSecond">Of all who ask, 2 and up: one half for those with a place, one for those without.
        /// </param>
        public static PathRules ForIp(int echonetPort, int requestsPerSecond, int burst, int pathPerSecond)
        {
            int half = pathPerSecond / 2;
            int scale = half < MostScaled ? half : MostScaled;
            return new PathRules("ip", RoutePath.Ip, echonetPort, requestsPerSecond,
                Least(burst, Most(LeastBurst, half * BurstSeconds)))
            {
                ReopenInterval = IpReopenInterval,
                Places = IpPlaces,
                UnprovenPlaces = IpUnprovenPlaces,
                FamilyPlaces = IpFamilyPlaces,
                IdleTime = IpIdleTime,
                AreProven = false,
                AcknowledgesInfC = true,
                PlacesPerSecond = half,
                StrangersPerSecond = half,
                StrangerBurst = Most(LeastStrangerBurst, half * BurstSeconds / StrangerBuckets),
                GreetingsPerSecond = Least(MostGreetings, Most(1, scale / 5)),
                GroupRequests = Most(2, scale / 50),
                ProofBits = BitsOf(scale),
            };
        }

        /// <summary>Wi-SUN: one session. More requests than the default would use up the sending time of an hour.</summary>
        /// <param name="requestsPerSecond">Of the terminal, 1 and up.</param>
        /// <param name="burst">Of the terminal, 1 and up.</param>
        public static PathRules ForWiSun(int requestsPerSecond, int burst)
        {
            return new PathRules("wi-sun", RoutePath.WiSun, EchonetPath.EchonetPort, requestsPerSecond, burst)
            {
                PlacesPerSecond = requestsPerSecond,
            };
        }

        private static int Least(int a, int b)
        {
            return a < b ? a : b;
        }

        private static int Most(int a, int b)
        {
            return a > b ? a : b;
        }

        // Twice as many places as proofs begin in a second.
        private static int BitsOf(int perSecond)
        {
            int bits = 1;
            while (1 << bits < 2 * perSecond)
            {
                bits++;
            }

            return bits;
        }
    }
}
