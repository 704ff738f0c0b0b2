namespace NanoComm.Simulators.WiSun
{
    /// <summary>How a module is made. Times that no manual gives are our choice.</summary>
    public sealed class ModuleOptions
    {
        /// <summary>Its dialect.</summary>
        public ModuleDialect Dialect { get; init; }

        /// <summary>Its MAC address.</summary>
        public ulong Mac { get; init; } = 0x001D_1290_0000_0001;

        /// <summary>What ROPT says of a new module: 00 ERXUDP binary (as delivered), 01 hexadecimal.</summary>
        public byte FactoryOption { get; init; }

        /// <summary>From power or the reset line to the first byte that is heard, ms.</summary>
        public int BootMilliseconds { get; init; } = 200;

        /// <summary>SKRESET until its OK, ms.</summary>
        public int ResetMilliseconds { get; init; } = 50;

        /// <summary>WOPT, WUART, SKSAVE and SKERASE until their OK, ms.</summary>
        public int FlashMilliseconds { get; init; } = 20;

        /// <summary>How long a neighbour stays known, ms; 0 = for ever.</summary>
        public long NeighbourLifetime { get; init; }

        /// <summary>What a coordinator shows of a failed join.</summary>
        public FailedJoinEvent FailedJoin { get; init; }

        /// <summary>What SKSENDTO does while the transmit time is limited: FAIL ER10, or EVENT 21 01 and OK; not
        /// documented.</summary>
        public bool RefusesWhileLimited { get; init; }

        /// <summary>What SKVER says; null for the usual of the dialect.</summary>
        public string Version { get; init; }
    }
}
