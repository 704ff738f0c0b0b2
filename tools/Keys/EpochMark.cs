using System;
using System.Globalization;
using System.IO;

namespace NanoComm.Keys
{
    /// <summary>
    /// The highest epoch that a ledger may have given out, in a file of its own beside it: a ledger that was restored
    /// from a backup finds there what it does not remember.
    /// </summary>
    internal sealed class EpochMark
    {
        private readonly string _path;

        public EpochMark(string ledger)
        {
            _path = ledger + ".epoch";
        }

        /// <summary>The file.</summary>
        public string Path => _path;

        /// <summary>Reads the mark.</summary>
        /// <returns>Null when there is none: the ledger is a copy in another place.</returns>
        public uint? Read()
        {
            try
            {
                return uint.TryParse(File.ReadAllText(_path).AsSpan().Trim(), NumberStyles.None,
                    CultureInfo.InvariantCulture, out uint epoch) ? epoch : null;
            }
            catch (FileNotFoundException)
            {
                return null;
            }
        }

        /// <summary>Makes the mark of a new ledger. One left from a ledger that stood here is as good, and one that another
        /// program just made is better.</summary>
        public void Begin()
        {
            DurableFile.TryCreate(_path, "0\n"u8);
        }

        /// <summary>Sets the mark; it is on the medium when this returns.</summary>
        public void Write(uint epoch)
        {
            DurableFile.Write(_path, System.Text.Encoding.ASCII.GetBytes(
                epoch.ToString(CultureInfo.InvariantCulture) + "\n"));
        }
    }
}
