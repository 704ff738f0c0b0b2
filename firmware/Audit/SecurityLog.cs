using System;
using NanoComm.Bytes;
using NanoComm.Hal;
using NanoComm.Metering;
using NanoComm.Records;

namespace NanoComm.Audit
{
    /// <summary>
    /// The durable security log (requirements R20, R22): what happened, how often, when first and last, one entry an
    /// event and day, oldest first. It is made so that repeating an attack neither flushes it nor wears out the flash:
    /// an entry is written when it begins and when its count reaches a power of two, and when all places are taken,
    /// the two oldest entries of the event that has most of them become one. No event is ever lost, only how finely
    /// its times are told.
    /// Times are the metering clock's. Before that is known, entries tell the seconds since the start of the unit; they
    /// are dated once it is, unless the unit stops first.
    /// Who notes an event never waits for the flash: a loop of the log's own writes it, woken at once.
    /// Record `audit`: version u8 (1) | entries of 13 bytes: event u8 | count u32 | first u32 | last u32. Times are
    /// seconds since 2000-01-01; with the highest bit set, seconds since the start of the unit. It holds no key, no
    /// name and no address.
    /// </summary>
    public sealed class SecurityLog : ISecurityLog, IReaction
    {
        /// <summary>Entries at most.</summary>
        public const int Capacity = 64;

        /// <summary>The record's name.</summary>
        public const string Record = RecordCatalogue.SecurityLog;

        private const byte Version = 1;
        private const int EntryLength = 13;
        private const int CountOffset = 1;
        private const int FirstOffset = 5;
        private const int LastOffset = 9;
        private const uint Undated = 0x80000000;
        private const uint SecondsPerDay = 86400;

        private readonly IDurableStore _store;
        private readonly IClock _clock;
        private readonly ITimeSource _time;
        private readonly byte[] _record = new byte[1 + (Capacity * EntryLength)];
        private readonly byte[] _tally = new byte[256];
        private ISignal _wake;

        // Entries that began before this start of the unit.
        private int _old;
        private int _count;
        private bool _isUnsaved;

        /// <summary>Reads the record; without an intact one the log begins anew.</summary>
        /// <param name="store">Holds the record.</param>
        /// <param name="clock">The monotonic clock; null to read the log only.</param>
        /// <param name="time">Tells the metering clock, with no lock held while it calls others; null to read only.</param>
        public SecurityLog(IDurableStore store, IClock clock, ITimeSource time)
        {
            _store = store;
            _clock = clock;
            _time = time;
            int length = store.Read(Record, _record);
            if (length > 0 && _record[0] == Version && length % EntryLength == 1)
            {
                _count = length / EntryLength;
                _old = _count;
            }

            _record[0] = Version;
        }

        /// <summary>Reads an entry.</summary>
        /// <param name="index">From 0, in the order in which they began.</param>
        /// <param name="entry">Filled.</param>
        /// <returns>False when there is no such entry (any more: entries may have become one meanwhile).</returns>
        public bool Get(int index, SecurityLogEntry entry)
        {
            lock (_record)
            {
                if (index < 0 || index >= _count)
                {
                    return false;
                }

                uint first = Read(index, FirstOffset);
                uint last = Read(index, LastOffset);
                entry.Event = (SecurityEvent)_record[At(index)];
                entry.Count = Read(index, CountOffset);
                entry.IsFirstDated = !IsUndated(first);
                entry.First = first & ~Undated;
                entry.IsLastDated = !IsUndated(last);
                entry.Last = last & ~Undated;
                return true;
            }
        }

        /// <summary>Sets a signal when there is something to write. Call before the loops start.</summary>
        /// <param name="wake">The signal of the loop that steps the log.</param>
        public void Notify(ISignal wake)
        {
            _wake = wake;
        }

        /// <inheritdoc/>
        public void Add(SecurityEvent e)
        {
            uint now = Stamp(_clock.Milliseconds);
            bool isUnsaved;
            lock (_record)
            {
                Note((byte)e, now);
                isUnsaved = _isUnsaved;
            }

            if (isUnsaved && _wake != null)
            {
                _wake.Set();
            }
        }

        /// <summary>Writes what has to be written; and dates the entries of this start that have no date yet, once the
        /// metering clock is known. One loop at a time may call it.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>Never: an event or a reading wakes it.</returns>
        public long Step(long now)
        {
            if (!IsUndated(Stamp(now)))
            {
                lock (_record)
                {
                    _isUnsaved |= DateEntries();
                }
            }

            Flush();
            return Deadline.Never;
        }

        /// <summary>Writes what has to be written, at once: before something that ends the unit. Not beside
        /// <see cref="Step"/>.</summary>
        public void Flush()
        {
            byte[] copy;
            lock (_record)
            {
                if (!_isUnsaved)
                {
                    return;
                }

                copy = new byte[At(_count)];
                Array.Copy(_record, copy, copy.Length);
                _isUnsaved = false;
            }

            // What the store does not take now it is given with the next entry: an attack must not make us try for
            // ever.
            _store.Write(Record, copy, copy.Length);
        }

        /// <summary>Makes the code of the durable record: who reads that record later can show that it is the same.</summary>
        /// <param name="mac">The code.</param>
        /// <param name="to">Takes it.</param>
        /// <param name="offset">Where its first byte goes.</param>
        /// <returns>Entries that the durable record has.</returns>
        public int Digest(IMac mac, byte[] to, int offset)
        {
            var record = new byte[At(Capacity)];
            int length = _store.Read(Record, record);
            length = length < 0 ? 0 : length;
            var code = new byte[mac.Length];
            mac.Compute(record, 0, length, code);
            Array.Copy(code, 0, to, offset, code.Length);
            return length / EntryLength;
        }

        private static int At(int index)
        {
            return 1 + (index * EntryLength);
        }

        private static bool IsUndated(uint stamp)
        {
            return (stamp & Undated) != 0;
        }

        private static uint DayOf(uint stamp)
        {
            return IsUndated(stamp) ? Undated : stamp / SecondsPerDay;
        }

        private uint Stamp(long at)
        {
            return _time.TryTell(at, out uint seconds) ? seconds & ~Undated : (uint)(at / 1000) | Undated;
        }

        // The entry before the given one that an event at this time belongs to. Times since the start of the unit mean
        // nothing once it has started again.
        private int Find(byte e, uint stamp, int end)
        {
            int first = IsUndated(stamp) ? _old : 0;
            int index = end - 1;
            while (index >= first && (_record[At(index)] != e || DayOf(Read(index, LastOffset)) != DayOf(stamp)))
            {
                index--;
            }

            return index >= first ? index : -1;
        }

        private void Note(byte e, uint now)
        {
            int index = Find(e, now, _count);
            if (index < 0)
            {
                Begin(e, now);
                _isUnsaved = true;
                return;
            }

            uint count = Read(index, CountOffset);
            count += count == uint.MaxValue ? 0u : 1;
            Write(index, CountOffset, count);
            Write(index, LastOffset, now);
            _isUnsaved |= (count & (count - 1)) == 0;
        }

        private void Begin(byte e, uint now)
        {
            if (_count == Capacity)
            {
                MakeRoom();
            }

            _record[At(_count)] = e;
            Write(_count, CountOffset, 1);
            Write(_count, FirstOffset, now);
            Write(_count, LastOffset, now);
            _count++;
        }

        // There are fewer events than places, so that the commonest has two at least.
        private void MakeRoom()
        {
            Array.Clear(_tally, 0, _tally.Length);
            byte commonest = 0;
            for (int i = 0; i < _count; i++)
            {
                byte e = _record[At(i)];
                _tally[e]++;
                if (_tally[e] > _tally[commonest])
                {
                    commonest = e;
                }
            }

            int older = IndexOf(commonest, 0);
            Join(older, IndexOf(commonest, older + 1));
        }

        private int IndexOf(byte e, int from)
        {
            while (_record[At(from)] != e)
            {
                from++;
            }

            return from;
        }

        private void Join(int older, int newer)
        {
            uint a = Read(older, CountOffset);
            uint b = Read(newer, CountOffset);
            Write(older, CountOffset, a > uint.MaxValue - b ? uint.MaxValue : a + b);
            Write(older, LastOffset, Read(newer, LastOffset));
            _count--;
            Array.Copy(_record, At(newer + 1), _record, At(newer), At(_count) - At(newer));
            if (newer < _old)
            {
                _old--;
            }
        }

        private bool DateEntries()
        {
            bool changed = false;
            int index = _old;
            while (index < _count)
            {
                bool isDated = Date(index, FirstOffset) | Date(index, LastOffset);
                changed |= isDated;
                int older = isDated ? Find(_record[At(index)], Read(index, FirstOffset), index) : -1;
                if (older >= 0)
                {
                    Join(older, index);
                }
                else
                {
                    index++;
                }
            }

            return changed;
        }

        private bool Date(int index, int offset)
        {
            uint stamp = Read(index, offset);
            bool isUndated = IsUndated(stamp);
            if (isUndated)
            {
                Write(index, offset, Stamp((stamp & ~Undated) * 1000L));
            }

            return isUndated;
        }

        private uint Read(int index, int offset)
        {
            return BigEndian.ReadU32(_record, At(index) + offset);
        }

        private void Write(int index, int offset, uint value)
        {
            BigEndian.WriteU32(_record, At(index) + offset, value);
        }
    }
}
