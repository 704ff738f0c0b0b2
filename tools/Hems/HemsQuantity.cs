namespace NanoComm.Hems
{
    /// <summary>What a register counts.</summary>
    public enum HemsQuantity
    {
        /// <summary>Active energy, kWh.</summary>
        Energy,

        /// <summary>Demand, the mean power of a half-hour, kW.</summary>
        Demand,

        /// <summary>Reactive energy (lag), kvarh.</summary>
        Reactive,
    }
}
