using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>kms revoke</c>.</summary>
    internal sealed class KmsRevoke
    {
        private readonly Option<string> _ledger = KmsOptions.Ledger();
        private readonly KmsPassphrase _passphrase = KmsPassphrase.OfLedger();

        private readonly Option<string> _ticket = new("--ticket")
        {
            Description = "The id of a ticket that was lost.",
            HelpName = "ID",
        };

        private readonly Option<SystemTitle?> _unit = KmsOptions.Title("--cu", "A communication unit that was lost or stolen.");

        private readonly Option<SystemTitle?> _with = KmsOptions.Title("--with",
            "The communication unit for the rotation ticket, where the one on the meter is not known or is the lost one.");

        private readonly Option<string> _out = HostOptions.PathTo("--out", "DIR",
            "Note the loss, and put the rotation tickets into this folder; without it they are only named.");

        private readonly Option<bool> _yes = KmsOptions.YesToJump();

        public static Command Make()
        {
            var revoke = new KmsRevoke();
            var command = new Command("revoke", "Say that a ticket or a unit was lost, and make what shuts it out.")
            {
                revoke._ticket, revoke._unit, revoke._with, revoke._out, revoke._yes, revoke._ledger, revoke._passphrase.File,
            };
            command.Validators.Add(result =>
            {
                if ((result.GetResult(revoke._ticket) is null) == (result.GetResult(revoke._unit) is null))
                {
                    result.AddError("revoke: give either --ticket or --cu");
                }
            });
            command.Does(revoke.Run);
            return command;
        }

        // The meters at which the lost unit could be paired, or is.
        private static IEnumerable<SystemTitle> MetersOf(Ledger ledger, SystemTitle unit)
        {
            return ledger.Tickets(new TicketFilter { Unit = unit, Kind = TicketKind.Pair })
                .Where(ticket => ticket.State is TicketState.Issued or TicketState.Revoked
                    || (ticket.State == TicketState.Done && ledger.PairingOf(ticket.Meter)?.Epoch == ticket.Epoch))
                .Select(ticket => ticket.Meter).Distinct().ToList();
        }

        private static TicketEntry Find(Ledger ledger, string id)
        {
            TicketEntry ticket = ledger.Find(id) ?? throw new UserError($"--ticket: there is no ticket {id} in the ledger");
            if (ticket.Kind == TicketKind.Retire)
            {
                throw new UserError("--ticket: an order to retire does no harm in other hands: it only makes its unit erase itself");
            }

            return ticket.State switch
            {
                TicketState.Done => throw new UserError($"--ticket: that ticket was carried out, nobody can use it again; if the "
                    + $"unit was lost, revoke --cu {ticket.Unit}"),
                TicketState.Outdated => throw new UserError("--ticket: its meter has taken a newer ticket and refuses this one: "
                    + "there is nothing to do"),
                _ => ticket,
            };
        }

        private static void Explain(SystemTitle unit, IReadOnlyList<TicketRequest> rotations)
        {
            string meters = string.Join(", ", rotations.Select(rotation => rotation.Meter));
            AnsiConsole.Write(new Text(rotations.Count == 0
                ? $"No meter takes the unit {unit}, and none is paired with it: there is nothing to shut out.\n"
                : $"""
                A ticket cannot be called back: nothing reaches a meter but a newer ticket. Whoever has the ticket and the unit
                {unit} can pair it with {meters}
                until a higher epoch is staged there. The rotation ticket has one: deploy it to the unit named below, on that
                meter (nanocomm swap). It gives both new keys; if it is the unit that is there now, nothing is exchanged.

                """));
            foreach (TicketRequest rotation in rotations)
            {
                AnsiConsole.Write(new Text($"  meter {rotation.Meter}: rotation ticket for the unit {rotation.Unit}\n"));
            }
        }

        private int Run(ParseResult parsed)
        {
            string folder = parsed.GetValue(_out);
            using Ledger ledger = Ledger.Open(parsed.GetValue(_ledger), folder is null ? null : _passphrase.Get(parsed));
            TicketEntry ticket = parsed.GetValue(_ticket) is string id ? Find(ledger, id) : null;
            Unit unit = ledger.Get(ticket?.Unit ?? parsed.GetValue(_unit).Value, UnitKind.Communication);
            IEnumerable<SystemTitle> meters = ticket is null ? MetersOf(ledger, unit.Title) : [ticket.Meter];
            List<TicketRequest> rotations = meters.Select(meter => Plan(ledger, meter, unit, ticket, parsed.GetValue(_with)))
                .ToList();
            if (rotations.Count > 1 && parsed.GetValue(_with) is not null)
            {
                throw new UserError($"--with: several meters are concerned, and one unit cannot serve them: make a ticket for "
                    + "each with kms ticket");
            }

            Explain(unit.Title, rotations);
            if (folder is null)
            {
                KmsOptions.Warn("Nothing was noted and no ticket made: --out DIR does both.");
                return 0;
            }

            OwnerOnly.MakeFolder(folder);
            bool allowJump = KmsTicket.Confirm(ledger, parsed.GetValue(_yes));
            if (ticket is not null)
            {
                ledger.Revoke(ticket);
            }
            else if (ledger.Revoke(unit) is OrderEntry dead)
            {
                OrderWords.TellDead(dead);
            }

            foreach (TicketRequest rotation in rotations)
            {
                KmsTicket.Issue(ledger, rotation, Path.Combine(folder, TicketFile.NameOf(rotation)), allowJump);
            }

            return 0;
        }

        private static TicketRequest Plan(Ledger ledger, SystemTitle meter, Unit lost, TicketEntry ticket, SystemTitle? with)
        {
            SystemTitle? present = ledger.PairingOf(meter)?.Unit;
            bool isPresentLost = ticket is null && present == lost.Title;
            SystemTitle unit = with ?? (isPresentLost ? null : present)
                ?? throw new UserError($"--with: name the unit that the meter {meter} is to be paired with: "
                    + (isPresentLost ? "the one on it is the lost one" : "no receipt tells which one is on it"));
            if (ticket is null && unit == lost.Title)
            {
                throw new UserError("--with: that is the lost unit");
            }

            var request = new TicketRequest(TicketKind.Pair, meter, unit, UtilityTime.Never);
            ledger.Check(request);
            return request;
        }
    }
}
