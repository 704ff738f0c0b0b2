namespace NanoComm.Simulators.WiSun
{
    /// <summary>How a controller behaves; times in ms. The defaults are what real controllers do.</summary>
    public sealed class HemsOptions
    {
        /// <summary>Route-B id, 32 hexadecimal digits.</summary>
        public string Id { get; init; }

        /// <summary>Route-B password, 12 characters.</summary>
        public string Password { get; init; }

        /// <summary>Duration of the first scan; each that finds nothing is followed by a longer one.</summary>
        public int FirstScan { get; init; } = 4;

        /// <summary>Duration of the longest scan.</summary>
        public int LastScan { get; init; } = 7;

        /// <summary>How long an answer of the module may take.</summary>
        public int CommandTimeout { get; init; } = 3000;

        /// <summary>How long joining is tried before the meter is looked for again.</summary>
        public int JoinTimeout { get; init; } = 40_000;

        /// <summary>Pause before the next try, of whatever failed.</summary>
        public int Pause { get; init; } = 2000;

        /// <summary>How long an answer of the meter may take.</summary>
        public int AnswerTimeout { get; init; } = 10_000;

        /// <summary>How often a request is sent before it is given up.</summary>
        public int Attempts { get; init; } = 2;

        /// <summary>After so many requests in a row without answer it joins again.</summary>
        public int SilenceLimit { get; init; } = 3;

        /// <summary>Whether it asks for hexadecimal ERXUDP, with WOPT, where a module is set to binary.</summary>
        public bool WantsHexadecimal { get; init; }

        /// <summary>Security of SKSENDTO: 1 encrypt or fail, 2 if possible.</summary>
        public int Security { get; init; } = 1;
    }
}
