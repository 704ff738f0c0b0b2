using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections;

namespace NanoComm.Virtual.Web
{
    /// <summary>Takes so many connections and no more; who comes then is told so, and the log once until it is over.</summary>
    /// <param name="warn">Is told that there are too many.</param>
    internal sealed class ConnectionLimit(Action<string> warn)
    {
        /// <summary>Connections at the most.</summary>
        public const int Most = 4 * Broadcast.MostViewers;

        private int _count;
        private int _isTold;

        private static ReadOnlyMemory<byte> Full { get; } = ("HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\n"u8
            + "Retry-After: 5\r\nContent-Length: 27\r\nConnection: close\r\n\r\ntoo many connections here\r\n"u8).ToArray();

        /// <summary>Stands before the server.</summary>
        public ConnectionDelegate Guard(ConnectionDelegate server)
        {
            return async connection =>
            {
                bool hasRoom = Interlocked.Increment(ref _count) <= Most;
                try
                {
                    await (hasRoom ? server(connection) : Refuse(connection));
                }
                finally
                {
                    if (Interlocked.Decrement(ref _count) < Most / 2)
                    {
                        Volatile.Write(ref _isTold, 0);
                    }
                }
            };
        }

        private async Task Refuse(ConnectionContext connection)
        {
            if (Interlocked.Exchange(ref _isTold, 1) == 0)
            {
                warn($"there are {Most} connections, and no more are taken");
            }

            await connection.Transport.Output.WriteAsync(Full);
        }
    }
}
