using NanoComm.Echonet;
using NanoComm.RouteB;

namespace NanoComm
{
    /// <summary>What a unit is told when it is put together, beside its board.</summary>
    public sealed class UnitSettings
    {
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

        /// <summary>The UDP port of ECHONET Lite on the IP path.</summary>
        public int EchonetPort { get; set; } = IpPath.EchonetPort;

        /// <summary>Watches the IP path, or null.</summary>
        public IExchangeObserver Observer { get; set; }
    }
}
