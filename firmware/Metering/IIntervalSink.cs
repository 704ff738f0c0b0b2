namespace NanoComm.Metering
{
    /// <summary>Takes rows of a load profile, one interval each.</summary>
    public interface IIntervalSink
    {
        /// <summary>One row.</summary>
        /// <param name="time">Metering time at which the registers stood so, a multiple of the interval.</param>
        /// <param name="normal">Cumulative active energy, normal direction, in the meter's unit.</param>
        /// <param name="reverse">Cumulative active energy, reverse direction, in the meter's unit.</param>
        void Put(long time, uint normal, uint reverse);
    }
}
