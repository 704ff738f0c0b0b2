using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using NanoComm.Hal.Host;

namespace NanoComm.Keys
{
    /// <summary>Files that hold what must not be lost.</summary>
    public static class DurableFile
    {
        private const string Unfinished = ".tmp";

        /// <summary>Replaces a file: it is there whole or not at all, whatever cuts the writing short, and on the medium when
        /// this returns.</summary>
        /// <exception cref="IOException">It could not be written.</exception>
        /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
        public static void Write(string path, ReadOnlySpan<byte> bytes)
        {
            string unfinished = path + Unfinished;
            Write(unfinished, bytes, flush: true);
            File.Move(unfinished, path, overwrite: true);
            FolderEntries.Flush(Path.GetDirectoryName(Path.GetFullPath(path)));
        }

        /// <summary>Writes one of many files; they are on the medium once <see cref="FolderEntries.FlushAll"/> has
        /// returned. What cuts that short may leave an empty file behind.</summary>
        internal static void WriteLazily(string path, ReadOnlySpan<byte> bytes)
        {
            // Where there is no flushing of everything at once, each file is flushed by itself.
            Write(path, bytes, flush: !FolderEntries.CanFlushAll);
        }

        private static void Write(string path, ReadOnlySpan<byte> bytes, bool flush)
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
            RandomAccess.Write(file, bytes, 0);
            if (flush)
            {
                RandomAccess.FlushToDisk(file);
            }
        }
    }
}
