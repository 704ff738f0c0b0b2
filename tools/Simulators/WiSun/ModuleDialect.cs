namespace NanoComm.Simulators.WiSun
{
    /// <summary>Which of the two SKSTACK dialects a module speaks.</summary>
    public enum ModuleDialect
    {
        /// <summary>BP35A1, single-hop edition: no side anywhere.</summary>
        A1,

        /// <summary>BP35C0, BP35C2 and dual-stack dongles: a side (0 = B route) in SKSCAN, SKSENDTO, EVENT, ERXUDP,
        /// EPANDESC and EINFO. As a coordinator it is not known to work, and here it does not.</summary>
        C2,
    }
}
