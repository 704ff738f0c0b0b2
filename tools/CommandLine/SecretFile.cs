using System;
using System.CommandLine;
using System.IO;
using System.Text;

namespace NanoComm.CommandLine
{
    /// <summary>Files that hold a secret. That others can read one is told, and it is read all the same.</summary>
    public static class SecretFile
    {
        private const int MostBytes = 64 * 1024;

        private const UnixFileMode OthersRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

        /// <summary>Reads a file.</summary>
        /// <param name="option">The option that named it, for the error.</param>
        /// <param name="path">The file.</param>
        /// <exception cref="UserError">It cannot be read, or is no such file.</exception>
        public static string Read(Option<string> option, string path)
        {
            try
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
                Warn(option, path);
                var bytes = new byte[MostBytes + 1];
                int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                return length <= MostBytes ? Encoding.UTF8.GetString(bytes, 0, length).TrimStart('\uFEFF')
                    : throw new UserError(Words.Of($"{option.Name}: {path} is longer than such a file can be"));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"{option.Name}: {(Directory.Exists(path) ? Words.Of($"{path} is a folder, not a file") : Words.OfOther(error.Message))}");
            }
        }

        /// <summary>Reads the first line of a file.</summary>
        /// <param name="option">The option that named it, for the error.</param>
        /// <param name="path">The file.</param>
        /// <exception cref="UserError">It cannot be read, or the line is empty.</exception>
        public static string ReadFirstLine(Option<string> option, string path)
        {
            using var reader = new StringReader(Read(option, path));
            string line = reader.ReadLine();
            return string.IsNullOrEmpty(line) ? throw new UserError(Words.Of($"{option.Name}: the first line of {path} is empty")) : line;
        }

        private static void Warn(Option<string> option, string path)
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersRead) is var open && open != 0)
            {
                HostProgram.Warn(Words.Of($"{option.Name}: others can read {path}: shut them out with chmod go= {path}"));
            }
        }
    }
}
