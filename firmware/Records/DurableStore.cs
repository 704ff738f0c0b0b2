using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.Records
{
    /// <summary>
    /// Durable records over plain files, the same in both homes. A record is written to NAME.new, flushed, and then
    /// takes the place of NAME.rec; each carries a generation and a CRC-32, so that whatever a power cut leaves
    /// behind, the newest whole record is found.
    /// Layout, big-endian: "NCR1", generation u32, length u16, content, CRC-32 (ISO 3309) over all before it.
    /// </summary>
    public sealed class DurableStore : IDurableStore
    {
        /// <summary>Longest content of a record in bytes.</summary>
        public const int MaxLength = 1024;

        private const int MaxNameLength = 16;
        private const int GenerationAt = 4;
        private const int LengthAt = 8;
        private const int HeaderLength = LengthAt + 2;
        private const uint Magic = 0x4E435231;

        private readonly IFiles _files;
        private readonly byte[] _record;

        /// <summary>Makes a store.</summary>
        /// <param name="files">The folder that holds the records; whoever else uses it has records of other names.</param>
        /// <param name="maxLength">Longest content of a record in bytes, 0…1024.</param>
        public DurableStore(IFiles files, int maxLength = MaxLength)
        {
            _files = files;
            _record = new byte[HeaderLength + maxLength + Crc32.Length];
        }

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            CheckName(name);
            lock (_record)
            {
                int length = Find(name);
                bool fits = length <= buffer.Length;
                if (fits && length > 0)
                {
                    Array.Copy(_record, HeaderLength, buffer, 0, length);
                }

                Clear();
                return fits ? length : -1;
            }
        }

        /// <inheritdoc/>
        public int LengthOf(string name)
        {
            CheckName(name);
            lock (_record)
            {
                int length = Find(name);
                Clear();
                return length;
            }
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length)
        {
            CheckName(name);
            if (length < 0 || length > _record.Length - HeaderLength - Crc32.Length || length > buffer.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(length));
            }

            lock (_record)
            {
                bool isSettled = Settle(name, out uint generation);
                if (isSettled)
                {
                    Seal(generation + 1, buffer, length);
                }

                bool done = isSettled && _files.Write(Replacement(name), _record, HeaderLength + length + Crc32.Length)
                    && TakeOver(name);
                Clear();
                return done;
            }
        }

        /// <inheritdoc/>
        public bool Delete(string name)
        {
            CheckName(name);
            lock (_record)
            {
                // Settled first, so that no older record comes back when the power is cut between the two.
                bool done = Settle(name, out _)
                    && _files.Delete(Replacement(name))
                    && _files.Delete(Current(name));
                Clear();
                return done;
            }
        }

        private static string Current(string name)
        {
            return name + ".rec";
        }

        private static string Replacement(string name)
        {
            return name + ".new";
        }

        private static void CheckName(string name)
        {
            bool good = name.Length > 0 && name.Length <= MaxNameLength;
            for (int i = 0; i < name.Length; i++)
            {
                char c = name[i];
                good &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
            }

            if (!good)
            {
                throw new ArgumentException(name);
            }
        }

        // No record's keys outlive it here.
        private void Clear()
        {
            Array.Clear(_record, 0, _record.Length);
        }

        // The length of the newest whole record, now in _record; -1 when there is none.
        private int Find(string name)
        {
            uint replacement = Load(Replacement(name));
            uint current = Load(Current(name));
            if (replacement > current)
            {
                current = Load(Replacement(name));
            }

            return current == 0 ? -1 : BigEndian.ReadU16(_record, LengthAt);
        }

        // A replacement that a power cut kept from taking its place takes it now: writing another one over it first
        // could lose both.
        private bool Settle(string name, out uint generation)
        {
            uint replacement = Load(Replacement(name));
            generation = Load(Current(name));
            if (replacement <= generation)
            {
                return true;
            }

            generation = Load(Replacement(name));
            return TakeOver(name);
        }

        // The replacement, which is in _record too.
        private bool TakeOver(string name)
        {
            return _files.Delete(Current(name))
                && (_files.Rename(Replacement(name), Current(name)) || Rescue(name));
        }

        // A rename that fails may have lost the file, and the old record is gone: the new one is written once more, and
        // counts under its first name as well.
        private bool Rescue(string name)
        {
            bool isThere = _files.Read(Replacement(name), _record) >= 0;
            return !isThere && _files.Write(Replacement(name), _record,
                HeaderLength + BigEndian.ReadU16(_record, LengthAt) + Crc32.Length);
        }

        // The generation of a whole record, now in _record; 0 when the file holds none.
        private uint Load(string file)
        {
            int read = _files.Read(file, _record);
            if (read < HeaderLength + Crc32.Length || BigEndian.ReadU32(_record, 0) != Magic)
            {
                return 0;
            }

            int end = HeaderLength + BigEndian.ReadU16(_record, LengthAt);
            return end + Crc32.Length == read && BigEndian.ReadU32(_record, end) == Crc32.Compute(_record, 0, end)
                ? BigEndian.ReadU32(_record, GenerationAt)
                : 0;
        }

        private void Seal(uint generation, byte[] buffer, int length)
        {
            BigEndian.WriteU32(_record, 0, Magic);
            BigEndian.WriteU32(_record, GenerationAt, generation);
            BigEndian.WriteU16(_record, LengthAt, length);
            Array.Copy(buffer, 0, _record, HeaderLength, length);
            int end = HeaderLength + length;
            BigEndian.WriteU32(_record, end, Crc32.Compute(_record, 0, end));
        }
    }
}
