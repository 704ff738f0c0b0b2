using System;
using System.IO;
using NanoComm.Hal;

namespace NanoComm.Tool
{
    /// <summary>
    /// A running unit's files, to look at. The unit is never in the way of a look nor a look in its way: a file is opened
    /// for sharing, and one that is about to replace another is left alone.
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

            try
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                int length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
                return file.ReadByte() < 0 ? length : -1;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return -1;
            }
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length) => throw new NotSupportedException();

        /// <inheritdoc/>
        public bool Delete(string name) => throw new NotSupportedException();

        /// <inheritdoc/>
        public bool Rename(string from, string to) => throw new NotSupportedException();
    }
}
