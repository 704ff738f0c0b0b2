namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// Hands datagrams from the thread that receives to the loop that handles, in slots made once. One slot is always
    /// free: the receiving thread fills it in place, so that nobody copies or waits while holding the lock.
    /// </summary>
    internal sealed class DatagramRing
    {
        private const int SlotCount = 9;

        private readonly Datagram[] _slots = new Datagram[SlotCount];
        private readonly object _gate = new object();
        private int _first;
        private int _count;

        public DatagramRing()
        {
            for (int i = 0; i < SlotCount; i++)
            {
                _slots[i] = new Datagram();
            }
        }

        /// <summary>The slot to fill next. It stays the same until it is committed.</summary>
        public Datagram Free
        {
            get
            {
                lock (_gate)
                {
                    return _slots[(_first + _count) % SlotCount];
                }
            }
        }

        /// <summary>The datagram that has waited longest, or null.</summary>
        public Datagram Oldest
        {
            get
            {
                lock (_gate)
                {
                    return _count == 0 ? null : _slots[_first];
                }
            }
        }

        /// <summary>Puts the filled slot in the queue.</summary>
        /// <returns>False when the queue is full: the slot is filled again, and its datagram lost.</returns>
        public bool Commit()
        {
            lock (_gate)
            {
                if (_count == SlotCount - 1)
                {
                    return false;
                }

                _count++;
                return true;
            }
        }

        /// <summary>Gives the oldest slot back.</summary>
        public void Release()
        {
            lock (_gate)
            {
                _first = (_first + 1) % SlotCount;
                _count--;
            }
        }

        /// <summary>Drops everything that waits.</summary>
        /// <returns>How many datagrams that were.</returns>
        public int Clear()
        {
            lock (_gate)
            {
                int dropped = _count;
                _count = 0;
                return dropped;
            }
        }
    }
}
