using System;
using System.IO;
using NanoComm.Hal.Host;

namespace NanoComm.Keys
{
    /// <summary>Files that hold what must not be lost, and what only their owner is to read.</summary>
    public static class DurableFile
    {
        private const string Unfinished = ".tmp";
        private const int BytesAtOnce = 64 * 1024;

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

        /// <summary>Replaces a file by what is written, piece by piece: it is there whole or not at all, and on the medium when this
        /// returns. One that was there keeps its mode.</summary>
        /// <param name="path">The file.</param>
        /// <param name="write">Writes it, forward only.</param>
        /// <exception cref="IOException">It could not be written: nothing is left of it.</exception>
        /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
        public static void Replace(string path, Action<Stream> write)
        {
            string unfinished = NameUnfinished(path);
            try
            {
                using (FileStream file = OwnerOnly.Create(unfinished))
                using (var buffer = new BufferedStream(file, BytesAtOnce))
                {
                    write(buffer);
                    buffer.Flush();
                    file.Flush(flushToDisk: true);
                }

                if (!OperatingSystem.IsWindows() && File.Exists(path))
                {
                    File.SetUnixFileMode(unfinished, File.GetUnixFileMode(path));
                }

                File.Move(unfinished, path, overwrite: true);
            }
            finally
            {
                File.Delete(unfinished);
            }

            FolderEntries.Flush(Path.GetDirectoryName(Path.GetFullPath(path)));
        }

        /// <summary>Makes a file that is not there yet: whole, on the medium when this returns, and by one of several
        /// programs that try.</summary>
        /// <returns>False when it is there already; it stays as it is.</returns>
        /// <exception cref="IOException">It could not be written.</exception>
        /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
        public static bool TryCreate(string path, ReadOnlySpan<byte> bytes)
        {
            string unfinished = NameUnfinished(path);
            try
            {
                Write(unfinished, bytes, flush: true);
                return TryName(unfinished, path);
            }
            finally
            {
                File.Delete(unfinished);
            }
        }

        /// <summary>A name beside a file, of this program alone.</summary>
        internal static string NameUnfinished(string path)
        {
            return $"{path}.{Path.GetRandomFileName()}{Unfinished}";
        }

        /// <summary>Gives a finished file its name, if that is free.</summary>
        /// <returns>False when it is not.</returns>
        internal static bool TryName(string unfinished, string path)
        {
            try
            {
                File.Move(unfinished, path);
            }
            catch (IOException) when (File.Exists(path))
            {
                return false;
            }

            FolderEntries.Flush(Path.GetDirectoryName(Path.GetFullPath(path)));
            return true;
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
            using FileStream file = OwnerOnly.Replace(path);
            file.Write(bytes);
            if (flush)
            {
                file.Flush(flushToDisk: true);
            }
        }
    }
}
