using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>A monotonic clock that the test and the fakes move.</summary>
    public sealed class FakeClock : IClock
    {
        /// <inheritdoc/>
        public long Milliseconds { get; set; }
    }
}
