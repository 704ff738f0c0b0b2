using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>Who makes a ledger at the same time as others: one does, the others are told.</summary>
    [Parallelizable]
    [TestFixture(Backend.Sqlite)]
    [TestFixture(Backend.Postgres)]
    internal sealed class LedgerCreationTests(Backend backend) : LedgerTestBase(backend)
    {
        [Test]
        public void Of_those_who_make_a_ledger_at_once_one_does()
        {
            const int Makers = 4;
            string address = Fresh("contested");
            var said = new ConcurrentBag<string>();
            Parallel.For(0, Makers, new ParallelOptions { MaxDegreeOfParallelism = Makers }, _ =>
            {
                try
                {
                    Ledger.Create(address, LedgerFixture.KeyManagement, LedgerFixture.Passphrase);
                    said.Add("made");
                }
                catch (LedgerException error)
                {
                    said.Add(error.Message);
                }
            });

            Assert.That(said.Count(text => text == "made"), Is.EqualTo(1), string.Join('\n', said));
            Assert.That(said.Count(text => text.Contains("is there already")), Is.EqualTo(Makers - 1), string.Join('\n', said));
            Ledger.Open(address, LedgerFixture.Passphrase).Dispose();
            if (_backend == Backend.Sqlite)
            {
                Assert.That(Directory.GetFiles(_f.Folder, "contested*"), Has.Length.EqualTo(2), "ledger and mark");
            }
        }

        // dotnet test tests/Host --filter FullyQualifiedName~Of_two_programs_one_makes_the_ledger -- NUnit.ExplicitMode=Relaxed
        [TestCase(2)]
        [TestCase(25, Explicit = true)]
        public void Of_two_programs_one_makes_the_ledger_and_it_is_one(int pairs)
        {
            for (int pair = 0; pair < pairs; pair++)
            {
                string address = Fresh($"pair{pair}");
                string[] passphrases = ["the passphrase of the first", "the passphrase of the second"];
                ToolProgram[] programs = passphrases.Select(passphrase => new ToolProgram(_f.Folder, new Dictionary<string, string>
                {
                    ["NANOCOMM_LEDGER"] = address, ["NANOCOMM_PASSPHRASE"] = passphrase,
                }, "kms", "init")).ToArray();
                var ends = programs.Select(program => program.End()).ToArray();
                Assert.That(ends.Select(end => end.ExitCode), Is.EquivalentTo(new[] { 0, 2 }), string.Join('\n', ends));
                int winner = ends[0].ExitCode == 0 ? 0 : 1;
                Assert.That(ends[1 - winner].Error, Does.Contain("is there already"));
                Ledger.Open(address, passphrases[winner]).Dispose();
                foreach (ToolProgram program in programs)
                {
                    program.Dispose();
                }
            }
        }

        private string Fresh(string name)
        {
            if (_backend == Backend.Sqlite)
            {
                return Path.Combine(_f.Folder, name);
            }

            string database = TestServer.Copy("template1");
            return TestServer.Get().Address(database, Path.Combine(_f.Folder, name + ".epoch"));
        }
    }
}
