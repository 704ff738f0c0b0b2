using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NanoComm.Keys;
using Npgsql;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The programs that make tickets, and the server that keeps them, killed in the middle of it, many times over.</summary>
    [Parallelizable]
    internal sealed class LedgerCrashTests
    {
        // Rows of a batch to a millisecond of waiting, at most, until a kill.
        private const int RowsPerWait = 8;
        private const int LongestRecovery = 60_000;

        private string _folder;
        private PostgresServer _server;
        private string _address;

        private enum Victim
        {
            Clerk,
            Server,
            Backend,
        }

        private string MarkPath => Path.Combine(_folder, "crash.ledger.epoch");

        [TearDown]
        public void TearDown()
        {
            _server?.Dispose();
            _server = null;
            Directory.Delete(_folder, recursive: true);
        }

        // The long ones: dotnet test tests/Host --filter "FullyQualifiedName~Killed_at_any_moment_a_ledger" -- NUnit.ExplicitMode=Relaxed
        [TestCase(Backend.Sqlite, 3, 4000, Explicit = true)]
        [TestCase(Backend.Postgres, 3, 4000)]
        [TestCase(Backend.Sqlite, 100, 12_000, Explicit = true)]
        [TestCase(Backend.Postgres, 100, 12_000, Explicit = true)]
        public void Killed_at_any_moment_a_ledger_has_no_epoch_twice_and_no_ticket_half_and_no_ticket_leaves_that_is_not_in_it(
            Backend backend, int kills, int rows)
        {
            Begin(backend, rows);
            var random = new Random(20260615);
            var seen = new Dictionary<string, TicketEntry>();
            int cutShort = 0;
            for (int kill = 0; kill < kills; kill++)
            {
                Victim victim = backend == Backend.Sqlite ? Victim.Clerk : (Victim)(kill % 3);
                cutShort += RunAndKill(victim, random.Next(rows / RowsPerWait)) ? 1 : 0;
                seen = Check(seen);
            }

            TestContext.Out.WriteLine($"{backend}: {kills} kills, {cutShort} of them in the middle, {seen.Count:N0} tickets entered");
            Assert.That(cutShort, Is.AtLeast(kills / 2));
            Assert.That(seen, Has.Count.GreaterThan(rows / 2));
        }

        private static NewUnit New(SystemTitle title, UnitKind kind) => new(title, kind, "", UnitKeys.MakeUp(kind));

        private void Begin(Backend backend, int rows)
        {
            _folder = Directory.CreateTempSubdirectory("crash").FullName;
            _address = Path.Combine(_folder, "crash.ledger");
            if (backend == Backend.Postgres)
            {
                if (!PostgresServer.CanStart)
                {
                    Assert.Ignore("skipped: " + PostgresServer.Missing);
                }

                _server = PostgresServer.Start("fsync=off");
                _address = _server.Address("postgres", MarkPath);
            }

            (SystemTitle Meter, SystemTitle Unit)[] pairs = Enumerable.Range(0, rows)
                .Select(_ => (SystemTitle.MakeUp("NCM"), SystemTitle.MakeUp("NCC"))).ToArray();
            Ledger.Create(_address, LedgerFixture.KeyManagement, LedgerFixture.Passphrase);
            using Ledger ledger = Ledger.Open(_address, LedgerFixture.Passphrase);
            ledger.Enroll(pairs.SelectMany(pair => new[] { New(pair.Meter, UnitKind.Metering), New(pair.Unit, UnitKind.Communication) }));
            File.WriteAllLines(Path.Combine(_folder, "rows.csv"), pairs.Select(pair => $"{pair.Meter},{pair.Unit}").Prepend("mu,cu"));
        }

        // Returns whether it was in the middle.
        private bool RunAndKill(Victim victim, int wait)
        {
            using var clerk = new ToolProgram(_folder, new Dictionary<string, string>
            {
                ["NANOCOMM_LEDGER"] = _address, ["NANOCOMM_PASSPHRASE"] = LedgerFixture.Passphrase,
            }, "kms", "ticket", "--batch", "rows.csv", "--out", "out", "--again", "--replace");
            string before = Mark();
            while (!clerk.HasEnded && Mark() == before)
            {
                Thread.Sleep(5);
            }

            Thread.Sleep(wait);
            bool isInTheMiddle = !clerk.HasEnded;
            if (victim == Victim.Clerk)
            {
                clerk.Kill();
                return isInTheMiddle;
            }

            if (victim == Victim.Server)
            {
                _server.Kill();
                _server.Run();
            }
            else
            {
                KillBackend();
            }

            // It finds the server again, or says in one line that it did not.
            (int exitCode, string _, string error) = clerk.End();
            Assert.That((exitCode, error.TrimEnd().Split('\n').Length), Is.EqualTo((0, 1)).Or.EqualTo((2, 1)), error);
            return isInTheMiddle;
        }

        private string Mark() => File.Exists(MarkPath) ? File.ReadAllText(MarkPath) : "";

        // The process that serves the clerk: the server ends all others too, and recovers.
        private void KillBackend()
        {
            using NpgsqlConnection connection = _server.Connect("postgres");
            using var find = new NpgsqlCommand("SELECT MAX(pid) FROM pg_stat_activity WHERE application_name = 'nanocomm'", connection);
            if (find.ExecuteScalar() is int process)
            {
                PostgresServer.Kill(process);
            }
        }

        private Ledger OpenWhenUp()
        {
            for (int waited = 0; ; waited += 100)
            {
                try
                {
                    return Ledger.Open(_address, null);
                }
                catch (LedgerException) when (_server is not null && waited < LongestRecovery)
                {
                    Thread.Sleep(100);
                }
            }
        }

        private Dictionary<string, TicketEntry> Check(Dictionary<string, TicketEntry> seen)
        {
            using Ledger ledger = OpenWhenUp();
            Dictionary<string, TicketEntry> entries = ledger.Tickets(new TicketFilter()).ToDictionary(entry => entry.Id);
            Assert.That(entries.Values.Select(entry => (entry.Meter, entry.Epoch)).Distinct().Count(), Is.EqualTo(entries.Count));
            Assert.That(entries.Values.Select(entry => (entry.Unit, entry.Epoch)).Distinct().Count(), Is.EqualTo(entries.Count));
            Assert.That(entries.Count % 4000, Is.Zero, "of those that are made together all are there, or none");
            Assert.That(uint.Parse(Mark()), Is.AtLeast(entries.Values.Select(entry => entry.Epoch).DefaultIfEmpty().Max()),
                "the mark is never behind");
            Assert.That(seen.All(old => entries[old.Key] == old.Value), "what was entered stays as it was");
            CheckFiles(entries);
            return entries;
        }

        private void CheckFiles(Dictionary<string, TicketEntry> entries)
        {
            string folder = Path.Combine(_folder, "out");
            foreach (string file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.nct") : [])
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
