using System;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>A clock that shows what it was set to.</summary>
    internal sealed class StillClock : TimeProvider
    {
        public DateTimeOffset Time { get; set; } = new(2026, 6, 15, 1, 30, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Time;
    }
}
