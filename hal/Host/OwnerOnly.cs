using System;
using System.IO;
using System.Runtime.Versioning;

namespace NanoComm.Hal.Host
{
    /// <summary>
    /// Files and folders that nobody but their owner may read: modes 600 and 700 from the first byte on, whatever the
    /// umask. Nothing of that on Windows: a file there has the rights of the folder it is made in, which below a user's
    /// profile are that user's.
    /// </summary>
    public static class OwnerOnly
    {
        private const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        private const UnixFileMode Folder700 = File600 | UnixFileMode.UserExecute;

        private const UnixFileMode OthersEnter = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        private const UnixFileMode OthersUse = OthersWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

        /// <summary>Makes a folder, and those above it that are not there. One that is there stays as it is.</summary>
        /// <param name="path">The folder.</param>
        /// <exception cref="IOException">It cannot be made.</exception>
        /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
        public static void MakeFolder(string path)
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
                return;
            }

            // .NET gives the mode to the last folder only.
            string above = Path.GetDirectoryName(Path.GetFullPath(path));
            if (above is not null && !Directory.Exists(above))
            {
                MakeFolder(above);
            }

            Directory.CreateDirectory(path, Folder700);
        }

        /// <summary>Makes a file that is not there yet, to be written. Writing is not buffered.</summary>
        /// <param name="path">The file.</param>
        /// <exception cref="IOException">It is there, or cannot be made.</exception>
        /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
        public static FileStream Create(string path)
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = File600;
            }

            return new FileStream(path, options);
        }

        /// <summary>Makes a file, in place of one that is there and that nobody is writing. Not the old one is written to:
        /// others may have it open, or may read it.</summary>
        /// <param name="path">The file.</param>
        /// <exception cref="IOException">Somebody is writing it, or it cannot be made.</exception>
        /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
        public static FileStream Replace(string path)
        {
            try
            {
                return Create(path);
            }
            catch (IOException) when (File.Exists(path))
            {
                Discard(path);
                return Create(path);
            }
        }

        /// <summary>Looks whether others than the owner can read what is in a folder, or change it.</summary>
        /// <param name="folder">The folder.</param>
        /// <returns>One line that says so, with path, mode and what to do; null when they cannot.</returns>
        public static string DescribeOpen(string folder)
        {
            if (OperatingSystem.IsWindows())
            {
                return null;
            }

            try
            {
                UnixFileMode mode = File.GetUnixFileMode(folder);
                string open = (mode & OthersEnter) == 0 ? null : FindOpen(folder);
                if (open is null && (mode & OthersWrite) == 0)
                {
                    return null;
                }

                string example = open is null ? ""
                    : $", such as {Path.GetFileName(open)} (mode {Octal(File.GetUnixFileMode(open))})";
                string them = $"{folder} (mode {Octal(mode)}){example}: shut them out with chmod -R go= {folder}";
                return (mode & OthersWrite) == 0 ? $"others can read what is in {them}" : $"others can change what is in {them}";
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // What is in it went away meanwhile, or is not this user's to look at.
                return null;
            }
        }

        [UnsupportedOSPlatform("windows")]
        private static string FindOpen(string folder)
        {
            foreach (string file in Directory.EnumerateFiles(folder))
            {
                if ((File.GetUnixFileMode(file) & OthersUse) != 0)
                {
                    return file;
                }
            }

            return null;
        }

        private static string Octal(UnixFileMode mode)
        {
            return Convert.ToString((int)mode, 8);
        }

        // Opened first, which fails while another program writes it.
        private static void Discard(string path)
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 0, FileOptions.DeleteOnClose).Dispose();
        }
    }
}
