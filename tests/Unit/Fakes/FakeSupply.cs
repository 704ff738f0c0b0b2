using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>A voltage detector that says what it is told.</summary>
    public sealed class FakeSupply : ISupplyMonitor
    {
        /// <inheritdoc/>
        public bool IsLow { get; set; }

        /// <inheritdoc/>
        public void Notify(ISignal changed)
        {
        }
    }
}
