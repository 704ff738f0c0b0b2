using System;
using System.IO;
using NanoComm.CommandLine;
using NanoComm.Keys;

using Ticket = NanoComm.Keys.Ticket;

namespace NanoComm.Tool
{
    /// <summary>Where a technician's ticket comes from: a file of its own, or an archive of many.</summary>
    internal sealed class TicketSource
    {
        private readonly string _proofs;

        private TicketSource(Ticket ticket, Order order, string proofs)
        {
            Ticket = ticket;
            Order = order;
            _proofs = proofs;
        }

        /// <summary>The ticket.</summary>
        public Ticket Ticket { get; }

        /// <summary>The order that follows it out of the same archive; null where there is none.</summary>
        public Order Order { get; }

        /// <summary>Reads it.</summary>
        /// <param name="path">What the user gave for <c>--ticket</c>.</param>
        /// <param name="meter">The meter before him; null where he does not say.</param>
        /// <param name="unit">The unit before him; null where he does not say.</param>
        /// <exception cref="UserError">It cannot be read, or is not there for them.</exception>
        public static TicketSource Read(string path, SystemTitle? meter, SystemTitle? unit)
        {
            try
            {
                return TicketArchive.IsOne(path) ? Find(path, meter, unit)
                    : new TicketSource(Ticket.Parse(ReadFile(path)), null, path);
            }
            catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--ticket: {path}: {Words.OfOther(error.Message)}");
            }
            catch (LedgerException error)
            {
                throw new UserError("--ticket: " + Words.OfOther(error.Message));
            }
        }

        /// <summary>Where the proof goes that the ticket was carried out, unless it is said: beside the ticket.</summary>
        /// <param name="extension">How its name ends.</param>
        public string ProofPath(string extension) => Path.ChangeExtension(_proofs, extension);

        private static TicketSource Find(string path, SystemTitle? meter, SystemTitle? unit)
        {
            if (meter is null && unit is null)
            {
                throw new UserError(Words.Of($"--ticket: {path} is an archive of tickets: say which one with --mu, the title on the meter's label, or "
                    + $"with --unit"));
            }

            using TicketArchive archive = TicketArchive.Open(path);
            ArchivedTicket found = archive.Find(meter, unit);
            string name = TicketFile.NameOf(new TicketRequest(TicketKind.Pair, found.Meter, found.Unit, UtilityTime.Never));
            return new TicketSource(found.Ticket, found.Order, Path.Combine(Path.GetDirectoryName(path) ?? "", name));
        }

        private static byte[] ReadFile(string path)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            var bytes = new byte[Ticket.MaxLength + 1];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
    }
}
