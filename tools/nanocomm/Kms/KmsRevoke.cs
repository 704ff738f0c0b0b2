using System;
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
    /// <summary>The command <c>kms revoke</c>. The loss is in the ledger before anything else is asked for that can fail or be
    /// missing: who reports one at night has no passphrase at hand.</summary>
    internal sealed class KmsRevoke
    {
        private const int NotAllDone = 1;

        private readonly Option<string> _ledger = KmsOptions.Ledger();
        private readonly KmsPassphrase _passphrase = KmsPassphrase.OfLedger();

        private readonly Option<string> _ticket = new("--ticket")
        {
            Description = "The id of a ticket that was lost.",
            HelpName = "ID",
        };

        private readonly Option<SystemTitle?> _unit = KmsOptions.Title("--cu", "A communication unit that was lost or stolen.");

        private readonly Option<string> _batch = HostOptions.PathTo("--batch", "CSV",
            "A batch that was lost: the tickets for the meters and units in this file, mu,cu, as kms ticket --batch takes it.");

        private readonly Option<string> _files = HostOptions.PathTo("--files", "PATH",
            "A batch that was lost: the tickets that are copied in this folder or archive, or this one.");

        private readonly Option<SystemTitle?> _with = KmsOptions.Title("--with",
            "The communication unit for the rotation ticket, where the one on the meter is not known or is the lost one.");

        private readonly Option<string> _out = HostOptions.PathTo("--out", "DIR",
            "Make the rotation tickets, which shut out what was lost, into this folder. It takes the passphrase; without it they are "
            + "only named.");

        private readonly Option<bool> _replace = KmsOptions.Replace();
        private readonly Option<bool> _yes = KmsOptions.YesToJump();

        public static Command Make()
        {
            var revoke = new KmsRevoke();
            var command = new Command("revoke", "Note that a ticket, a unit or a batch was lost, at once, and make what shuts it out. Exit "
                + $"code 2: nothing was noted; {NotAllDone}: the loss is noted, and something else was not done.")
            {
                revoke._ticket, revoke._unit, revoke._batch, revoke._files, revoke._with, revoke._out, revoke._replace, revoke._yes,
                revoke._ledger, revoke._passphrase.File,
            };
            command.Validators.Add(result =>
            {
                int given = ((Option[])[revoke._ticket, revoke._unit, revoke._batch, revoke._files])
                    .Count(option => result.GetResult(option) is not null);
                if (given != 1)
                {
                    result.AddError("revoke: give one of --ticket, --cu, --batch and --files");
                }
                else if (result.GetResult(revoke._with) is not null && (result.GetResult(revoke._batch) is not null
                    || result.GetResult(revoke._files) is not null))
                {
                    result.AddError("revoke: --with goes with --ticket and --cu: each meter of a batch keeps its unit");
                }
            });
            command.Does(revoke.Run);
            return command;
        }

        // The meters at which the lost unit could be paired, or is.
        private static List<SystemTitle> MetersOf(Ledger ledger, SystemTitle unit)
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

        private static void Explain(SystemTitle unit, IReadOnlyList<Rotation> rotations)
        {
            if (rotations.Count == 0)
            {
                KmsOptions.Say($"No meter takes the unit {unit}, and none is paired with it: there is nothing to shut out.");
                return;
            }

            KmsOptions.Say("A ticket cannot be called back: nothing reaches a meter but a newer ticket. Whoever has the ticket and the unit "
                + $"{unit} can pair it with {string.Join(", ", rotations.Select(rotation => rotation.Meter))} until a higher epoch is "
                + "staged there. The rotation ticket has one: deploy it to the unit named below, on that meter (nanocomm swap). It "
                + "gives both new keys; if it is the unit that is there now, nothing is exchanged.");
            foreach (Rotation rotation in rotations)
            {
                KmsOptions.Say($"  meter {rotation.Meter}: " + (rotation.Unit is SystemTitle there ? $"rotation ticket for the unit {there}"
                    : $"{rotation.WhyNot}: name the unit for it with --with TITLE"));
            }
        }

        private int Run(ParseResult parsed)
        {
            LostBatch batch = parsed.GetValue(_batch) is string rows ? LostBatch.OfRows(rows)
                : parsed.GetValue(_files) is string files ? LostBatch.OfFiles(files) : null;
            using Ledger ledger = Ledger.Open(parsed.GetValue(_ledger), null);
            if (batch is not null)
            {
                Note(ledger, batch);
                return Then(() => Answer(parsed, ledger, batch));
            }

            TicketEntry ticket = parsed.GetValue(_ticket) is string id ? Find(ledger, id) : null;
            Unit unit = ledger.Get(ticket?.Unit ?? parsed.GetValue(_unit).Value, UnitKind.Communication);
            Note(ledger, ticket, unit);
            return Then(() => Answer(parsed, ledger, ticket, unit));
        }

        private static void Note(Ledger ledger, TicketEntry ticket, Unit unit)
        {
            if (ticket is not null)
            {
                ledger.Revoke(ticket);
                KmsOptions.Show(ticket.State == TicketState.Revoked ? "Noted before: the ticket is lost" : "Noted: the ticket is lost",
                    ("ticket id", ticket.Id), ("meter", ticket.Meter.ToString()), ("unit", ticket.Unit.ToString()));
                return;
            }

            OrderEntry dead = ledger.Revoke(unit);
            KmsOptions.Show(unit.State == UnitState.Revoked ? "Noted before: the unit is lost"
                : "Noted: the unit is lost, and the tickets for it that were not used", ("unit", unit.Title.ToString()));
            if (dead is not null)
            {
                OrderWords.TellDead(dead);
            }
        }

        private static void Note(Ledger ledger, LostBatch batch)
        {
            batch.Note(ledger);
            KmsOptions.Say($"Noted: {batch.Noted:N0} tickets are lost." + (batch.Left == 0 ? ""
                : $" {batch.Left:N0} others were noted before, or nobody can use them any more."));
        }

        // The loss is noted: whatever else fails says so.
        private static int Then(Func<int> answer)
        {
            try
            {
                return answer();
            }
            catch (Exception error) when (error is UserError or LedgerException or InvalidDataException or IOException
                or UnauthorizedAccessException)
            {
                return Fail(error.Message);
            }
        }

        private static int Fail(string what)
        {
            Console.Error.WriteLine($"nanocomm: the loss is noted, but {what.ReplaceLineEndings(" ").TrimEnd('.')}");
            return NotAllDone;
        }

        private int Answer(ParseResult parsed, Ledger ledger, TicketEntry ticket, Unit lost)
        {
            List<SystemTitle> meters = ticket is null ? MetersOf(ledger, lost.Title) : [ticket.Meter];
            SystemTitle? with = parsed.GetValue(_with);
            if (ticket is null && with == lost.Title)
            {
                return Fail("--with names the lost unit: name another one");
            }

            if (meters.Count > 1 && with is not null)
            {
                return Fail("--with: several meters are concerned, and one unit cannot serve them: make a ticket for each with kms ticket");
            }

            List<Rotation> rotations = meters.Select(meter => Plan(ledger, meter, ticket is null ? lost.Title : null, with)).ToList();
            Explain(lost.Title, rotations);
            if (parsed.GetValue(_out) is not string folder)
            {
                KmsOptions.Warn("No ticket was made: --out DIR makes the rotation tickets, and --with TITLE names a unit.");
                return 0;
            }

            rotations = rotations.Select(Ask).ToList();
            List<TicketRequest> requests = rotations.Where(rotation => rotation.Unit is not null).Select(rotation =>
                new TicketRequest(TicketKind.Pair, rotation.Meter, rotation.Unit.Value, UtilityTime.Never)).ToList();
            if (requests.Count > 0)
            {
                Issue(parsed, folder, requests);
            }

            return requests.Count == rotations.Count ? 0
                : Fail($"--with is missing: {rotations.Count - requests.Count} of {rotations.Count} rotation tickets were not made");
        }

        private static Rotation Plan(Ledger ledger, SystemTitle meter, SystemTitle? lost, SystemTitle? with)
        {
            SystemTitle? present = ledger.PairingOf(meter)?.Unit;
            bool isPresentLost = present is not null && present == lost;
            return new Rotation(meter, with ?? (isPresentLost ? null : present),
                isPresentLost ? "the unit on it is the lost one" : "no receipt tells which unit is on it");
        }

        private static Rotation Ask(Rotation rotation)
        {
            if (rotation.Unit is not null || !Unseen.CanAsk)
            {
                return rotation;
            }

            string typed = AnsiConsole.Prompt(new TextPrompt<string>($"Unit for the meter {rotation.Meter}, by its title (nothing: later):")
                .AllowEmpty().Validate(text => text.Length == 0 || SystemTitle.TryParse(text, out _)));
            return rotation with { Unit = typed.Length == 0 ? null : SystemTitle.Parse(typed) };
        }

        private void Issue(ParseResult parsed, string folder, List<TicketRequest> requests)
        {
            using Ledger ledger = Ledger.Open(parsed.GetValue(_ledger), _passphrase.Get(parsed));
            requests.ForEach(request => ledger.Check(request));
            OwnerOnly.MakeFolder(folder);
            requests.ForEach(request =>
                KmsOptions.FindOut(folder, TicketFile.NameOf(request), parsed.GetValue(_replace)));
            bool allowJump = KmsTicket.Confirm(ledger, parsed.GetValue(_yes));
            foreach (TicketRequest request in requests)
            {
                KmsTicket.Issue(ledger, request, Path.Combine(folder, TicketFile.NameOf(request)), allowJump);
            }
        }

        private int Answer(ParseResult parsed, Ledger ledger, LostBatch lost)
        {
            if (parsed.GetValue(_out) is not string folder)
            {
                KmsOptions.Warn("A ticket cannot be called back: nothing reaches a meter but a newer ticket. No ticket was made: --out DIR "
                    + "makes one for each meter, for the unit that is on it, or that the lost ticket is for.");
                return lost.Faults == 0 ? 0 : Fail($"not of {lost.Faults:N0} rows or files, which are named above");
            }

            using Ledger unlocked = Ledger.Open(parsed.GetValue(_ledger), _passphrase.Get(parsed));
            OwnerOnly.MakeFolder(folder);
            using var batch = new TicketBatch(unlocked, new BatchTarget { Folder = folder, Again = true, Replace = parsed.GetValue(_replace) });
            int refused = Plan(unlocked, lost, batch);
            using var files = new TicketFolder(folder);
            KmsTicket.Issue(batch, files, folder, KmsTicket.Confirm(unlocked, parsed.GetValue(_yes)));
            return lost.Faults + refused == 0 ? 0
                : Fail($"not everything else was done: {lost.Faults:N0} rows or files and {refused:N0} meters are named above");
        }

        private static int Plan(Ledger ledger, LostBatch lost, TicketBatch batch)
        {
            var meters = new HashSet<SystemTitle>();
            int refused = 0;
            foreach (TicketRequest pair in lost.Pairs(ledger).Where(pair => meters.Add(pair.Meter)))
            {
                var request = pair with { Unit = ledger.PairingOf(pair.Meter)?.Unit ?? pair.Unit, NotAfter = UtilityTime.Never };
                try
                {
                    ledger.Check(request);
                    batch.Add(new BatchRow(meters.Count, request));
                }
                catch (LedgerException error)
                {
                    Console.Error.WriteLine($"meter {request.Meter}: {error.Message}");
                    refused++;
                }
            }

            return refused;
        }

        // A ticket that shuts out what was lost at a meter, for a unit that may not be known yet.
        private sealed record Rotation(SystemTitle Meter, SystemTitle? Unit, string WhyNot);
    }
}
