using System;
using System.Threading;
using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>A voltage detector: it tells a low supply for some time after the start, once, and while the supply of the
    /// site is sagged.</summary>
    internal sealed class VirtualSupply : ISupplyMonitor, IDisposable
    {
        private readonly LowSupply _low;
        private readonly IClock _clock;
        private readonly Site _site;
        private ISignal _changed;
        private Timer _change;

        /// <summary>Makes it.</summary>
        /// <param name="low">When the supply is low after the start; null for never.</param>
        /// <param name="clock">The unit's.</param>
        /// <param name="site">Where the supply is.</param>
        public VirtualSupply(LowSupply low, IClock clock, Site site)
        {
            _low = low;
            _clock = clock;
            _site = site;
            site.SupplyChanged += Tell;
        }

        public bool IsLow => _site.IsSupplyLow
            || (_low is not null && _clock.Milliseconds >= _low.From && _clock.Milliseconds < _low.To);

        public void Notify(ISignal changed)
        {
            _changed = changed;
            if (_low is not null)
            {
                _change = new Timer(_ => Tell(), null, _low.From, _low.To - _low.From);
            }
        }

        public void Dispose()
        {
            _site.SupplyChanged -= Tell;
            _change?.Dispose();
        }

        private void Tell() => _changed?.Set();
    }
}
