using System;

namespace NanoComm.Hal.Host
{
    /// <summary>Loops go on and on and the virtual clock stands still; the message names the busiest.</summary>
    public sealed class SchedulerLivelockException : Exception
    {
        /// <summary>Makes it.</summary>
        /// <param name="message">When, and who.</param>
        public SchedulerLivelockException(string message)
            : base(message)
        {
        }
    }
}
