using System;
using System.CommandLine;
using System.IO;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Keys;
using NanoComm.Records;

namespace NanoComm.Tool
{
    /// <summary>The command <c>factory write</c>: one unit of a lot gets its keys.</summary>
    internal sealed class FactoryWrite
    {
        // What nanoff says when it begins to write to the board.
        private const string UnderWay = "Deploying file";

        private readonly Option<string> _lot = FactoryCommand.Lot();
        private readonly KmsPassphrase _passphrase = KmsPassphrase.OfLot();
        private readonly Option<SystemTitle?> _unit = KmsOptions.Title("--unit", "The title on the unit's label.");
        private readonly Option<string> _port = HostOptions.PathTo("--port", "PORT", "The unit is a board at this serial port.");

        private readonly Option<string> _store = HostOptions.Store("The unit's records are in this folder: a virtual board's, or those of a "
            + "simulated metering unit.");

        private readonly Option<bool> _again = new("--again")
        {
            Description = "Write a unit that was written already, or may have been: the other one is wiped or destroyed, or it is the same.",
        };

        public static Command Make()
        {
            var write = new FactoryWrite();
            write._unit.Required = true;
            var command = new Command("write", "Unpack the keys of one unit, and write them into it. Exit code 0: they are in it; 2: they are "
                + "not.")
            {
                write._lot, write._unit, write._port, write._store, write._again, write._passphrase.File,
            };
            command.Validators.Add(result =>
            {
                if ((result.GetResult(write._store) is null) == (result.GetResult(write._port) is null))
                {
                    result.AddError("factory write: give either --port or --store");
                }
            });
            command.Does(write.Run);
            return command;
        }

        private int Run(ParseResult parsed)
        {
            string path = parsed.GetValue(_lot);
            SystemTitle title = parsed.GetValue(_unit).Value;
            using FactoryLot lot = FactoryLot.Open(path);
            if (!lot.Has(title))
            {
                throw new UserError($"--unit: {title} is not in the lot {path}: take the unit's own lot");
            }

            lot.Unlock(_passphrase.Get(parsed));
            NewUnit unit = lot.Unpack(title);
            using UnitKeys keys = unit.Keys;
            using FactoryJournal journal = FactoryJournal.Open(path, lot);
            string place = Write(parsed, unit, (where, isKnown) => journal.Begin(title, where, isKnown, parsed.GetValue(_again)), journal.Fail,
                begun => journal.Write(begun, time => FactoryProof.Make(keys.ProofKey, lot.Id.Span, title, time)));
            KmsOptions.Show($"{title} is written", ("serial", unit.Serial), ("hardware", unit.Hardware ?? "-"), ("lot", unit.Lot ?? "-"),
                ("at", place));
            return 0;
        }

        private string Write(ParseResult parsed, NewUnit unit, Func<string, bool, long> begin, Action<long> fail, Action<long> end)
        {
            string port = parsed.GetValue(_port);
            if (port is not null && unit.Kind == UnitKind.Metering)
            {
                throw new UserError($"--port: {unit.Title} is a metering unit, and a board is a communication unit");
            }

            using UnitStore store = port is null ? UnitInstaller.Open(parsed.GetValue(_store), unit.Kind, unit.Title) : null;
            string place = $"{Environment.MachineName}:{port ?? Path.GetFullPath(store.Folder)}";
            long begun = begin(place, port is null);
            var said = new StringBuilder();
            try
            {
                if (port is null)
                {
                    UnitInstaller.Install(store, unit.Title, unit.Kind, unit.Serial, unit.Keys);
                }
                else
                {
                    Deploy(port, unit, said);
                }
            }
            catch (UserError)
            {
                // Once it was under way nobody knows how far it came: the journal says "begun" then.
                if (!said.ToString().Contains(UnderWay, StringComparison.Ordinal))
                {
                    fail(begun);
                }

                throw;
            }

            end(begun);
            return place;
        }

        private static void Deploy(string port, NewUnit unit, StringBuilder said)
        {
            byte[] record = UnitInstaller.Record(unit.Title, unit.Keys);
            try
            {
                new NanoffDeployment(port).Write([RecordFile.Seal(RecordCatalogue.FactoryKeys, record)], text => said.Append(text));
            }
            finally
            {
                Array.Clear(record);
            }
        }
    }
}
