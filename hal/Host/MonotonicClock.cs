using System.Diagnostics;

namespace NanoComm.Hal.Host
{
    /// <summary>The PC's monotonic clock, in milliseconds since it was made.</summary>
    public sealed class MonotonicClock : IClock
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        /// <inheritdoc/>
        public long Milliseconds => (long)Stopwatch.GetElapsedTime(_start).TotalMilliseconds;
    }
}
