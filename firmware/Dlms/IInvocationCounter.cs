namespace NanoComm.Dlms
{
    /// <summary>
    /// The sending counter of one key on this side: no value is ever given out twice, restarts and power cuts
    /// included, for each makes an IV.
    /// </summary>
    public interface IInvocationCounter
    {
        /// <summary>Gives out the next value.</summary>
        /// <param name="value">The value, 0…<see cref="Ciphering.ReservedCounter"/> - 1, always above the one
        /// before.</param>
        /// <returns>False when there is none: all are used up, or the next ones could not be reserved
        /// durably.</returns>
        bool Next(out uint value);
    }
}
