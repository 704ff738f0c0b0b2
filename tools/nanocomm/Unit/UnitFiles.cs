using System;
using System.IO;
using NanoComm.Hal;
using NanoComm.Hal.Host;

namespace NanoComm.Tool
{
    /// <summary>
    /// A running unit's files, to look at. The unit is never in the way of a look nor a look in its way: reading locks
    /// nothing, and a file that is about to replace another is left alone.
    /// </summary>
    internal sealed class UnitFiles : IFiles
    {
        private const string Replacement = ".new";
        private const string Current = ".rec";
        private const int MaxLooks = 64;

        private readonly string _folder;

        public UnitFiles(string folder)
        {
            _folder = folder;
        }

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            string path = Path.Combine(_folder, name);
            bool isBeingWritten = path.EndsWith(Replacement, StringComparison.Ordinal)
                && File.Exists(Path.ChangeExtension(path, Current));
            if (isBeingWritten)
            {
                return -1;
            }

            return path.EndsWith(Current, StringComparison.Ordinal)
                ? ReadCurrent(path, buffer)
                : ReadFile(path, buffer);
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length) => throw new NotSupportedException();

        /// <inheritdoc/>
        public bool Delete(string name) => throw new NotSupportedException();

        /// <inheritdoc/>
        public bool Rename(string from, string to) => throw new NotSupportedException();

        // Between the two names the new file is whole under its old one. Once the current one is there again, what was
        // read under the old name may already be the half of the next one: the current one is read instead.
        private static int ReadCurrent(string path, byte[] buffer)
        {
            int length = ReadFile(path, buffer);
            for (int look = 1; length < 0 && look < MaxLooks; look++)
            {
                // Gone before and after, it was whole while it was read; and what was not there has its other name by now.
                bool wasGone = !File.Exists(path);
                int replacement = ReadFile(Path.ChangeExtension(path, Replacement), buffer);
                if (wasGone && !File.Exists(path) && (replacement >= 0 || look == MaxLooks - 1))
                {
                    return replacement;
                }

                length = ReadFile(path, buffer);
            }

            return length;
        }

        private static int ReadFile(string path, byte[] buffer)
        {
            try
            {
                return RegularFile.Read(path, buffer);
            }
            catch (IOException)
            {
                return -1;
            }
        }
    }
}
