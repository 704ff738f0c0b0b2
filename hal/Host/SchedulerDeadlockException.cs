using System;

namespace NanoComm.Hal.Host
{
    /// <summary>Nothing is scheduled and every loop waits for ever; the message names each and what it
    /// waits for.</summary>
    public sealed class SchedulerDeadlockException : Exception
    {
        /// <summary>Makes it.</summary>
        /// <param name="message">When, and who waits for what.</param>
        public SchedulerDeadlockException(string message)
            : base(message)
        {
        }
    }
}
