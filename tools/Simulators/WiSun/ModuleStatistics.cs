namespace NanoComm.Simulators.WiSun
{
    /// <summary>What a module has done since it was made, all its starts together.</summary>
    public sealed class ModuleStatistics
    {
        private readonly long[] _events = new long[256];

        /// <summary>Command lines taken from the host, bad ones included.</summary>
        public long Commands { get; internal set; }

        /// <summary>Answers FAIL.</summary>
        public long Failures { get; internal set; }

        /// <summary>Writes to the flash, of which it stands about 10,000: WOPT, WUART, SKSAVE, SKERASE.</summary>
        public long FlashWrites { get; internal set; }

        /// <summary>SKRESET.</summary>
        public long SoftResets { get; internal set; }

        /// <summary>Sessions that began, re-authentications not counted.</summary>
        public long Sessions { get; internal set; }

        /// <summary>Re-authentications that succeeded.</summary>
        public long Refreshes { get; internal set; }

        /// <summary>Coordinator: attempts to join that were not let in for a wrong id or password.</summary>
        public long Rejected { get; internal set; }

        /// <summary>Coordinator: attempts to join that were not listened to because somebody else is in.</summary>
        public long Refused { get; internal set; }

        /// <summary>Datagrams of the host that went into the air.</summary>
        public long DatagramsSent { get; internal set; }

        /// <summary>Datagrams given to the host, PANA not counted.</summary>
        public long DatagramsReceived { get; internal set; }

        /// <summary>Encrypted datagrams thrown away for want of the key.</summary>
        public long Undecipherable { get; internal set; }

        /// <summary>Datagrams thrown away because nobody listens on the port.</summary>
        public long NoListener { get; internal set; }

        /// <summary>Beacons sent.</summary>
        public long Beacons { get; internal set; }

        /// <summary>Bytes from the host lost because the module was busy for too long.</summary>
        public long Overrun { get; internal set; }

        /// <summary>Milliseconds sent, all together.</summary>
        public long TransmitMilliseconds { get; internal set; }

        /// <summary>Events of a number that were shown.</summary>
        /// <param name="number">The event's number, e.g. 0x25.</param>
        public long Events(byte number)
        {
            return _events[number];
        }

        internal void CountEvent(byte number)
        {
            _events[number]++;
        }
    }
}
