using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>kms ticket</c>.</summary>
    internal sealed class KmsTicket
    {
        private readonly Option<string> _ledger = KmsOptions.Ledger();
        private readonly KmsPassphrase _passphrase = KmsPassphrase.OfLedger();
        private readonly Option<SystemTitle?> _meter = KmsOptions.Title("--mu", "The metering unit.");
        private readonly Option<SystemTitle?> _unit = KmsOptions.Title("--cu", "The communication unit.");
        private readonly Option<uint?> _notAfter = KmsOptions.End("The meter takes the ticket");

        private readonly Option<string> _out = HostOptions.PathTo("--out", "PATH",
            "The ticket's file, or a folder for it; with --batch the folder.");

        private readonly Option<string> _batch = HostOptions.PathTo("--batch", "CSV",
            "Make a ticket for each row of this file: mu,cu[,not_after], named in its first line, with comma, semicolon or tab "
            + "between them. A bad row stops the batch before the first ticket is made; rows that are done already are skipped.");

        private readonly Option<bool> _again = new("--again")
        {
            Description = "With --batch: make new tickets for rows that are done already, too.",
        };

        private readonly Option<string> _archive = HostOptions.PathTo("--archive", "FILE",
            "With --batch: put the tickets into this one file, from which swap takes them, in place of a folder.");

        private readonly Option<bool> _retire = new("--retire")
        {
            Description = "Order the unit to erase its pairing with that meter, and all that is personal.",
        };

        private readonly Option<bool> _replace = KmsOptions.Replace();
        private readonly Option<bool> _yes = KmsOptions.YesToJump();

        public static Command Make()
        {
            var ticket = new KmsTicket();
            var command = new Command("ticket", "Make a ticket that pairs a unit with a meter, or retires it.")
            {
                ticket._meter, ticket._unit, ticket._out, ticket._notAfter, ticket._batch, ticket._archive, ticket._again, ticket._retire, ticket._replace,
                ticket._yes, ticket._ledger, ticket._passphrase.File,
            };
            command.Validators.Add(result =>
            {
                bool isBatch = result.GetResult(ticket._batch) is not null;
                bool isMeter = result.GetResult(ticket._meter) is not null;
                bool isUnit = result.GetResult(ticket._unit) is not null;
                bool isEnd = result.GetResult(ticket._notAfter) is not null;
                bool isRetire = result.GetValue(ticket._retire);
                bool isOut = result.GetResult(ticket._out) is not null;
                bool isArchive = result.GetResult(ticket._archive) is not null;
                if (isBatch && (isMeter || isUnit || isEnd || isRetire))
                {
                    result.AddError("ticket: --batch goes without --mu, --cu, --not-after and --retire");
                }
                else if (!isBatch && (!isMeter || !isUnit))
                {
                    result.AddError("ticket: give --mu and --cu, or --batch");
                }
                else if (isArchive && !isBatch)
                {
                    result.AddError("ticket: --archive goes with --batch");
                }
                else if (isOut == isArchive)
                {
                    result.AddError(isBatch ? "ticket: give either --out or --archive" : "ticket: --out is missing");
                }
                else if (result.GetValue(ticket._again) && !isBatch)
                {
                    result.AddError("ticket: --again goes with --batch");
                }
                else if (isRetire && isEnd)
                {
                    result.AddError("ticket: an order to retire has no --not-after");
                }
            });
            command.Does(ticket.Run);
            return command;
        }

        /// <summary>Makes one ticket and its file, and shows it; with the file beside it of the unit's open order, made anew.</summary>
        public static void Issue(Ledger ledger, in TicketRequest request, string path, bool allowJump)
        {
            IssuedTicket issued = ledger.Issue([request], allowJump)[0];
            try
            {
                DurableFile.Write(path, issued.Ticket.Bytes);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"the ticket {Convert.ToHexString(issued.Ticket.Id.Span)} is in the ledger, but its file was "
                    + $"not written: {error.Message.TrimEnd('.')}. Make another one");
            }

            KmsOptions.Show(request.Kind == TicketKind.Retire ? "An order to retire" : "A ticket", ("file", path),
                ("meter", request.Meter.ToString()), ("unit", request.Unit.ToString()), ("epoch", $"{issued.Epoch}"),
                ("ticket id", Convert.ToHexString(issued.Ticket.Id.Span)),
                ("not after", request.NotAfter == UtilityTime.Never ? "-"
                    : KmsOptions.Show(UtilityTime.ToTime(request.NotAfter), "-")));
            if (issued.Dead is not null)
            {
                OrderWords.TellDead(issued.Dead);
            }

            TellWhatEnds(ledger, request);

            if (issued.Anew is not null)
            {
                string beside = OrderFile.Beside(path);
                KmsOrder.Write(issued.Anew, beside);
                KmsOrder.Show(issued.Anew, beside);
                KmsOptions.Warn("The unit would refuse its open order once it has this ticket's pairing: it was made anew. Give the new "
                    + "one to the meter or the unit when the ticket was used, and destroy the old one.");
            }
        }

        // What was ordered is in the unit, and goes with it: the customer's route, his Wi-Fi, and who was cut off.
        private static void TellWhatEnds(Ledger ledger, in TicketRequest request)
        {
            SystemTitle there = ledger.PairingOf(request.Meter)?.Unit ?? request.Unit;
            TicketEntry here = ledger.Tickets(new TicketFilter { Unit = request.Unit })
                .FirstOrDefault(ticket => ticket.State == TicketState.Done && ticket.Kind == TicketKind.Pair);
            SystemTitle? ends = request.Kind == TicketKind.Retire ? null
                : there != request.Unit ? there : here is not null && here.Meter != request.Meter ? request.Unit : null;
            IReadOnlyList<OrderEntry> inEffect = ends is SystemTitle unit && ledger.Find(unit) is Unit old ? ledger.InEffect(old) : [];
            if (inEffect.Count > 0)
            {
                KmsOptions.Warn($"With this ticket's pairing ends what is in effect in the unit {ends}, as far as answers tell: "
                    + string.Join("; ", inEffect.Select(OrderWords.Of)) + ". Order it again for the unit that is paired then, if it is "
                    + "still wanted.");
            }
        }

        /// <summary>Says what is unusual about the next epoch, and has it confirmed.</summary>
        /// <returns>Whether a jump was confirmed.</returns>
        /// <exception cref="UserError">It was not.</exception>
        public static bool Confirm(Ledger ledger, bool isConfirmed)
        {
            EpochOutlook outlook = ledger.LookAhead();
            if (outlook.IsElsewhere)
            {
                KmsOptions.Warn("This ledger was restored or moved here: what it gave out last is not known, so its epochs go on "
                    + "30 days ahead.");
            }

            if (!outlook.IsJump || isConfirmed)
            {
                return outlook.IsJump;
            }

            string question = $"{ledger.Describe(outlook)}. Every later ticket and order will be above it";
            string right = outlook.IsAheadOfClock ? "it is meant to be so" : "this computer's clock is right";
            if (Console.IsInputRedirected || Console.IsOutputRedirected)
            {
                throw new UserError($"{question}: confirm with --yes if {right}");
            }

            return AnsiConsole.Confirm(outlook.IsAheadOfClock ? question + ". Is it meant to be so?"
                : question + ". Is this computer's clock right?", defaultValue: false) ? true
                : throw new UserError("nothing was made");
        }

        private int Run(ParseResult parsed)
        {
            using Ledger ledger = Ledger.Open(parsed.GetValue(_ledger), _passphrase.Get(parsed));
            if (parsed.GetValue(_batch) is string batch)
            {
                return RunBatch(parsed, ledger, batch);
            }

            var request = new TicketRequest(parsed.GetValue(_retire) ? TicketKind.Retire : TicketKind.Pair,
                parsed.GetValue(_meter).Value, parsed.GetValue(_unit).Value, parsed.GetValue(_notAfter) ?? UtilityTime.Never);
            bool replace = parsed.GetValue(_replace);
            string path = KmsOptions.FindOut(parsed.GetValue(_out), TicketFile.NameOf(request), replace);
            ledger.Check(request);
            if (ledger.MakesAnew(request))
            {
                KmsOptions.CheckFree(OrderFile.Beside(path), replace);
            }

            Issue(ledger, request, path, Confirm(ledger, parsed.GetValue(_yes)));
            return 0;
        }

        private ITicketSink OpenSink(ParseResult parsed)
        {
            if (parsed.GetValue(_archive) is string archive)
            {
                return new TicketArchiveWriter(archive, parsed.GetValue(_replace));
            }

            string folder = parsed.GetValue(_out);
            OwnerOnly.MakeFolder(folder);
            return new TicketFolder(folder);
        }

        private int RunBatch(ParseResult parsed, Ledger ledger, string path)
        {
            string place = parsed.GetValue(_archive) ?? parsed.GetValue(_out);
            using ITicketSink sink = OpenSink(parsed);
            var faults = new BatchWords(path, Console.Error);
            var notes = new BatchWords(path, Console.Out);
            using var batch = new TicketBatch(ledger, new BatchTarget
            {
                Folder = parsed.GetValue(_archive) is null ? place : null,
                Again = parsed.GetValue(_again),
                Replace = parsed.GetValue(_replace),
            });
            using (BatchReader rows = BatchReader.Open(path))
            {
                batch.Load(rows, faults.Tell, notes.Tell);
            }

            notes.End("more words");
            faults.End("more faults");
            if (faults.Count > 0)
            {
                throw new UserError($"{faults.Count:N0} faults in {path}, {batch.Count + batch.Skipped:N0} good rows; no ticket was made. "
                    + "Mend the file and run this again");
            }

            if (batch.Skipped > 0)
            {
                KmsOptions.Warn($"{batch.Skipped:N0} rows are done already and were skipped: --again makes new tickets for them, too.");
            }

            if (batch.Count == 0)
            {
                KmsOptions.Warn("No ticket was made: there is nothing to do.");
                return 0;
            }

            Issue(batch, sink, place, Confirm(ledger, parsed.GetValue(_yes)));
            if (parsed.GetValue(_archive) is string archive)
            {
                using TicketArchive written = TicketArchive.Open(archive);
                written.Check(_ => { });
                AnsiConsole.Write(new Text($"{archive} was read back: {written.Count:N0} tickets, each whole.\n"));
            }

            return 0;
        }

        /// <summary>Makes the tickets of a batch, and shows how far it is.</summary>
        /// <param name="batch">The batch.</param>
        /// <param name="sink">Where they go.</param>
        /// <param name="place">What that is called.</param>
        /// <param name="allowJump">Whether an epoch more than a year above the last one was confirmed.</param>
        public static void Issue(TicketBatch batch, ITicketSink sink, string place, bool allowJump)
        {
            long start = Stopwatch.GetTimestamp();
            AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new RemainingTimeColumn()).Start(context =>
            {
                ProgressTask task = context.AddTask($"{batch.Count:N0} tickets", maxValue: Math.Max(batch.Count, 1));
                batch.Issue(sink, allowJump, done => task.Value = done);
            });
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            AnsiConsole.Write(new Text($"{batch.Count:N0} tickets in {place}, {batch.Count / seconds:N0}/s\n"));
            if (batch.OrdersEnded > 0)
            {
                KmsOptions.Warn($"Of {batch.OrdersEnded:N0} of these units an order was open: {batch.OrdersMadeAnew:N0} were made anew, "
                    + $"beside their tickets ({OrderFile.Extension}); kms list orders lists them.");
            }
        }
    }
}
