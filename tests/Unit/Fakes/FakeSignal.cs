using System;
using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>
    /// A signal for tests of one thread: waiting moves the clock to the deadline, and the last wait that the test wants
    /// answers that the unit is stopping.
    /// </summary>
    public sealed class FakeSignal : ISignal
    {
        private readonly FakeClock _clock;

        /// <summary>Makes a signal.</summary>
        public FakeSignal(FakeClock clock)
        {
            _clock = clock;
        }

        /// <summary>Waits until the one that stops.</summary>
        public int WaitsLeft { get; set; }

        /// <summary>How often it was set.</summary>
        public int Sets { get; private set; }

        /// <inheritdoc/>
        public void Set()
        {
            Sets++;
        }

        /// <inheritdoc/>
        public WaitResult Wait(long deadline)
        {
            if (deadline == Deadline.Never || WaitsLeft == 0)
            {
                throw new InvalidOperationException();
            }

            if (deadline > _clock.Milliseconds)
            {
                _clock.Milliseconds = deadline;
            }

            WaitsLeft--;
            return WaitsLeft == 0 ? WaitResult.Stopping : WaitResult.TimedOut;
        }
    }
}
