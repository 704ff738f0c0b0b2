using System;
using NanoComm.Hal;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>Files that a test makes stand still in the middle of a write.</summary>
    internal sealed class HoldingFiles(IFiles files) : IFiles
    {
        /// <summary>Called before a file is written, with its name.</summary>
        public Action<string> Writing { get; set; }

        public int Read(string name, byte[] buffer) => files.Read(name, buffer);

        public bool Write(string name, byte[] buffer, int length)
        {
            Writing?.Invoke(name);
            return files.Write(name, buffer, length);
        }

        public bool Delete(string name) => files.Delete(name);

        public bool Rename(string from, string to) => files.Rename(from, to);
    }
}
