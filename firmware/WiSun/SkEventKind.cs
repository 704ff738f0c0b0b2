namespace NanoComm.WiSun
{
    /// <summary>What a module says, line by line; clauses are those of the BP35A1 command reference.</summary>
    public enum SkEventKind
    {
        /// <summary>Nothing (yet).</summary>
        None = 0,

        /// <summary>OK: the command is done. <see cref="SkParser.Value"/> is that of <c>OK v</c>, or
        /// <see cref="SkParser.NoValue"/>.</summary>
        Ok = 1,

        /// <summary>FAIL ERnn: <see cref="SkParser.Number"/> is nn.</summary>
        Fail = 2,

        /// <summary>4.8 EVENT: <see cref="SkParser.Number"/>, <see cref="SkParser.Address"/> (zeros where the event has
        /// none) and <see cref="SkParser.Parameter"/>.</summary>
        Event = 3,

        /// <summary>4.1 ERXUDP: a datagram, see the properties from <see cref="SkParser.Address"/> (of the sender) to
        /// <see cref="SkParser.DataLength"/>.</summary>
        Datagram = 4,

        /// <summary>EINFO (3.2 SKINFO): <see cref="SkParser.Address"/>, <see cref="SkParser.Mac"/>,
        /// <see cref="SkParser.Channel"/>,
        /// <see cref="SkParser.PanId"/>, <see cref="SkParser.Dialect"/>.</summary>
        Info = 5,

        /// <summary>EVER (3.23 SKVER): a version of the stack.</summary>
        Version = 6,

        /// <summary>ESREG (3.1 SKSREG): a register's <see cref="SkParser.Value"/>.</summary>
        Register = 7,

        /// <summary>4.6 EEDSCAN: <see cref="SkParser.Energies"/>.</summary>
        Energies = 8,

        /// <summary>4.5 EPANDESC: <see cref="SkParser.Channel"/>, <see cref="SkParser.PanId"/>,
        /// <see cref="SkParser.Mac"/>, <see cref="SkParser.Lqi"/>.</summary>
        Pan = 9,

        /// <summary>4.7 EPORT, one port of it: <see cref="SkParser.Value"/>, 0 for none.</summary>
        Port = 10,

        /// <summary>A line that is an address and nothing else, the whole answer to 3.29 SKLL64:
        /// <see cref="SkParser.Address"/>.</summary>
        Address = 11,
    }
}
