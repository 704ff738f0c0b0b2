using System;
using System.IO;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hal
{
    [TestFixture]
    public sealed class FilesTests
    {
        private string _folder;

        [SetUp]
        public void SetUp()
        {
            _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        }

        [TearDown]
        public void TearDown()
        {
            if (Directory.Exists(_folder))
            {
                Directory.Delete(_folder, true);
            }
        }

        [TestCase(true)]
        [TestCase(false)]
        public void Files_are_written_read_renamed_and_deleted(bool inFolder)
        {
            IFiles files = inFolder ? new FolderFiles(_folder) : new MemoryFiles();
            var buffer = new byte[8];

            Assert.That(files.Read("a", buffer), Is.EqualTo(-1), "absent");
            Assert.That(files.Delete("a"), "gone, or never was");
            Assert.That(files.Rename("a", "b"), Is.False, "nothing to rename");
            Assert.That(files.Write("a", new byte[] { 1, 2, 3, 4 }, 3));
            Assert.That(files.Read("a", buffer), Is.EqualTo(3));
            Assert.That(buffer, Is.EqualTo(new byte[] { 1, 2, 3, 0, 0, 0, 0, 0 }));
            Assert.That(files.Read("a", new byte[2]), Is.EqualTo(-1), "longer than the buffer");
            Assert.That(files.Write("a", new byte[] { 9 }, 1), "overwritten as a whole");
            Assert.That(files.Read("a", buffer), Is.EqualTo(1));
            Assert.That(files.Rename("a", "b"));
            Assert.That(files.Read("a", buffer), Is.EqualTo(-1));
            Assert.That(files.Read("b", buffer), Is.EqualTo(1));
            Assert.That(files.Write("empty", buffer, 0));
            Assert.That(files.Read("empty", buffer), Is.Zero);
            Assert.That(files.Delete("b"));
            Assert.That(files.Read("b", buffer), Is.EqualTo(-1));
        }

        [Test]
        public void The_folder_is_made_and_holds_nothing_but_the_files()
        {
            string deep = Path.Combine(_folder, "a", "b");
            var files = new FolderFiles(deep);
            Assert.That(Directory.GetFileSystemEntries(deep), Is.Empty);

            Assert.That(files.Write("record", new byte[] { 5 }, 1));
            Assert.That(File.ReadAllBytes(Path.Combine(deep, "record")), Is.EqualTo(new byte[] { 5 }));
        }

        [Test]
        public void A_folder_that_cannot_be_used_says_what_where_and_what_to_do()
        {
            Directory.CreateDirectory(_folder);
            string blocked = Path.Combine(_folder, "file", "store");
            File.WriteAllText(Path.Combine(_folder, "file"), "");

            IOException failure = Assert.Throws<IOException>(() => _ = new FolderFiles(blocked));

            Assert.That(failure.Message, Does.Contain(blocked).And.Contain("Choose a folder")
                .And.Not.Contain(Environment.NewLine));
        }

        [Test]
        public void A_folder_that_goes_away_answers_false()
        {
            var files = new FolderFiles(_folder);
            Directory.Delete(_folder, true);

            Assert.That(files.Write("a", new byte[1], 1), Is.False);
            Assert.That(files.Rename("a", "b"), Is.False);
            Assert.That(files.Read("a", new byte[1]), Is.EqualTo(-1));
        }
    }
}
