using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NanoComm.Keys
{
    /// <summary>What an earlier run of a batch has done, by the ledger and by the files that it left.</summary>
    internal sealed class WorkDone
    {
        private readonly Ledger _ledger;
        private readonly BatchTarget _target;
        private ILookup<SystemTitle, TicketEntry> _ofMeters;
        private ILookup<SystemTitle, TicketEntry> _ofUnits;

        public WorkDone(Ledger ledger, BatchTarget target)
        {
            _ledger = ledger;
            _target = target;
        }

        /// <summary>Looks up what the ledger has of rows, a thousand or so.</summary>
        public void Look(IReadOnlyList<BatchRow> rows)
        {
            _ofMeters = _ledger.TicketsOf(rows.Select(row => row.Request.Meter)).ToLookup(ticket => ticket.Meter);
            _ofUnits = _ledger.TicketsFor(rows.Select(row => row.Request.Unit)).ToLookup(ticket => ticket.Unit);
        }

        /// <summary>Looks whether a unit is meant for another meter, or is at one.</summary>
        /// <returns>That it is; null when it is not.</returns>
        public string ElsewhereOf(in TicketRequest request)
        {
            SystemTitle meter = request.Meter;
            TicketEntry other = _ofUnits[request.Unit].Where(ticket => ticket.Kind == TicketKind.Pair && ticket.Meter != meter
                && ticket.State is TicketState.Issued or TicketState.Done).MaxBy(ticket => ticket.Epoch);
            return other is null || (other.State == TicketState.Done && _ledger.PairingOf(other.Meter)?.Unit != request.Unit) ? null
                : other.State == TicketState.Done ? $"the unit {request.Unit} is paired with the meter {other.Meter}, by its last receipt"
                : $"the unit {request.Unit} has a ticket for the meter {other.Meter}, too, of which nothing was heard";
        }

        /// <summary>Looks whether a ticket is made already.</summary>
        /// <param name="request">The ticket, of a row that was looked up.</param>
        /// <param name="fault">What is in its way; null when nothing is.</param>
        /// <returns>How it is done; null when it is to be made.</returns>
        public string Find(in TicketRequest request, out string fault)
        {
            fault = null;
            if (!_target.Again && PairingOf(request.Meter) is TicketEntry pairing && pairing.Unit == request.Unit)
            {
                return $"the receipt of epoch {pairing.Epoch} says so";
            }

            string taken = WhyTaken(request);
            if (_target.Folder is null || (taken is null && !File.Exists(_target.PathOf(request))))
            {
                return null;
            }

            TicketEntry mine = _target.Again ? null : Mine(request);
            if (mine is not null && EndOf(mine) == request.NotAfter)
            {
                return $"its ticket is in {_target.Folder}";
            }

            fault = taken is null ? null : mine is not null ? $"{taken}, a ticket with another end: --again --replace makes a new one"
                : $"{taken}: --replace replaces it";
            return null;
        }

        /// <summary>Looks whether a file is in a ticket's way. An empty one is what a power cut left, and in nobody's way.</summary>
        /// <returns>That it is there; null when there is none, or it may be replaced.</returns>
        public string WhyTaken(in TicketRequest request)
        {
            if (_target.Folder is null || _target.Replace)
            {
                return null;
            }

            string path = _target.PathOf(request);
            string order = OrderFile.Beside(path);
            return IsThere(path) ? $"{path} is there already"
                : IsThere(order) && _ledger.MakesAnew(request) ? $"{order} is there already" : null;
        }

        private static bool IsThere(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

        private static uint EndOf(TicketEntry ticket)
        {
            return ticket.NotAfter is DateTimeOffset end ? UtilityTime.FromTime(end) : UtilityTime.Never;
        }

        private TicketEntry PairingOf(SystemTitle meter)
        {
            return _ofMeters[meter].Where(ticket => ticket.Kind == TicketKind.Pair && ticket.State == TicketState.Done)
                .MaxBy(ticket => ticket.Epoch);
        }

        // The ticket whose file is there, if it is the newest one of its pair and can still be used.
        private TicketEntry Mine(in TicketRequest request)
        {
            TicketRequest wanted = request;
            TicketEntry newest = _ofMeters[wanted.Meter].Where(ticket => ticket.Kind == TicketKind.Pair && ticket.Unit == wanted.Unit)
                .MaxBy(ticket => ticket.Epoch);
            return newest?.State is TicketState.Issued or TicketState.Done && newest.Id == IdIn(_target.PathOf(wanted)) ? newest : null;
        }

        private static string IdIn(string path)
        {
            try
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
                var bytes = new byte[Ticket.MaxLength + 1];
                int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                return Convert.ToHexString(Ticket.Parse(bytes.AsSpan(0, length)).Id.Span);
            }
            catch (Exception error) when (error is InvalidDataException or FileNotFoundException)
            {
                return null;
            }
        }
    }
}
