using System.Threading;
using NanoComm.Hal;

namespace NanoComm.CommandLine
{
    /// <summary>Records through which something comes to a unit that may be running.</summary>
    public static class Inbox
    {
        private const int Attempts = 20;
        private const int Interval = 250;

        /// <summary>Writes one. The unit may be taking the one before at that very moment, or another program be writing, so
        /// it is tried for five seconds.</summary>
        /// <param name="store">The unit's records.</param>
        /// <param name="record">The record's name.</param>
        /// <param name="content">All of it.</param>
        /// <returns>Whether the store took it.</returns>
        public static bool TryWrite(IDurableStore store, string record, byte[] content)
        {
            for (int attempt = 1; !store.Write(record, content, content.Length); attempt++)
            {
                if (attempt == Attempts)
                {
                    return false;
                }

                Thread.Sleep(Interval);
            }

            return true;
        }
    }
}
