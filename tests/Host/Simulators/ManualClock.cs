using NanoComm.Hal;

namespace NanoComm.Tests.Host.Simulators
{
    /// <summary>A monotonic clock that a test moves.</summary>
    internal sealed class ManualClock : IClock
    {
        public long Milliseconds { get; set; }

        public void AdvanceSeconds(long seconds)
        {
            Milliseconds += seconds * 1000;
        }
    }
}
