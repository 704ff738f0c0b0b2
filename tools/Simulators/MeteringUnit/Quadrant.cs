namespace NanoComm.Simulators
{
    /// <summary>The four quadrants of active and reactive power (IEC 62053-23); the value is that of group C of the register
    /// of reactive energy. Lag and lead are those of the power factor: active and reactive power of one sign lag.</summary>
    public enum Quadrant
    {
        /// <summary>Active and reactive power drawn: lag, normal direction.</summary>
        LagNormal = 5,

        /// <summary>Active power fed in, reactive power drawn: lead, reverse direction.</summary>
        LeadReverse = 6,

        /// <summary>Both fed in: lag, reverse direction.</summary>
        LagReverse = 7,

        /// <summary>Active power drawn, reactive power fed in: lead, normal direction.</summary>
        LeadNormal = 8,
    }
}
