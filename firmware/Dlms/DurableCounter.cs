using NanoComm.Hal;

namespace NanoComm.Dlms
{
    /// <summary>
    /// A sending counter whose values are reserved ahead, a block at a time. The record holds the first value that
    /// is not reserved yet (4 bytes, big-endian), so that one write a block is enough and a restart skips what was
    /// left of it. One object a key.
    /// </summary>
    public sealed class DurableCounter : IInvocationCounter
    {
        /// <summary>Values reserved by one write.</summary>
        public const int BlockSize = 1024;

        private const int RecordLength = 4;
        private const uint FirstMask = 0x7FFFFFFF;

        private readonly IDurableStore _store;
        private readonly string _name;
        private readonly byte[] _record = new byte[RecordLength];
        private bool _isLoaded;
        private uint _next;
        private uint _reserved;

        /// <summary>Makes a counter over its record. Without a good one it gives out nothing: a counter that starts
        /// again would use values twice.</summary>
        /// <param name="store">The store.</param>
        /// <param name="name">The record's name, one a key.</param>
        public DurableCounter(IDurableStore store, string name)
        {
            _store = store;
            _name = name;
        }

        /// <summary>Makes the record for a new key, with a random 31-bit start: should the same key ever be installed
        /// twice, its counters still do not meet.</summary>
        /// <param name="store">The store.</param>
        /// <param name="name">The record's name.</param>
        /// <param name="random">Random bytes.</param>
        /// <returns>Whether the record is durable.</returns>
        public static bool Create(IDurableStore store, string name, IRandomSource random)
        {
            var record = new byte[RecordLength];
            random.Fill(record, 0, RecordLength);
            BigEndian.WriteU32(record, 0, BigEndian.ReadU32(record, 0) & FirstMask);
            return store.Write(name, record, RecordLength);
        }

        /// <inheritdoc/>
        public bool Next(out uint value)
        {
            value = _next;
            if ((!_isLoaded && !Load()) || (_next == _reserved && !Reserve()))
            {
                return false;
            }

            value = _next++;
            return true;
        }

        private bool Load()
        {
            if (_store.Read(_name, _record) != RecordLength)
            {
                return false;
            }

            _next = BigEndian.ReadU32(_record, 0);
            _reserved = _next;
            _isLoaded = true;
            return true;
        }

        private bool Reserve()
        {
            uint left = Ciphering.ReservedCounter - _next;
            uint end = _next + (left < BlockSize ? left : BlockSize);
            if (left == 0)
            {
                return false;
            }

            BigEndian.WriteU32(_record, 0, end);
            if (!_store.Write(_name, _record, RecordLength))
            {
                return false;
            }

            _reserved = end;
            return true;
        }
    }
}
