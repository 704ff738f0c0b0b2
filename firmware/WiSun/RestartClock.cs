using NanoComm.Hal;

namespace NanoComm.WiSun
{
    /// <summary>
    /// When a module that answers commands is started anew all the same: some have been seen to let nobody join any
    /// more after days, or to pass nothing on after a join. More and more rarely, as long as that does not help.
    /// </summary>
    internal sealed class RestartClock
    {
        private const long FirstPatience = 900000;
        private const long LastPatience = 6 * 3600000L;
        private const long PatienceAfterExpiry = 120000;

        // A terminal asks something right after it has joined; later it may do no more than listen.
        private const int ShareAfterJoin = 3;

        private long _patience = FirstPatience;
        private bool _isHeard;

        /// <summary>When it is time, on the monotonic clock.</summary>
        public long Due { get; private set; } = Deadline.Never;

        /// <summary>The module is ready, and nobody has joined yet.</summary>
        public void Begin(long now)
        {
            Due = now + _patience;
        }

        /// <summary>A terminal has joined.</summary>
        /// <param name="isAgain">Whether a session was there: a terminal that joins again because nobody hears it does
        /// not put off what is due.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public void Join(bool isAgain, long now)
        {
            if (!isAgain || _isHeard)
            {
                Due = now + (_patience / ShareAfterJoin);
                _isHeard = false;
            }
        }

        /// <summary>The terminal was heard: all is well.</summary>
        public void Hear()
        {
            _isHeard = true;
            _patience = FirstPatience;
            Due = Deadline.Never;
        }

        /// <summary>The session is over.</summary>
        /// <param name="isExpired">Whether nobody said so: the terminal, or the module, did not manage to renew
        /// it.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public void Leave(bool isExpired, long now)
        {
            Due = now + (isExpired && _patience == FirstPatience ? PatienceAfterExpiry : _patience);
        }

        /// <summary>Something is wrong with the module.</summary>
        public void Hurry(long now)
        {
            Due = now;
        }

        /// <summary>It was started anew.</summary>
        public void Restart()
        {
            _patience = _patience * 2 < LastPatience ? _patience * 2 : LastPatience;
        }
    }
}
