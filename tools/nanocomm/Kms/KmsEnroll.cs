using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>kms enroll</c>.</summary>
    internal sealed class KmsEnroll
    {
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
            Description = $"The serial number on its label, {SerialNumber.Form}; with --first that of the first unit, whose number at the end is "
                + "counted on. Without it it is MU or CU and the last ten digits of the title.",
            HelpName = "TEXT",
        };

        private readonly Option<string> _store = HostOptions.Store("Install the keys in the unit whose records are in this "
            + "folder: a virtual board's, or for --mu that of a simulated metering unit.");

        private readonly Option<int> _count = HostOptions.Number("--count", "That many units, with --export or --first.", 1, 1,
            LotList.MostUnits);

        private readonly Option<string> _titles = HostOptions.PathTo("--titles", "CSV", "Make a lot for the factory: a unit for each row of this "
            + "file, whose first line names the column title, and if wanted serial, hardware and lot. A bad row stops it before anything is made.");

        private readonly Option<SystemTitle?> _first = KmsOptions.Title("--first",
            "Make a lot for the factory: --count units, whose titles are counted up from this one.");

        private readonly Option<string> _out = HostOptions.PathTo("--out", "LOT",
            "With --titles or --first: the lot's file, sealed under a passphrase of its own, for nanocomm factory.");

        private readonly Option<string> _hardware = new("--hardware")
        {
            Description = "What hardware it is, kept in the ledger; for rows that do not say.",
            HelpName = "TEXT",
        };

        private readonly Option<string> _lotName = new("--lot-name")
        {
            Description = "The name of the lot, kept in the ledger; for rows that do not say.",
            HelpName = "TEXT",
        };

        private readonly Option<bool> _again = new("--again")
        {
            Description = "With --titles or --first: pack units that are in the ledger with the keys that they have, where a lot was lost and "
                + "never used.",
        };

        private readonly Option<string> _written = HostOptions.PathTo("--written", "FILE",
            "Take a factory's report (nanocomm factory report): which units of a lot have their keys. Exit code 1 when a row was refused.");

        private readonly KmsPassphrase _lotPassphrase = KmsPassphrase.OfLot();

        private readonly Option<string> _export = HostOptions.PathTo("--export", "FILE",
            "At the factory, without a ledger: write the keys to this file, for the key management.");

        private readonly Option<string> _import = HostOptions.PathTo("--import", "FILE",
            "Enter the units whose keys are in this file: all, or none.");

        public static Command Make()
        {
            var enroll = new KmsEnroll();
            var command = new Command("enroll", "Make the factory keys of a unit, enter them, and install them in it.")
            {
                enroll._meter, enroll._unit, enroll._title, enroll._serial, enroll._store, enroll._titles, enroll._first, enroll._count,
                enroll._hardware, enroll._lotName, enroll._out, enroll._again, enroll._lotPassphrase.File, enroll._written, enroll._export, enroll._import,
                enroll._filePassphrase.File, enroll._ledger, enroll._passphrase.File,
            };
            command.Validators.Add(result =>
            {
                if (enroll.WhyNot(result) is string why)
                {
                    result.AddError("enroll: " + why);
                }
            });
            command.Does(enroll.Run);
            return command;
        }

        private string WhyNot(CommandResult result)
        {
            bool Has(Option option) => result.GetResult(option) is { Implicit: false };
            bool isLot = Has(_titles) || Has(_first);
            bool isOne = Has(_title) || Has(_store);
            Option[] alone = [_titles, _first, _written, _export, _import];
            return alone.Count(Has) > 1 ? $"{string.Join(", ", alone.Select(option => option.Name))}: one at a time"
                : Has(_import) || Has(_written) ? isOne || Has(_serial) || Has(_count) || Has(_out) || result.GetValue(_meter) || result.GetValue(_unit)
                    ? "--import and --written go by themselves" : null
                : result.GetValue(_meter) == result.GetValue(_unit) ? "give either --mu or --cu"
                : isLot != Has(_out) ? "--out, the lot's file, goes with --titles or --first, and they with it"
                : isLot && isOne ? "--titles and --first go without --title and --store"
                : Has(_titles) && (Has(_serial) || Has(_count)) ? "--titles has a column for serials, and a row for each unit"
                : Has(_count) && !Has(_first) && (!Has(_export) || isOne || Has(_serial))
                    ? "--count goes with --first, or with --export and without --title, --serial and --store"
                : Has(_again) && !isLot ? "--again goes with --titles or --first"
                : Has(_export) && (Has(_hardware) || Has(_lotName)) ? "a file of keys has no hardware and no lot" : null;
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
            else if (parsed.GetValue(_written) is string report)
            {
                using Ledger ledger = Ledger.Open(parsed.GetValue(_ledger), _passphrase.Get(parsed));
                return KmsLot.TakeReport(ledger, report);
            }
            else if (parsed.GetValue(_out) is string lot)
            {
                MakeLot(parsed, lot);
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

        private void MakeLot(ParseResult parsed, string path)
        {
            UnitKind kind = parsed.GetValue(_meter) ? UnitKind.Metering : UnitKind.Communication;
            string hardware = parsed.GetValue(_hardware);
            string lot = parsed.GetValue(_lotName);
            string rows = parsed.GetValue(_titles);
            LotList list = rows is not null ? LotList.Read(rows, kind, hardware, lot)
                : LotList.Count(parsed.GetValue(_first).Value, parsed.GetValue(_count), kind, parsed.GetValue(_serial), hardware, lot);
            string passphrase = _lotPassphrase.Get(parsed, isNew: true);
            using Ledger ledger = Ledger.Open(parsed.GetValue(_ledger), _passphrase.Get(parsed));
            KmsLot.Make(ledger, list, kind, rows ?? "--first", path, passphrase, parsed.GetValue(_again));
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
            string serial = parsed.GetValue(_serial) ?? SerialNumber.Of(kind, title);
            if (!SerialNumber.IsValid(serial))
            {
                throw new UserError($"--serial: '{serial}' is not {SerialNumber.Form}");
            }

            return new NewUnit(title, kind, serial, UnitKeys.MakeUp(kind), Name(parsed, _hardware), Name(parsed, _lotName));
        }

        private static string Name(ParseResult parsed, Option<string> option)
        {
            string name = parsed.GetValue(option);
            return name is null || SerialNumber.IsName(name) ? name
                : throw new UserError($"{option.Name}: '{name}' is not 1 to {NewUnit.MaxNameLength} printable ASCII characters");
        }
    }
}
