using System;

namespace NanoComm.WiSun
{
    /// <summary>
    /// Datagrams that wait, oldest first and one right behind the other, in a room made once: the shorter they are, the
    /// more fit. Another one may be written behind them piece by piece, from <see cref="End"/> on, and is then kept
    /// where it lies; until then it moves along when others go.
    /// </summary>
    public sealed class DatagramQueue
    {
        /// <summary>The datagrams, the oldest from index 0.</summary>
        public readonly byte[] Bytes;

        private readonly int[] _lengths;
        private readonly int[] _marks;
        private readonly long[] _times;

        /// <summary>Makes an empty queue.</summary>
        /// <param name="room">Bytes of all datagrams that wait, together.</param>
        /// <param name="capacity">How many may wait.</param>
        public DatagramQueue(int room, int capacity)
        {
            Bytes = new byte[room];
            _lengths = new int[capacity];
            _marks = new int[capacity];
            _times = new long[capacity];
        }

        /// <summary>Where those that wait end in <see cref="Bytes"/>.</summary>
        public int End { get; private set; }

        /// <summary>How many wait.</summary>
        public int Count { get; private set; }

        /// <summary>Length of the oldest in bytes; without meaning while none waits, as are the next two.</summary>
        public int FirstLength
        {
            get { return _lengths[0]; }
        }

        /// <summary>What was noted of the oldest.</summary>
        public int FirstMark
        {
            get { return _marks[0]; }
        }

        /// <summary>When the oldest was put here, on the monotonic clock.</summary>
        public long FirstTime
        {
            get { return _times[0]; }
        }

        /// <summary>Whether one more fits.</summary>
        /// <param name="length">Its length in bytes.</param>
        public bool Fits(int length)
        {
            return Count < _lengths.Length && length <= Bytes.Length - End;
        }

        /// <summary>Puts one at the end.</summary>
        /// <param name="data">The payload, from index 0.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="mark">To be noted of it.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>False when it does not fit.</returns>
        public bool Put(byte[] data, int length, int mark, long now)
        {
            if (!Fits(length))
            {
                return false;
            }

            Array.Copy(data, 0, Bytes, End, length);
            Keep(length, mark, now);
            return true;
        }

        /// <summary>Keeps what was written from <see cref="End"/> on. It must fit.</summary>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="mark">To be noted of it.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public void Keep(int length, int mark, long now)
        {
            _lengths[Count] = length;
            _marks[Count] = mark;
            _times[Count] = now;
            Count++;
            End += length;
        }

        /// <summary>Lets go of the oldest.</summary>
        public void Drop()
        {
            int length = _lengths[0];
            Array.Copy(Bytes, length, Bytes, 0, Bytes.Length - length);
            End -= length;
            Count--;
            for (int i = 0; i < Count; i++)
            {
                _lengths[i] = _lengths[i + 1];
                _marks[i] = _marks[i + 1];
                _times[i] = _times[i + 1];
            }
        }

        /// <summary>Lets go of all.</summary>
        public void Clear()
        {
            Array.Copy(Bytes, End, Bytes, 0, Bytes.Length - End);
            End = 0;
            Count = 0;
        }
    }
}
