using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>From the key office to the line and back, by the commands.</summary>
    internal sealed class FactoryProgramTests
    {
        private FactoryBench _bench;

        [SetUp]
        public void SetUp()
        {
            _bench = new FactoryBench();
        }

        [TearDown]
        public void TearDown()
        {
            _bench.Dispose();
        }

        [Test]
        public void A_lot_is_made_and_its_units_get_the_keys_that_the_ledger_has()
        {
            File.WriteAllText(_bench.In("titles.csv"), "title,serial,hardware,lot\n4E43430000000101,X1,rev B,2026-07\n4E43430000000102,X2,rev B,2026-07\n");
            string said = Run(0, "kms", "enroll", "--cu", "--titles", "titles.csv", "--out", "lot.ncl");
            Assert.That(said, Does.Contain("2 units are in lot.ncl: 2 new in the ledger"));
            Assert.That(Run(3, "factory", "list", "--lot", "lot.ncl"), Does.Contain("4E43430000000101  made").And.Contain("2 units: 0 written, 2 not"));
            Assert.That(Run(2, "factory", "report", "--lot", "lot.ncl", "--out", "r.csv"), Does.Contain("nothing of lot.ncl was written yet"));

            said = Run(0, "factory", "write", "--lot", "lot.ncl", "--unit", "4E43430000000101", "--store", "one");
            Assert.That(said, Does.Contain("4E43430000000101 is written").And.Contain("X1").And.Contain("rev B").And.Contain("2026-07"));
            byte[] record = File.ReadAllBytes(_bench.In("one/factory.rec"));
            using UnitKeys keys = _bench.Office.Ledger.KeysOf(_bench.Office.Ledger.Find(FactoryBench.Title(1)));
            Assert.That(Convert.ToHexString(record), Does.Contain("4E43430000000101" + Convert.ToHexString(keys.WrappingKey) + Convert.ToHexString(keys.ProofKey)));

            said = Run(2, "factory", "write", "--lot", "lot.ncl", "--unit", "4E43430000000101", "--store", "two");
            Assert.That(said, Does.Contain("4E43430000000101 was written at").And.Contain("--again"));
            Assert.That(File.Exists(_bench.In("two/factory.rec")), Is.False);
            Run(0, "factory", "write", "--lot", "lot.ncl", "--unit", "4E43430000000101", "--store", "one");
            Run(0, "factory", "write", "--lot", "lot.ncl", "--unit", "4E43430000000101", "--store", "two", "--again");
            Assert.That(Run(2, "factory", "write", "--lot", "lot.ncl", "--unit", "4E43430000000102", "--store", "one"),
                Does.Contain("holds the unit 4E43430000000101"));

            Assert.That(Run(3, "factory", "list", "--lot", "lot.ncl", "--state", "made"), Does.StartWith("4E43430000000102  made"));
            Run(0, "factory", "write", "--lot", "lot.ncl", "--unit", "4E43430000000102", "--store", "three");
            Assert.That(Run(0, "factory", "list", "--lot", "lot.ncl"), Does.Contain("2 units: 2 written, 0 not"));
        }

        [Test]
        public void The_office_takes_the_report_and_refuses_what_was_altered()
        {
            Run(0, "kms", "enroll", "--cu", "--first", "4E43430000000101", "--count", "3", "--out", "lot.ncl", "--hardware", "rev B", "--lot-name", "2026-07");
            Unit made = _bench.Office.Ledger.Find(FactoryBench.Title(1));
            Assert.That((made.Hardware, made.Lot, made.Serial, made.Written), Is.EqualTo(("rev B", "2026-07", "CU0000000101", (DateTimeOffset?)null)));
            Run(0, "factory", "write", "--lot", "lot.ncl", "--unit", "4E43430000000101", "--store", "one");
            Run(0, "factory", "write", "--lot", "lot.ncl", "--unit", "4E43430000000102", "--store", "two");
            Assert.That(Run(0, "factory", "report", "--lot", "lot.ncl", "--out", "r.csv"), Does.Contain("2 written units of 3 are in r.csv"));
            Assert.That(Run(0, "kms", "enroll", "--written", "r.csv"), Does.Contain("2 units are written, 0 were known already, 0 rows refused"));
            Assert.That(_bench.Office.Ledger.Find(FactoryBench.Title(2)).Written, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(5)));
            Assert.That(_bench.Office.Ledger.Find(FactoryBench.Title(3)).Written, Is.Null);
            Assert.That(Run(0, "kms", "enroll", "--written", "r.csv"), Does.Contain("0 units are written, 2 were known already"));

            // The title of the third in the row of the first, and a time that was altered.
            string[] rows = File.ReadAllLines(_bench.In("r.csv"));
            File.WriteAllLines(_bench.In("bad.csv"), [rows[0], rows[1].Replace("0101", "0103"), rows[2].Replace("T", "T0"), rows[2].Replace("0102", "0199"),
                "x,y,z,u,v"]);
            string said = Run(1, "kms", "enroll", "--written", "bad.csv");
            Assert.That(said, Does.Contain("bad.csv:2: the row of 4E43430000000103 is not authentic").And.Contain("bad.csv:3: this is no row")
                .And.Contain("bad.csv:4: 4E43430000000199 is not in the ledger").And.Contain("bad.csv:5: this is no row").And.Contain("4 rows refused"));
            Assert.That(_bench.Office.Ledger.Find(FactoryBench.Title(3)).Written, Is.Null);
            Assert.That(Run(2, "kms", "enroll", "--written", "test.ledger"), Does.Contain("the first line must name the columns"));
        }

        [Test]
        public void A_unit_that_was_written_twice_is_told_to_the_office()
        {
            Run(0, "kms", "enroll", "--cu", "--first", "4E43430000000101", "--out", "lot.ncl");
            using (FactoryLot lot = _bench.Open())
            {
                using UnitKeys keys = lot.Unpack(FactoryBench.Title(1)).Keys;
                foreach (int minutes in new[] { 0, 5 })
                {
                    using FactoryJournal journal = FactoryJournal.Open(_bench.Lot, lot, new StillClock { Time = new DateTimeOffset(2026, 7, 1, 8, minutes, 0, TimeSpan.Zero) });
                    journal.Write(journal.Begin(FactoryBench.Title(1), $"line {minutes}", isKnown: false, again: true),
                        time => FactoryProof.Make(keys.ProofKey, lot.Id.Span, FactoryBench.Title(1), time));
                }
            }

            Run(0, "factory", "report", "--lot", "lot.ncl", "--out", "r.csv");
            Assert.That(Run(0, "kms", "enroll", "--written", "r.csv"), Does.Contain("was written more than once, at line 5 too"));
            Assert.That(_bench.Office.Ledger.Find(FactoryBench.Title(1)).Written, Is.EqualTo(new DateTimeOffset(2026, 7, 1, 8, 5, 0, TimeSpan.Zero)));
        }

        [Test]
        public void A_meter_and_a_communication_unit_never_share_a_serial_number()
        {
            Run(0, "kms", "enroll", "--mu", "--title", "4E434D0000000101", "--serial", "X1");
            Assert.That(Run(2, "kms", "enroll", "--cu", "--title", "4E43430000000101", "--serial", "X1"),
                Does.Contain("4E43430000000101: the serial number X1 is that of the metering unit 4E434D0000000101: give it one of its own"));
            File.WriteAllText(_bench.In("titles.csv"), "title,serial\n4E43430000000102,X2\n4E43430000000103,X1\n");
            Assert.That(Run(2, "kms", "enroll", "--cu", "--titles", "titles.csv", "--out", "lot.ncl"), Does.Contain("the serial number X1 is that of"));
            Assert.That(Directory.GetFiles(_bench.Office.Folder, "lot*"), Is.Empty);
            Assert.That(_bench.Office.Ledger.Find(FactoryBench.Title(2)), Is.Null);
            Run(0, "kms", "enroll", "--cu", "--title", "4E43430000000101");
            Run(0, "kms", "enroll", "--mu", "--title", "4E434D0000000102");
        }

        [Test]
        public void Nothing_is_made_with_a_bad_row_and_nothing_twice()
        {
            File.WriteAllText(_bench.In("titles.csv"), "title\n4E43430000000101\nx\n4E43430000000101\n");
            string said = Run(2, "kms", "enroll", "--cu", "--titles", "titles.csv", "--out", "lot.ncl");
            Assert.That(said, Does.Contain("titles.csv:3: title: 'x'").And.Contain("titles.csv:4: 4E43430000000101 is in line 2 already")
                .And.Contain("2 bad rows; nothing was made"));
            Assert.That(File.Exists(_bench.Lot), Is.False);
            Assert.That(_bench.Office.Ledger.Find(FactoryBench.Title(1)), Is.Null);

            string[] make = ["kms", "enroll", "--cu", "--first", "4E43430000000101", "--count", "2", "--out"];
            Run(0, [.. make, "lot.ncl"]);
            Assert.That(Run(2, [.. make, "lot.ncl"]), Does.Contain("--first:1: 4E43430000000101 is in the ledger already"));
            Assert.That(Run(2, [.. make, "second.ncl"]), Does.Contain("--again"));

            // The file was lost: the same keys once more.
            using FactoryLot first = _bench.Open();
            Assert.That(Run(0, [.. make, "second.ncl", "--again"]), Does.Contain("2 units are in second.ncl: 0 new in the ledger, 2 packed once more"));
            using FactoryLot second = _bench.Open(_bench.In("second.ncl"));
            Assert.That(second.Unpack(FactoryBench.Title(2)).Keys.ProofKey, Is.EqualTo(first.Unpack(FactoryBench.Title(2)).Keys.ProofKey));
            Assert.That(Run(2, [.. make, "lot.ncl", "--again"]), Does.Contain("is there already"));
        }

        [TestCase("is not in the lot", "--lot", "lot.ncl", "--unit", "4E434300000001FF", "--store", "one")]
        [TestCase("no title", "--lot", "lot.ncl", "--unit", "4E4343", "--store", "one")]
        [TestCase("there is no file other.ncl", "--lot", "other.ncl", "--unit", "4E43430000000101", "--store", "one")]
        [TestCase("is not a factory's lot", "--lot", "test.ledger", "--unit", "4E43430000000101", "--store", "one")]
        [TestCase("either --port or --store", "--lot", "lot.ncl", "--unit", "4E43430000000101")]
        [TestCase("either --port or --store", "--lot", "lot.ncl", "--unit", "4E43430000000101", "--store", "one", "--port", "COM3")]
        public void What_the_line_can_mend_is_one_line(string says, params string[] arguments)
        {
            _bench.MakeLot();
            string said = Run(2, ["factory", "write", .. arguments]);
            Assert.That(said, Does.Contain(says));
            Assert.That(said.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(Directory.Exists(_bench.In("one")), Is.False);
        }

        [Test]
        public void With_a_wrong_passphrase_nothing_is_written_and_nothing_noted()
        {
            _bench.MakeLot();
            _bench.Environment["NANOCOMM_LOT_PASSPHRASE"] = "another phrase of length";
            Assert.That(Run(2, "factory", "write", "--lot", "lot.ncl", "--unit", "4E43430000000101", "--store", "one"), Does.Contain("wrong passphrase"));
            Assert.That(File.Exists(FactoryJournal.PathOf(_bench.Lot)), Is.False);
        }

        [Test]
        public void A_metering_unit_goes_into_a_folder_and_into_no_board()
        {
            _bench.MakeLot(kind: UnitKind.Metering);
            Assert.That(Run(2, "factory", "write", "--lot", "lot.ncl", "--unit", "4E43430000000101", "--port", "COM3"), Does.Contain("is a metering unit"));
            Run(0, "factory", "write", "--lot", "lot.ncl", "--unit", "4E43430000000101", "--store", "meter");
            Assert.That(Directory.GetFiles(_bench.In("meter"), "*.rec"), Is.Not.Empty);
        }

        [TestCase("either --mu or --cu", "--titles", "t.csv", "--out", "lot.ncl")]
        [TestCase("one at a time", "--cu", "--titles", "t.csv", "--first", "4E43430000000101", "--out", "lot.ncl")]
        [TestCase("--out, the lot's file", "--cu", "--titles", "t.csv")]
        [TestCase("--out, the lot's file", "--cu", "--title", "4E43430000000101", "--out", "lot.ncl")]
        [TestCase("a column for serials", "--cu", "--titles", "t.csv", "--out", "lot.ncl", "--serial", "X")]
        [TestCase("go without --title", "--cu", "--first", "4E43430000000101", "--out", "lot.ncl", "--store", "one")]
        [TestCase("go by themselves", "--cu", "--import", "units.keys")]
        [TestCase("--count goes with", "--cu", "--count", "5")]
        [TestCase("--again goes with", "--cu", "--again")]
        [TestCase("'' is not 1 to 12", "--cu", "--serial", "")]
        [TestCase("'rev?B' is not 1 to 32", "--cu", "--hardware", "rev\tB")]
        public void Options_of_enroll_that_do_not_go_together_are_told(string says, params string[] arguments)
        {
            Assert.That(Run(2, ["kms", "enroll", .. arguments]), Does.Contain(says));
        }

        // Files of at most 64 KiB, as a disk without room is: neither the ledger nor the folder has anything of the lot then.
        [Test]
        [Platform("Linux")]
        public void Without_room_there_is_neither_a_lot_nor_a_unit()
        {
            int before = _bench.Office.Ledger.Units(new UnitFilter()).Count();
            string program = Path.Combine(TestContext.CurrentContext.TestDirectory, "nanocomm.dll");
            var start = new ProcessStartInfo("bash", ["-c", "trap '' XFSZ; ulimit -f 64; exec dotnet \"$0\" \"$@\"", program,
                "kms", "enroll", "--cu", "--first", "4E43430000000101", "--count", "3000", "--out", "lot.ncl"])
            {
                WorkingDirectory = _bench.Office.Folder,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            foreach ((string name, string value) in _bench.Environment)
            {
                start.Environment[name] = value;
            }

            // The runtime makes files in memory for its code otherwise, which count too.
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
            using Process process = Process.Start(start);
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.EqualTo(2), error);
            Assert.That(error, Does.Contain("lot.ncl").And.Contain("room"));
            Assert.That(Directory.GetFiles(_bench.Office.Folder, "lot*"), Is.Empty);
            Assert.That(_bench.Office.Ledger.Units(new UnitFilter()).Count(), Is.EqualTo(before));
        }

        private string Run(int exitCode, params string[] arguments) => _bench.Run(exitCode, arguments);
    }
}
