using System;
using System.IO;

namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// Files of one folder on the board's internal littlefs volume. littlefs makes each operation atomic and durable;
    /// a file's new content counts from its closing, not from its flush.
    /// </summary>
    public sealed class Esp32Files : IFiles
    {
        private readonly string _folder;
        private readonly ILog _log;

        /// <summary>Takes a folder, and makes it if it is not there.</summary>
        /// <param name="folder">Absolute path without a separator at the end, as I:\records.</param>
        /// <param name="log">Told of failures.</param>
        public Esp32Files(string folder, ILog log)
        {
            _folder = folder;
            _log = log;
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
            }
        }

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            try
            {
                return File.Exists(PathOf(name)) ? ReadWhole(PathOf(name), buffer) : -1;
            }
            catch (Exception failure)
            {
                Report("read", name, failure);
                return -1;
            }
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length)
        {
            try
            {
                using (var file = new FileStream(PathOf(name), FileMode.Create, FileAccess.Write))
                {
                    file.Write(buffer, 0, length);
                    file.Flush();
                }

                // Closed without an exception: it is on the medium.
                return true;
            }
            catch (Exception failure)
            {
                Report("write", name, failure);
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Delete(string name)
        {
            try
            {
                File.Delete(PathOf(name));
                return true;
            }
            catch (Exception failure)
            {
                Report("delete", name, failure);
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Rename(string from, string to)
        {
            try
            {
                // One littlefs rename. Should the volume refuse it, File.Move copies, and deletes the source whether the
                // copy came about or not: whoever asked must have the content still.
                File.Move(PathOf(from), PathOf(to));
                return true;
            }
            catch (Exception failure)
            {
                Report("rename", from, failure);
                return false;
            }
        }

        private static int ReadWhole(string path, byte[] buffer)
        {
            using (var file = new FileStream(path, FileMode.Open, FileAccess.Read))
            {
                long length = file.Length;
                if (length > buffer.Length)
                {
                    return -1;
                }

                int read = 0;
                while (read < length)
                {
                    int part = file.Read(buffer, read, (int)length - read);
                    if (part <= 0)
                    {
                        return -1;
                    }

                    read += part;
                }

                return read;
            }
        }

        private string PathOf(string name)
        {
            return _folder + "\\" + name;
        }

        private void Report(string action, string name, Exception failure)
        {
            _log.Write(LogLevel.Error, "files", "cannot " + action + " " + name + ": " + failure.Message);
        }
    }
}
