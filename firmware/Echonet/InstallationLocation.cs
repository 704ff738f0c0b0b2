using System;
using NanoComm.Bytes;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Echonet
{
    /// <summary>
    /// Property 81, the one thing that a terminal may write for good. Kept in a durable record; saved at most once
    /// in ten minutes, so that no terminal can wear out the flash. Written by the node; saved by a loop of its own, on
    /// which the node never waits.
    /// </summary>
    public sealed class InstallationLocation : IReaction
    {
        /// <summary>The record's name.</summary>
        public const string Record = RecordCatalogue.InstallationLocation;

        private const int CodeLength = 1;
        private const int PositionLength = 17;
        private const byte PositionFollows = 0x01;
        private const long SaveInterval = 600000;

        private readonly IDurableStore _store;
        private readonly byte[] _value = new byte[PositionLength];
        private readonly byte[] _saving = new byte[PositionLength];
        private ISignal _unsaved;
        private int _length = CodeLength;
        private bool _isUnsaved;
        private long _nextSave;

        /// <summary>Reads the record; without an intact one the location is 00, not set.</summary>
        /// <param name="store">Holds the record.</param>
        public InstallationLocation(IDurableStore store)
        {
            _store = store;
            int length = store.Read(Record, _saving);
            if (length > 0 && Accepts(_saving, 0, length))
            {
                Copy(_saving, 0, length);
            }
        }

        /// <summary>Counts changes, for the announcement.</summary>
        public int Changes { get; private set; }

        /// <summary>Sets a signal when there is something to save. Call before the loops start.</summary>
        /// <param name="unsaved">The signal of the loop that saves.</param>
        public void Notify(ISignal unsaved)
        {
            _unsaved = unsaved;
        }

        /// <summary>Writes the value as EDT.</summary>
        /// <returns>1, or 17.</returns>
        public int Read(byte[] buffer, int offset)
        {
            Array.Copy(_value, 0, buffer, offset, _length);
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

            if (length == _length && Octets.AreEqual(_value, 0, buffer, offset, length))
            {
                return true;
            }

            lock (_value)
            {
                Copy(buffer, offset, length);
                _isUnsaved = true;
            }

            Changes++;
            if (_unsaved != null)
            {
                _unsaved.Set();
            }

            return true;
        }

        /// <summary>Saves a changed value, when it is time.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>When to call again, or <see cref="Deadline.Never"/>.</returns>
        public long Step(long now)
        {
            if (!_isUnsaved)
            {
                return Deadline.Never;
            }

            if (now < _nextSave)
            {
                return _nextSave;
            }

            int length;
            lock (_value)
            {
                length = _length;
                Array.Copy(_value, _saving, length);
                _isUnsaved = false;
            }

            _nextSave = now + SaveInterval;
            if (!_store.Write(Record, _saving, length))
            {
                _isUnsaved = true;
            }

            return _isUnsaved ? _nextSave : Deadline.Never;
        }

        private static bool Accepts(byte[] buffer, int offset, int length)
        {
            return (length == CodeLength && buffer[offset] != PositionFollows)
                || (length == PositionLength && buffer[offset] == PositionFollows);
        }

        private void Copy(byte[] buffer, int offset, int length)
        {
            Array.Copy(buffer, offset, _value, 0, length);
            _length = length;
        }
    }
}
