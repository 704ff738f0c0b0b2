using System;

namespace NanoComm.Keys
{
    /// <summary>
    /// Where a ledger is: <c>FILE</c>, a file for one clerk at a time; <c>postgres://USER@HOST:PORT/DATABASE?NAME=VALUE</c>, or
    /// <c>service=NAME</c>, as pg_service.conf has it, a server for many.
    /// </summary>
    internal abstract class LedgerAddress
    {
        private const string Service = "service=";

        /// <summary>Reads an address.</summary>
        /// <exception cref="LedgerException">It names a server, and not well.</exception>
        public static LedgerAddress Parse(string text)
        {
            if (text.StartsWith(Service, StringComparison.Ordinal))
            {
                return new ServerAddress(ServerSettings.OfService(text[Service.Length..]));
            }

            return ServerUrl.Is(text) ? new ServerAddress(ServerUrl.Parse(text)) : new FileAddress(text);
        }

        /// <summary>Makes a new ledger there.</summary>
        /// <param name="enter">Enters the ledger's own row.</param>
        /// <returns>False when one is there.</returns>
        public abstract bool TryCreate(Action<LedgerDatabase> enter);

        /// <summary>Opens the ledger that is there.</summary>
        public abstract LedgerDatabase Open();
    }
}
