using System.IO;
using NanoComm.Hal.Host;
using NanoComm.Records;

namespace NanoComm.CommandLine
{
    /// <summary>
    /// Tells records that are not there from records that cannot be read, which to the firmware are both none: a program
    /// on the PC must not make anew what a person can still mend. Each file is opened once and judged by itself, so that
    /// a unit at work beside it does no harm.
    /// </summary>
    public static class RecordCheck
    {
        private const string Current = ".rec";
        private const string Replacement = ".new";
        private const string Name = "r";

        // A record with header and checksum, and room to see that a file is longer.
        private const int BufferLength = 2 * DurableStore.MaxLength;

        /// <summary>Whether a folder holds no record, whole or not. What was being written for the first time when the power
        /// was cut is none.</summary>
        /// <param name="folder">The folder.</param>
        public static bool IsEmpty(string folder)
        {
            return Directory.GetFileSystemEntries(folder, "*" + Current).Length == 0;
        }

        /// <summary>Checks every record in a folder.</summary>
        /// <param name="folder">The folder.</param>
        /// <exception cref="IOException">One cannot be read; the message says which, why, and what to do.</exception>
        public static void All(string folder)
        {
            foreach (string path in Directory.GetFileSystemEntries(folder, "*" + Replacement))
            {
                Check(path);
            }

            foreach (string path in Directory.GetFileSystemEntries(folder, "*" + Current))
            {
                Check(path);
            }
        }

        /// <summary>Checks one record.</summary>
        /// <param name="folder">The folder.</param>
        /// <param name="record">Its name; it need not be there.</param>
        /// <exception cref="IOException">It cannot be read; the message says why, and what to do.</exception>
        public static void One(string folder, string record)
        {
            Check(Path.Combine(folder, record + Replacement));
            Check(Path.Combine(folder, record + Current));
        }

        private static void Check(string path)
        {
            var buffer = new byte[BufferLength];
            bool isCurrent = Path.GetExtension(path) == Current;
            int length = Read(path, buffer);
            if (isCurrent && length >= 0 && !IsWhole(buffer, length) && !HasWholeReplacement(path, buffer))
            {
                throw Refuse(Words.Of($"{path} is damaged"));
            }
        }

        // A power cut leaves a torn file under the name of a replacement only; one that is whole will take its place.
        private static bool HasWholeReplacement(string path, byte[] buffer)
        {
            int length = Read(Path.ChangeExtension(path, Replacement), buffer);
            return length >= 0 && IsWhole(buffer, length);
        }

        private static int Read(string path, byte[] buffer)
        {
            try
            {
                return RegularFile.Read(path, buffer);
            }
            catch (IOException error)
            {
                throw Refuse(Words.OfOther(error.Message));
            }
        }

        // What a whole record is, the store knows.
        private static bool IsWhole(byte[] content, int length)
        {
            var files = new MemoryFiles();
            files.Write(Name + Current, content, length);
            return new DurableStore(files).Read(Name, new byte[DurableStore.MaxLength]) >= 0;
        }

        private static IOException Refuse(string what)
        {
            return new IOException(Words.Of($"{what}: put a good copy there or mend it, and remove it only if what it held may be lost"));
        }
    }
}
