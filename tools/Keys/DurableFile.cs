using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using NanoComm.Hal.Host;

namespace NanoComm.Keys
{
    /// <summary>A file that is there whole or not at all, whatever cuts the writing short.</summary>
    public static class DurableFile
    {
        private const string Unfinished = ".tmp";

        /// <summary>Replaces a file; it is on the medium when this returns.</summary>
        /// <exception cref="IOException">It could not be written.</exception>
        /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
        public static void Write(string path, ReadOnlySpan<byte> bytes)
        {
            Replace(path, bytes, flush: true);
        }

        /// <summary>Replaces a file that is on the medium once <see cref="FolderEntries.FlushAll"/> has returned.</summary>
        internal static void WriteLazily(string path, ReadOnlySpan<byte> bytes)
        {
            // Where there is no flushing of everything at once, each file is flushed by itself.
            Replace(path, bytes, flush: !FolderEntries.CanFlushAll);
        }

        private static void Replace(string path, ReadOnlySpan<byte> bytes, bool flush)
        {
            string unfinished = path + Unfinished;
            using (SafeFileHandle file = File.OpenHandle(unfinished, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, bytes, 0);
                if (flush)
                {
                    RandomAccess.FlushToDisk(file);
                }
            }

            File.Move(unfinished, path, overwrite: true);
            if (flush)
            {
                FolderEntries.Flush(Path.GetDirectoryName(Path.GetFullPath(path)));
            }
        }
    }
}
