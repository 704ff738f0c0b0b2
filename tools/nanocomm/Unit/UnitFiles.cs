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

            // The unit may be at work on a replacement; where the current one is missing it is read in its place, below.
            return path.EndsWith(Replacement, StringComparison.Ordinal) ? -1
                : path.EndsWith(Current, StringComparison.Ordinal) ? ReadCurrent(path, buffer)
                : ReadFile(path, buffer);
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length) => throw new NotSupportedException();

        /// <inheritdoc/>
        public bool Delete(string name) => throw new NotSupportedException();

        /// <inheritdoc/>
        public bool Rename(string from, string to) => throw new NotSupportedException();

        // Between the two names the new file is whole under its old one. Any number of replacements may pass between two
        // looks, and what is read under the old name be the half of the next one: it counts when the same was there
        // twice, with the current one missing all the while as far as can be seen.
        private static int ReadCurrent(string path, byte[] buffer)
        {
            string replacement = Path.ChangeExtension(path, Replacement);
            var again = new byte[buffer.Length];
            for (int look = 0; look < MaxLooks; look++)
            {
                int length = ReadFile(path, buffer);
                if (length >= 0)
                {
                    return length;
                }

                length = ReadFile(replacement, buffer);
                bool isSame = length >= 0 && ReadFile(replacement, again) == length
                    && buffer.AsSpan(0, length).SequenceEqual(again.AsSpan(0, length));
                if (isSame && !File.Exists(path))
                {
                    return length;
                }
            }

            return -1;
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
