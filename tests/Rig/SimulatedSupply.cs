using NanoComm.Hal;

namespace NanoComm.Rig
{
    /// <summary>A voltage detector that a test switches.</summary>
    public sealed class SimulatedSupply : ISupplyMonitor
    {
        private ISignal _changed;

        /// <inheritdoc/>
        public bool IsLow
        {
            get;
            set
            {
                field = value;
                _changed?.Set();
            }
        }

        /// <inheritdoc/>
        public void Notify(ISignal changed)
        {
            _changed = changed;
        }
    }
}
