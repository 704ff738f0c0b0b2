using System;
using NanoComm.Hal;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Hil
{
    /// <summary>The time of a bench: virtual, or real. Everything on the PC's side of the board runs on it, one thing at a
    /// time, and only while somebody waits.</summary>
    public interface IBenchClock : IAirClock, IClock
    {
        /// <summary>Milliseconds since the bench began, never decreasing.</summary>
        new long Milliseconds { get; }

        /// <summary>Lets time pass.</summary>
        /// <param name="milliseconds">How much.</param>
        /// <exception cref="BenchLostException">The board is out of reach.</exception>
        void Run(long milliseconds);

        /// <summary>Lets time pass until something is so.</summary>
        /// <param name="condition">What.</param>
        /// <param name="milliseconds">How long at most.</param>
        /// <returns>Whether it came to be so.</returns>
        /// <exception cref="BenchLostException">The board is out of reach.</exception>
        bool Until(Func<bool> condition, long milliseconds);
    }
}
