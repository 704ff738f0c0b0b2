namespace NanoComm.Dlms
{
    /// <summary>
    /// How long a server usually takes for an answer, learnt from its answers: the slowest of the last few. What
    /// it says is for commands that are worth less the later they come; all others wait as long as the server may take.
    /// </summary>
    public sealed class TurnaroundEstimate
    {
        private readonly int _least;
        private readonly int _most;
        private int _usual;

        /// <summary>Makes an estimate; nothing is known yet.</summary>
        /// <param name="least">Milliseconds that a server is given in any case.</param>
        /// <param name="most">Milliseconds that it may take.</param>
        public TurnaroundEstimate(int least, int most)
        {
            _least = least;
            _most = most;
        }

        /// <summary>Milliseconds after which an answer is overdue: half as much again as the server usually takes,
        /// within the limits.</summary>
        public int Limit
        {
            get
            {
                int limit = _usual + (_usual >> 1);
                return limit < _least ? _least : limit < _most ? limit : _most;
            }
        }

        /// <summary>The server has answered.</summary>
        /// <param name="milliseconds">From the end of the command, as it was first sent, to the first byte of the
        /// answer: of a command that was sent again, that is the longest that the answer can have taken.</param>
        public void Answered(long milliseconds)
        {
            int taken = milliseconds < 0 ? 0 : milliseconds < _most ? (int)milliseconds : _most;
            _usual = taken >= _usual ? taken : _usual - ((_usual - taken + 3) >> 2);
        }

        /// <summary>The server has not answered at all: it may need more than was allowed.</summary>
        public void Missed()
        {
            _usual = _most;
        }
    }
}
