using System;

namespace NanoComm.Keys
{
    /// <summary>A ledger in a file.</summary>
    internal sealed class FileAddress : LedgerAddress
    {
        private readonly string _path;

        public FileAddress(string path)
        {
            _path = path;
        }

        public override bool TryCreate(Action<LedgerDatabase> enter) => SqliteLedger.TryCreate(_path, enter);

        public override LedgerDatabase Open() => SqliteLedger.Open(_path);
    }
}
