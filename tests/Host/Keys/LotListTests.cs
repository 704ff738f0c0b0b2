using System.IO;
using System.Linq;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The units of a lot to be made: every bad row is told with its line.</summary>
    internal sealed class LotListTests
    {
        private LedgerFixture _f;

        [SetUp]
        public void SetUp()
        {
            _f = new LedgerFixture();
        }

        [TearDown]
        public void TearDown()
        {
            _f.Dispose();
        }

        [Test]
        public void Rows_say_title_serial_hardware_and_lot()
        {
            LotList list = Read("\uFEFFSerial;TITLE;remark;lot;Hardware\r\nA 1;4e43430000000101;x;;rev C\r\n;4E43430000000102;y;2026-08;\r\n", "rev B", "2026-07");
            Assert.That(list.Faults, Is.Empty);
            Assert.That(list.Rows.Select(row => $"{row.Line} {row.Title} {row.Serial} {row.Hardware} {row.Lot}"), Is.EqualTo(new[]
            {
                "2 4E43430000000101 A 1 rev C 2026-07", "3 4E43430000000102 CU0000000102 rev B 2026-08",
            }));
        }

        [Test]
        public void Every_bad_row_is_told_with_its_line()
        {
            LotList list = Read("title,serial,hardware\n4E43430000000101,A,\nx,B,\n4E43430000000101,C,\n4E43430000000102,A,\n4E43430000000103,"
                + "this is too long,\n4E43430000000104,D,über\n4E43430000000105\n\n4E43430000000106,E,\"rev\"\"\n");
            Assert.That(list.Faults.Select(fault => $"{fault.Line} {fault.What}"), Is.EqualTo(new[]
            {
                "3 title: 'x' is no title of 16 hexadecimal digits",
                "4 4E43430000000101 is in line 2 already",
                "5 the serial number A is in line 2 already",
                $"6 serial: 'this is too long' is not {SerialNumber.Form}",
                "7 hardware: 'über' is not 1 to 32 printable ASCII characters",
                "8 1 cells where the first line names 3 columns",
                "10 the quotes make no sense: a cell with a quote in it stands in quotes, and has it twice",
            }));
        }

        [TestCase("")]
        [TestCase("serial,hardware\n1,2\n")]
        [TestCase("title,serial,title\n")]
        public void Without_the_names_of_the_columns_nothing_is_read(string text)
        {
            Assert.That(() => Read(text), Throws.TypeOf<InvalidDataException>().With.Message.Contains("title"));
        }

        [Test]
        public void A_title_of_the_other_kind_or_one_that_is_there_is_told()
        {
            LotList list = Read($"title,serial\n{LedgerFixture.Meter},A\n{LedgerFixture.Unit},B\n4E43430000000101,C\n");
            list.Check(_f.Ledger, again: false);
            Assert.That(list.Faults.Select(fault => $"{fault.Line} {fault.What}"), Is.EqualTo(new[]
            {
                "2 4E434D0000000001 is in the ledger as a metering unit",
                "3 4E43430000000001 is in the ledger already: --again packs the keys that it has once more, where the lot was lost and never used",
            }));
            list = Read($"title,serial\n{LedgerFixture.Meter},A\n{LedgerFixture.Unit},B\n");
            list.Check(_f.Ledger, again: true);
            Assert.That(list.Faults.Select(fault => fault.Line), Is.EqualTo(new[] { 2 }));
        }

        [Test]
        public void Titles_and_serials_are_counted_up()
        {
            LotList list = LotList.Count(SystemTitle.Parse("4E434300000000FE"), 3, UnitKind.Communication, "LX-0099", "rev B", null);
            Assert.That(list.Rows.Select(row => $"{row.Title} {row.Serial}"), Is.EqualTo(new[]
            {
                "4E434300000000FE LX-0099", "4E434300000000FF LX-0100", "4E43430000000100 LX-0101",
            }));
            list = LotList.Count(SystemTitle.Parse("4E434D00000000FE"), 1, UnitKind.Metering, null, null, null);
            Assert.That(list.Rows[0].Serial, Is.EqualTo("MU00000000FE"));
        }

        [TestCase("4E4343FFFFFFFFFF", null, "there are not 2 titles from 4E4343FFFFFFFFFF on")]
        [TestCase("4E43430000000001", "LX", "does not end in a number")]
        [TestCase("4E43430000000001", "LX9", "does not end in a number that counts 2 units")]
        public void What_cannot_be_counted_up_is_told(string first, string serial, string says)
        {
            Assert.That(() => LotList.Count(SystemTitle.Parse(first), 2, UnitKind.Communication, serial, null, null),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains(says));
        }

        // A title that both had once gave both the same number.
        [Test]
        public void A_metering_unit_and_a_communication_unit_never_have_the_same_serial_unasked()
        {
            SystemTitle title = SystemTitle.Parse("4E434D0000000001");
            Assert.That(SerialNumber.Of(UnitKind.Metering, title), Is.EqualTo("MU0000000001"));
            Assert.That(SerialNumber.Of(UnitKind.Communication, title), Is.EqualTo("CU0000000001"));
        }

        private LotList Read(string text, string hardware = null, string lot = null)
        {
            string path = Path.Combine(_f.Folder, "titles.csv");
            File.WriteAllText(path, text);
            return LotList.Read(path, UnitKind.Communication, hardware, lot);
        }
    }
}
