using System;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>The time that the air and everything in it lives by: virtual in a scenario, real behind a dongle.
    /// Whatever runs on it runs one at a time.</summary>
    public interface IAirClock
    {
        /// <summary>Milliseconds since some start, never decreasing.</summary>
        long Milliseconds { get; }

        /// <summary>Has an action run later; actions of the same time run in the order in which they were
        /// given.</summary>
        /// <param name="when">In milliseconds of this clock; now, when it has passed.</param>
        /// <param name="action">Never waits.</param>
        void At(long when, Action action);

        /// <summary>Runs an action now, when nothing else that belongs to this clock runs: the way in for everything
        /// that comes from outside. May be nested.</summary>
        /// <param name="action">Never waits.</param>
        void Enter(Action action);
    }
}
