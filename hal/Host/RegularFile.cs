using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NanoComm.Hal.Host
{
    /// <summary>Reads small files, and only files: opening never waits, as that of a pipe would, and never is in the way of
    /// somebody who writes or renames.</summary>
    public static class RegularFile
    {
        private const int NoSuchFile = 2;
        private const int LinuxFlags = 0x80900;
        private const int AppleFlags = 0x1020004;

        // Reading only, without waiting, not for child programs, never as this program's terminal.
        private static int Flags => OperatingSystem.IsMacOS() ? AppleFlags : LinuxFlags;

        /// <summary>Reads a whole file.</summary>
        /// <param name="path">The file.</param>
        /// <param name="buffer">Filled from index 0.</param>
        /// <returns>Its length in bytes, or -1 when there is none.</returns>
        /// <exception cref="IOException">It cannot be read; the message begins with the path and says why.</exception>
        public static int Read(string path, byte[] buffer)
        {
            try
            {
                using SafeFileHandle file = Open(path);
                return file is null ? -1 : Read(path, file, buffer);
            }
            catch (NotSupportedException)
            {
                throw new IOException($"{path} is no regular file");
            }
            catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
            {
                return -1;
            }
            catch (UnauthorizedAccessException failure)
            {
                throw Unreadable(path, failure.Message);
            }
        }

        private static int Read(string path, SafeFileHandle file, byte[] buffer)
        {
            long length = RandomAccess.GetLength(file);
            if (length == 0 || length > buffer.Length)
            {
                return !Directory.Exists(path) && length == 0 ? 0
                    : throw new IOException(Directory.Exists(path) ? $"{path} is no file, it is a folder"
                        : $"{path} is longer than {buffer.Length} bytes");
            }

            int read = 0;
            while (read < length)
            {
                int more = RandomAccess.Read(file, buffer.AsSpan(read, (int)length - read), read);
                if (more == 0)
                {
                    throw new IOException($"{path} became shorter meanwhile");
                }

                read += more;
            }

            return read;
        }

        // Null when there is none. .NET's own opening waits for the other end of a pipe, and takes a lock that keeps
        // others from writing.
        private static SafeFileHandle Open(string path)
        {
            if (OperatingSystem.IsWindows())
            {
                return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }

            int file = Open(path, Flags);
            int error = file < 0 ? Marshal.GetLastPInvokeError() : 0;
            return file >= 0 ? new SafeFileHandle(file, ownsHandle: true)
                : error == NoSuchFile ? null
                : throw Unreadable(path, Marshal.GetPInvokeErrorMessage(error));
        }

        private static IOException Unreadable(string path, string reason)
        {
            return new IOException($"{path} cannot be read ({reason.TrimEnd('.')})");
        }

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
    }
}
