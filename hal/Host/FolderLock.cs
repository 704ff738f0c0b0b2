using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;

namespace NanoComm.Hal.Host
{
    /// <summary>
    /// One holder of a folder at a time, among all programs and within one: an exclusive lock on a file in it. The
    /// operating system takes the lock back when its holder ends, however it ends; the file stays, and names the holder
    /// to whoever is refused. File systems without locks (some network shares) let everybody in.
    /// </summary>
    public sealed class FolderLock : IDisposable
    {
        private const string FileName = "in-use.lock";
        private const int MaxLength = 256;
        private const int Looks = 25;
        private const int LookInterval = 20;

        // What .NET makes of a refused lock, by operating system: EWOULDBLOCK of Linux and of macOS, a sharing violation.
        private const int LinuxWouldBlock = 11;
        private const int AppleWouldBlock = 35;
        private const int WindowsSharingViolation = unchecked((int)0x80070020);

        private readonly FileStream _file;

        private FolderLock(FileStream file)
        {
            _file = file;
        }

        /// <summary>Takes the lock.</summary>
        /// <param name="folder">A folder that is there.</param>
        /// <param name="program">What the holder is called.</param>
        /// <param name="holder">Who has it, as "program (process id)", when it is refused; else null.</param>
        /// <returns>The lock, or null when somebody else has it.</returns>
        /// <exception cref="IOException">The file cannot be written.</exception>
        /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
        public static FolderLock TryTake(string folder, string program, out string holder)
        {
            string path = Path.Combine(folder, FileName);
            try
            {
                FileStream file = Open(path);
                holder = null;
                Sign(file, program);
                return new FolderLock(file);
            }
            catch (IOException refusal)
                when (refusal.HResult is LinuxWouldBlock or AppleWouldBlock or WindowsSharingViolation)
            {
                holder = ReadHolder(path);
                return null;
            }
        }

        /// <summary>Gives it back.</summary>
        public void Dispose()
        {
            _file.Dispose();
        }

        private static FileStream Open(string path)
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                // Windows keeps readers out too, and whoever is refused is to read the name.
                Share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new FileStream(path, options);
        }

        private static void Sign(FileStream file, string program)
        {
            try
            {
                byte[] name = Encoding.UTF8.GetBytes($"{Environment.ProcessId} {program}\n");
                file.SetLength(0);
                file.Write(name);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }

        // The name may still be that of a holder who is gone, while the new one is about to write its own.
        private static string ReadHolder(string path)
        {
            for (int look = 0; look < Looks; look++)
            {
                string[] words = Look(path).Split(' ', 2, StringSplitOptions.TrimEntries);
                if (words.Length == 2 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                    && IsRunning(process))
                {
                    return $"{words[1]} (process {process})";
                }

                Thread.Sleep(LookInterval);
            }

            return "another program";
        }

        private static string Look(string path)
        {
            try
            {
                var buffer = new byte[MaxLength];
                return Encoding.UTF8.GetString(buffer, 0, Math.Max(0, RegularFile.Read(path, buffer)));
            }
            catch (IOException)
            {
                return "";
            }
        }

        private static bool IsRunning(int process)
        {
            try
            {
                Process.GetProcessById(process).Dispose();
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }
}
