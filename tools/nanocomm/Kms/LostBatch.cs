using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>The tickets of a batch that was lost: by the rows that it was made from, or by a copy of its files.</summary>
    internal sealed class LostBatch
    {
        private const int TicketsPerChange = 1000;

        private readonly string _path;
        private readonly bool _isRows;
        private readonly BatchWords _faults;

        private LostBatch(string path, bool isRows)
        {
            _path = path;
            _isRows = isRows;
            _faults = new BatchWords(path, Console.Error);
        }

        /// <summary>Tickets that are noted as lost now, and were not before.</summary>
        public int Noted { get; private set; }

        /// <summary>Those that nobody can use any more, or that were noted before.</summary>
        public int Left { get; private set; }

        /// <summary>Rows or files of which nothing could be noted.</summary>
        public int Faults => _faults.Count;

        /// <summary>By the rows: mu,cu.</summary>
        public static LostBatch OfRows(string path) => new(path, isRows: true);

        /// <summary>By a ticket file, or a folder of them.</summary>
        public static LostBatch OfFiles(string path) => new(path, isRows: false);

        /// <summary>Notes the loss of each, and goes on behind what it cannot read.</summary>
        public void Note(Ledger ledger)
        {
            foreach (LostTicket[] lost in Read(_faults.Tell).Chunk(TicketsPerChange))
            {
                var usable = new List<TicketEntry>();
                foreach (LostTicket one in lost)
                {
                    List<TicketEntry> tickets = Find(ledger, one);
                    usable.AddRange(tickets.Where(ticket => ticket.State == TicketState.Issued));
                    Left += tickets.Count(ticket => ticket.State != TicketState.Issued);
                    if (tickets.Count == 0)
                    {
                        _faults.Tell(one.Where with { What = $"no ticket for {one.Pair.Meter} and {one.Pair.Unit} is in the ledger" });
                    }
                }

                ledger.Revoke(usable);
                Noted += usable.Count;
            }

            _faults.End("more faults");
        }

        /// <summary>The meters at which one of them could be used, with the unit that it is for.</summary>
        public IEnumerable<TicketRequest> Pairs(Ledger ledger)
        {
            return Read(_ => { }).Where(one => Find(ledger, one).Any(ticket => ticket.State is TicketState.Issued or TicketState.Revoked))
                .Select(one => one.Pair);
        }

        private static List<TicketEntry> Find(Ledger ledger, LostTicket lost)
        {
            if (lost.Id is null)
            {
                return ledger.Tickets(new TicketFilter { Meter = lost.Pair.Meter, Unit = lost.Pair.Unit, Kind = TicketKind.Pair }).ToList();
            }

            return ledger.Find(lost.Id) is TicketEntry ticket ? [ticket] : [];
        }

        private IEnumerable<LostTicket> Read(Action<BatchError> fault) => _isRows ? ReadRows(fault) : ReadFiles(fault);

        private IEnumerable<LostTicket> ReadRows(Action<BatchError> fault)
        {
            using BatchReader reader = BatchReader.Open(_path);
            while (reader.Read(out BatchRow? row))
            {
                reader.Faults.ForEach(fault);
                reader.Faults.Clear();
                if (row is BatchRow good)
                {
                    yield return new LostTicket(new BatchError(good.Line, 0, ""), good.Request, null);
                }
            }

            reader.Faults.ForEach(fault);
        }

        private IEnumerable<LostTicket> ReadFiles(Action<BatchError> fault)
        {
            bool isFolder = Directory.Exists(_path);
            if (!isFolder && !File.Exists(_path))
            {
                throw new UserError($"--files: there is neither a file nor a folder {_path}");
            }

            if (!isFolder && TicketArchive.IsOne(_path))
            {
                using TicketArchive archive = TicketArchive.Open(_path);
                foreach (ArchivedTicket one in archive.All())
                {
                    yield return Of(one.Ticket, one.Meter);
                }

                yield break;
            }

            foreach (string file in isFolder ? Directory.EnumerateFiles(_path, "*" + TicketFile.Extension) : (IEnumerable<string>)[_path])
            {
                if (Take(file, fault) is LostTicket lost)
                {
                    yield return lost;
                }
            }
        }

        private static LostTicket Of(Ticket ticket, SystemTitle meter)
        {
            return new LostTicket(new BatchError(0, 0, ""), new TicketRequest(TicketKind.Pair, meter, ticket.Unit, UtilityTime.Never),
                Convert.ToHexString(ticket.Id.Span));
        }

        private static LostTicket Take(string file, Action<BatchError> fault)
        {
            try
            {
                Ticket ticket = Ticket.Parse(File.ReadAllBytes(file));
                return ticket.Meter is SystemTitle meter ? Of(ticket, meter) : null;
            }
            catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                fault(new BatchError(0, 0, $"{Path.GetFileName(file)}: {error.Message.TrimEnd('.')}"));
                return null;
            }
        }
    }
}
