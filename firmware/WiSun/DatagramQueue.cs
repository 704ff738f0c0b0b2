using System;

namespace NanoComm.WiSun
{
    /// <summary>Datagrams that wait, oldest first, in places made once.</summary>
    internal sealed class DatagramQueue
    {
        private readonly Datagram[] _places;
        private int _first;

        /// <summary>Makes an empty queue.</summary>
        /// <param name="capacity">How many may wait.</param>
        public DatagramQueue(int capacity)
        {
            _places = new Datagram[capacity];
            for (int i = 0; i < capacity; i++)
            {
                _places[i] = new Datagram();
            }
        }

        /// <summary>How many wait.</summary>
        public int Count { get; private set; }

        /// <summary>Whether no more fit.</summary>
        public bool IsFull
        {
            get { return Count == _places.Length; }
        }

        /// <summary>The oldest.</summary>
        public Datagram First
        {
            get { return _places[_first]; }
        }

        /// <summary>Puts one at the end.</summary>
        /// <returns>False when it does not fit.</returns>
        public bool Put(byte[] data, int length, int port, long now)
        {
            if (IsFull || length > SkParser.MaxDataLength)
            {
                return false;
            }

            Datagram place = _places[(_first + Count) % _places.Length];
            Array.Copy(data, place.Data, length);
            place.Length = length;
            place.Port = port;
            place.At = now;
            Count++;
            return true;
        }

        /// <summary>Lets go of the oldest.</summary>
        public void Drop()
        {
            _first = (_first + 1) % _places.Length;
            Count--;
        }

        /// <summary>Lets go of all.</summary>
        public void Clear()
        {
            Count = 0;
        }
    }
}
