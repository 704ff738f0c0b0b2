using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>Batches: every bad row is told with its line, and one of them stops all.</summary>
    [TestFixture(Backend.Sqlite)]
    [TestFixture(Backend.Postgres)]
    internal sealed class TicketBatchTests
    {
        private readonly Backend _backend;
        private LedgerFixture _f;
        private List<BatchError> _errors;

        public TicketBatchTests(Backend backend)
        {
            _backend = backend;
        }

        [SetUp]
        public void SetUp()
        {
            _f = new LedgerFixture(_backend);
            _errors = [];
        }

        [TearDown]
        public void TearDown()
        {
            _f.Dispose();
        }

        [Test]
        public void Each_row_becomes_a_file_and_an_entry()
        {
            using TicketBatch batch = Load("mu,cu,not_after", "4E434D0000000001,4E43430000000001,",
                "4e434d0000000002,4e43430000000002,2027-03-31T12:00Z");
            Assert.That(_errors, Is.Empty);
            Assert.That(batch.Count, Is.EqualTo(2));
            var told = new List<int>();
            batch.Issue(_f.Folder, false, told.Add);
            Assert.That(told[^1], Is.EqualTo(2));
            List<TicketEntry> entries = _f.Tickets();
            Assert.That(entries.Select(entry => entry.Epoch), Is.EqualTo(new[] { _f.Now, _f.Now }));
            Assert.That(entries[0].NotAfter, Is.EqualTo(new DateTimeOffset(2027, 3, 31, 12, 0, 0, TimeSpan.Zero)));
            Assert.That(entries[1].NotAfter, Is.Null);
            foreach (TicketEntry entry in entries)
            {
                Ticket ticket = Ticket.Parse(File.ReadAllBytes(Path.Combine(_f.Folder, $"{entry.Meter}-{entry.Unit}.nct")));
                Assert.That((ticket.Meter, ticket.Unit), Is.EqualTo(((SystemTitle?)entry.Meter, entry.Unit)));
                Assert.That(Convert.ToHexString(ticket.Id.Span), Is.EqualTo(entry.Id));
            }
        }

        [Test]
        public void Columns_stand_in_any_order_and_cells_in_quotes()
        {
            using TicketBatch batch = Load("\"not_after\" , cu,mu", "", "\"\",\"4E43430000000001\" ,\t4E434D0000000001\r", "");
            Assert.That(_errors, Is.Empty);
            Assert.That(batch.Count, Is.EqualTo(1));
        }

        [Test]
        public void Bad_rows_are_told_with_their_lines()
        {
            using TicketBatch batch = Load("mu,cu,not_after", "4E434D0000000001,4E43430000000001,", "", "x,4E43430000000001,",
                "4E434D0000000001,y,", "4E434D0000000002,4E43430000000002,31.7.2026",
                "4E434D0000000002,4E43430000000002,2026-06-14",
                "4E434D0000000001,4E43430000000002,", "4E434D0000000002,4E43430000000001,", "4E434D0000000002",
                "4E434D00000000FF,4E43430000000002,", "4E43430000000002,4E434D0000000002,", new string('1', 300));
            Assert.That(_errors.Select(error => $"{error.Line} {error.What}"), Is.EqualTo(new[]
            {
                "4 mu: 'x' is no title of 16 hexadecimal digits",
                "5 cu: 'y' is no title of 16 hexadecimal digits",
                $"6 not_after: '31.7.2026' is not {NotAfter.Form}",
                $"7 {new DateTime(2026, 6, 14):yyyy-MM-dd} 23:59 is over: no meter would take the ticket",
                "8 4E434D0000000001 is in line 2 already",
                "9 4E43430000000001 is in line 2 already",
                "10 1 cells where the first line names 3 columns",
                "11 4E434D00000000FF is not in the ledger: enroll it first",
                "12 4E43430000000002 is a communication unit, where a metering unit is wanted",
                "13 longer than 256 characters",
            }));
            Assert.That(batch.Count, Is.EqualTo(1));
            Assert.That(_f.Tickets(), Is.Empty);
        }

        [TestCase("")]
        [TestCase("4E434D0000000001,4E43430000000001")]
        [TestCase("mu;cu")]
        [TestCase("mu,cu,mu")]
        [TestCase("mu,cu,remark")]
        public void Without_the_names_of_the_columns_nothing_is_read(string first)
        {
            Assert.That(() => Load(first, "4E434D0000000001,4E43430000000001"),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("mu,cu"));
        }

        [Test]
        public void A_second_batch_starts_anew()
        {
            Load("mu,cu", "4E434D0000000001,4E43430000000001").Dispose();
            using TicketBatch batch = Load("mu,cu", "4E434D0000000001,4E43430000000001");
            Assert.That(_errors, Is.Empty);
            Assert.That(batch.Count, Is.EqualTo(1));
        }

        [Test]
        public void Tickets_whose_files_cannot_be_written_are_in_the_ledger()
        {
            using TicketBatch batch = Load("mu,cu", "4E434D0000000001,4E43430000000001");
            Assert.That(() => batch.Issue(Path.Combine(_f.Folder, "no such folder"), false, _ => { }),
                Throws.InstanceOf<IOException>());
            Assert.That(_f.Tickets(), Has.Count.EqualTo(1));
        }

        [Test]
        public void Any_text_at_all_is_refused_in_words()
        {
            string[] likely = ["mu", "cu", "not_after", "4E434D0000000001", "4E43430000000001", "4E43430000000002", "\"",
                "2027-01-01", ""];
            Gen<string> cell = Gen.OneOf(Gen.String[0, 20], Gen.Int[0, likely.Length - 1].Select(i => likely[i]));
            Gen<string> line = cell.Array[0, 5].Select(cells => string.Join(',', cells));
            Gen<string> file = Gen.Select(Gen.OneOf(line, Gen.Const("mu,cu"), Gen.Const("mu,cu,not_after")), line.Array[0, 8],
                (header, lines) => string.Join('\n', lines.Prepend(header)));
            file.Sample(text =>
            {
                try
                {
                    using var batch = new TicketBatch(_f.Ledger);
                    int bad = 0;
                    int told = batch.Load(new StringReader(text), _ => bad++);
                    Assert.That(bad, Is.EqualTo(told));
                    Assert.That(bad + batch.Count, Is.LessThanOrEqualTo(text.Count(c => c == '\n')));
                }
                catch (InvalidDataException)
                {
                }
            }, iter: 3_000, threads: 1);
            Assert.That(_f.Tickets(), Is.Empty);
        }

        private TicketBatch Load(params string[] lines)
        {
            var batch = new TicketBatch(_f.Ledger);
            int bad = batch.Load(new StringReader(string.Join('\n', lines)), _errors.Add);
            Assert.That(bad, Is.EqualTo(_errors.Count));
            return batch;
        }
    }
}
