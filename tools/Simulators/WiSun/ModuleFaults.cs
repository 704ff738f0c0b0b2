namespace NanoComm.Simulators.WiSun
{
    /// <summary>What a module does that it should not; all off in a good one. Each holds until it is switched off.
    /// Probabilities are 0…1.</summary>
    public sealed class ModuleFaults
    {
        /// <summary>Random bytes that it sends when it starts.</summary>
        public int GarbageAtStart { get; set; }

        /// <summary>Of each OK: it is never sent.</summary>
        public double LosesOk { get; set; }

        /// <summary>How late each OK is, ms; what else is to be said overtakes it.</summary>
        public int DelaysOk { get; set; }

        /// <summary>SKSENDTO: OK comes before EVENT 21.</summary>
        public bool OkBeforeEvent { get; set; }

        /// <summary>Of each datagram of the host: it is not sent, and EVENT 21 says 01.</summary>
        public double SendFails { get; set; }

        /// <summary>Of each datagram of the host: it is not sent although the neighbour is known, and EVENT 21 says
        /// 02.</summary>
        public double SendSolicits { get; set; }

        /// <summary>Bytes from the host that the parser still takes for payload, and is silent: what a short SKSENDTO
        /// leaves behind. Counts down; a reset ends it.</summary>
        public int SwallowsBytes { get; set; }

        /// <summary>Dead: hears and says nothing, on the line and in the air. Only the reset line or power revives
        /// it, and clears this.</summary>
        public bool IsDead { get; set; }

        /// <summary>Dies that long after each start, ms; 0 = never.</summary>
        public long DiesAfter { get; set; }

        /// <summary>SKRESET says OK and changes nothing.</summary>
        public bool IgnoresReset { get; set; }

        /// <summary>Holds the transmit limit on (EVENT 32), whatever was sent; when it is switched off, EVENT 33
        /// comes with the next minute. Joining again and SKRESET do not help.</summary>
        public bool IsLimited { get; set; }

        /// <summary>From so long after each start on, ms, PANA does not work any more: no re-authentication and no
        /// join, as client or server, until the module is started again; 0 = never.</summary>
        public long PanaDiesAfter { get; set; }

        /// <summary>Sessions come about, and no datagram of the host passes in either direction.</summary>
        public bool IsSilentAfterJoin { get; set; }

        /// <summary>Of each piece of output: it comes in parts with pauses in between.</summary>
        public double SplitsLines { get; set; }

        /// <summary>Of each piece of output: its end is missing, CR LF included.</summary>
        public double TruncatesLines { get; set; }

        /// <summary>Of each byte of output: one of its bits is turned over.</summary>
        public double FlipsBits { get; set; }

        /// <summary>Of each line of output: an empty line comes before it.</summary>
        public double StrayLines { get; set; }

        /// <summary>Echoes although SFE is 0.</summary>
        public bool AlwaysEchoes { get; set; }
    }
}
