using System;

namespace NanoComm.Keys
{
    /// <summary>Times as tickets carry them: seconds since 2020-01-01T00:00:00Z.</summary>
    public static class UtilityTime
    {
        /// <summary>In place of the end of a ticket's validity: it has none.</summary>
        public const uint Never = uint.MaxValue;

        private static readonly DateTimeOffset Origin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

        /// <summary>The last time that can be told, in the year 2156.</summary>
        public static DateTimeOffset Last { get; } = ToTime(Never - 1);

        /// <summary>From a time of 2020…2156.</summary>
        public static uint FromTime(DateTimeOffset time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, Origin);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(time, Last);
            return (uint)((time - Origin).Ticks / TimeSpan.TicksPerSecond);
        }

        /// <summary>To a time.</summary>
        public static DateTimeOffset ToTime(uint seconds) => Origin.AddSeconds(seconds);
    }
}
