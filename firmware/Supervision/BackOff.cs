namespace NanoComm.Supervision
{
    /// <summary>How long a loop that failed stays down: doubling from one second to a minute, back to the start once
    /// it has run well for ten minutes.</summary>
    internal sealed class BackOff
    {
        private const long First = 1000;
        private const long Last = 60000;
        private const long Forgiven = 600000;

        private long _pause = First;
        private long _lastFailure = -Forgiven;

        /// <summary>Takes a failure.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>When to start again.</returns>
        public long Fail(long now)
        {
            _pause = now - _lastFailure >= Forgiven ? First : _pause * 2 > Last ? Last : _pause * 2;
            _lastFailure = now;
            return now + _pause;
        }
    }
}
