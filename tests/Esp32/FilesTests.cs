using System;
using System.IO;
using NanoComm.Hal.Esp32;
using NUnit.Framework;

namespace NanoComm.Tests.Esp32
{
    /// <summary>What <see cref="NanoComm.Hal.IFiles"/> promises, of the board's files. Paths have the device's separator,
    /// which is a character like any other on some PCs.</summary>
    public sealed class FilesTests
    {
        private string _folder;
        private Surroundings _board;
        private Esp32Files _files;

        [SetUp]
        public void Make()
        {
            _folder = Directory.CreateTempSubdirectory("nanocomm-esp32-").FullName;
            _board = new Surroundings();
            _files = new Esp32Files(_folder, _board);
        }

        [TearDown]
        public void Delete()
        {
            Directory.Delete(_folder, recursive: true);
            foreach (string file in Directory.GetFiles(Path.GetDirectoryName(_folder), Path.GetFileName(_folder) + "*"))
            {
                File.Delete(file);
            }
        }

        [Test]
        public void A_file_is_written_read_renamed_and_deleted()
        {
            var buffer = new byte[8];
            Assert.That(_files.Read("a.new", buffer), Is.EqualTo(-1));
            Assert.That(_files.Write("a.new", new byte[] { 1, 2, 3, 4 }, 3), Is.True);
            Assert.That(_files.Rename("a.new", "a.rec"), Is.True);
            Assert.That(_files.Read("a.new", buffer), Is.EqualTo(-1));
            Assert.That(_files.Read("a.rec", buffer), Is.EqualTo(3));
            Assert.That(buffer.AsSpan(0, 3).ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
            Assert.That(_files.Read("a.rec", new byte[2]), Is.EqualTo(-1), "longer than the buffer");
            Assert.That(_files.Delete("a.rec"), Is.True);
            Assert.That(_files.Delete("a.rec"), Is.True, "it never was");
            Assert.That(_board.Lines, Is.Empty);
        }

        [Test]
        public void A_rename_that_fails_is_told_and_logged()
        {
            Assert.That(_files.Rename("none.new", "none.rec"), Is.False);
            Assert.That(_board.Lines, Has.Exactly(1).StartsWith("Error files: cannot rename none.new"));
        }
    }
}
