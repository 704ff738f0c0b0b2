using System;
using System.IO;

namespace NanoComm.Hal.Host
{
    /// <summary>Files in a folder of the PC, on the medium when a call returns true, for their owner alone (see
    /// <see cref="OwnerOnly"/>).</summary>
    public sealed class FolderFiles : IFiles
    {
        private readonly string _path;

        /// <summary>Makes the folder where it is not there yet. Whether it takes files shows when one is written.</summary>
        /// <param name="path">The folder.</param>
        /// <exception cref="IOException">It cannot be made; the message says why and what to do.</exception>
        public FolderFiles(string path)
        {
            _path = Path.GetFullPath(path);
            try
            {
                OwnerOnly.MakeFolder(_path);
            }
            catch (Exception failure) when (IsRefusal(failure))
            {
                throw new IOException($"the folder {_path} for the unit's records cannot be made: "
                    + $"{failure.Message.TrimEnd('.')}. Choose a folder that this user may write", failure);
            }
        }

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            try
            {
                return RegularFile.Read(Locate(name), buffer);
            }
            catch (IOException)
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
            using (FileStream file = OwnerOnly.Replace(Locate(name)))
            {
                file.Write(buffer, 0, length);
                file.Flush(flushToDisk: true);
            }

            FolderEntries.Flush(_path);
        }
    }
}
