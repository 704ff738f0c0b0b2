using System.Diagnostics;

namespace NanoComm.Hal.Host
{
    /// <summary>The PC's monotonic clock, in milliseconds since it was made.</summary>
    public sealed class MonotonicClock : IClock
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        /// <summary>A moment, for <see cref="MillisecondsSince"/>.</summary>
        public static long Moment => Stopwatch.GetTimestamp();

        /// <inheritdoc/>
        public long Milliseconds => (long)Stopwatch.GetElapsedTime(_start).TotalMilliseconds;

        /// <summary>Milliseconds since a moment, with their parts.</summary>
        public static double MillisecondsSince(long moment) => Stopwatch.GetElapsedTime(moment).TotalMilliseconds;
    }
}
