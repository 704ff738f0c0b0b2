using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.Dlms
{
    /// <summary>
    /// A sending counter that lives in the durable record of its key: four bytes, big-endian, the first value that is
    /// not reserved yet. Values are reserved ahead, a block at a time, so that one write a block is enough and a
    /// restart skips what was left of it. A restart begins with a small block, lest a unit that starts again and again
    /// use the key up; each block that was used up doubles the next, so that steady running wears out no flash. The
    /// rest of the record is written back as it was read, and not kept: a key that was erased meanwhile does not come
    /// back. One object a key.
    /// </summary>
    public sealed class DurableCounter : IInvocationCounter
    {
        /// <summary>Values reserved by the first write after a start, or after one that failed.</summary>
        public const int BlockSize = 1024;

        /// <summary>Values reserved by one write at most.</summary>
        public const int LargestBlock = 65536;

        /// <summary>Bytes of the counter in its record.</summary>
        public const int Length = 4;

        private const uint FirstMask = 0x7FFFFFFF;

        private readonly IDurableStore _store;
        private readonly int _offset;
        private byte[] _record;
        private string _name;
        private int _recordLength;
        private uint _next;
        private uint _reserved;
        private uint _block = BlockSize;

        /// <summary>Makes a counter over its record. Without a good one it gives out nothing: a counter that starts
        /// again would use values twice.</summary>
        /// <param name="store">The store.</param>
        /// <param name="name">The record's name.</param>
        /// <param name="recordLength">Its length in bytes; a record of another length is not this key's.</param>
        /// <param name="offset">Where in it the counter is.</param>
        public DurableCounter(IDurableStore store, string name, int recordLength, int offset)
        {
            _store = store;
            _name = name;
            _recordLength = recordLength;
            _offset = offset;
            _record = new byte[recordLength];
        }

        /// <summary>Writes a new key's counter into its record, a random number of 31 bits: should the same key ever be
        /// installed twice, its counters still do not meet.</summary>
        /// <param name="random">Random bytes.</param>
        /// <param name="record">The record in the making.</param>
        /// <param name="offset">Where the counter goes.</param>
        public static void Start(IRandomSource random, byte[] record, int offset)
        {
            random.Fill(record, offset, Length);
            BigEndian.WriteU32(record, offset, BigEndian.ReadU32(record, offset) & FirstMask);
        }

        /// <summary>Follows the key into another record, which already holds the counter at the same offset.</summary>
        /// <param name="name">That record's name.</param>
        /// <param name="recordLength">Its length in bytes, not more than that of the record before.</param>
        public void Follow(string name, int recordLength)
        {
            _name = name;
            _recordLength = recordLength;
            _record = new byte[recordLength];
        }

        /// <inheritdoc/>
        public bool Next(out uint value)
        {
            value = _next;
            if (_next == _reserved && !Reserve())
            {
                return false;
            }

            value = _next++;
            return true;
        }

        private bool Reserve()
        {
            bool done = _store.Read(_name, _record) == _recordLength && Advance()
                && _store.Write(_name, _record, _recordLength);
            if (done)
            {
                _reserved = BigEndian.ReadU32(_record, _offset);
                _block = _block < LargestBlock ? 2 * _block : LargestBlock;
            }
            else
            {
                // It may have been done all the same: what it reserved is lost then, and must not be more each time.
                _block = BlockSize;
            }

            Array.Clear(_record, 0, _record.Length);
            return done;
        }

        // The record may be ahead of us: by a write of which the store did not know that it was done.
        private bool Advance()
        {
            uint first = BigEndian.ReadU32(_record, _offset);
            uint left = Ciphering.ReservedCounter - first;
            if (first < _reserved || left == 0)
            {
                return false;
            }

            _next = first;
            _reserved = first;
            BigEndian.WriteU32(_record, _offset, first + (left < _block ? left : _block));
            return true;
        }
    }
}
