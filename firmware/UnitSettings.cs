using NanoComm.Echonet;
using NanoComm.Metering;
using NanoComm.RouteB;

namespace NanoComm
{
    /// <summary>What a unit is told when it is put together, beside its board.</summary>
    public sealed class UnitSettings
    {
        /// <summary>See <see cref="LivePeriod"/>.</summary>
        public const int DefaultLivePeriod = 1000;

        /// <summary>Makes settings with the defaults.</summary>
        /// <param name="identity">Who the unit is on the B route.</param>
        public UnitSettings(EchonetIdentity identity)
        {
            Identity = identity;
        }

        /// <summary>Who the unit is on the B route.</summary>
        public EchonetIdentity Identity { get; }

        /// <summary>Metering seconds in a second of the monotonic clock: 1 on every real board.</summary>
        public int MeterClockRate { get; set; } = 1;

        /// <summary>The class of metering unit that the unit serves, until it has learnt another one.</summary>
        public MeterClass MeterClass { get; set; } = MeterClass.LowVoltage;

        /// <summary>Milliseconds from one reading of power, currents and registers to the next, 1 and up, whatever
        /// terminals ask (requirements R16, R23).</summary>
        public int LivePeriod { get; set; } = DefaultLivePeriod;

        /// <summary>Whether the board has the memory to serve a high-voltage metering unit too: then the unit becomes of
        /// whichever class it finds. Where it has not, another class than <see cref="MeterClass"/> is refused.</summary>
        public bool ServesHighVoltage { get; set; }

        /// <summary>The UDP port of ECHONET Lite on the IP path.</summary>
        public int EchonetPort { get; set; } = EchonetPath.EchonetPort;

        /// <summary>Requests a second that the IP path takes of one terminal at most, in the long run; more are dropped
        /// and counted (requirement R16). The shortest product of R16 reads once a second: generous.</summary>
        public int IpRequestsPerSecond { get; set; } = 200;

        /// <summary>Requests that the IP path takes of one terminal at once, after a pause: all that a controller
        /// which has just started may want.</summary>
        public int IpBurst { get; set; } = 1000;

        /// <summary>How long a session on the Wi-SUN path lasts unless the terminal renews it, in seconds, 60 and up:
        /// a day, as real meters set it.</summary>
        public int SessionLifetime { get; set; } = 86400;

        /// <summary>Requests a second that the IP path takes of all who ask: one half of those with a place, which share
        /// it, and one of those without. As an ESP32 can bear it, where a Get costs some 2.5 ms.</summary>
        public int IpPathRequestsPerSecond { get; set; } = 40;

        /// <summary>Requests a second that the Wi-SUN path takes of its terminal in the long run.</summary>
        public int WiSunRequestsPerSecond { get; set; } = 10;

        /// <summary>Requests that the Wi-SUN path takes of its terminal at once, after a pause.</summary>
        public int WiSunBurst { get; set; } = 20;

        /// <summary>Watches the IP path, or null.</summary>
        public IExchangeObserver IpObserver { get; set; }

        /// <summary>Watches the Wi-SUN path, or null.</summary>
        public IExchangeObserver WiSunObserver { get; set; }

        internal PathRules IpRules()
        {
            return PathRules.ForIp(EchonetPort, IpRequestsPerSecond, IpBurst, IpPathRequestsPerSecond);
        }

        internal PathRules WiSunRules()
        {
            return PathRules.ForWiSun(WiSunRequestsPerSecond, WiSunBurst);
        }
    }
}
