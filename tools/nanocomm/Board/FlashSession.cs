using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Records;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>One flashing of a board: everything is looked at before anything is written, and what became of each part is told.
    /// What nanoff's exit code says is not believed: what it prints is, and what the board says afterwards.</summary>
    internal sealed class FlashSession
    {
        private const int Done = 0;
        private const int Failed = 1;

        // nanoff keeps a copy of the records' partition in its temporary folder while it writes an image.
        private const long RoomForFirmware = 24L << 20;

        // A board that was just written starts within seconds.
        private const int Looks = 4;
        private const int PauseBetweenLooks = 2000;

        // Of a record that was sealed here; the unit counts on from it.
        private const uint FirstGeneration = 1;

        private const string ShownFolder = "DIR";
        private const string PlanFile = "deploy.json";

        private readonly FlashSettings _settings;
        private readonly BoardDescription _board;
        private readonly List<string> _written = [];
        private NanoffTool _nanoff;

        public FlashSession(FlashSettings settings)
        {
            _settings = settings;
            _board = BoardDescription.Find(settings.Board);
        }

        /// <summary>Runs it.</summary>
        /// <returns>The exit code.</returns>
        /// <exception cref="UserError">Nothing was written; the message says why, and what to do.</exception>
        public int Run()
        {
            if (_settings.DryRun)
            {
                return ShowCommands();
            }

            CheckApplication();
            CheckArchive();
            List<RecordFile> records = _settings.Records ? LoadRecords() : [];
            SerialPortCheck.Check(_settings.Port);
            _nanoff = NanoffTool.Find();
            Say($"nanoff {_nanoff.Version}, board {_board.Name} at {_settings.Port}");
            CheckBoard();
            bool isDone = (!_settings.Image || WriteImage()) && (!_settings.Application || WriteApplication())
                && (!_settings.Records || WriteRecords(records));
            return isDone ? Done : Failed;
        }

        private static void Say(string text, Color? color = null)
        {
            AnsiConsole.Write(new Text(text + "\n", new Style(color ?? Color.Default)));
        }

        private static void PassOn(string text)
        {
            Console.Write(text);
        }

        private NanoffCommand ImageCommand => _settings.Archive is null ? NanoffCommand.Firmware : NanoffCommand.ArchivedFirmware;

        private int ShowCommands()
        {
            NanoffDialect dialect = FindDialect();
            if (_settings.Image)
            {
                Show(dialect, NanoffCommand.Chip);
                Show(dialect, ImageCommand, (NanoffDialect.Target, _board.Image), (NanoffDialect.Path, _settings.Archive));
            }

            if (_settings.Application)
            {
                Show(dialect, NanoffCommand.Application, (NanoffDialect.Path, _board.ApplicationFile));
            }

            if (_settings.Records)
            {
                List<RecordFile> records = LoadRecords();
                Show(dialect, NanoffCommand.Files, (NanoffDialect.Path, Path.Combine(ShownFolder, PlanFile)));
                Console.WriteLine(NanoffDeployment.Plan(_settings.Port,
                    NanoffDeployment.Steps(records, record => Path.Combine(ShownFolder, record.FileName))));
                if (!_settings.NoReadBack && dialect.Can(NanoffCommand.Backup))
                {
                    Show(dialect, NanoffCommand.Backup, (NanoffDialect.Path, ShownFolder), (NanoffDialect.File, "flash.bin"));
                }
            }

            return Done;
        }

        private static NanoffDialect FindDialect()
        {
            try
            {
                return NanoffTool.Find().Dialect;
            }
            catch (UserError none)
            {
                Console.Error.WriteLine($"note: {none.Message}; these are the commands of version {NanoffDialect.Pinned.Name}");
                return NanoffDialect.Pinned;
            }
        }

        private void Show(NanoffDialect dialect, NanoffCommand command, params (string Name, string Value)[] values)
        {
            Console.WriteLine(NanoffTool.CommandLine(dialect.Arguments(command, [(NanoffDialect.Port, _settings.Port), .. values])));
        }

        private void CheckApplication()
        {
            if (_settings.Application && !File.Exists(_board.ApplicationFile))
            {
                throw new UserError($"--app: {_board.ApplicationFile} is not there: build it by {_board.BuildCommand}");
            }
        }

        private void CheckArchive()
        {
            if (_settings.Archive is not null && !Directory.Exists(_settings.Archive))
            {
                throw new UserError($"--archive: there is no folder {_settings.Archive}: "
                    + NanoffTool.CommandLine(NanoffDialect.Pinned.Arguments(NanoffCommand.Archive, (NanoffDialect.Target, _board.Image),
                        (NanoffDialect.Path, _settings.Archive))) + " fills it where there is a connection");
            }
        }

        // Whole records that the catalogue knows; what else is in the folder is left there.
        private List<RecordFile> LoadRecords()
        {
            DurableStore store = UnitFolder.Look(_settings.Store);
            var content = new byte[DurableStore.MaxLength];
            var records = new List<RecordFile>();
            foreach (DurableRecord record in RecordCatalogue.All())
            {
                int length = store.Read(record.Name, content);
                if (length >= 0)
                {
                    records.Add(RecordFile.Seal(record.Name, content.AsSpan(0, length)));
                }
            }

            Array.Clear(content);
            return records.Count > 0 ? records : throw new UserError($"--store: {_settings.Store} holds no record of a unit");
        }

        private void CheckBoard()
        {
            if (_settings.Image)
            {
                NanoffRun run = Ask(NanoffCommand.Chip);
                string wrong = run.ErrorCode is null ? new BoardDetails(run.Said).Contradicts(_board) : run.Explain(_settings.Port);
                if (wrong is not null)
                {
                    throw new UserError($"nothing was written: {wrong}");
                }

                return;
            }

            NanoffRun unit = Ask(NanoffCommand.Unit);
            string image = new BoardDetails(unit.Said).Image;
            if (image != _board.Image)
            {
                throw new UserError(image is null ? $"nothing was written: {unit.Explain(_settings.Port)}; flash {_board.Name} --image writes the image first"
                    : $"nothing was written: the board runs the image {image}, {_board.Name} has {_board.Image}: is it the right board? flash {_board.Name} --image "
                    + "writes that image");
            }
        }

        private NanoffRun Ask(NanoffCommand command)
        {
            using var folder = new PrivateFolder(0);
            return _nanoff.Run(_nanoff.Dialect.Arguments(command, (NanoffDialect.Port, _settings.Port)), folder, null);
        }

        // At its usual verbosity nanoff moves the cursor while it writes an image, and ends with an error before it has written
        // anything where its output is no terminal: here it is brief, and the time that passes is shown instead.
        private bool WriteImage()
        {
            Say($"writing the image {_board.Image}: two minutes or so; do not unplug the board");
            using var folder = new PrivateFolder(RoomForFirmware);
            NanoffRun run;
            using (new ElapsedTime())
            {
                run = _nanoff.Run(_nanoff.Dialect.Arguments(ImageCommand, (NanoffDialect.Port, _settings.Port), (NanoffDialect.Target, _board.Image),
                    (NanoffDialect.Path, _settings.Archive)), folder, null);
            }

            if (run.ErrorCode is not null || run.ExitCode != 0)
            {
                return Stop($"the image, it may be there in part. The board does not start then, and is not lost: run this again, with the BOOT button "
                    + $"held if no boot loader answers. Records may be lost with it: look by board read afterwards. {run.Explain(_settings.Port)}");
            }

            string image = Await(details => details.Image);
            if (image != _board.Image)
            {
                return Stop(image is null ? "nanoff wrote the image, and the board does not answer: press its reset button, then board info tells what runs"
                    : $"nanoff told no error, and the board runs {image}: run it again");
            }

            _written.Add($"image {image}");
            Say($"the board runs {image}", Color.Green);
            return true;
        }

        private bool WriteApplication()
        {
            Say($"writing the program {_board.Program}");
            using var folder = new PrivateFolder(0);
            NanoffRun run = _nanoff.Run(_nanoff.Dialect.Arguments(NanoffCommand.Application, (NanoffDialect.Port, _settings.Port),
                (NanoffDialect.Path, _board.ApplicationFile)), folder, PassOn);
            if (run.ErrorCode is not null || !Said(run, "Deploying managed application...", "OK"))
            {
                return Stop($"the program: the one before it runs no more. The board is not lost: run this again. {run.Explain(_settings.Port)}");
            }

            _written.Add($"program {_board.Program}");
            string version = Await(details => details.VersionOf(_board.Program));
            Say(version is null ? $"the program is written; whether it runs, board log --port {_settings.Port} tells" : $"the board runs {_board.Program} {version}",
                version is null ? Color.Yellow : Color.Green);
            return true;
        }

        private bool WriteRecords(List<RecordFile> records)
        {
            Say($"writing {records.Count} records: {string.Join(", ", records.Select(record => record.Record))}");
            IReadOnlyList<RecordOutcome> outcomes;
            try
            {
                outcomes = new NanoffDeployment(_settings.Port).Write(_nanoff, records, PassOn);
            }
            catch (UserError failure) when (_written.Count > 0)
            {
                return Stop($"the records: {failure.Message}");
            }

            List<RecordOutcome> missing = [.. outcomes.Where(outcome => !outcome.IsWritten)];
            _written.AddRange(outcomes.Where(outcome => outcome.IsWritten).Select(outcome => $"record {outcome.Record}"));
            if (missing.Count > 0)
            {
                return Stop($"the records {string.Join(", ", missing.Select(outcome => outcome.Record))}: run this again with --records");
            }

            return _settings.NoReadBack || ReadBack(records);
        }

        private bool ReadBack(List<RecordFile> records)
        {
            if (!_nanoff.Dialect.Can(NanoffCommand.Backup))
            {
                Say($"the records are written; nanoff {_nanoff.Version} cannot read them back", Color.Yellow);
                return true;
            }

            Say("reading the flash back, to compare");
            byte[] flash;
            try
            {
                flash = BoardFlash.Read(_nanoff, _settings.Port, PassOn);
            }
            catch (UserError failure)
            {
                return Stop($"the comparison: {failure.Message}");
            }

            // Cleared behind the comparison: what is small is looked at where it is in the copy.
            BoardRecords there = BoardFlash.Records(flash);
            List<string> others = [.. records.Where(record => Differs(record, there)).Select(record => record.Record)];
            Array.Clear(flash);
            if (others.Count > 0)
            {
                return Stop($"the board has other records than were written: {string.Join(", ", others)}; run this again with --records");
            }

            Say("the board has the records that were written", Color.Green);
            return true;
        }

        // What the unit has renewed since, or taken out of its inbox, is as it should be.
        private static bool Differs(RecordFile written, BoardRecords there)
        {
            byte[] file = there.FileOf(written.FileName);
            return file is null ? written.Record != RecordCatalogue.Inbox
                : !written.Bytes.Span.SequenceEqual(file) && there.Look(written.Record, RecordFile.Current).Generation
                    <= FirstGeneration;
        }

        private static bool Said(NanoffRun run, string what, string then)
        {
            int at = run.Said.IndexOf(what, StringComparison.Ordinal);
            return at >= 0 && run.Said.AsSpan(at + what.Length).TrimStart().StartsWith(then, StringComparison.Ordinal);
        }

        // Null when it does not come.
        private string Await(Func<BoardDetails, string> find)
        {
            string found = null;
            for (int look = 0; found is null && look < Looks; look++)
            {
                if (look > 0)
                {
                    Thread.Sleep(PauseBetweenLooks);
                }

                found = find(new BoardDetails(Ask(NanoffCommand.Unit).Said));
            }

            return found;
        }

        private bool Stop(string what)
        {
            Console.Error.WriteLine($"nanocomm: not done: {what}");
            Console.Error.WriteLine(_written.Count == 0 ? "written and checked: nothing" : $"written and checked: {string.Join(", ", _written)}");
            return false;
        }
    }
}
