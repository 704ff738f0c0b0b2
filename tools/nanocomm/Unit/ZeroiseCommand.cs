using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Keys;
using NanoComm.Records;
using Spectre.Console;

using ErasureOrder = NanoComm.Keys.ErasureOrder;
using ErasureRecord = NanoComm.Keys.ErasureRecord;

namespace NanoComm.Tool
{
    /// <summary>The command <c>zeroise</c>: orders a unit on the bench to erase everything, and shows its proof.</summary>
    internal static class ZeroiseCommand
    {
        private const int LeastWidth = 120;

        public static Command Make()
        {
            Option<string> store = HostOptions.Store("Record folder of the unit.");
            store.Required = true;
            var unit = new Option<string>("--unit")
            {
                Description = "The unit's system title; without it, that of the factory keys in --store.",
                HelpName = "TITLE",
            };
            var show = new Option<bool>("--show")
            {
                Description = "Order nothing; show what the unit recorded of its erasure.",
            };
            Option<string> file = HostOptions.PathTo("--out", "FILE",
                "With --show: write the proof to this file, for the key office (kms erasure).");
            var command = new Command("zeroise",
                "Order a unit on the bench to erase keys, credentials, settings and logs for good.")
            {
                store, unit, show, file,
            };
            command.Validators.Add(result =>
            {
                if (result.GetValue(show) && result.GetValue(unit) != null)
                {
                    result.AddError("zeroise: --show goes without --unit");
                }
                else if (!result.GetValue(show) && result.GetResult(file) is not null)
                {
                    result.AddError("zeroise: --out goes with --show");
                }
            });
            command.SetAction(parsed =>
            {
                string folder = parsed.GetValue(store);
                if (parsed.GetValue(show))
                {
                    Show(folder, parsed.GetValue(file));
                }
                else
                {
                    Order(folder, parsed.GetValue(unit));
                }
            });
            return command;
        }

        private static void Order(string folder, string unit)
        {
            DurableStore store = UnitFolder.Open(folder, RecordCatalogue.FactoryKeys);
            SystemTitle title = unit == null ? ReadTitle(store, folder) : ParseTitle(unit);
            byte[] order = [.. "NCB1"u8, .. title.ToArray(), .. "zeroise"u8];
            if (!Inbox.TryWrite(store, RecordCatalogue.Inbox, order))
            {
                throw new UserError($"--store: {folder} did not take the order; is it full, or write-protected?");
            }

            Console.WriteLine($"Unit {title} is ordered to erase itself. It does so within seconds of running, or when it starts;");
            Console.WriteLine($"then 'nanocomm zeroise --show --store {folder}' shows its record.");
        }

        private static SystemTitle ReadTitle(DurableStore store, string folder)
        {
            var factory = new byte[DurableStore.MaxLength];
            int length = store.Read(RecordCatalogue.FactoryKeys, factory);
            var title = length < SystemTitle.Length ? default : new SystemTitle(factory.AsSpan(0, SystemTitle.Length));
            Array.Clear(factory);
            return length >= SystemTitle.Length ? title
                : throw new UserError($"--store: {folder} holds no factory keys that tell the unit's title; give it by --unit");
        }

        private static SystemTitle ParseTitle(string text)
        {
            return SystemTitle.TryParse(text, out SystemTitle title) ? title
                : throw new UserError($"--unit: '{text}' is not a system title of 16 hexadecimal digits");
        }

        private static void Show(string folder, string file)
        {
            DurableStore store = UnitFolder.Look(folder);
            if (store.LengthOf(RecordCatalogue.Erasure) < 0)
            {
                throw new UserError($"--store: {folder} holds no record of an erasure; "
                    + (store.LengthOf(RecordCatalogue.Inbox) < 0 ? "none was ordered" : "the unit has not taken its order yet: let it run"));
            }

            ErasureRecord record = Show(store, folder);
            if (file is not null)
            {
                Export(record, file);
            }
        }

        /// <summary>Shows the record of an erasure.</summary>
        /// <param name="store">A unit's records.</param>
        /// <param name="where">Where they are, for an error.</param>
        /// <returns>The record.</returns>
        /// <exception cref="UserError">It is not one.</exception>
        internal static ErasureRecord Show(DurableStore store, string where)
        {
            var buffer = new byte[DurableStore.MaxLength];
            int length = store.Read(RecordCatalogue.Erasure, buffer);
            ErasureRecord record;
            try
            {
                record = ErasureRecord.Parse(buffer.AsSpan(0, Math.Max(length, 0)));
            }
            catch (InvalidDataException error)
            {
                throw new UserError($"--store: in {where}, record '{RecordCatalogue.Erasure}': {error.Message}");
            }

            Show(record);
            return record;
        }

        private static void Export(ErasureRecord record, string file)
        {
            try
            {
                if (!DurableFile.TryCreate(file, record.Bytes) && !record.Bytes.SequenceEqual(File.ReadAllBytes(file)))
                {
                    throw new UserError($"--out: {file} is there already, and is something else: give another name");
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--out: {error.Message}");
            }

            Console.WriteLine($"The proof for the key office: {file} (kms erasure {file})");
            if (!record.IsDone)
            {
                Console.WriteLine("The key office will refuse it: let the unit finish, and read it again.");
            }
        }

        private static void Show(ErasureRecord record)
        {
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, LeastWidth);
            Grid grid = new Grid().AddColumn().AddColumn();
            void Row(string name, string value) => grid.AddRow(new Text(name), new Text(value));
            Row("unit", record.Unit.ToString());
            Row("state", record.IsDone ? "everything erased" : record.IsOfFirstVersion ? "begun; a record of version 1 proves no more" : "begun, and not done: the unit goes on at every start; proves nothing yet");
            Row("ordered by", record.Order == ErasureOrder.Bench ? "bench"
                : $"ticket {Convert.ToHexString(record.OrderId.Span)}, epoch {record.Epoch.ToString(CultureInfo.InvariantCulture)}");
            Row("metering unit", record.Meter == default ? "none" : record.Meter.ToString());
            Row("time", record.Time.ToString());
            Row("erased", record.Erased == Erased.None ? "nothing was there"
                : string.Join(", ", Enum.GetValues<Erased>().Where(part => part != Erased.None && record.Erased.HasFlag(part))
                    .Select(Describe)));
            AnsiConsole.Write(grid);
            AnsiConsole.WriteLine("Whether the unit itself wrote this, only the key office can tell: 'nanocomm kms erasure'.");
        }

        private static string Describe(Erased part) => part switch
        {
            Erased.Pairing => "active pairing",
            Erased.Tickets => "tickets",
            Erased.RouteB => "route-B credentials",
            Erased.Logs => "logs and readings kept",
            Erased.FactoryKeys => "factory keys",
            Erased.Settings => "settings of the customer",
            _ => part.ToString(),
        };
    }
}
