using System;

namespace NanoComm.Metering
{
    /// <summary>
    /// Cumulative energy at equal intervals over a sliding window: the minute buffer (60 values, requirement R6) and
    /// the half-hour history (100 days, requirement R8); or demand, likewise. Each place is either a value, known to be missing at the
    /// metering unit, or not asked for yet; the last two read as "no data" (requirement R7). Safe to use from any loop.
    /// The history is the largest thing that the device holds, so a place has no more than it needs: 28 bits for each
    /// direction, of which the largest energy takes 27.
    /// </summary>
    public sealed class IntervalBuffer : IIntervalSink
    {
        // Normal direction in the first 28 bits, reverse direction in the last.
        private const int PlaceLength = 7;
        private const uint CodeMask = 0x0FFFFFFF;
        private const uint NotAsked = 0x0FFFFFFF;
        private const uint Missing = MeterReading.NoEnergy & CodeMask;

        private readonly int _interval;
        private readonly int _capacity;
        private readonly byte[] _places;

        private long _newest = MeterTime.Unknown;
        private int _notAsked;

        /// <summary>Makes an empty buffer.</summary>
        /// <param name="interval">Seconds between two values.</param>
        /// <param name="capacity">How many values the window holds.</param>
        public IntervalBuffer(int interval, int capacity)
        {
            _interval = interval;
            _capacity = capacity;
            _places = new byte[capacity * PlaceLength];
        }

        /// <summary>Seconds between two values.</summary>
        public int Interval
        {
            get { return _interval; }
        }

        /// <summary>How many values the window holds.</summary>
        public int Capacity
        {
            get { return _capacity; }
        }

        /// <summary>Time of the window's newest place, or <see cref="MeterTime.Unknown"/> before the first move.</summary>
        public long Newest
        {
            get
            {
                lock (_places)
                {
                    return _newest;
                }
            }
        }

        /// <summary>
        /// Moves the window so that it ends at a time, forward or back. Places that enter are not asked for yet;
        /// what leaves the window is gone.
        /// </summary>
        /// <param name="time">The metering clock; rounded down to the interval.</param>
        public void MoveTo(long time)
        {
            lock (_places)
            {
                Move(MeterTime.Floor(time, _interval));
            }
        }

        /// <summary>Empties the buffer, as it was made.</summary>
        public void Forget()
        {
            lock (_places)
            {
                Array.Clear(_places, 0, _places.Length);
                _newest = MeterTime.Unknown;
                _notAsked = 0;
            }
        }

        /// <summary>Puts values in their place. Ones later than the window move it; earlier ones, or ones that are not
        /// on the grid, are ignored.</summary>
        /// <param name="time">A multiple of the interval.</param>
        /// <param name="normal">Normal direction; more than <see cref="MeterReading.MaxEnergy"/> is no data.</param>
        /// <param name="reverse">Reverse direction; likewise.</param>
        public void Put(long time, uint normal, uint reverse)
        {
            if (MeterTime.Floor(time, _interval) != time)
            {
                return;
            }

            lock (_places)
            {
                if (_newest == MeterTime.Unknown || time > _newest)
                {
                    Move(time);
                }

                if (IsInside(time))
                {
                    Set(Place(time), Code(normal), Code(reverse));
                }
            }
        }

        /// <summary>The values of a time.</summary>
        /// <param name="time">A time; only multiples of the interval inside the window have values.</param>
        /// <param name="normal">Normal direction, or <see cref="MeterReading.NoEnergy"/>.</param>
        /// <param name="reverse">Reverse direction, or <see cref="MeterReading.NoEnergy"/>.</param>
        /// <returns>False when there is no data in either direction.</returns>
        public bool Get(long time, out uint normal, out uint reverse)
        {
            normal = MeterReading.NoEnergy;
            reverse = MeterReading.NoEnergy;
            if (MeterTime.Floor(time, _interval) != time)
            {
                return false;
            }

            lock (_places)
            {
                if (IsInside(time))
                {
                    int place = Place(time);
                    normal = Energy(Normal(place));
                    reverse = Energy(Reverse(place));
                }
            }

            return normal != MeterReading.NoEnergy || reverse != MeterReading.NoEnergy;
        }

        /// <summary>Copies consecutive values of one direction.</summary>
        /// <param name="from">Time of the first value, a multiple of the interval.</param>
        /// <param name="reverse">True for the reverse direction.</param>
        /// <param name="values">Filled from index 0, forward in time; <see cref="MeterReading.NoEnergy"/> without data.</param>
        public void CopyTo(long from, bool reverse, uint[] values)
        {
            lock (_places)
            {
                long time = from;
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = !IsInside(time) ? MeterReading.NoEnergy
                        : Energy(reverse ? Reverse(Place(time)) : Normal(Place(time)));
                    time += _interval;
                }
            }
        }

        /// <summary>Finds the newest run of places that were not asked for yet.</summary>
        /// <param name="most">How many places the run may have at the most.</param>
        /// <param name="from">Time of its earliest place.</param>
        /// <param name="to">Time of its latest place.</param>
        /// <returns>False when every place was asked for.</returns>
        public bool FindGap(int most, out long from, out long to)
        {
            from = MeterTime.Unknown;
            to = MeterTime.Unknown;
            lock (_places)
            {
                if (_notAsked == 0)
                {
                    return false;
                }

                to = _newest;
                while (!IsNotAsked(Place(to)))
                {
                    to -= _interval;
                }

                from = to;
                int count = 1;
                while (count < most && IsInside(from - _interval) && IsNotAsked(Place(from - _interval)))
                {
                    from -= _interval;
                    count++;
                }

                return true;
            }
        }

        /// <summary>Notes that the metering unit was asked for these places: what it did not have is known to be missing.</summary>
        /// <param name="from">Time of the earliest place.</param>
        /// <param name="to">Time of the latest place.</param>
        public void MarkAsked(long from, long to)
        {
            lock (_places)
            {
                for (long time = from; time <= to; time += _interval)
                {
                    if (IsInside(time) && IsNotAsked(Place(time)))
                    {
                        Set(Place(time), Missing, Missing);
                    }
                }
            }
        }

        /// <summary>Whether a place was asked for, and the metering unit did not have it.</summary>
        /// <param name="time">A multiple of the interval.</param>
        public bool IsMissing(long time)
        {
            lock (_places)
            {
                return Lacks(time);
            }
        }

        /// <summary>Whether a place is in the window and has been asked for.</summary>
        /// <param name="time">A multiple of the interval.</param>
        public bool IsAsked(long time)
        {
            lock (_places)
            {
                return IsInside(time) && !IsNotAsked(Place(time));
            }
        }

        /// <summary>Makes places that are known to be missing ones that were not asked for.</summary>
        /// <param name="from">Time of the earliest place.</param>
        /// <param name="to">Time of the latest place.</param>
        public void AskAgain(long from, long to)
        {
            lock (_places)
            {
                for (long time = from; time <= to; time += _interval)
                {
                    if (Lacks(time))
                    {
                        Forget(Place(time));
                    }
                }
            }
        }

        private static uint Energy(uint code)
        {
            return code <= MeterReading.MaxEnergy ? code : MeterReading.NoEnergy;
        }

        private static uint Code(uint energy)
        {
            return energy <= MeterReading.MaxEnergy ? energy : Missing;
        }

        private bool IsInside(long time)
        {
            return _newest != MeterTime.Unknown && time <= _newest && time > _newest - ((long)_capacity * _interval);
        }

        private bool Lacks(long time)
        {
            return IsInside(time) && Normal(Place(time)) == Missing && Reverse(Place(time)) == Missing;
        }

        // Offset of the place of a time.
        private int Place(long time)
        {
            int place = (int)(time / _interval % _capacity);
            return (place < 0 ? place + _capacity : place) * PlaceLength;
        }

        private uint Normal(int place)
        {
            return ((uint)_places[place] << 20) | ((uint)_places[place + 1] << 12) | ((uint)_places[place + 2] << 4)
                | ((uint)_places[place + 3] >> 4);
        }

        private uint Reverse(int place)
        {
            return (((uint)_places[place + 3] & 0x0F) << 24) | ((uint)_places[place + 4] << 16)
                | ((uint)_places[place + 5] << 8) | _places[place + 6];
        }

        // Of both directions together, or of none.
        private bool IsNotAsked(int place)
        {
            return Normal(place) == NotAsked;
        }

        private void Set(int place, uint normal, uint reverse)
        {
            if (IsNotAsked(place))
            {
                _notAsked--;
            }

            Write(place, normal, reverse);
        }

        private void Forget(int place)
        {
            if (!IsNotAsked(place))
            {
                _notAsked++;
            }

            Write(place, NotAsked, NotAsked);
        }

        private void Write(int place, uint normal, uint reverse)
        {
            _places[place] = (byte)(normal >> 20);
            _places[place + 1] = (byte)(normal >> 12);
            _places[place + 2] = (byte)(normal >> 4);
            _places[place + 3] = (byte)((normal << 4) | (reverse >> 24));
            _places[place + 4] = (byte)(reverse >> 16);
            _places[place + 5] = (byte)(reverse >> 8);
            _places[place + 6] = (byte)reverse;
        }

        // The place of a time that enters at one end is that of the time that leaves at the other, so both
        // directions forget the places between the two ends.
        private void Move(long newest)
        {
            long span = (long)_capacity * _interval;
            if (_newest == MeterTime.Unknown || newest - _newest >= span || _newest - newest >= span)
            {
                for (int place = 0; place < _places.Length; place += PlaceLength)
                {
                    Forget(place);
                }
            }
            else
            {
                long last = newest > _newest ? newest : _newest;
                for (long time = (newest < _newest ? newest : _newest) + _interval; time <= last; time += _interval)
                {
                    Forget(Place(time));
                }
            }

            _newest = newest;
        }
    }
}
