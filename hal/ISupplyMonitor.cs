namespace NanoComm.Hal
{
    /// <summary>The board's voltage detector at its first rail. Safe to use from any loop.</summary>
    public interface ISupplyMonitor
    {
        /// <summary>Whether the supply is low at this moment, by the thresholds that the board declares.</summary>
        bool IsLow { get; }

        /// <summary>Sets a signal whenever that changes. Call once, before the loop starts.</summary>
        /// <param name="changed">The signal of the loop that sheds loads.</param>
        void Notify(ISignal changed);
    }
}
