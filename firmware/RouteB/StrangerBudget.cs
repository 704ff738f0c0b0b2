using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>
    /// How much is taken of the hosts that have no place, all together: a number of requests a second, spread over
    /// buckets by the host's number, so that one host that floods takes no more than one bucket's. Which hosts share a
    /// bucket changes every few seconds: nobody is shut out for long by a neighbour that floods.
    /// </summary>
    internal sealed class StrangerBudget
    {
        private const int Buckets = 32;
        private const int BucketShift = 27;
        private const long ShuffleInterval = 10000;

        // A request in millionths: what a rate of 1 a second brings each millisecond is a thousand of them.
        private const long Request = 1000000;
        private const int PerMillisecond = 1000;

        // What a host without a place may save up, where the utility limits what one with a place may ask.
        private const int LimitedSeconds = 5;

        private readonly long[] _saved = new long[Buckets];
        private readonly byte[] _bytes = new byte[4];
        private readonly IRandomSource _random;
        private readonly int _built;
        private readonly long _builtMost;
        private int _perSecond;
        private long _most;
        private int _shuffle;
        private long _nextShuffle;

        /// <summary>Makes a full budget.</summary>
        /// <param name="perSecond">Requests a second, all buckets together; 0 for none at all.</param>
        /// <param name="burst">Requests that a bucket saves up.</param>
        /// <param name="random">Decides which hosts share a bucket.</param>
        public StrangerBudget(int perSecond, int burst, IRandomSource random)
        {
            _built = perSecond;
            _random = random;
            _builtMost = perSecond == 0 ? 0 : burst * Request;
            Limit(0);
            for (int i = 0; i < Buckets; i++)
            {
                _saved[i] = _most;
            }
        }

        /// <summary>Takes no more of a bucket than of a terminal.</summary>
        /// <param name="perSecond">Requests a second of a terminal, where the utility limits them; else 0.</param>
        public void Limit(int perSecond)
        {
            bool isLower = perSecond > 0 && perSecond * Buckets < _built;
            _perSecond = isLower ? perSecond * Buckets : _built;
            long most = isLower ? perSecond * LimitedSeconds * Request : _builtMost;
            _most = most < _builtMost ? most : _builtMost;
        }

        /// <summary>Adds what the time has brought.</summary>
        /// <param name="elapsed">Milliseconds since the last call.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public void Refill(long elapsed, long now)
        {
            long share = elapsed * _perSecond * PerMillisecond / Buckets;
            for (int i = 0; i < Buckets; i++)
            {
                long saved = _saved[i] + share;
                _saved[i] = saved > _most ? _most : saved;
            }

            if (now >= _nextShuffle)
            {
                _nextShuffle = now + ShuffleInterval;
                _shuffle = HostHash.Odd(_random, _bytes);
            }
        }

        /// <summary>Takes a request of a host.</summary>
        /// <param name="host">Its number, see <see cref="HostHash"/>.</param>
        /// <returns>False when it is one too many.</returns>
        public bool Takes(int host)
        {
            int bucket = (int)((uint)(host * _shuffle) >> BucketShift);
            if (_saved[bucket] < Request)
            {
                return false;
            }

            _saved[bucket] -= Request;
            return true;
        }
    }
}
