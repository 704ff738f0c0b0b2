namespace NanoComm.WiSun
{
    /// <summary>The two families of SKSTACK-IP, told apart by the end of EINFO.</summary>
    public enum SkDialect
    {
        /// <summary>Not heard yet.</summary>
        Unknown = 0,

        /// <summary>BP35A1: EINFO ends with a short address.</summary>
        A1 = 1,

        /// <summary>BP35C0/C2: EINFO ends with the side, which SKSENDTO and SKSCAN take too.</summary>
        C2 = 2,
    }
}
