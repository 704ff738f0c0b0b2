using System;
using NanoComm.Hal.Host;
using NanoComm.Records;

namespace NanoComm.Tool
{
    /// <summary>A record as the file that a unit keeps it in.</summary>
    /// <param name="Record">The record's name in the catalogue.</param>
    /// <param name="Bytes">All of the file, head and check included.</param>
    internal sealed record RecordFile(string Record, ReadOnlyMemory<byte> Bytes)
    {
        /// <summary>What the file of a record's newest content ends in.</summary>
        public const string Current = ".rec";

        /// <summary>What the file ends in that is about to take its place.</summary>
        public const string Replacement = ".new";

        private const string Folder = "I:\\records\\";
        private const int MaxFileLength = 2 * DurableStore.MaxLength;

        /// <summary>The file's name.</summary>
        public string FileName => Record + Current;

        /// <summary>Where it is on a board.</summary>
        public string Destination => Folder + FileName;

        /// <summary>Where on a board a file may be that counts in its place.</summary>
        public string Rival => Folder + Record + Replacement;

        /// <summary>Makes the file of a record.</summary>
        /// <param name="record">The record's name in the catalogue.</param>
        /// <param name="content">What the record holds, at most 1,024 bytes.</param>
        public static RecordFile Seal(string record, ReadOnlySpan<byte> content)
        {
            var files = new MemoryFiles();
            byte[] copy = content.ToArray();
            new DurableStore(files).Write(record, copy, copy.Length);
            Array.Clear(copy);
            var file = new byte[MaxFileLength];
            int length = files.Read(record + Current, file);
            return new RecordFile(record, file.AsMemory(0, length));
        }
    }
}
