using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>Lots for a factory: made by the key office, and reported back.</summary>
    internal static class KmsLot
    {
        private const int MostFaultsShown = 50;
        private const int Refused = 1;
        private const int RowsAtOnce = 1000;

        /// <summary>Makes one: the units are in the ledger and in the lot's file, all of them, or none.</summary>
        /// <param name="ledger">The ledger.</param>
        /// <param name="list">The units.</param>
        /// <param name="kind">What they are.</param>
        /// <param name="source">The file that they are from, or how they are called, for what is wrong with them.</param>
        /// <param name="path">The lot's file.</param>
        /// <param name="passphrase">The lot's.</param>
        /// <param name="again">Whether units that are in the ledger are packed with the keys that they have.</param>
        public static void Make(Ledger ledger, LotList list, UnitKind kind, string source, string path, string passphrase, bool again)
        {
            list.Check(ledger, again);
            if (list.Faults.Count > 0)
            {
                throw Refuse(list, source);
            }

            using var lot = new FactoryLotWriter(path, passphrase);
            List<LotRow> fresh = PackKnown(ledger, list, lot);
            IEnumerable<NewUnit> Units()
            {
                // While the ledger enters some, the next are made: nothing here may ask it.
                foreach (LotRow row in fresh)
                {
                    NewUnit unit = row.With(kind, UnitKeys.MakeUp(kind));
                    lot.Add(unit);
                    yield return unit;
                }

                // Before they are in the ledger: a disk without room is to be no end of a lot that nobody has.
                lot.Complete();
            }

            int entered = ledger.Enroll(Units());
            lot.Finish();
            AnsiConsole.Write(new Text($"{list.Rows.Count:N0} units are in {path}: {entered:N0} new in the ledger"
                + (fresh.Count < list.Rows.Count ? $", {list.Rows.Count - fresh.Count:N0} packed once more" : "") + "\n"));
            KmsOptions.Warn($"Bring {path} and its passphrase to the line by different ways; there, nanocomm factory write --lot puts a unit's "
                + "keys into it. Destroy the file when all are written and reported.");
        }

        /// <summary>Takes a factory's report.</summary>
        /// <param name="ledger">The ledger.</param>
        /// <param name="path">The report.</param>
        /// <returns>The exit code: 1 when a row was refused.</returns>
        public static int TakeReport(Ledger ledger, string path)
        {
            int refused = 0;
            int known = 0;
            int taken = 0;
            void Fault(BatchError fault)
            {
                refused++;
                Console.Error.WriteLine($"{path}:{fault.Line}: {fault.What}");
            }

            foreach ((int Line, FactoryWriting Writing)[] rows in FactoryReport.Read(path, Fault).Chunk(RowsAtOnce))
            {
                IReadOnlyList<TakenWriting> outcomes = ledger.Accept(rows.Select(row => row.Writing).ToList());
                for (int i = 0; i < rows.Length; i++)
                {
                    DateTimeOffset? before = outcomes[i].Before?.Written;
                    if (outcomes[i].Refusal is string why)
                    {
                        Fault(new BatchError(rows[i].Line, 0, why));
                        continue;
                    }

                    bool isKnown = before == UtilityTime.ToTime(rows[i].Writing.Time);
                    known += isKnown ? 1 : 0;
                    taken += isKnown ? 0 : 1;
                    if (before is not null && !isKnown)
                    {
                        KmsOptions.Warn($"{path}:{rows[i].Line}: {rows[i].Writing.Title} was written more than once, at {rows[i].Writing.Place} too: find "
                            + "out what became of the other unit");
                    }
                }
            }

            AnsiConsole.Write(new Text($"{taken:N0} units are written, {known:N0} were known already, {refused:N0} rows refused\n"));
            return refused > 0 ? Refused : 0;
        }

        // Those of the ledger, with the keys that they have; the others are still to be made.
        private static List<LotRow> PackKnown(Ledger ledger, LotList list, FactoryLotWriter lot)
        {
            var fresh = new List<LotRow>();
            foreach (LotRow row in list.Rows)
            {
                Unit known = ledger.Find(row.Title);
                if (known is null || known.State == UnitState.Erased)
                {
                    fresh.Add(row);
                    continue;
                }

                using UnitKeys keys = ledger.KeysOf(known);
                lot.Add(new NewUnit(known.Title, known.Kind, known.Serial, keys, row.Hardware, row.Lot));
            }

            return fresh;
        }

        private static UserError Refuse(LotList list, string source)
        {
            foreach (BatchError fault in list.Faults.Take(MostFaultsShown))
            {
                Console.Error.WriteLine($"{source}:{fault.Line}: {fault.What}");
            }

            return new UserError($"{list.Faults.Count:N0} bad rows"
                + (list.Faults.Count > MostFaultsShown ? $", {MostFaultsShown} of them shown" : "") + "; nothing was made. Mend them and run this again");
        }
    }
}
