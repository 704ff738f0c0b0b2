using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CsCheck;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>Batches: every bad row is told with its line, and one of them stops all.</summary>
    [TestFixture(Backend.Sqlite)]
    [TestFixture(Backend.Postgres, Explicit = true, Reason = "half a minute; dotnet test tests/Host --filter FullyQualifiedName~TicketBatchTests -- NUnit.ExplicitMode=Relaxed")]
    internal sealed class TicketBatchTests(Backend backend) : LedgerTestBase(backend)
    {
        private readonly List<TicketBatch> _batches = [];
        private List<BatchError> _errors;
        private List<BatchError> _notes;

        [SetUp]
        public void SetUp()
        {
            _errors = [];
            _notes = [];
        }

        [TearDown]
        public void TearDown()
        {
            _batches.ForEach(batch => batch.Dispose());
            _batches.Clear();
        }

        [Test]
        public void Each_row_becomes_a_file_and_an_entry()
        {
            TicketBatch batch = Load("mu,cu,not_after", "4E434D0000000001,4E43430000000001,",
                "4e434d0000000002,4e43430000000002,2027-03-31T12:00Z");
            Assert.That(_errors, Is.Empty);
            Assert.That(batch.Count, Is.EqualTo(2));
            var told = new List<int>();
            batch.Issue(new TicketFolder(_f.Folder), false, told.Add);
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
            TicketBatch batch = Load("\"not_after\" , cu,mu", "", "\"\",\"4E43430000000001\" ,\t4E434D0000000001\r", "", ",,", "");
            Assert.That(_errors, Is.Empty);
            Assert.That(batch.Count, Is.EqualTo(1));
        }

        [Test]
        public void Bad_rows_are_told_with_their_lines()
        {
            TicketBatch batch = Load("mu,cu,not_after", "4E434D0000000001,4E43430000000001,", "", "x,y,",
                "4E434D0000000001,,", "4E434D0000000002,4E43430000000002,31.7.2026",
                "4E434D0000000002,4E43430000000002,2026-06-14",
                "4E434D0000000001,4E43430000000002,", "4E434D0000000001,4E43430000000001,2027-01-01", "4E434D0000000002",
                "4E434D00000000FF,4E43430000000002,", "4E43430000000002,4E434D0000000002,", "4E434D0000000002,4E43430000000002,,x",
                "4E434D0000000002,4E43430000000002,\"2027", "-01-01\" or later", "4E434D00\u001B[31m\u202E\"2,4E43430000000002,");
            Assert.That(_errors.Select(error => $"{error.Line} {error.Text}"), Is.EqualTo(new[]
            {
                "4 cell 1, mu: 'x' is no title of 16 hexadecimal digits",
                "4 cell 2, cu: 'y' is no title of 16 hexadecimal digits",
                "5 cell 2, cu: '' is no title of 16 hexadecimal digits",
                $"6 cell 3, not_after: '31.7.2026' is not {NotAfter.Form}",
                $"7 {new DateTime(2026, 6, 14):yyyy-MM-dd} 23:59 is over: no meter would take the ticket",
                "8 4E434D0000000001 is in line 2 already, with the unit 4E43430000000001",
                "9 the pair is in line 2 already, with another end",
                "10 1 cells where the first line names 3 columns",
                "11 4E434D00000000FF is not in the ledger: enroll it first",
                "12 4E43430000000002 is a communication unit, where a metering unit is wanted",
                "13 4 cells where the first line names 3 columns",
                "14 something stands behind a closing quote: an earlier quote may not be closed",
                "16 a quote stands within a cell: put the cell into quotes, and the quote twice",
            }));
            Assert.That(batch.Count, Is.EqualTo(1));
            Assert.That(_f.Tickets(), Is.Empty);
        }

        [Test]
        public void What_a_terminal_would_obey_or_nobody_can_see_is_shown_escaped()
        {
            Load("mu,cu", "4E43\u001B[31m\u202E\u0007,4E43430000000001", $"{new string('1', 300)},4E43430000000001");
            Assert.That(_errors.Select(error => error.Text), Is.EqualTo(new[]
            {
                "cell 1, mu: '4E43\\u001B[31m\\u202E\\u0007' is no title of 16 hexadecimal digits",
                $"cell 1, mu: '{new string('1', 40)}…' (300 characters) is no title of 16 hexadecimal digits",
            }));
        }

        [Test]
        public void A_quote_that_is_not_closed_is_told_where_it_begins()
        {
            Load("mu,cu", "4E434D0000000001,4E43430000000001", "4E434D0000000002,\"4E43430000000002", "4E434D0000000001,4E43430000000001");
            Assert.That(_errors.Select(error => $"{error.Line} {error.Text}"), Is.EqualTo(new[]
            {
                "3 a quote is opened and not closed: the rest of the file counts as one cell",
            }));
        }

        [Test]
        public void Not_more_than_a_row_is_taken_into_memory_where_a_quote_is_not_closed()
        {
            string path = Path.Combine(_f.Folder, "rows.csv");
            File.WriteAllLines(path, Enumerable.Repeat("4E434D0000000002,4E43430000000002", 20_000)
                .Prepend("4E434D0000000002,\"4E43430000000002").Prepend("mu,cu"));
            using BatchReader reader = BatchReader.Open(path);
            while (reader.Read(out _))
            {
            }

            Assert.That(reader.Faults.Select(error => $"{error.Line} {error.Text}"), Is.EqualTo(new[]
            {
                "2 longer than 64 KB: a quote is opened here, or further up, and not closed; nothing below was read",
            }));
        }

        // As Excel and LibreOffice save them, in Japan and in Germany, and as people write them by hand.
        [TestCase("mu,cu,not_after\r\n4E434D0000000001,4E43430000000001,2027/3/31\r\n", "utf-8")]
        [TestCase("MU;CU;Not After\r\n4E434D0000000001;4E43430000000001;2027-03-31\r\n", "utf-8")]
        [TestCase("sep=;\r\nmu;cu;NOT_AFTER;remark\r\n4E434D0000000001;4E43430000000001;2027/03/31;\"a, b,\r\nc, d\"\r\n", "utf-8")]
        [TestCase("mu\tcu\tnot-after\r\n4E434D0000000001\t4E43430000000001\t2027/03/31\r\n", "utf-16")]
        [TestCase("mu\tcu\tnot_after\t備考\n4E434D0000000001\t4E43430000000001\t2027/03/31 23:59:59\t東京\n", "utf-16BE")]
        [TestCase("mu,備考,cu,not_after,,\n4E434D0000000001,東京,4E43430000000001,2027-03-31 23:59:59,,\n,,,,,\n", "utf-8")]
        [TestCase("cu,mu,not_after\r\"4E43430000000001\",\"4E434D0000000001\",\" 2027-03-31T23:59:59 \"\r", "utf-8")]
        public void A_file_is_read_as_spreadsheets_write_it_with_a_mark_and_without(string text, string encoding)
        {
            Encoding written = Encoding.GetEncoding(encoding);
            uint end = UtilityTime.FromTime(new DateTimeOffset(new DateTime(2027, 3, 31, 23, 59, 59)));
            foreach (byte[] mark in new[] { written.GetPreamble(), [] })
            {
                string path = Path.Combine(_f.Folder, "rows.csv");
                File.WriteAllBytes(path, [.. mark, .. written.GetBytes(text)]);
                using BatchReader reader = BatchReader.Open(path);
                Assert.That(reader.Read(out BatchRow? row), Is.True);
                Assert.That(reader.Faults, Is.Empty);
                Assert.That(row?.Request, Is.EqualTo(LedgerFixture.Request() with { NotAfter = end }), mark.Length.ToString());
            }
        }

        [Test]
        public void Columns_that_are_not_looked_at_are_told()
        {
            Load("mu,cu,not_afer,\u001B[2J", "4E434D0000000001,4E43430000000001,2027-01-01,");
            Assert.That(_notes.Single().Text, Is.EqualTo("columns not looked at: 'not_afer', '\\u001B[2J'"));
        }

        [Test]
        public void A_pair_that_is_there_twice_is_made_once_and_a_second_meter_of_a_unit_is_told()
        {
            TicketBatch batch = Load("mu,cu", "4E434D0000000001,4E43430000000001", "4E434D0000000001,4E43430000000001",
                "4E434D0000000002,4E43430000000001");
            Assert.That(_errors, Is.Empty);
            Assert.That(_notes.Select(note => $"{note.Line} {note.Text}"), Is.EqualTo(new[]
            {
                "3 the same as line 2: one ticket is made",
                "4 the unit 4E43430000000001 is in line 2 already, for the meter 4E434D0000000001: it gets a ticket for each, and can "
                    + "be at one",
            }));
            batch.Issue(new TicketFolder(_f.Folder), false, _ => { });
            Assert.That(_f.Tickets().Select(ticket => ticket.Meter), Is.EqualTo(new[] { LedgerFixture.OtherMeter, LedgerFixture.Meter }));
        }

        [Test]
        public void What_an_earlier_run_has_done_is_named_and_skipped()
        {
            string[] rows = ["mu,cu", "4E434D0000000001,4E43430000000001", "4E434D0000000002,4E43430000000002"];
            Load(rows).Issue(new TicketFolder(_f.Folder), false, _ => { });
            TicketBatch again = Load(rows);
            Assert.That((again.Count, again.Skipped), Is.EqualTo((0, 2)));
            Assert.That(_notes.Select(note => $"{note.Line} {note.Text}"), Is.EqualTo(new[]
            {
                $"2 4E434D0000000001 with 4E43430000000001 is done already: its ticket is in {_f.Folder}",
                $"3 4E434D0000000002 with 4E43430000000002 is done already: its ticket is in {_f.Folder}",
            }));

            // One was used, and its file moved away; of the other a power cut left an empty file.
            _notes.Clear();
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit))));
            File.Delete(PathOf("4E434D0000000002-4E43430000000002.nct"));
            File.WriteAllBytes(PathOf("4E434D0000000001-4E43430000000001.nct"), []);
            TicketBatch mended = Load(rows);
            Assert.That((mended.Count, mended.Skipped), Is.EqualTo((1, 1)));
            Assert.That(_notes.Single().Text, Does.Contain("is done already: the receipt of epoch"));
            mended.Issue(new TicketFolder(_f.Folder), false, _ => { });
            Assert.That(Ticket.Parse(File.ReadAllBytes(PathOf("4E434D0000000001-4E43430000000001.nct"))).Unit,
                Is.EqualTo(LedgerFixture.Unit));
        }

        [Test]
        public void Again_makes_new_ones_and_replaces_files_only_when_that_is_said()
        {
            string[] rows = ["mu,cu", "4E434D0000000001,4E43430000000001"];
            Load(rows).Issue(new TicketFolder(_f.Folder), false, _ => { });
            byte[] first = File.ReadAllBytes(PathOf("4E434D0000000001-4E43430000000001.nct"));
            Load(new BatchTarget { Folder = _f.Folder, Again = true }, rows);
            Assert.That(_errors.Single().Text, Is.EqualTo($"{PathOf("4E434D0000000001-4E43430000000001.nct")} is there already: "
                + "--replace replaces it"));

            _errors.Clear();
            TicketBatch anew = Load(new BatchTarget { Folder = _f.Folder, Again = true, Replace = true }, rows);
            Assert.That(_errors, Is.Empty);
            anew.Issue(new TicketFolder(_f.Folder), false, _ => { });
            Assert.That(File.ReadAllBytes(PathOf("4E434D0000000001-4E43430000000001.nct")), Is.Not.EqualTo(first));
        }

        [Test]
        public void A_file_that_is_no_ticket_of_this_ledger_is_in_the_way()
        {
            string path = PathOf("4E434D0000000001-4E43430000000001.nct");
            File.WriteAllText(path, "mine");
            Load("mu,cu", "4E434D0000000001,4E43430000000001");
            Assert.That(_errors.Single().Text, Is.EqualTo($"{path} is there already: --replace replaces it"));
            File.Delete(path);
            _errors.Clear();
            TicketBatch batch = Load("mu,cu", "4E434D0000000001,4E43430000000001");
            File.WriteAllText(path, "mine");
            Assert.That(() => batch.Issue(new TicketFolder(_f.Folder), false, _ => { }), Throws.TypeOf<LedgerException>()
                .With.Message.Contains("is there already, and was not there before"));
            Assert.That(File.ReadAllText(path), Is.EqualTo("mine"));
            Assert.That(_f.Tickets(), Is.Empty);
        }

        // Of an order that ends with the ticket none is written; of one that goes on, one is.
        [TestCase("4E434D0000000001", 1)]
        [TestCase("4E434D0000000002", 0)]
        public void An_order_file_is_in_the_way_only_where_one_is_written(string meter, int faults)
        {
            _f.Order(meter: SystemTitle.Parse("4E434D0000000001"));
            File.WriteAllText(PathOf($"{meter}-4E43430000000001.nco"), "old");
            Load("mu,cu", $"{meter},4E43430000000001");
            Assert.That(_errors, Has.Count.EqualTo(faults));
        }

        [Test]
        [NonParallelizable]
        public void Memory_stays_flat_over_a_hundred_thousand_rows()
        {
            string path = PathOf("rows.csv");
            File.WriteAllLines(path, Enumerable.Range(0, 100_000).Select(i => $"{i:X16},4E43430000000001").Prepend("mu,cu"));
            long before = GC.GetTotalMemory(forceFullCollection: true);
            long most = 0;
            int told = 0;
            using var batch = new TicketBatch(_f.Ledger, new BatchTarget { Folder = _f.Folder });
            using BatchReader reader = BatchReader.Open(path);
            batch.Load(reader, _ => most = ++told % 20_000 == 0 ? Math.Max(most, GC.GetTotalMemory(true)) : most, _ => { });
            Assert.That(told, Is.EqualTo(100_000));
            Assert.That(most - before, Is.LessThan(8_000_000));
        }

        [TestCase("")]
        [TestCase("4E434D0000000001,4E43430000000001")]
        [TestCase("mu:cu")]
        [TestCase("mu,cu,mu")]
        [TestCase("mu,unit")]
        [TestCase("\"mu,cu")]
        public void Without_the_names_of_the_columns_nothing_is_read(string first)
        {
            Assert.That(() => Load(first, "4E434D0000000001,4E43430000000001"),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("mu,cu"));
        }

        [Test]
        public void A_second_batch_starts_anew()
        {
            Load("mu,cu", "4E434D0000000001,4E43430000000001");
            TicketBatch batch = Load("mu,cu", "4E434D0000000001,4E43430000000001");
            Assert.That(_errors, Is.Empty);
            Assert.That(batch.Count, Is.EqualTo(1));
        }

        [Test]
        public void Tickets_whose_files_cannot_be_written_are_in_the_ledger()
        {
            TicketBatch batch = Load("mu,cu", "4E434D0000000001,4E43430000000001");
            Assert.That(() => batch.Issue(new TicketFolder(Path.Combine(_f.Folder, "no such folder")), false, _ => { }),
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
                    using BatchReader reader = BatchReader.Of(new StringReader(text));
                    var lines = new HashSet<int>();
                    int told = 0;
                    int faults = batch.Load(reader, error => told += lines.Add(error.Line) || error.Line > 0 ? 1 : 0, _ => { });
                    Assert.That(told, Is.EqualTo(faults));
                    Assert.That(lines.Count + batch.Count, Is.LessThanOrEqualTo(text.Count(c => c is '\n' or '\r')));
                }
                catch (InvalidDataException)
                {
                }
            }, iter: 3_000, threads: 1);
            Assert.That(_f.Tickets(), Is.Empty);
        }

        private string PathOf(string file) => Path.Combine(_f.Folder, file);

        private TicketBatch Load(params string[] lines) => Load(new BatchTarget { Folder = _f.Folder }, lines);

        private TicketBatch Load(BatchTarget target, params string[] lines)
        {
            var batch = new TicketBatch(_f.Ledger, target);
            _batches.Add(batch);
            using BatchReader reader = BatchReader.Of(new StringReader(string.Join('\n', lines)));
            int faults = batch.Load(reader, _errors.Add, _notes.Add);
            Assert.That(faults, Is.EqualTo(_errors.Count));
            return batch;
        }
    }
}
