using System;

namespace NanoComm.Hal.Host
{
    // The loops that wait for a time, the next one first; of those with the same time, the one that was started first.
    internal sealed class DeadlineHeap
    {
        private TimedLoop[] _loops = new TimedLoop[8];
        private int _count;

        // The earliest deadline, or Deadline.Never.
        public long Next => _count == 0 ? Deadline.Never : _loops[0].Deadline;

        // Sets a loop's deadline, which is to be set here alone.
        public void Set(TimedLoop loop, long deadline)
        {
            loop.Deadline = deadline;
            if (deadline == Deadline.Never)
            {
                if (loop.Place >= 0)
                {
                    Remove(loop);
                }

                return;
            }

            if (loop.Place < 0)
            {
                Add(loop);
            }

            Settle(loop, loop.Place);
        }

        // Takes out the loop whose deadline is the earliest; there is one.
        public TimedLoop Take()
        {
            TimedLoop first = _loops[0];
            Remove(first);
            return first;
        }

        private void Add(TimedLoop loop)
        {
            if (_count == _loops.Length)
            {
                Array.Resize(ref _loops, 2 * _count);
            }

            loop.Place = _count++;
        }

        private void Remove(TimedLoop loop)
        {
            int place = loop.Place;
            TimedLoop last = _loops[--_count];
            _loops[_count] = null;
            loop.Place = -1;
            if (last != loop)
            {
                Settle(last, place);
            }
        }

        // Puts a loop where it belongs: above or below a place that is free for it.
        private void Settle(TimedLoop loop, int place)
        {
            while (place > 0 && IsBefore(loop, _loops[(place - 1) / 2]))
            {
                Put(_loops[(place - 1) / 2], place);
                place = (place - 1) / 2;
            }

            for (int child = FirstChild(place); child < _count && IsBefore(_loops[child], loop); child = FirstChild(place))
            {
                Put(_loops[child], place);
                place = child;
            }

            Put(loop, place);
        }

        // The earlier of two, or where one would be.
        private int FirstChild(int place)
        {
            int child = (2 * place) + 1;
            return child + 1 < _count && IsBefore(_loops[child + 1], _loops[child]) ? child + 1 : child;
        }

        private void Put(TimedLoop loop, int place)
        {
            _loops[place] = loop;
            loop.Place = place;
        }

        private static bool IsBefore(TimedLoop one, TimedLoop other)
        {
            return one.Deadline != other.Deadline ? one.Deadline < other.Deadline : one.Index < other.Index;
        }
    }
}
