using System;
using System.IO;
using System.Runtime.InteropServices;

namespace NanoComm.Hal.Host
{
    /// <summary>
    /// The names in a folder. On Unix a new, renamed or deleted name is on the medium only once its folder is flushed
    /// too, and .NET opens no folders. NTFS journals names by itself.
    /// </summary>
    public static class FolderEntries
    {
        private const int ReadOnly = 0;
        private const int InvalidArgument = 22;

        /// <summary>Whether <see cref="FlushAll"/> does anything.</summary>
        public static bool CanFlushAll => !OperatingSystem.IsWindows();

        /// <summary>Brings a folder's names to the medium.</summary>
        /// <param name="path">The folder.</param>
        /// <exception cref="IOException">The medium did not take them.</exception>
        public static void Flush(string path)
        {
            if (OperatingSystem.IsWindows())
            {
                return;
            }

            int folder = Open(path, ReadOnly);
            if (folder < 0)
            {
                throw new IOException(Marshal.GetLastPInvokeErrorMessage());
            }

            int error = Synchronize(folder) == 0 ? 0 : Marshal.GetLastPInvokeError();
            _ = Close(folder);

            // A file system that cannot flush folders says so with this code: names are as durable there as they get.
            if (error != 0 && error != InvalidArgument)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }

        /// <summary>Brings everything written so far to the medium, names and contents: for many small files, of which
        /// flushing each would take ten times as long.</summary>
        public static void FlushAll()
        {
            if (CanFlushAll)
            {
                SynchronizeAll();
            }
        }

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        private static extern int Synchronize(int file);

        [DllImport("libc", EntryPoint = "sync")]
        private static extern void SynchronizeAll();

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        private static extern int Close(int file);
    }
}
