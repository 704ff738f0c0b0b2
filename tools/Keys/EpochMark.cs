using System;
using System.Globalization;
using System.IO;
using System.Threading;
using NanoComm.Hal.Host;

namespace NanoComm.Keys
{
    /// <summary>
    /// The highest epoch that a ledger may have given out, in a file of its own apart from it: a ledger that was restored
    /// from a backup finds there what it does not remember.
    /// </summary>
    internal sealed class EpochMark
    {
        private const int MostLength = 64;
        private const int MostShown = 20;
        private const int Attempts = 3000;

        private readonly bool _isShared;

        /// <summary>Takes the file's name.</summary>
        /// <param name="path">The file.</param>
        /// <param name="isShared">Whether several programs may raise it at once.</param>
        public EpochMark(string path, bool isShared = false)
        {
            Path = path;
            _isShared = isShared;
        }

        /// <summary>The file.</summary>
        public string Path { get; }

        /// <summary>Reads the mark.</summary>
        /// <returns>Null when there is none.</returns>
        /// <exception cref="LedgerException">What is there is no number that an epoch can be.</exception>
        public uint? Read()
        {
            string text = ReadText()?.Trim();
            if (text is null)
            {
                return null;
            }

            bool isNumber = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint epoch);
            if (isNumber && epoch < uint.MaxValue)
            {
                return epoch;
            }

            string shown = text.Length > MostShown ? text[..MostShown] + "…" : text;
            throw new LedgerException($"{Path} says '{shown}', "
                + (isNumber ? "above which there are no epochs left" : "which is no epoch")
                + ": put back what was there, or, if nobody knows, remove the file: the ledger then goes on 30 days ahead");
        }

        /// <summary>Makes the mark of a new ledger. One left from a ledger that stood here is as good, and one that another
        /// program just made is better.</summary>
        public void Begin()
        {
            DurableFile.TryCreate(Path, "0\n"u8);
        }

        /// <summary>Sets the mark, unless it is as high; it is on the medium when this returns.</summary>
        public void Raise(uint epoch)
        {
            if (Read() >= epoch)
            {
                return;
            }

            if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) is string folder && !Directory.Exists(folder))
            {
                OwnerOnly.MakeFolder(folder);
            }

            // What is written last must not be the lower one.
            using FileStream mine = _isShared ? Hold() : null;
            if (!(Read() >= epoch))
            {
                DurableFile.Write(Path, System.Text.Encoding.ASCII.GetBytes(epoch.ToString(CultureInfo.InvariantCulture) + "\n"));
            }
        }

        private FileStream Hold()
        {
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    return new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                }
                catch (IOException) when (attempt < Attempts && File.Exists(Path + ".lock"))
                {
                    Thread.Sleep(10);
                }
            }
        }

        private string ReadText()
        {
            try
            {
                using var reader = new StreamReader(Path);
                var text = new char[MostLength];
                return new string(text, 0, reader.ReadBlock(text));
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        }
    }
}
