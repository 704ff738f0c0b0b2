using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.Versioning;
using NanoComm.CommandLine;
using NanoComm.Tests.Host.Tools;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Nanoff
{
    /// <summary>Which nanoff is taken, and what becomes of records that it is given.</summary>
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    internal sealed class NanoffToolTests
    {
        private TemporaryFolder _folder;
        private FakeNanoff _nanoff;
        private string _folderBefore;
        private string _pathBefore;

        [SetUp]
        public void SetUp()
        {
            _folder = new TemporaryFolder();
            _nanoff = new FakeNanoff(_folder.Path);
            (_folderBefore, _pathBefore) = (Environment.CurrentDirectory, Environment.GetEnvironmentVariable("PATH"));
            Environment.CurrentDirectory = _folder.Path;
            Environment.SetEnvironmentVariable("PATH", _nanoff.Environment["PATH"]);
        }

        [TearDown]
        public void TearDown()
        {
            Environment.CurrentDirectory = _folderBefore;
            Environment.SetEnvironmentVariable("PATH", _pathBefore);
            _folder.Dispose();
        }

        [TestCase("nanoff 2.5.60", "nanoff 2.5.60 is too old", "2.5.98")]
        [TestCase("nanoff 4.0.1", "nanoff 4.0.1 is of a version that this program does not know", "2.5.98")]
        [TestCase("Segmentation fault", "nanoff is not installed", "dotnet tool install -g nanoff")]
        public void A_version_that_is_not_known_is_refused(string version, string says, string and)
        {
            _nanoff.Put("version", version);
            Assert.That(() => NanoffTool.Find(), Throws.TypeOf<UserError>().With.Message.Contains(says).And.Message.Contains(and));
        }

        [Test]
        public void The_pinned_one_goes_before_the_installed_one()
        {
            // In place of dotnet, which has the tool when it was restored.
            var pinned = new FakeNanoff(Path.Combine(_folder.Path, "pinned"), FakeNanoff.Version3);
            File.Move(Path.Combine(_folder.Path, "pinned", "nanoff", "nanoff"), Path.Combine(_folder.Path, "nanoff", "pinned"));
            Write("dotnet", "shift 4\nexec \"$(dirname \"$0\")/pinned\" \"$@\"");
            File.WriteAllText(Path.Combine(_folder.Path, "dotnet-tools.json"), """{ "tools": { "nanoff": { "version": "3.0.0" } } }""");
            Environment.CurrentDirectory = Directory.CreateDirectory(Path.Combine(_folder.Path, "below")).FullName;

            string dotnet = Path.Combine(_folder.Path, "nanoff", "dotnet");
            Assert.That(NanoffTool.Find(dotnet).Version.ToString(), Is.EqualTo("3.0.0-preview.1"));
            Write("dotnet", "echo 'Run \"dotnet tool restore\" to make the \"nanoff\" command available.' >&2; exit 1");
            Assert.That(NanoffTool.Find(dotnet).Version.ToString(), Is.EqualTo("2.5.162"));
            Assert.That(pinned.Calls, Is.Empty);
        }

        [TestCase(FakeNanoff.Version25)]
        [TestCase(FakeNanoff.Version3)]
        public void Records_are_written_each_told_of_its_own(string version)
        {
            _nanoff.Put("version", version);
            _nanoff.Put("refuse-factory.rec", "");
            RecordFile[] records = [RecordFile.Seal("route-b", [1, 2]), RecordFile.Seal("factory", [3])];
            var said = new List<string>();

            IReadOnlyList<RecordOutcome> outcomes = new NanoffDeployment("ttyX").Write(records, said.Add);

            Assert.That(outcomes, Is.EqualTo(new[] { new RecordOutcome("route-b", true), new RecordOutcome("factory", false) }));
            Assert.That(_nanoff.Bytes("board/route-b.rec"), Is.EqualTo(records[0].Bytes.ToArray()));
            Assert.That(string.Concat(said), Does.Contain("Error deploying content file"), "passed on");
            Assert.That(_nanoff.Text("mode"), Is.EqualTo("700"));
            Assert.That(Directory.Exists(_nanoff.Text("temporary")), Is.False, "keys are gone");
        }

        [Test]
        public void Where_none_is_written_it_is_an_error()
        {
            _nanoff.Put("say-files", "echo 'Error E2000: Error connecting to nano device.'; exit 208");
            Assert.That(() => new NanoffDeployment("ttyX").Write([RecordFile.Seal("factory", [3])]),
                Throws.TypeOf<UserError>().With.Message.Contains("no nanoFramework answers at ttyX"));
        }

        [Test]
        public void What_a_killed_program_left_behind_is_cleared_away()
        {
            string place;
            using (var one = new PrivateFolder(0))
            {
                place = Path.GetDirectoryName(one.Path);
                Assert.That(File.GetUnixFileMode(one.Path).ToString(), Is.EqualTo("UserExecute, UserWrite, UserRead"));
                Assert.That(File.GetUnixFileMode(one.Put("x", [1])).ToString(), Is.EqualTo("UserWrite, UserRead"));
            }

            string left = Path.Combine(place, "nanocomm-private-4000000-left");
            Directory.CreateDirectory(left);
            using var next = new PrivateFolder(0);
            using var beside = new PrivateFolder(0);
            Assert.That(Directory.Exists(left), Is.False);
            Assert.That(Directory.Exists(next.Path), "that of a running program stays");
        }

        private void Write(string program, string script)
        {
            string path = Path.Combine(_folder.Path, "nanoff", program);
            File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
