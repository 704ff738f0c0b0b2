using System;
using System.IO;

namespace NanoComm.Hal.Host
{
    /// <summary>Files in a folder of the PC, on the medium when a call returns true.</summary>
    public sealed class FolderFiles : IFiles
    {
        private const string Probe = "probe.tmp";

        private readonly string _path;

        /// <summary>Makes the folder where it is not there yet, and tries whether files can be written to it.</summary>
        /// <param name="path">The folder.</param>
        /// <exception cref="IOException">It cannot be used; the message says why and what to do.</exception>
        public FolderFiles(string path)
        {
            _path = Path.GetFullPath(path);
            try
            {
                Directory.CreateDirectory(_path);
                WriteThrough(Probe, new byte[] { 0 }, 1);
                File.Delete(Locate(Probe));
            }
            catch (Exception failure) when (IsRefusal(failure))
            {
                throw new IOException($"the folder {_path} for the unit's records cannot be written: "
                    + $"{failure.Message.TrimEnd('.')}. Choose a folder that this user may write, on a disk with room.",
                    failure);
            }
        }

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            try
            {
                using var handle = File.OpenHandle(Locate(name));
                long length = RandomAccess.GetLength(handle);
                if (length > buffer.Length)
                {
                    return -1;
                }

                int read = 0;
                while (read < length)
                {
                    int more = RandomAccess.Read(handle, buffer.AsSpan(read, (int)length - read), read);
                    if (more == 0)
                    {
                        return -1;
                    }

                    read += more;
                }

                return read;
            }
            catch (Exception failure) when (IsRefusal(failure))
            {
                return -1;
            }
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length)
        {
            return Try(() => WriteThrough(name, buffer, length));
        }

        /// <inheritdoc/>
        public bool Delete(string name)
        {
            return Try(() =>
            {
                File.Delete(Locate(name));
                FolderEntries.Flush(_path);
            });
        }

        /// <inheritdoc/>
        public bool Rename(string from, string to)
        {
            // Overwriting is one rename for the operating system; without it .NET looks first or links and unlinks,
            // and a power cut could leave both names.
            return Try(() =>
            {
                File.Move(Locate(from), Locate(to), overwrite: true);
                FolderEntries.Flush(_path);
            });
        }

        private static bool IsRefusal(Exception failure)
        {
            return failure is IOException or UnauthorizedAccessException;
        }

        private static bool Try(Action action)
        {
            try
            {
                action();
                return true;
            }
            catch (Exception failure) when (IsRefusal(failure))
            {
                return false;
            }
        }

        private string Locate(string name)
        {
            return Path.Combine(_path, name);
        }

        private void WriteThrough(string name, byte[] buffer, int length)
        {
            using (var file = new FileStream(Locate(name), FileMode.Create, FileAccess.Write, FileShare.None, 0))
            {
                file.Write(buffer, 0, length);
                file.Flush(flushToDisk: true);
            }

            FolderEntries.Flush(_path);
        }
    }
}
