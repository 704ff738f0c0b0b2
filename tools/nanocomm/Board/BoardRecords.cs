using System;
using System.Collections.Generic;
using NanoComm.Bytes;
using NanoComm.Flash;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;

namespace NanoComm.Tool
{
    /// <summary>The files of a unit's records, as they were in a copy of its flash: to look at, by the unit's own store.</summary>
    internal sealed class BoardRecords : IFiles
    {
        private const int GenerationAt = 4;

        private readonly Dictionary<string, LittleFsFile> _files;

        /// <summary>Takes them.</summary>
        /// <param name="files">By their names in the folder of records.</param>
        /// <param name="faults">What else could not be read.</param>
        public BoardRecords(Dictionary<string, LittleFsFile> files, IReadOnlyList<string> faults)
        {
            _files = files;
            Faults = faults;
        }

        /// <summary>What of the volume could not be read.</summary>
        public IReadOnlyList<string> Faults { get; }

        /// <summary>Whether there is nothing.</summary>
        public bool IsEmpty => _files.Count == 0;

        /// <summary>A file's bytes.</summary>
        /// <returns>Null when it is not there, or could not be read.</returns>
        public byte[] FileOf(string name)
        {
            return _files.TryGetValue(name, out LittleFsFile file) && file.Fault is null ? file.Bytes.ToArray() : null;
        }

        /// <summary>Looks at one of a record's two files.</summary>
        /// <param name="record">The record.</param>
        /// <param name="ending">Which of the two: <see cref="RecordFile.Current"/> or <see cref="RecordFile.Replacement"/>.</param>
        public RecordSlot Look(string record, string ending)
        {
            if (!_files.TryGetValue(record + ending, out LittleFsFile file))
            {
                return RecordSlot.Absent;
            }

            byte[] bytes = file.Fault is null ? file.Bytes.ToArray() : [];
            var alone = new MemoryFiles();
            alone.Write(record + RecordFile.Current, bytes, bytes.Length);
            int length = new DurableStore(alone).LengthOf(record);
            return length < 0 ? new RecordSlot(true, 0, -1)
                : new RecordSlot(true, (uint)BigEndian.ReadU32(bytes, GenerationAt), length);
        }

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            byte[] bytes = FileOf(name);
            if (bytes is null || bytes.Length > buffer.Length)
            {
                return -1;
            }

            bytes.CopyTo(buffer, 0);
            return bytes.Length;
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length) => throw new NotSupportedException();

        /// <inheritdoc/>
        public bool Delete(string name) => throw new NotSupportedException();

        /// <inheritdoc/>
        public bool Rename(string from, string to) => throw new NotSupportedException();
    }
}
