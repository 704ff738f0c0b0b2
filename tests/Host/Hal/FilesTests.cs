using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.Versioning;
using System.Threading.Tasks;
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
        public void Many_may_open_a_folder_at_once()
        {
            const int Openers = 8;
            const int Times = 40;
            Assert.DoesNotThrow(() => Parallel.For(0, Openers, new ParallelOptions { MaxDegreeOfParallelism = Openers }, opener =>
            {
                for (int i = 0; i < Times; i++)
                {
                    _ = new FolderFiles(Path.Combine(_folder, "shared"));
                }
            }));
        }

        // A writer that a power cut stopped may leave anything under the name, and one that is at work keeps others off.
        [Test]
        [Platform(Exclude = "Win")]
        [UnsupportedOSPlatform("windows")]
        public void A_file_is_written_anew_for_its_owner_unless_somebody_is_writing_it()
        {
            var files = new FolderFiles(_folder);
            string path = Path.Combine(_folder, "a");
            File.WriteAllText(path, "left by a power cut");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            using (File.OpenRead(path))
            {
                Assert.That(files.Write("a", [1, 2], 2), Is.False, "locked");
            }

            Assert.That(files.Write("a", [1, 2], 2));
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 1, 2 }));
        }

        [Test]
        [Platform(Exclude = "Win")]
        public void What_is_no_file_is_unreadable_and_nobody_waits_for_it()
        {
            var files = new FolderFiles(_folder);
            Process.Start("mkfifo", [Path.Combine(_folder, "pipe")]).WaitForExit();
            Directory.CreateDirectory(Path.Combine(_folder, "folder"));
            File.CreateSymbolicLink(Path.Combine(_folder, "terminal"), "/dev/tty");
            var buffer = new byte[8];

            Task<int[]> reads = Task.Run(() => new[] { files.Read("pipe", buffer), files.Read("folder", buffer),
                files.Read("terminal", buffer) });
            Assert.That(reads.Wait(10_000), "it waits");
            Assert.That(reads.Result, Is.EqualTo(new[] { -1, -1, -1 }));
            Assert.That(() => RegularFile.Read(Path.Combine(_folder, "pipe"), buffer),
                Throws.InstanceOf<IOException>().With.Message.Contains("is no regular file"));
            Assert.That(() => RegularFile.Read(Path.Combine(_folder, "folder"), buffer),
                Throws.InstanceOf<IOException>().With.Message.Contains("it is a folder"));
        }

        [Test]
        public void A_folder_has_one_holder_until_he_lets_go()
        {
            Directory.CreateDirectory(_folder);
            using (FolderLock first = FolderLock.TryTake(_folder, "a program", out string none))
            {
                Assert.That(first, Is.Not.Null);
                Assert.That(none, Is.Null);
                Assert.That(FolderLock.TryTake(_folder, "another", out string holder), Is.Null);
                Assert.That(holder, Is.EqualTo($"a program (process {Environment.ProcessId})"));
            }

            using FolderLock next = FolderLock.TryTake(_folder, "b", out _);
            Assert.That(next, Is.Not.Null);
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
