using System;
using System.IO;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Rig;

namespace NanoComm.Tests.Host.Tools
{
    [TestFixture]
    public sealed class ZeroiseCommandTests
    {
        private const string Title = "4E43430000000001";

        private string _folder;
        private DurableStore _store;

        [SetUp]
        public void MakeFolder()
        {
            _folder = Directory.CreateTempSubdirectory("nanocomm-zeroise-").FullName;
            _store = new DurableStore(new FolderFiles(_folder));
        }

        [TearDown]
        public void DeleteFolder()
        {
            Directory.Delete(_folder, recursive: true);
        }

        [Test]
        public void The_order_names_the_unit_whose_factory_keys_are_there()
        {
            Put("factory", Title + new string('5', 96));

            (int exitCode, string output, string error) = ToolProgram.Run("zeroise", "--store", _folder);

            Assert.That(error, Is.Empty);
            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.StartWith($"Unit {Title} is ordered to erase itself."));
            Assert.That(output, Does.Not.Contain("55555555"), "no keys");
            Assert.That(Get("ticket-in"), Is.EqualTo("4E434231" + Title + "7A65726F697365"));
        }

        [Test]
        public void The_order_names_the_unit_that_the_user_names()
        {
            (int exitCode, _, _) = ToolProgram.Run("zeroise", "--store", _folder, "--unit", "4e4343000000000f");

            Assert.That(exitCode, Is.Zero);
            Assert.That(Get("ticket-in"), Is.EqualTo("4E434231" + "4E4343000000000F" + "7A65726F697365"));
        }

        [TestCase("--unit", "4E43", "is not a system title of 16 hexadecimal digits")]
        [TestCase("--show", null, "holds no record of an erasure; none was ordered")]
        [TestCase("--out", "proof", "--out goes with --show")]
        [TestCase(null, null, "holds no factory keys that tell the unit's title")]
        public void What_is_missing_is_said_in_one_line(string option, string value, string message)
        {
            string[] rest = option is null ? [] : value is null ? [option] : [option, value];

            (int exitCode, string output, string error) = ToolProgram.Run(["zeroise", "--store", _folder, .. rest]);

            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(output, Is.Empty);
            Assert.That(error, Does.Match($"^nanocomm: .*{message}.*\n$"));
            Assert.That(Get("ticket-in"), Is.Null);
        }

        [Test]
        public void The_proof_is_told_in_words()
        {
            Put("factory", Title + new string('5', 96));
            Put("pairing", "00");
            var board = new SimulatedBoard(new VirtualScheduler(1), new FolderFiles(_folder));
            var erasure = new Erasure(board);
            erasure.Begin(new ErasureOrder(ErasureOrderKind.Ticket)
            {
                Id = Convert.FromHexString("A0A1A2A3A4A5A6A7A8A9AAABACADAEAF"), Epoch = 123456,
                MeterTitle = Convert.FromHexString("4E434D0000000002"), Time = Convert.FromHexString("07E90301060C000000FDE400"),
            });

            string begun = ToolProgram.Run("zeroise", "--show", "--store", _folder).Output;
            erasure.Resume();
            string done = ToolProgram.Run("zeroise", "--show", "--store", _folder).Output;

            string proof = Path.Combine(_folder, "proof");
            (int exitCode, string exported, _) = ToolCommand.Run("zeroise", "--show", "--store", _folder, "--out", proof);
            Assert.That(exitCode, Is.Zero);
            Assert.That(exported, Does.Contain($"kms erasure {proof}"));
            Assert.That(Convert.ToHexString(File.ReadAllBytes(proof)), Is.EqualTo(Get("zeroise")).And.Length.EqualTo(170));
            Assert.That(ToolCommand.Run("zeroise", "--show", "--store", _folder, "--out", proof).ExitCode, Is.Zero, "the same once more");
            File.WriteAllText(proof, "another");
            (exitCode, _, string error) = ToolCommand.Run("zeroise", "--show", "--store", _folder, "--out", proof);
            Assert.That((exitCode, File.ReadAllText(proof)), Is.EqualTo((2, "another")));
            Assert.That(error, Does.Contain("is something else"));

            Assert.That(begun, Does.Match("state +begun, and not done"));
            Assert.That(done, Does.Match($"unit +{Title}"));
            Assert.That(done, Does.Match("state +everything erased"));
            Assert.That(done, Does.Match("ordered by +ticket A0A1A2A3A4A5A6A7A8A9AAABACADAEAF, epoch 123456"));
            Assert.That(done, Does.Match("metering unit +4E434D0000000002"));
            Assert.That(done, Does.Match(@"time +2025-03-01 12:00:00\+09:00"));
            Assert.That(done, Does.Match("erased +active pairing, factory keys"));
        }

        private void Put(string name, string content)
        {
            byte[] bytes = Convert.FromHexString(content);
            _store.Write(name, bytes, bytes.Length);
        }

        private string Get(string name)
        {
            var buffer = new byte[DurableStore.MaxLength];
            int length = _store.Read(name, buffer);
            return length < 0 ? null : Convert.ToHexString(buffer, 0, length);
        }
    }
}
