namespace NanoComm.Metering
{
    /// <summary>The classes of metering units.</summary>
    public enum MeterClass
    {
        /// <summary>Low voltage: 100 V and 200 V.</summary>
        LowVoltage,

        /// <summary>High voltage: behind transformers, with demand and reactive energy.</summary>
        HighVoltage,
    }
}
