using System.Collections.Generic;
using NanoComm.Hal;

namespace NanoComm.Hil
{
    /// <summary>What a simulated metering unit keeps for the time of a bench. It never loses power.</summary>
    internal sealed class MemoryStore : IDurableStore
    {
        private readonly Dictionary<string, byte[]> _records = [];

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            if (!_records.TryGetValue(name, out byte[] record) || record.Length > buffer.Length)
            {
                return -1;
            }

            record.CopyTo(buffer, 0);
            return record.Length;
        }

        /// <inheritdoc/>
        public int LengthOf(string name) => _records.TryGetValue(name, out byte[] record) ? record.Length : -1;

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length)
        {
            _records[name] = buffer[..length];
            return true;
        }

        /// <inheritdoc/>
        public bool Delete(string name)
        {
            _records.Remove(name);
            return true;
        }
    }
}
