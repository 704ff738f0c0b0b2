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

            int length = ReadFile(path, buffer);
            if (length >= 0 || !path.EndsWith(Current, StringComparison.Ordinal))
            {
                return length;
            }

            // The moment between the two names: the new one is whole under its old name, or has just taken this one.
            length = ReadFile(Path.ChangeExtension(path, Replacement), buffer);
            return length >= 0 ? length : ReadFile(path, buffer);
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length) => throw new NotSupportedException();

        /// <inheritdoc/>
        public bool Delete(string name) => throw new NotSupportedException();

        /// <inheritdoc/>
        public bool Rename(string from, string to) => throw new NotSupportedException();

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
