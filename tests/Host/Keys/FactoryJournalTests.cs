using System;
using System.IO;
using System.Linq;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The journal beside a lot: no two units get the same keys, whoever writes at once and whatever cuts it short.</summary>
    [Parallelizable]
    internal sealed class FactoryJournalTests
    {
        private static readonly SystemTitle Title = FactoryBench.Title(1);

        private FactoryBench _bench;
        private FactoryLot _lot;

        [SetUp]
        public void SetUp()
        {
            _bench = new FactoryBench();
            _bench.MakeLot();
            _lot = FactoryLot.Open(_bench.Lot);
        }

        [TearDown]
        public void TearDown()
        {
            _lot.Dispose();
            _bench.Dispose();
        }

        [Test]
        public void A_unit_is_written_once_unless_somebody_says_again()
        {
            using FactoryJournal journal = Open();
            Write(journal, "port 1");
            Assert.That(() => Begin(journal, "port 2"), Throws.TypeOf<LedgerException>().With.Message.Contains("was written at port 1 on 2026-06-15")
                .And.Message.Contains("--again"));
            journal.Write(journal.Begin(Title, "port 2", isKnown: false, again: true), Prove);
            Assert.That(journal.Written().Select(each => each.Place), Is.EqualTo(new[] { "port 1", "port 2" }));
            Assert.That(journal.Last().Single(each => each.Title == Title).Place, Is.EqualTo("port 2"));
        }

        [Test]
        public void What_failed_is_tried_again_unasked()
        {
            using FactoryJournal journal = Open();
            journal.Fail(Begin(journal, "port 1"));
            Assert.That(journal.Last().Single(each => each.Title == Title).State, Is.EqualTo(FactoryState.Failed));
            Write(journal, "port 2");
            Assert.That(journal.Last().Single(each => each.Title == Title).State, Is.EqualTo(FactoryState.Written));
        }

        // Whoever was killed may have written it or not: a folder tells whether it is the same unit, and a port does not.
        [Test]
        public void What_was_cut_short_goes_on_in_the_same_folder_and_elsewhere_when_somebody_says_so()
        {
            using FactoryJournal journal = Open();
            Begin(journal, "folder");
            BeOfAnotherProcess();
            Assert.That(() => Begin(journal, "port 1"), Throws.TypeOf<LedgerException>().With.Message.Contains("nothing tells its end"));
            Assert.That(() => journal.Begin(Title, "other folder", isKnown: true, again: false), Throws.TypeOf<LedgerException>());
            journal.Write(journal.Begin(Title, "folder", isKnown: true, again: false), Prove);
            Begin(journal, "port 1", again: true);
            BeOfAnotherProcess();
            journal.Write(Begin(journal, "port 1", again: true), Prove);
            Assert.That(journal.Last().Single(each => each.Title == Title).State, Is.EqualTo(FactoryState.Written));
        }

        [Test]
        public void Two_at_once_are_one_and_a_refusal_and_other_units_go_on()
        {
            string[] outcomes = Enumerable.Range(0, 6).AsParallel().WithDegreeOfParallelism(6).Select(i =>
            {
                using FactoryJournal journal = Open();
                try
                {
                    long begun = journal.Begin(i < 4 ? Title : FactoryBench.Title(i - 2), $"port {i}", isKnown: false, again: false);
                    return i < 4 ? "begun" : Finish(journal, begun);
                }
                catch (LedgerException refused)
                {
                    return refused.Message;
                }
            }).ToArray();
            Assert.That(outcomes.Count(outcome => outcome == "begun"), Is.EqualTo(1));
            Assert.That(outcomes.Count(outcome => outcome.Contains("is being written at port")), Is.EqualTo(3));
            Assert.That(outcomes.Count(outcome => outcome == "written"), Is.EqualTo(2));
        }

        // Even with --again: the two would be at it at the same moment.
        [Test]
        public void One_that_is_being_written_is_not_written_again()
        {
            using FactoryJournal journal = Open();
            Begin(journal, "port 1");
            Assert.That(() => Begin(journal, "port 2", again: true), Throws.TypeOf<LedgerException>().With.Message.Contains("is being written"));
        }

        [Test]
        public void The_journal_of_another_lot_is_refused()
        {
            using (FactoryJournal journal = Open())
            {
                Write(journal, "port 1");
            }

            _bench.MakeLot(path: _bench.In("other.ncl"));
            File.Move(FactoryJournal.PathOf(_bench.Lot), FactoryJournal.PathOf(_bench.In("other.ncl")));
            using FactoryLot other = FactoryLot.Open(_bench.In("other.ncl"));
            Assert.That(() => FactoryJournal.Open(_bench.In("other.ncl"), other), Throws.TypeOf<LedgerException>()
                .With.Message.Contains("is the journal of another lot"));
        }

        [Test]
        public void Only_its_owner_reads_it_and_no_key_is_in_it()
        {
            using (FactoryJournal journal = Open())
            {
                Write(journal, "port 1");
            }

            string path = FactoryJournal.PathOf(_bench.Lot);
            using FactoryLot lot = _bench.Open();
            using UnitKeys keys = lot.Unpack(Title).Keys;
            Assert.That(File.ReadAllBytes(path).AsSpan().IndexOf(keys.ProofKey), Is.Negative);
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        }

        [Test]
        public void A_file_that_is_no_journal_is_refused()
        {
            File.WriteAllText(FactoryJournal.PathOf(_bench.Lot), "this is a text, and longer than the head of a database has to be: 0123456789");
            Assert.That(() => Open(), Throws.TypeOf<LedgerException>().With.Message.Contains("is not a journal"));
        }

        private static byte[] Prove(uint time) => new byte[FactoryProof.Length];

        private static string Finish(FactoryJournal journal, long begun)
        {
            journal.Write(begun, Prove);
            return "written";
        }

        private static long Begin(FactoryJournal journal, string place, bool again = false) => journal.Begin(Title, place, isKnown: false, again);

        private static void Write(FactoryJournal journal, string place) => journal.Write(Begin(journal, place), Prove);

        private FactoryJournal Open() => FactoryJournal.Open(_bench.Lot, _lot, _bench.Office.Clock);

        // As if whoever began had been killed.
        private void BeOfAnotherProcess()
        {
            _bench.Execute(FactoryJournal.PathOf(_bench.Lot), "UPDATE event SET started = 5");
        }
    }
}
