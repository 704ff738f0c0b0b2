using System;

namespace NanoComm.Hal.Host
{
    /// <summary>The clock of a unit of a crowd: its worker's, counted from the unit's start. Within an exchange it runs ahead
    /// of that by what the exchange would have taken on a real line; the next exchange begins when the worker's clock has
    /// come to where the last one ended.</summary>
    public sealed class CrowdClock : IClock
    {
        private readonly CrowdWorker _worker;
        private readonly long _start;
        private long _ahead;

        internal CrowdClock(CrowdWorker worker)
        {
            _worker = worker;
            _start = worker.Now;
        }

        /// <inheritdoc/>
        public long Milliseconds => IsExchanging ? Math.Max(_ahead, _worker.Now - _start) : _worker.Now - _start;

        internal bool IsExchanging { get; private set; }

        internal void Begin()
        {
            IsExchanging = true;
        }

        // Returns when the exchange would have ended.
        internal long End()
        {
            long end = Milliseconds;
            IsExchanging = false;
            return end;
        }

        internal void MoveOn(long to)
        {
            _ahead = Math.Max(to, Milliseconds);
        }

        internal long ToWorker(long time)
        {
            return time == Deadline.Never ? Deadline.Never : time + _start;
        }
    }
}
