using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Keys;
using NanoComm.Pairing;
using NanoComm.Records;
using Spectre.Console;

using Ticket = NanoComm.Keys.Ticket;
using TicketKind = NanoComm.Keys.TicketKind;

namespace NanoComm.Tool
{
    /// <summary>One swap: a ticket goes into a unit, and the technician sees what becomes of it.</summary>
    internal sealed class SwapSession
    {
        private const int Done = 0;
        private const int Failed = 1;
        private const int Unknown = 3;
        private const int LookInterval = 250;

        private readonly SwapSettings _settings;
        private readonly TicketSource _source;
        private readonly Ticket _ticket;

        public SwapSession(SwapSettings settings)
        {
            _settings = settings;
            _source = TicketSource.Read(settings.Ticket, settings.Meter, settings.Unit);
            _ticket = _source.Ticket;
        }

        private static bool HasTerminal => !Console.IsInputRedirected && !Console.IsOutputRedirected;

        /// <summary>Runs it.</summary>
        /// <returns>The exit code.</returns>
        public int Run()
        {
            KmsOptions.Show(_ticket.Kind == TicketKind.Pair ? Words.Of("Ticket to pair") : Words.Of("Ticket to retire and erase the unit"),
                (Words.Of("metering unit"), _ticket.Meter?.ToString() ?? Words.Of("the one that the unit is paired with")),
                (Words.Of("unit"), _ticket.Unit.ToString()), (Words.Of("ticket id"), Convert.ToHexString(_ticket.Id.Span)));
            CheckMeter();
            CheckUnit("--unit", _settings.Unit);
            return _settings.Store is null ? RunBoard() : RunStore();
        }

        private static void Say(string text, Color? color = null)
        {
            string lines = string.Join('\n', Cells.Wrap(text, AnsiConsole.Profile.Width));
            AnsiConsole.Write(new Text(lines + "\n", new Style(color ?? Color.Default)));
        }

        private void CheckMeter()
        {
            // An order to retire names no meter that anybody but its unit could read.
            if (_settings.Meter is SystemTitle meter && _ticket.Meter is SystemTitle named && meter != named)
            {
                throw new UserError(Words.Of($"--mu: this is the meter {meter}, the ticket is for {named}: take the ticket of this meter"));
            }
        }

        private void CheckUnit(string source, SystemTitle? unit)
        {
            if (unit is not null && unit != _ticket.Unit)
            {
                throw new UserError(Words.Of($"{source}: this is the unit {unit}, the ticket is for {_ticket.Unit}: take the right one of "
                    + $"the two"));
            }
        }

        private void Confirm()
        {
            if (_settings.Yes)
            {
                return;
            }

            if (!HasTerminal)
            {
                throw new UserError(Words.Of("compare meter and unit with their labels, and say so with --yes"));
            }

            if (!AnsiConsole.Confirm(Words.Of("Are these the titles on the labels of the meter and the unit before you?"), defaultValue: false))
            {
                throw new UserError(Words.Of("not tried: take the ticket of this meter, and the unit that it names"));
            }
        }

        private int RunStore()
        {
            if (!Directory.Exists(_settings.Store))
            {
                throw new UserError(Words.Of($"--store: there is no folder {_settings.Store}"));
            }

            RecordCheck.One(_settings.Store, RecordCatalogue.FactoryKeys);
            var files = new UnitFiles(_settings.Store);
            SystemTitle unit = UnitInstaller.ReadTitle(new DurableStore(files))
                ?? throw new UserError(Words.Of($"--store: the unit in {_settings.Store} has no factory keys: kms enroll --cu --store puts "
                    + $"them there"));
            CheckUnit("--store", unit);
            if (_settings.DryRun)
            {
                Say(Words.Of($"would write the ticket as the record {RecordCatalogue.Inbox} into {_settings.Store}, and wait "
                    + $"{_settings.Timeout} s for the outcome"));
                return Done;
            }

            var watch = new SwapWatch(_ticket, files);
            if (watch.Look() == true)
            {
                Say(Words.Of("This ticket was carried out before."));
                return Finish(watch);
            }

            Confirm();
            Deploy();
            bool? outcome = Wait(watch);
            return outcome == true ? Finish(watch) : Explain(watch, outcome is null);
        }

        private void Deploy()
        {
            DurableStore store = UnitFolder.Open(_settings.Store, RecordCatalogue.FactoryKeys);
            byte[] bytes = _ticket.Bytes.ToArray();
            if (!Inbox.TryWrite(store, RecordCatalogue.Inbox, bytes))
            {
                throw new UserError(Words.Of($"--store: {_settings.Store} does not take the ticket; is it full, or write-protected?"));
            }
        }

        private bool? Wait(SwapWatch watch)
        {
            if (!HasTerminal)
            {
                return Look(watch, text => Say(text));
            }

            bool? outcome = null;
            AnsiConsole.Status().Start(Words.Of("deployed"), context =>
            {
                outcome = Look(watch, text => context.Status(Markup.Escape(text)));
            });
            return outcome;
        }

        private bool? Look(SwapWatch watch, Action<string> tell)
        {
            long start = Stopwatch.GetTimestamp();
            string told = null;
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < _settings.Timeout)
            {
                bool? outcome = watch.Look();
                if (outcome is not null)
                {
                    return outcome;
                }

                string now = Describe(watch);
                if (now != told)
                {
                    tell(now);
                    told = now;
                }

                Thread.Sleep(LookInterval);
            }

            return null;
        }

        private string Describe(SwapWatch watch)
        {
            if (!watch.IsTaken)
            {
                return watch.State?.Detail == PairingDetail.TicketWaits
                    ? SwapAdvice.WhatAndDo(PairingDetail.TicketWaits)
                    : Words.Of("deployed; the unit looks for tickets every few seconds");
            }

            if (!watch.IsOurs)
            {
                return DescribeKept(watch);
            }

            return watch.State.Stage switch
            {
                PairingState.TicketLoaded => Words.Of("ticket loaded (light: two short flashes)"),
                PairingState.Pairing => Words.Of("pairing, leave it on the meter (light: flickers fast)"),
                PairingState.Refused => Words.Of($"{SwapAdvice.What(watch.State.Detail)} The unit tries again. {SwapAdvice.Do(watch.State.Detail)}"),
                _ => _ticket.Kind == TicketKind.Pair ? Words.Of("the unit has taken the ticket") : Words.Of("the unit is erasing"),
            };
        }

        // What the unit tells is of something else than this ticket.
        private string DescribeKept(SwapWatch watch)
        {
            if (!watch.IsKept)
            {
                return _ticket.Kind == TicketKind.Retire || watch.State is null ? Words.Of("the unit has taken the ticket")
                    : Words.Of("The unit has the ticket no more: a later one took its place. Load it again when the unit is on its meter.");
            }

            return watch.State.Meter == _ticket.Meter ? Words.Of("The unit keeps the ticket, and tries another one for this meter first.")
                : watch.State.Stage == PairingState.Paired
                ? Words.Of($"The unit keeps the ticket. It is paired with the meter {watch.State.Meter} and not on the one on the ticket, "
                    + $"or that one does not answer. {SwapAdvice.Do(PairingDetail.WrongUnit)}")
                : Words.Of($"The unit keeps the ticket. {SwapAdvice.WhatAndDo(PairingDetail.WrongUnit)}");
        }

        private void ListOthers(SwapWatch watch)
        {
            foreach (WaitingTicket other in watch.Others)
            {
                Say(Words.Of($"Another ticket waits in the unit: {other.TicketId}, for the meter {other.Meter}. It is used on that meter alone."));
            }
        }

        private int Finish(SwapWatch watch)
        {
            Say(_ticket.Kind == TicketKind.Pair
                ? Words.Of("Paired. The light becomes steady when readings arrive, within two minutes; if it goes slowly on and off, check "
                    + "seat and line. A unit that was here before is worthless now: send it back.")
                : Words.Of("Retired and erased. The light shows one long and one short flash: take the unit off and send it back."), Color.Green);
            ListOthers(watch);
            if (watch.Proof is null)
            {
                KmsOptions.Warn(Words.Of("The unit holds no receipt of it. The meter does: the utility's client reads it there (SAP 1, object "
                    + "0-0:96.130.0.255, attribute 6)."));
                return Done;
            }

            WriteProof(watch.Proof);
            if (_source.Order is not null)
            {
                Say(Words.Of($"An order of the utility is to follow the ticket: nanocomm order post --file {_settings.Ticket} --unit {_ticket.Unit}"));
            }

            return Done;
        }

        // What was done is done, whatever becomes of its proof.
        private void WriteProof(byte[] proof)
        {
            bool isPair = _ticket.Kind == TicketKind.Pair;
            string path = _settings.Receipt ?? _source.ProofPath(isPair ? ".receipt" : ".erasure");
            try
            {
                DurableFile.Write(path, proof);
                Say(Words.Of($"The proof for the key office: {path} (kms {(isPair ? "receipt" : "erasure")} {path})"));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                KmsOptions.Warn(Words.Of($"The proof for the key office was not written: {Words.OfOther(error.Message).TrimEnd('.')}. The unit keeps "
                    + $"it: the same command with --receipt FILE writes it to another place."));
            }
        }

        private int Explain(SwapWatch watch, bool isTimeout)
        {
            if (!watch.IsTaken && watch.State?.Detail != PairingDetail.TicketWaits)
            {
                string where = _settings.Store is null ? "" : Words.Of($", with --store {_settings.Store}");
                Say(Words.Of($"The unit has not taken the ticket within {_settings.Timeout} s: is it running{where}? It takes the ticket when it starts."), Color.Red);
                return Failed;
            }

            string after = isTimeout ? Words.Of($" within {_settings.Timeout} s") : "";
            if (!watch.IsTaken || watch.IsOurs)
            {
                Say(Words.Of($"Not done{after}. {SwapAdvice.What(watch.State.Detail)}"), Color.Red);
                Say(SwapAdvice.Do(watch.State.Detail));
            }
            else
            {
                Say(Words.Of($"Not done{after}. {DescribeKept(watch)}"), Color.Red);
            }

            ListOthers(watch);
            Say(Words.Of("The pairing that was there before, if any, still works."));
            return Failed;
        }

        private int RunBoard()
        {
            var deployment = new BoardDeployment(_settings.Port);
            if (_settings.DryRun)
            {
                Console.WriteLine(deployment.CommandLine);
                Console.WriteLine(deployment.Json);
                return Done;
            }

            NanoffTool reader = _settings.ReadBack ? FindReader() : null;
            Confirm();
            deployment.Run(_ticket.Bytes);
            if (reader is not null)
            {
                Say(Words.Of("Deployed. The unit takes the ticket within ten seconds, or when it starts."));
                return ReadBack(reader);
            }

            Say(Words.Of("Deployed. The unit takes the ticket within ten seconds, or when it starts: look at the light."));
            var table = new Table().AddColumns(Words.Of("light"), Words.Of("means"));
            foreach ((string light, string means, bool _) in SwapAdvice.Lights)
            {
                table.AddRow(new Text(light), new Text(means));
            }

            AnsiConsole.Write(table);
            Say(Words.Of($"The receipt stays in the unit and in the meter: the utility's client reads it there (SAP 1, object 0-0:96.130.0.255, attribute 6), and "
                + $"nanocomm board read --port {_settings.Port} --out DIR here, which restarts the unit."));
            return HasTerminal ? AskForLight() : Unknown;
        }

        // Before the ticket is deployed, so that nothing is begun that cannot be seen through.
        private static NanoffTool FindReader()
        {
            NanoffTool nanoff = NanoffTool.Find();
            return nanoff.Dialect.Can(NanoffCommand.Backup) ? nanoff
                : throw new UserError(Words.Of($"--read-back: nanoff {nanoff.Version} cannot read a flash without writing to it; version {NanoffDialect.Pinned.Name} can"));
        }

        private int ReadBack(NanoffTool nanoff)
        {
            Say(Words.Of($"Waiting {_settings.Timeout} s for the outcome; then the flash is read, which takes a minute or two, and the unit restarts."));
            Thread.Sleep(TimeSpan.FromSeconds(_settings.Timeout));
            byte[] flash = BoardFlash.Read(nanoff, _settings.Port, Console.Error.Write);
            try
            {
                var watch = new SwapWatch(_ticket, BoardFlash.Records(flash));
                bool? outcome = watch.Look();
                return outcome == true ? Finish(watch) : Explain(watch, outcome is null);
            }
            finally
            {
                Array.Clear(flash);
            }
        }

        private static int AskForLight()
        {
            string light = AnsiConsole.Prompt(new SelectionPrompt<string>().Title(Words.Of("What does the light show in the end?"))
                .AddChoices(SwapAdvice.Lights.Select(row => row.Light)));
            (string _, string means, bool isDone) = SwapAdvice.Lights.First(row => row.Light == light);
            Say(Words.Of($"{light}: {means}"), isDone ? Color.Green : Color.Red);
            return isDone ? Done : Failed;
        }
    }
}
