using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Echonet
{
    /// <summary>
    /// Property 81, the one thing that a terminal may write for good. Kept in a durable record; saved at most once
    /// in ten minutes, so that no terminal can wear out the flash.
    /// </summary>
    public sealed class InstallationLocation
    {
        /// <summary>The record's name.</summary>
        public const string Record = RecordCatalogue.InstallationLocation;

        private const int CodeLength = 1;
        private const int PositionLength = 17;
        private const byte PositionFollows = 0x01;
        private const long SaveInterval = 600000;

        private readonly IDurableStore _store;
        private readonly byte[] _value = new byte[PositionLength];
        private int _length = CodeLength;
        private bool _unsaved;
        private long _nextSave;

        /// <summary>Reads the record; without an intact one the location is 00, not set.</summary>
        /// <param name="store">Holds the record.</param>
        public InstallationLocation(IDurableStore store)
        {
            _store = store;
            var stored = new byte[PositionLength];
            int length = store.Read(Record, stored);
            if (length > 0 && Accepts(stored, 0, length))
            {
                Copy(stored, 0, length);
            }
        }

        /// <summary>Counts changes, for the announcement.</summary>
        public int Changes { get; private set; }

        /// <summary>Writes the value as EDT.</summary>
        /// <returns>1, or 17.</returns>
        public int Read(byte[] buffer, int offset)
        {
            for (int i = 0; i < _length; i++)
            {
                buffer[offset + i] = _value[i];
            }

            return _length;
        }

        /// <summary>Takes a value: a one-byte location code, or 01 and 16 bytes of position.</summary>
        /// <returns>False when it is neither.</returns>
        public bool Write(byte[] buffer, int offset, int length)
        {
            if (!Accepts(buffer, offset, length))
            {
                return false;
            }

            if (!IsSame(buffer, offset, length))
            {
                Copy(buffer, offset, length);
                _unsaved = true;
                Changes++;
            }

            return true;
        }

        /// <summary>Saves a changed value, when it is time.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>When to call again, or <see cref="Deadline.Never"/>.</returns>
        public long Save(long now)
        {
            if (!_unsaved)
            {
                return Deadline.Never;
            }

            if (now >= _nextSave)
            {
                _nextSave = now + SaveInterval;
                _unsaved = !_store.Write(Record, _value, _length);
            }

            return _unsaved ? _nextSave : Deadline.Never;
        }

        private static bool Accepts(byte[] buffer, int offset, int length)
        {
            return (length == CodeLength && buffer[offset] != PositionFollows)
                || (length == PositionLength && buffer[offset] == PositionFollows);
        }

        private bool IsSame(byte[] buffer, int offset, int length)
        {
            bool same = length == _length;
            for (int i = 0; same && i < length; i++)
            {
                same = _value[i] == buffer[offset + i];
            }

            return same;
        }

        private void Copy(byte[] buffer, int offset, int length)
        {
            for (int i = 0; i < length; i++)
            {
                _value[i] = buffer[offset + i];
            }

            _length = length;
        }
    }
}
