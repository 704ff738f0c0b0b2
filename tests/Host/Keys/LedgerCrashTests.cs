using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The program that makes tickets, killed in the middle of it, many times over.</summary>
    internal static class LedgerCrashTests
    {
        private const int Kills = 12;
        private const int Rows = 12_000;

        [Test]
        public static void Killed_at_any_moment_it_gives_no_epoch_twice_and_no_ticket_that_is_not_entered()
        {
            using var f = new LedgerFixture();
            Enroll(f, out string[] rows);
            f.Ledger.Dispose();
            File.WriteAllLines(Path.Combine(f.Folder, "rows.csv"), rows.Prepend("mu,cu"));
            string output = Path.Combine(f.Folder, "out");
            var environment = new Dictionary<string, string>
            {
                ["NANOCOMM_LEDGER"] = f.LedgerPath,
                ["NANOCOMM_PASSPHRASE"] = LedgerFixture.Passphrase,
            };
            var random = new Random(20260615);
            var seen = new Dictionary<string, uint>();
            int cutShort = 0;
            for (int kill = 0; kill < Kills; kill++)
            {
                using var program = new ToolProgram(f.Folder, environment, "kms", "ticket", "--batch",
                    "rows.csv", "--out", "out");
                WaitForSign(program, f.LedgerPath);
                Thread.Sleep(random.Next(1500));
                cutShort += program.HasEnded ? 0 : 1;
                program.Kill();

                using Ledger ledger = Ledger.Open(f.LedgerPath, null);
                Dictionary<string, TicketEntry> entries = ledger.Tickets(new TicketFilter()).ToDictionary(entry => entry.Id);
                Assert.That(entries.Values.Select(entry => entry.Epoch).Distinct().Count(), Is.EqualTo(entries.Count));
                Assert.That(uint.Parse(File.ReadAllText(f.MarkPath)), Is.AtLeast(entries.Values.Max(entry => entry.Epoch)),
                    "the mark is never behind");
                Assert.That(seen.All(old => entries[old.Key].Epoch == old.Value), "what was entered stays as it was");
                CheckFiles(output, entries);
                seen = entries.ToDictionary(entry => entry.Key, entry => entry.Value.Epoch);
            }

            TestContext.Out.WriteLine($"{Kills} kills, {cutShort} of them in the middle, {seen.Count:N0} tickets entered");
            Assert.That(cutShort, Is.AtLeast(Kills / 2));
            Assert.That(seen, Has.Count.GreaterThan(Rows / 2));
        }

        private static void Enroll(LedgerFixture f, out string[] rows)
        {
            NewUnit[] meters = Make(UnitKind.Metering, "NCM");
            NewUnit[] units = Make(UnitKind.Communication, "NCC");
            rows = meters.Zip(units, (meter, unit) => $"{meter.Title},{unit.Title}").ToArray();
            f.Ledger.Enroll(meters);
            f.Ledger.Enroll(units);
        }

        private static NewUnit[] Make(UnitKind kind, string manufacturer)
        {
            return Enumerable.Range(0, Rows)
                .Select(_ => new NewUnit(SystemTitle.MakeUp(manufacturer), kind, "", UnitKeys.MakeUp(kind))).ToArray();
        }

        // It has started to make tickets when the ledger's file changes.
        private static void WaitForSign(ToolProgram program, string ledger)
        {
            DateTime before = File.GetLastWriteTimeUtc(ledger);
            while (!program.HasEnded && File.GetLastWriteTimeUtc(ledger) == before)
            {
                Thread.Sleep(5);
            }
        }

        private static void CheckFiles(string folder, Dictionary<string, TicketEntry> entries)
        {
            if (!Directory.Exists(folder))
            {
                return;
            }

            foreach (string file in Directory.EnumerateFiles(folder))
            {
                byte[] bytes = File.ReadAllBytes(file);
                if (bytes.Length > 0)
                {
                    Ticket ticket = Ticket.Parse(bytes);
                    TicketEntry entry = entries[Convert.ToHexString(ticket.Id.Span)];
                    Assert.That((entry.Meter, entry.Unit), Is.EqualTo((ticket.Meter.Value, ticket.Unit)));
                }
            }
        }
    }
}
