using System.IO;

namespace NanoComm.Hal.Host
{
    /// <summary>Text that somebody named: a file, or a pipe.</summary>
    public static class TextFile
    {
        /// <summary>Opens it. A device without an end has no length either, and is as good as an empty file.</summary>
        /// <param name="path">The file.</param>
        /// <exception cref="IOException">It cannot be opened.</exception>
        /// <exception cref="System.UnauthorizedAccessException">It may not be opened, or is a folder.</exception>
        public static TextReader Open(string path)
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            if (!file.CanSeek || file.Length > 0)
            {
                return new StreamReader(file);
            }

            file.Dispose();
            return TextReader.Null;
        }
    }
}
