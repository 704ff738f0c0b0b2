using System.Collections.Generic;
using System.IO;
using NanoComm.Hal.Host;

namespace NanoComm.Keys
{
    /// <summary>A folder of ticket files, one for each ticket.</summary>
    public sealed class TicketFolder : ITicketSink
    {
        private readonly string _folder;

        /// <summary>Takes a folder that is there.</summary>
        public TicketFolder(string folder)
        {
            _folder = folder;
        }

        /// <inheritdoc/>
        public void Write(IReadOnlyList<IssuedTicket> tickets)
        {
            foreach (IssuedTicket issued in tickets)
            {
                string path = Path.Combine(_folder, TicketFile.NameOf(issued.Request));
                DurableFile.WriteLazily(path, issued.Ticket.Bytes);
                if (issued.Anew is not null)
                {
                    DurableFile.WriteLazily(OrderFile.Beside(path), issued.Anew.Order.Bytes);
                }
            }
        }

        /// <inheritdoc/>
        public void Finish()
        {
            FolderEntries.FlushAll();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
        }
    }
}
