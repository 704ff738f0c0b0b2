using System;
using System.IO;
using NanoComm.Hal;
using NanoComm.Hal.Host;

namespace NanoComm.CommandLine
{
    /// <summary>
    /// The records of a unit that is to run, or to be made: no second one has them meanwhile, as two would use the same
    /// counters under the same keys; and all of them can be read.
    /// </summary>
    public sealed class UnitStore : IDisposable
    {
        private readonly FolderLock _lock;

        private UnitStore(string folder, IFiles files, FolderLock folderLock, bool isNew)
        {
            Folder = folder;
            Files = files;
            _lock = folderLock;
            IsNew = isNew;
        }

        /// <summary>Where they are; null in memory.</summary>
        public string Folder { get; }

        /// <summary>The records.</summary>
        public IFiles Files { get; }

        /// <summary>Whether there was none.</summary>
        public bool IsNew { get; }

        /// <summary>Opens the folder that <c>--store</c> names, and makes it where it is not there.</summary>
        /// <param name="folder">The folder; null for records in memory.</param>
        /// <param name="program">What the unit is called to whoever is refused meanwhile.</param>
        /// <exception cref="UserError">It cannot be used, is in use, or holds what cannot be read.</exception>
        public static UnitStore Open(string folder, string program)
        {
            if (folder is null)
            {
                return new UnitStore(null, new MemoryFiles(), null, isNew: true);
            }

            IFiles files = HostOptions.Open(folder);
            FolderLock taken = Take(folder, program);
            try
            {
                RecordCheck.All(folder);
                return new UnitStore(folder, files, taken, RecordCheck.IsEmpty(folder));
            }
            catch (IOException error)
            {
                taken.Dispose();
                throw new UserError("--store: " + error.Message);
            }
        }

        /// <summary>Lets another have them.</summary>
        public void Dispose()
        {
            _lock?.Dispose();
        }

        /// <summary>Takes a folder that has several units' folders in it, and makes it where it is not there.</summary>
        /// <param name="folder">The folder.</param>
        /// <param name="program">What has it, to whoever is refused meanwhile.</param>
        /// <exception cref="UserError">It cannot be used, or is in use.</exception>
        public static FolderLock TakeAll(string folder, string program)
        {
            HostOptions.Open(folder);
            return Take(folder, program);
        }

        private static FolderLock Take(string folder, string program)
        {
            try
            {
                return FolderLock.TryTake(folder, program, out string holder)
                    ?? throw new UserError($"--store: {folder} is in use by {holder}: end that one first, or give another folder");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--store: the folder {folder} cannot be written: {error.Message.TrimEnd('.')}. Choose a folder "
                    + "that this user may write, on a disk with room");
            }
        }
    }
}
