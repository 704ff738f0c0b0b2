using NanoComm.Hal;
using NanoComm.MeterLink;

namespace NanoComm.Tests
{
    /// <summary>Something else on the line: due once, or at an interval, and noting when it was called.</summary>
    public sealed class FakeLineTask : ILineTask
    {
        private readonly IClock _clock;

        public FakeLineTask(IClock clock)
        {
            _clock = clock;
        }

        public int Interval { get; set; } = int.MaxValue;

        public bool IsStopping { get; set; }

        /// <summary>Times it was due and called, in seconds.</summary>
        public string Calls { get; private set; } = "";

        /// <inheritdoc/>
        public long NextDeadline { get; private set; }

        /// <inheritdoc/>
        public int Generation { get; set; }

        /// <inheritdoc/>
        public bool Attend()
        {
            if (_clock.Milliseconds >= NextDeadline)
            {
                NextDeadline = _clock.Milliseconds + Interval;
                Calls += (_clock.Milliseconds / 1000).ToString() + " ";
            }

            return !IsStopping;
        }
    }
}
