using System.Collections.Generic;
using System.IO;

namespace NanoComm.Keys
{
    /// <summary>Writes an archive of tickets: one file in place of one for each. It is there when it is finished, whole, or not at
    /// all.</summary>
    public sealed class TicketArchiveWriter : ITicketSink
    {
        private readonly TableFile _file;
        private readonly string _path;
        private readonly bool _replace;
        private int _count;

        /// <summary>Begins one.</summary>
        /// <param name="path">The file.</param>
        /// <param name="replace">Whether it may take the place of one that is there.</param>
        /// <exception cref="LedgerException">It is there already, or cannot be made.</exception>
        /// <exception cref="IOException">It cannot be made.</exception>
        public TicketArchiveWriter(string path, bool replace = false)
        {
            if (!replace && File.Exists(path))
            {
                throw new LedgerException($"{path} is there already: --replace replaces it");
            }

            _path = path;
            _replace = replace;
            _file = TableFile.Begin(path, TicketArchiveForm.Tables);
        }

        /// <inheritdoc/>
        public void Write(IReadOnlyList<IssuedTicket> tickets)
        {
            foreach (IssuedTicket issued in tickets)
            {
                string meter = issued.Request.Meter.ToString();
                string unit = issued.Request.Unit.ToString();
                byte[] ticket = issued.Ticket.Bytes.ToArray();
                byte[] follows = issued.Anew is null ? [] : issued.Anew.Order.Bytes.ToArray();
                if (_file.Run("INSERT OR IGNORE INTO ticket VALUES (?1, ?2, ?3, ?4, ?5)", meter, unit, ticket, follows,
                    TicketArchiveForm.Digest(meter, unit, ticket, follows)) == 0)
                {
                    throw new LedgerException($"{_path} has a ticket for the meter {meter} and the unit {unit} already: an archive has one "
                        + "for each pair");
                }

                _count++;
            }
        }

        /// <inheritdoc/>
        public void Finish()
        {
            _file.Run("INSERT INTO archive VALUES (1, ?1)", _count);
            _file.Complete();
            _file.Finish(_replace);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _file.Dispose();
        }
    }
}
