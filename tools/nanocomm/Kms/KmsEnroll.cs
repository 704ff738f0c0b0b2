using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>kms enroll</c>.</summary>
    internal sealed class KmsEnroll
    {
        private const int MostUnits = 1_000_000;

        private readonly Option<string> _ledger = KmsOptions.Ledger();
        private readonly KmsPassphrase _passphrase = KmsPassphrase.OfLedger();
        private readonly KmsPassphrase _filePassphrase = KmsPassphrase.OfKeyFile();
        private readonly Option<bool> _meter = new("--mu") { Description = "A metering unit." };
        private readonly Option<bool> _unit = new("--cu") { Description = "A communication unit." };
        private readonly Option<SystemTitle?> _title = KmsOptions.Title("--title",
            "Its title; without it one is made up. With --store, a unit that is in the ledger is installed once more. One that "
            + "proved to have erased its keys gets new ones, and is a unit again.");

        private readonly Option<string> _serial = new("--serial")
        {
            Description = $"The serial number on its label, at most {NewUnit.MaxSerialLength} characters.",
            HelpName = "TEXT",
        };

        private readonly Option<string> _store = HostOptions.Store("Install the keys in the unit whose records are in this "
            + "folder: a virtual board's, or for --mu that of a simulated metering unit.");

        private readonly Option<int> _count = HostOptions.Number("--count", "That many units, with --export.", 1, 1, MostUnits);

        private readonly Option<string> _export = HostOptions.PathTo("--export", "FILE",
            "At the factory, without a ledger: write the keys to this file, for the key management.");

        private readonly Option<string> _import = HostOptions.PathTo("--import", "FILE",
            "Enter the units whose keys are in this file: all, or none.");

        public static Command Make()
        {
            var enroll = new KmsEnroll();
            var command = new Command("enroll", "Make the factory keys of a unit, enter them, and install them in it.")
            {
                enroll._meter, enroll._unit, enroll._title, enroll._serial, enroll._store, enroll._export, enroll._count,
                enroll._import, enroll._filePassphrase.File, enroll._ledger, enroll._passphrase.File,
            };
            command.Validators.Add(result =>
            {
                bool isImport = result.GetResult(enroll._import) is not null;
                bool isExport = result.GetResult(enroll._export) is not null;
                bool isOne = result.GetResult(enroll._title) is not null || result.GetResult(enroll._serial) is not null
                    || result.GetResult(enroll._store) is not null;
                if (isImport && (isExport || isOne || result.GetValue(enroll._meter) || result.GetValue(enroll._unit)))
                {
                    result.AddError("enroll: --import goes by itself");
                }
                else if (!isImport && result.GetValue(enroll._meter) == result.GetValue(enroll._unit))
                {
                    result.AddError("enroll: give either --mu or --cu");
                }
                else if (result.GetResult(enroll._count) is { Implicit: false } && (!isExport || isOne))
                {
                    result.AddError("enroll: --count goes with --export, and without --title, --serial and --store");
                }
            });
            command.Does(enroll.Run);
            return command;
        }

        private static string SerialOf(SystemTitle title)
        {
            return "SIM" + (BitConverter.ToUInt32(title.ToArray(), 4) % 1_000_000_000).ToString("D9", CultureInfo.InvariantCulture);
        }

        private static void Show(string done, SystemTitle title, UnitKind kind, string serial, string store)
        {
            KmsOptions.Show($"{(kind == UnitKind.Metering ? "Metering unit" : "Communication unit")} {title} {done}",
                ("serial", serial.Length == 0 ? "-" : serial), ("installed in", store ?? "- (no --store)"));
        }

        private int Run(ParseResult parsed)
        {
            if (parsed.GetValue(_import) is string import)
            {
                Import(parsed, import);
            }
            else if (parsed.GetValue(_export) is string export)
            {
                Export(parsed, export);
            }
            else
            {
                Enroll(parsed);
            }

            return 0;
        }

        private void Enroll(ParseResult parsed)
        {
            using Ledger ledger = Ledger.Open(parsed.GetValue(_ledger), _passphrase.Get(parsed));
            NewUnit unit = MakeUp(parsed);
            Unit known = ledger.Find(unit.Title);
            string folder = parsed.GetValue(_store);
            bool isAgain = known?.State == UnitState.Erased;
            bool isNew = known is null || (isAgain && known.Kind == unit.Kind);
            if (!isNew && (folder is null || known.Kind != unit.Kind))
            {
                throw new UserError($"--title: {unit.Title} is in the ledger already");
            }

            using UnitStore store = folder is null ? null : UnitInstaller.Open(folder, unit.Kind, unit.Title);
            if (isNew)
            {
                // First: a unit whose keys nobody knows is worse than one that is not made yet.
                ledger.Enroll([unit]);
                known = ledger.Get(unit.Title, unit.Kind);
            }

            if (store is not null)
            {
                using UnitKeys keys = ledger.KeysOf(known);
                UnitInstaller.Install(store, known.Title, known.Kind, known.Serial, keys);
            }

            Show(isAgain ? "is in the ledger again" : "is in the ledger", known.Title, known.Kind, known.Serial, folder);
        }

        private void Export(ParseResult parsed, string path)
        {
            if (File.Exists(path))
            {
                throw new UserError($"--export: {path} is there already");
            }

            string passphrase = _filePassphrase.Get(parsed, isNew: true);
            int count = parsed.GetValue(_count);
            NewUnit first = MakeUp(parsed);
            string folder = parsed.GetValue(_store);
            using UnitStore store = folder is null ? null : UnitInstaller.Open(folder, first.Kind, first.Title);
            using (FileStream file = OwnerOnly.Create(path))
            {
                KeyFile.Write(file, passphrase, Enumerable.Range(0, count).Select(i => i == 0 ? first : MakeUp(parsed)));
                file.Flush(flushToDisk: true);
            }

            if (store is not null)
            {
                UnitInstaller.Install(store, first.Title, first.Kind, first.Serial, first.Keys);
            }

            if (count == 1)
            {
                Show($"is in {path}", first.Title, first.Kind, first.Serial, folder);
            }
            else
            {
                AnsiConsole.Write(new Text($"{count:N0} units are in {path}\n"));
            }
        }

        private void Import(ParseResult parsed, string path)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            string filePassphrase = _filePassphrase.Get(parsed);
            using Ledger ledger = Ledger.Open(parsed.GetValue(_ledger), _passphrase.Get(parsed));
            int read = 0;
            IEnumerable<NewUnit> Units()
            {
                foreach (NewUnit unit in KeyFile.Read(file, filePassphrase))
                {
                    read++;
                    yield return unit;
                }
            }

            int entered = ledger.Enroll(Units());
            AnsiConsole.Write(new Text($"{entered:N0} units entered"
                + (read > entered ? $", {read - entered:N0} were in the ledger already" : "") + "\n"));
        }

        private NewUnit MakeUp(ParseResult parsed)
        {
            UnitKind kind = parsed.GetValue(_meter) ? UnitKind.Metering : UnitKind.Communication;
            SystemTitle title = parsed.GetValue(_title) ?? SystemTitle.MakeUp(kind == UnitKind.Metering ? "NCM" : "NCC");
            string serial = parsed.GetValue(_serial) ?? SerialOf(title);
            return serial.Length is >= 1 and <= NewUnit.MaxSerialLength && Ascii.IsValid(serial)
                ? new NewUnit(title, kind, serial, UnitKeys.MakeUp(kind))
                : throw new UserError($"--serial: '{serial}' is not 1 to {NewUnit.MaxSerialLength} ASCII characters");
        }
    }
}
