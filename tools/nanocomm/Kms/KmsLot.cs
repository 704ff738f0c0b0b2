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
            int packed = 0;
            IEnumerable<NewUnit> Units()
            {
                foreach (LotRow row in list.Rows)
                {
                    if (ledger.Find(row.Title) is Unit known && known.State != UnitState.Erased)
                    {
                        using UnitKeys keys = ledger.KeysOf(known);
                        lot.Add(new NewUnit(known.Title, known.Kind, known.Serial, keys, row.Hardware, row.Lot));
                        packed++;
                        continue;
                    }

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
                + (packed > 0 ? $", {packed:N0} packed once more" : "") + "\n"));
            KmsOptions.Warn($"Bring {path} and its passphrase to the line by different ways; there, nanocomm factory write --lot puts a unit's "
                + "keys into it. Destroy the file when all are written and reported.");
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
