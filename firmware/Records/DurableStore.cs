using System;
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
        private const int HeaderLength = 10;
        private const int ChecksumLength = 4;
        private const uint Magic = 0x4E435231;
        private const uint Crc32Polynomial = 0xEDB88320;

        private readonly IFiles _files;
        private readonly byte[] _record = new byte[HeaderLength + MaxLength + ChecksumLength];

        /// <summary>Makes a store.</summary>
        /// <param name="files">The folder that holds the records, used by nothing else.</param>
        public DurableStore(IFiles files)
        {
            _files = files;
        }

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            CheckName(name);
            lock (_record)
            {
                uint replacement = Load(Replacement(name));
                uint current = Load(Current(name));
                if (replacement > current)
                {
                    Load(Replacement(name));
                    current = replacement;
                }

                int length = (_record[8] << 8) | _record[9];
                if (current == 0 || length > buffer.Length)
                {
                    return -1;
                }

                Array.Copy(_record, HeaderLength, buffer, 0, length);
                return length;
            }
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length)
        {
            CheckName(name);
            if (length < 0 || length > MaxLength || length > buffer.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(length));
            }

            lock (_record)
            {
                if (!Settle(name, out uint generation))
                {
                    return false;
                }

                Seal(generation + 1, buffer, length);
                return _files.Write(Replacement(name), _record, HeaderLength + length + ChecksumLength)
                    && TakeOver(name);
            }
        }

        /// <inheritdoc/>
        public bool Delete(string name)
        {
            CheckName(name);
            lock (_record)
            {
                // Settled first, so that no older record comes back when the power is cut between the two.
                return Settle(name, out _)
                    && _files.Delete(Replacement(name))
                    && _files.Delete(Current(name));
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

        private static uint Crc32(byte[] buffer, int length)
        {
            uint crc = 0xFFFFFFFF;
            for (int i = 0; i < length; i++)
            {
                crc ^= buffer[i];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ Crc32Polynomial : crc >> 1;
                }
            }

            return ~crc;
        }

        private static uint ReadU32(byte[] buffer, int offset)
        {
            return ((uint)buffer[offset] << 24) | ((uint)buffer[offset + 1] << 16)
                | ((uint)buffer[offset + 2] << 8) | buffer[offset + 3];
        }

        private static void WriteU32(byte[] buffer, int offset, uint value)
        {
            buffer[offset] = (byte)(value >> 24);
            buffer[offset + 1] = (byte)(value >> 16);
            buffer[offset + 2] = (byte)(value >> 8);
            buffer[offset + 3] = (byte)value;
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

            generation = replacement;
            return TakeOver(name);
        }

        private bool TakeOver(string name)
        {
            return _files.Delete(Current(name)) && _files.Rename(Replacement(name), Current(name));
        }

        // The generation of a whole record, now in _record; 0 when the file holds none.
        private uint Load(string file)
        {
            int read = _files.Read(file, _record);
            if (read < HeaderLength + ChecksumLength || ReadU32(_record, 0) != Magic)
            {
                return 0;
            }

            int end = HeaderLength + ((_record[8] << 8) | _record[9]);
            return end + ChecksumLength == read && ReadU32(_record, end) == Crc32(_record, end)
                ? ReadU32(_record, 4)
                : 0;
        }

        private void Seal(uint generation, byte[] buffer, int length)
        {
            WriteU32(_record, 0, Magic);
            WriteU32(_record, 4, generation);
            _record[8] = (byte)(length >> 8);
            _record[9] = (byte)length;
            Array.Copy(buffer, 0, _record, HeaderLength, length);
            int end = HeaderLength + length;
            WriteU32(_record, end, Crc32(_record, end));
        }
    }
}
