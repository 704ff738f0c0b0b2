using System;

namespace NanoComm.Hal.Host
{
    /// <summary>A loop or an event under the <see cref="VirtualScheduler"/> threw; the inner exception
    /// says what.</summary>
    public sealed class LoopFailedException : Exception
    {
        /// <summary>Makes it.</summary>
        /// <param name="loop">The loop's name, or "event".</param>
        /// <param name="time">The virtual clock, in milliseconds.</param>
        /// <param name="failure">What was thrown.</param>
        public LoopFailedException(string loop, long time, Exception failure)
            : base($"'{loop}' failed at {time} ms: {failure.Message}", failure)
        {
            Loop = loop;
        }

        /// <summary>The loop's name, or "event".</summary>
        public string Loop { get; }
    }
}
