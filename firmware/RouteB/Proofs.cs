using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>
    /// Questions that are out to hosts which are to prove that they answer at their address: a Get of D6 with a random
    /// transaction id, which only who hears it can repeat. Two in a row, for one has but 65,536 values, and at the rate
    /// of a path that is guessed within a minute; a wrong answer ends the attempt. A table of fixed size by the host's
    /// number, so that what is out to one host is not driven out by what goes to the others.
    /// </summary>
    internal sealed class Proofs
    {
        /// <summary>No question can be asked now.</summary>
        public const int NoTid = -1;

        private const int Questions = 2;
        private const long Patience = 5000;
        private const long Rest = 60000;

        // For so long a question is not driven out by one to another host.
        private const long AnswerTime = 1000;
        private const int Spread = 0x61C88647;
        private const int IntBits = 32;

        private readonly IRandomSource _random;
        private readonly byte[] _bytes = new byte[2];
        private readonly int[] _hosts;
        private readonly ushort[] _tids;
        private readonly byte[] _left;
        private readonly long[] _until;
        private readonly int _shift;

        /// <summary>Makes an empty table.</summary>
        /// <param name="bits">Places in it, as a power of two: 1…12.</param>
        /// <param name="random">Chooses transaction ids.</param>
        public Proofs(int bits, IRandomSource random)
        {
            _random = random;
            _shift = IntBits - bits;
            _hosts = new int[1 << bits];
            _tids = new ushort[1 << bits];
            _left = new byte[1 << bits];
            _until = new long[1 << bits];
        }

        /// <summary>The transaction id to ask a host with.</summary>
        /// <param name="host">Its number, see <see cref="HostHash"/>.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>0…65535, or <see cref="NoTid"/> while a question is out to it, for a minute after it has proven itself,
        /// or while one to another host is too fresh to be given up for it.</returns>
        public int Begin(int host, long now)
        {
            int place = PlaceOf(host);
            long kept = _hosts[place] == host ? _until[place] : _until[place] - Patience + AnswerTime;
            if ((_left[place] > 0 || _hosts[place] == host) && now < kept)
            {
                return NoTid;
            }

            _hosts[place] = host;
            _left[place] = Questions;
            return Ask(place, now);
        }

        /// <summary>The transaction id of the next question, after <see cref="ProofOutcome.Next"/>.</summary>
        public int Next(int host, long now)
        {
            return Ask(PlaceOf(host), now);
        }

        /// <summary>Takes a Get_Res.</summary>
        /// <param name="host">Its sender's number.</param>
        /// <param name="tid">Its transaction id.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public ProofOutcome Take(int host, int tid, long now)
        {
            int place = PlaceOf(host);
            if (_left[place] == 0 || _hosts[place] != host || now >= _until[place])
            {
                return ProofOutcome.None;
            }

            if (_tids[place] != tid)
            {
                _left[place] = 0;
                _until[place] = now;
                return ProofOutcome.None;
            }

            _left[place]--;
            if (_left[place] > 0)
            {
                return ProofOutcome.Next;
            }

            // There may be no place for it: it is not asked at each of its requests.
            _until[place] = now + Rest;
            return ProofOutcome.Proven;
        }

        private int Ask(int place, long now)
        {
            _random.Fill(_bytes, 0, _bytes.Length);
            _tids[place] = (ushort)((_bytes[0] << 8) | _bytes[1]);
            _until[place] = now + Patience;
            return _tids[place];
        }

        private int PlaceOf(int host)
        {
            return (int)((uint)(host * Spread) >> _shift);
        }
    }
}
