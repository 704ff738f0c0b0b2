using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;
using NanoComm.Pairing;
using NanoComm.Records;
using Spectre.Console;

using Receipt = NanoComm.Keys.Receipt;

namespace NanoComm.Tool
{
    /// <summary>The command <c>board read</c>: the records of a board, from a copy of its flash. What is secret in it is neither
    /// shown nor written, unless that is asked for.</summary>
    internal sealed class BoardRead
    {
        private const int LeastWidth = 120;
        private const string BackupFile = "flash.bin";
        private const string ReceiptFile = "unit.receipt";
        private const string ErasureFile = "unit.erasure";

        private readonly BoardReadSettings _settings;
        private readonly BoardRecords _records;
        private readonly DurableStore _store;

        private BoardRead(BoardReadSettings settings, BoardRecords records)
        {
            _settings = settings;
            _records = records;
            _store = new DurableStore(records);
        }

        /// <summary>Runs it.</summary>
        /// <returns>0; 1 when a record or a part of the volume could not be read.</returns>
        /// <exception cref="UserError">There is nothing to read; the message says why, and what to do.</exception>
        public static int Run(BoardReadSettings settings)
        {
            if (settings.Out is not null)
            {
                CheckFree(settings.Out);
            }

            byte[] flash = settings.From is not null ? BoardFlash.Load(settings.From) : ReadBoard(settings.Port);
            try
            {
                return new BoardRead(settings, BoardFlash.Records(flash)).Tell(flash);
            }
            finally
            {
                Array.Clear(flash);
            }
        }

        private static byte[] ReadBoard(string port)
        {
            SerialPortCheck.Check(port);
            NanoffTool nanoff = NanoffTool.Find();
            Console.Error.WriteLine($"nanoff {nanoff.Version} reads the flash at {port}, which takes a minute or two, and restarts the board");
            return BoardFlash.Read(nanoff, port, Console.Error.Write);
        }

        // Before a minute is spent, and so that no two boards' records come together.
        private static void CheckFree(string folder)
        {
            if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            {
                throw new UserError($"--out: {folder} is there and not an empty folder: name another one");
            }
        }

        private int Tell(byte[] flash)
        {
            if (_records.IsEmpty && _records.Faults.Count == 0)
            {
                throw new UserError("the board holds no records: its firmware has not run yet, or everything was erased");
            }

            List<Found> all = [.. RecordCatalogue.All().Select(Find).Where(found => found.Current.IsThere || found.Replacement.IsThere)];
            if (_settings.Json)
            {
                TellJson(all);
            }
            else
            {
                TellTables(all);
            }

            if (_settings.Out is not null)
            {
                Write(all, flash);
            }

            foreach (string fault in _records.Faults)
            {
                KmsOptions.Warn(fault);
            }

            return _records.Faults.Count > 0 || all.Any(found => !found.Counts) ? 1 : 0;
        }

        private Found Find(DurableRecord record)
        {
            RecordSlot current = _records.Look(record.Name, RecordFile.Current);
            RecordSlot replacement = _records.Look(record.Name, RecordFile.Replacement);
            return new Found(record, current, replacement, _store.LengthOf(record.Name));
        }

        private void TellTables(List<Found> all)
        {
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, LeastWidth);
            Table table = new Table().RoundedBorder().BorderColor(Color.Grey).AddColumn("record").AddColumn("NAME.rec")
                .AddColumn("NAME.new").AddColumn("counts").AddColumn(new TableColumn("bytes").RightAligned()).AddColumn("what is in it");
            foreach (Found found in all)
            {
                table.AddRow(new Text(found.Record.Name), new Text(found.Current.ToString()), new Text(found.Replacement.ToString()),
                    new Text(found.Counting ?? "neither"), new Text(found.Length < 0 ? "" : $"{found.Length:N0}"), new Text(Describe(found)));
            }

            AnsiConsole.Write(table);
            TellOutcome();
            TellErasure();
            if (_store.LengthOf(RecordCatalogue.SecurityLog) >= 0)
            {
                LogCommand.Show(_store);
            }
        }

        private void TellErasure()
        {
            if (_store.LengthOf(RecordCatalogue.Erasure) < 0)
            {
                return;
            }

            try
            {
                ZeroiseCommand.Show(_store, "the board");
            }
            catch (UserError failure)
            {
                KmsOptions.Warn(failure.Message);
            }
        }

        private void TellOutcome()
        {
            if (PairState.Parse(Content(RecordCatalogue.PairingReport)) is PairState state)
            {
                AnsiConsole.WriteLine($"pairing: {state.Stage}" + (state.Meter == default ? "" : $", meter {state.Meter}")
                    + (state.Detail == PairingDetail.None ? "" : $"; code {(int)state.Detail}: {SwapAdvice.What(state.Detail)} {SwapAdvice.Do(state.Detail)}"));
            }

            if (ReadReceipt() is Receipt receipt)
            {
                AnsiConsole.WriteLine($"receipt: unit {receipt.Unit} at the meter {receipt.Meter}, ticket {Convert.ToHexString(receipt.TicketId.Span)}, "
                    + $"epoch {receipt.Epoch}, {receipt.Time}; whether it is authentic, only the key office can tell: kms receipt");
            }
        }

        private void TellJson(List<Found> all)
        {
            PairState state = PairState.Parse(Content(RecordCatalogue.PairingReport));
            Receipt receipt = ReadReceipt();
            var log = new Audit.SecurityLog(_store, null, null);
            var entry = new Audit.SecurityLogEntry();
            var events = new JsonArray();
            for (int i = 0; log.Get(i, entry); i++)
            {
                events.Add((JsonNode)new JsonObject
                {
                    ["code"] = (int)entry.Event, ["what"] = LogCommand.Describe(entry.Event), ["times"] = entry.Count,
                    ["first"] = LogCommand.When(entry.IsFirstDated, entry.First), ["last"] = LogCommand.When(entry.IsLastDated, entry.Last),
                });
            }

            Console.WriteLine(new JsonObject
            {
                ["records"] = new JsonArray([.. all.Select(found => new JsonObject
                {
                    ["name"] = found.Record.Name, ["current"] = found.Current.ToString(), ["replacement"] = found.Replacement.ToString(),
                    ["counts"] = found.Counting, ["bytes"] = found.Length, ["secret"] = found.Record.IsSecret,
                })]),
                ["pairing"] = state is null ? null : new JsonObject
                {
                    ["state"] = state.Stage.ToString(), ["code"] = (int)state.Detail, ["meter"] = state.Meter.ToString(),
                },
                ["receipt"] = receipt is null ? null : Convert.ToHexString(receipt.Bytes),
                ["erasure"] = _store.LengthOf(RecordCatalogue.Erasure) < 0 ? null : Convert.ToHexString(Content(RecordCatalogue.Erasure)),
                ["log"] = events,
                ["faults"] = new JsonArray([.. _records.Faults]),
            }.ToJsonString());
        }

        private void Write(List<Found> all, byte[] flash)
        {
            string folder = Path.GetFullPath(_settings.Out);
            try
            {
                OwnerOnly.MakeFolder(folder);
                foreach (Found found in all.Where(found => found.Counts && (_settings.KeepKeys || !found.Record.IsSecret)))
                {
                    // As the file of the newest content, whichever of the two it was on the board.
                    Put(Path.Combine(folder, found.Record.Name + RecordFile.Current), _records.FileOf(found.Counting));
                }

                PutProof(Path.Combine(folder, ReceiptFile), RecordCatalogue.Receipt);
                PutProof(Path.Combine(folder, ErasureFile), RecordCatalogue.Erasure);
                if (_settings.KeepKeys)
                {
                    Put(Path.Combine(folder, BackupFile), flash);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--out: {failure.Message}");
            }

            Console.Error.WriteLine(_settings.KeepKeys
                ? $"{folder} holds the records and the whole flash, keys among them: delete it when it has served"
                : $"{folder} holds the records that are not secret");
        }

        private void PutProof(string path, string record)
        {
            byte[] content = Content(record);
            if (content.Length > 0)
            {
                Put(path, content);
            }
        }

        private static void Put(string path, ReadOnlySpan<byte> content)
        {
            using FileStream file = OwnerOnly.Create(path);
            file.Write(content);
        }

        private byte[] Content(string record) => StoredRecord.Read(_store, record) ?? [];

        private Receipt ReadReceipt()
        {
            try
            {
                return Receipt.Parse(Content(RecordCatalogue.Receipt));
            }
            catch (InvalidDataException)
            {
                return null;
            }
        }

        private static string Describe(Found found) => found.Record switch
        {
            { IsSecret: true } => "secret: not shown",
            { Name: RecordCatalogue.Receipt } => "the meter's receipt",
            { Name: RecordCatalogue.Erasure } => "the record of an erasure",
            { Name: RecordCatalogue.SecurityLog } => "the security log",
            { Name: RecordCatalogue.PairingReport } => "how the pairing stands",
            { Name: RecordCatalogue.Inbox } => "a ticket or an order that the unit has not taken yet",
            _ => $"kept by {found.Record.Owner}",
        };

        // A record with its two files; Length is what the unit's own store finds.
        private sealed record Found(DurableRecord Record, RecordSlot Current, RecordSlot Replacement, int Length)
        {
            public bool Counts => Length >= 0;

            public string Counting => !Counts ? null
                : Record.Name + (Replacement.IsWhole && Replacement.Generation > Current.Generation ? RecordFile.Replacement : RecordFile.Current);
        }
    }
}
