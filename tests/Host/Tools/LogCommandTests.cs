using System;
using System.IO;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Records;

namespace NanoComm.Tests.Host.Tools
{
    [TestFixture]
    public sealed class LogCommandTests
    {
        private string _folder;

        [SetUp]
        public void MakeFolder()
        {
            _folder = Directory.CreateTempSubdirectory("nanocomm-log-").FullName;
        }

        [TearDown]
        public void DeleteFolder()
        {
            Directory.Delete(_folder, recursive: true);
        }

        [Test]
        public void Entries_are_told_in_words_with_their_times()
        {
            // 794145600 is 2025-03-01 12:00:00.
            byte[] record = Convert.FromHexString("01" + "01000000018000000580000005"
                + "16000007D02F55B3402F55B37D" + "FE000000012F55B3402F55B340");
            new DurableStore(new FolderFiles(_folder)).Write("audit", record, record.Length);

            (int exitCode, string output, string error) = ToolProgram.Run("log", "--store", _folder);

            Assert.That(error, Is.Empty);
            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.Match(@"started +│ +1 │ 5 s after a start +│ 5 s after a start"));
            Assert.That(output, Does.Match(
                @"terminal refused +│ 2,000 │ 2025-03-01 12:00:00 +│ 2025-03-01 12:01:01"));
            Assert.That(output, Does.Match(@"event 254, unknown to this program +│ +1 │"));
        }

        [Test]
        public void A_folder_without_a_log_is_an_error_of_one_line()
        {
            (int exitCode, string output, string error) = ToolProgram.Run("log", "--store", _folder);

            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(output, Is.Empty);
            Assert.That(error, Does.Match("^nanocomm: --store: .* holds no whole security log; .*\n$"));
        }

        [Test]
        public void A_folder_that_is_not_there_is_not_made()
        {
            string absent = Path.Combine(_folder, "absent");

            (int exitCode, _, string error) = ToolProgram.Run("log", "--store", absent);

            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Match("^nanocomm: --store: there is no folder .*\n$"));
            Assert.That(Directory.Exists(absent), Is.False);
        }
    }
}
