namespace NanoComm.Echonet
{
    /// <summary>What may be done with a property: the access rules and the announcement column of the standard's
    /// tables. Bits of one byte.</summary>
    internal static class Access
    {
        /// <summary>It can be read.</summary>
        public const byte Get = 0x01;

        /// <summary>It can be written.</summary>
        public const byte Set = 0x02;

        /// <summary>It is announced when it changes, and may be asked for by INF_REQ.</summary>
        public const byte Inf = 0x04;

        /// <summary>It is announced together with the others that have this bit, when there are new values of a fixed
        /// time and only within five minutes after that.</summary>
        public const byte AtFixedTime = 0x08;

        /// <summary>It has another value every second.</summary>
        public const byte Live = 0x10;

        /// <summary>It is there only where the metering unit has reactive registers.</summary>
        public const byte OfReactive = 0x20;

        /// <summary>It is there only where the metering unit has registers of the cumulative maximum demand.</summary>
        public const byte OfCumulativeDemand = 0x40;

        /// <summary>Read and written.</summary>
        public const byte GetSet = Get | Set;

        /// <summary>Read and announced.</summary>
        public const byte GetInf = Get | Inf;

        /// <summary>Read, written and announced.</summary>
        public const byte GetSetInf = Get | Set | Inf;

        /// <summary>Read, and another every second.</summary>
        public const byte GetLive = Get | Live;

        /// <summary>Read, and announced at fixed times.</summary>
        public const byte GetInfAtFixedTime = Get | Inf | AtFixedTime;

        /// <summary>Read, where there is reactive energy.</summary>
        public const byte GetReactive = Get | OfReactive;

        /// <summary>Read, and another every second, where there is reactive energy.</summary>
        public const byte GetLiveReactive = GetLive | OfReactive;

        /// <summary>Read, and announced at fixed times, where there is reactive energy.</summary>
        public const byte GetInfReactive = GetInfAtFixedTime | OfReactive;

        /// <summary>Read, where there is the cumulative maximum demand.</summary>
        public const byte GetCumulative = Get | OfCumulativeDemand;
    }
}
