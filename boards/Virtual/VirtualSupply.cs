using System;
using System.Threading;
using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>A voltage detector that tells a low supply for some time after the start, once.</summary>
    internal sealed class VirtualSupply(LowSupply low, IClock clock) : ISupplyMonitor, IDisposable
    {
        private Timer _change;

        public bool IsLow => clock.Milliseconds >= low.From && clock.Milliseconds < low.To;

        public void Notify(ISignal changed)
        {
            _change = new Timer(_ => changed.Set(), null, low.From, low.To - low.From);
        }

        public void Dispose() => _change?.Dispose();
    }
}
