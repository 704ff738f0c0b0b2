namespace NanoComm.MeterLink
{
    /// <summary>Takes the rows of a load profile.</summary>
    public interface IProfileSink
    {
        /// <summary>One row.</summary>
        /// <param name="time">The end of its interval, on the grid of the profile.</param>
        /// <param name="values">Normal and reverse direction of each quantity, each up to 99,999,999 or
        /// <see cref="Metering.MeterReading.NoEnergy"/>: active energy; at high voltage reactive energy (lag), and of a
        /// half-hour demand. Good during the call.</param>
        void Put(long time, uint[] values);
    }
}
