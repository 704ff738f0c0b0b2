using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.Records;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>A unit's keys on their way to a board, through a stand-in for nanoff.</summary>
    [Platform(Exclude = "Win")]
    internal sealed class FactoryBoardTests
    {
        private const int Patience = 60_000;

        private static readonly string[] Write = ["factory", "write", "--lot", "lot.ncl", "--unit", "4E43430000000101", "--port", "ttyTEST"];

        private FactoryBench _bench;
        private FakeNanoff _nanoff;

        [SetUp]
        public void SetUp()
        {
            _bench = new FactoryBench();
            _bench.MakeLot();
            _nanoff = new FakeNanoff(_bench.Office.Folder);
            foreach ((string name, string value) in _nanoff.Environment)
            {
                _bench.Environment[name] = value;
            }
        }

        [TearDown]
        public void TearDown()
        {
            _bench.Dispose();
        }

        [Test]
        public void The_record_is_on_the_board_and_nothing_of_it_is_left_here()
        {
            Assert.That(_bench.Run(0, Write), Does.Contain("4E43430000000101 is written").And.Contain("ttyTEST"));
            using (FactoryLot lot = _bench.Open())
            {
                using UnitKeys keys = lot.Unpack(FactoryBench.Title(1)).Keys;
                Assert.That(OnBoard(), Is.EqualTo("4E43430000000101" + Convert.ToHexString(keys.WrappingKey) + Convert.ToHexString(keys.ProofKey)));
            }

            Assert.That(_nanoff.Text("mode"), Is.EqualTo("700"));
            Assert.That(Directory.Exists(_nanoff.Text("temporary")), Is.False);
            Assert.That(_bench.Run(2, Write), Does.Contain("was written at").And.Contain("--again"));
            Assert.That(_nanoff.Calls, Has.Length.EqualTo(1), "the second board got nothing");
            _bench.Run(0, [.. Write, "--again"]);
        }

        [Test]
        public void A_board_that_refuses_may_have_it_and_one_that_was_not_reached_has_not()
        {
            _nanoff.Put("version", "nanoff 1.0.0\n");
            Assert.That(_bench.Run(2, Write), Does.Contain("too old"));
            Assert.That(_bench.Run(3, "factory", "list", "--lot", "lot.ncl"), Does.Contain("4E43430000000101  failed"));

            _nanoff.Put("version", FakeNanoff.Version25 + "\n");
            _nanoff.Put("refuse-factory.rec", "");
            Assert.That(_bench.Run(2, Write), Does.Contain("did not deploy"));
            Assert.That(_bench.Run(3, "factory", "list", "--lot", "lot.ncl"), Does.Contain("4E43430000000101  begun"));
            File.Delete(_bench.In("nanoff/refuse-factory.rec"));
            BeOfAnotherProcess();
            Assert.That(_bench.Run(2, Write), Does.Contain("nothing tells its end"));
            _bench.Run(0, [.. Write, "--again"]);
        }

        // As a program: Ctrl-C while nanoff has the record before it.
        [Test]
        public void Ctrl_C_leaves_no_key_behind_and_a_unit_that_may_be_written()
        {
            _nanoff.Put("say-files", "sleep 60\n");
            using var program = new ToolProgram(_bench.Office.Folder, _bench.Environment, Write);
            var clock = Stopwatch.StartNew();
            while (!_nanoff.Exists("temporary"))
            {
                Assert.That(clock.ElapsedMilliseconds, Is.LessThan(Patience));
                Thread.Sleep(50);
            }

            string folder = _nanoff.Text("temporary");
            Assert.That(File.Exists(Path.Combine(folder, "factory.rec")));
            program.Interrupt();
            Assert.That(program.End().ExitCode, Is.Not.Zero);
            Assert.That(Directory.Exists(folder), Is.False);
            Assert.That(_bench.Run(3, "factory", "list", "--lot", "lot.ncl"), Does.Contain("4E43430000000101  begun"));
        }

        // In this process the one that began is still there.
        private void BeOfAnotherProcess()
        {
            _bench.Execute(FactoryJournal.PathOf(_bench.Lot), "UPDATE event SET started = 5");
        }

        private string OnBoard()
        {
            var record = new byte[DurableStore.MaxLength];
            int length = new DurableStore(new FolderFiles(_bench.In("nanoff/board"))).Read(RecordCatalogue.FactoryKeys, record);
            return Convert.ToHexString(record, 0, length);
        }
    }
}
