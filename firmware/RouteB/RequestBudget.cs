namespace NanoComm.RouteB
{
    /// <summary>How many requests of a terminal are taken: as many as have been saved up, and no more than so many a
    /// second in the long run (requirement R16).</summary>
    internal sealed class RequestBudget
    {
        private const int Request = 1000;

        private readonly int _perSecond;
        private readonly long _most;
        private long _saved;
        private long _at;

        /// <summary>Makes a full budget.</summary>
        /// <param name="rules">Rate and burst.</param>
        public RequestBudget(PathRules rules)
        {
            _perSecond = rules.RequestsPerSecond;
            _most = (long)rules.Burst * Request;
            _saved = _most;
        }

        /// <summary>Fills it, for another terminal.</summary>
        public void Fill()
        {
            _saved = _most;
        }

        /// <summary>Takes a request.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>False when it is one too many.</returns>
        public bool Take(long now)
        {
            // So many requests a second are as many thousandths a millisecond.
            _saved += (now - _at) * _perSecond;
            _at = now;
            if (_saved > _most)
            {
                _saved = _most;
            }

            bool isTaken = _saved >= Request;
            _saved -= isTaken ? Request : 0;
            return isTaken;
        }
    }
}
