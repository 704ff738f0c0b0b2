using System;

namespace NanoComm.Keys
{
    /// <summary>A ledger on a server.</summary>
    internal sealed class ServerAddress : LedgerAddress
    {
        private readonly ServerSettings _settings;

        public ServerAddress(ServerSettings settings)
        {
            _settings = settings;
        }

        /// <summary>How the server is reached.</summary>
        public ServerSettings Settings => _settings;

        public override bool TryCreate(Action<LedgerDatabase> enter) => PostgresLedger.TryCreate(_settings, enter);

        public override LedgerDatabase Open() => PostgresLedger.Open(_settings);
    }
}
