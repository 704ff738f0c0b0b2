using System;
using NanoComm.Hal.Host;

namespace NanoComm.Rig
{
    /// <summary>What a radio draws more while it sends: one thing after the other.</summary>
    public sealed class RadioDraw(VirtualScheduler scheduler, PowerMeter meter, double milliamperes)
    {
        private long _busyUntil;

        /// <summary>It sends, as soon as what it sends now is out.</summary>
        public void Send(long milliseconds)
        {
            long start = Math.Max(_busyUntil, scheduler.Milliseconds);
            _busyUntil = start + milliseconds;
            scheduler.At(start, () => meter.Add(milliamperes));
            scheduler.At(_busyUntil, () => meter.Add(-milliamperes));
        }
    }
}
