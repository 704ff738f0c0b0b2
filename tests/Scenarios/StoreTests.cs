using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.Records;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>Folders of records as the programs keep them: for their owner alone, one unit at a time, and never made anew
    /// over what cannot be read.</summary>
    [Parallelizable]
    internal sealed class StoreTests
    {
        private const int UserError = 2;
        private const string Passphrase = "twelve characters or more";
        private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;
        private const UnixFileMode Everybody = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

        private string _root;

        [SetUp]
        public void SetUp()
        {
            _root = Directory.CreateTempSubdirectory("nanocomm-store-").FullName;
        }

        [TearDown]
        public void TearDown()
        {
            Directory.Delete(_root, recursive: true);
        }

        [Test]
        [Platform(Exclude = "Win")]
        [UnsupportedOSPlatform("windows")]
        public void What_the_programs_write_is_their_owner_s_alone_whatever_the_umask()
        {
            string ledger = In("new/office.ledger");
            Directory.CreateDirectory(In("new"), OwnersFolder);
            OpenHanded("nanocomm-virtual", "--store", In("deep/board"), "--listen", "127.0.0.45", "--for", "1");
            OpenHanded("nanocomm", "credentials", "--store", In("unit"), "--png", In("new/code.png"));
            OpenHanded("nanocomm", "kms", "init", "--ledger", ledger);
            OpenHanded("nanocomm", "kms", "enroll", "--mu", "--title", "4E434D0000000001", "--store", In("meter"), "--ledger", ledger);
            OpenHanded("nanocomm", "kms", "enroll", "--cu", "--title", "4E43430000000001", "--store", In("other"), "--ledger", ledger);
            OpenHanded("nanocomm", "kms", "enroll", "--cu", "--export", In("new/keys"));
            OpenHanded("nanocomm", "kms", "ticket", "--mu", "4E434D0000000001", "--cu", "4E43430000000001", "--out",
                In("new/one.nct"), "--ledger", ledger);
            File.WriteAllLines(In("new/rows.csv"), ["mu,cu", "4E434D0000000001,4E43430000000001"]);
            File.SetUnixFileMode(In("new/rows.csv"), OwnersFile);
            OpenHanded("nanocomm", "kms", "ticket", "--batch", In("new/rows.csv"), "--out", In("tickets"), "--ledger", ledger);
            OpenHanded("nanocomm", "kms", "enroll", "--cu", "--title", "4E43430000000002", "--ledger", ledger);
            OpenHanded("nanocomm", "kms", "revoke", "--cu", "4E43430000000001", "--with", "4E43430000000002",
                "--out", In("rotations"), "--ledger", ledger);

            string[] files = Directory.GetFiles(_root, "*", SearchOption.AllDirectories);
            Assert.That(files.Select(Path.GetFileName), Is.SupersetOf(new[] { "pairing.rec", "route-b.rec", "identity.rec",
                "factory.rec", "code.png", "keys", "one.nct", "office.ledger", "office.ledger.epoch",
                "4E434D0000000001-4E43430000000001.nct" }));
            Assert.Multiple(() =>
            {
                foreach (string file in files)
                {
                    Assert.That(File.GetUnixFileMode(file), Is.EqualTo(OwnersFile), file);
                }

                foreach (string folder in Directory.GetDirectories(_root, "*", SearchOption.AllDirectories))
                {
                    Assert.That(File.GetUnixFileMode(folder), Is.EqualTo(OwnersFolder), folder);
                }
            });
        }

        [Test]
        [Platform(Exclude = "Win")]
        [UnsupportedOSPlatform("windows")]
        public void A_store_that_others_can_read_is_told_once_and_left_as_it_is()
        {
            string store = In("open");
            Directory.CreateDirectory(store, OwnersFolder | Everybody | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            MakeRecord(store, "kept");
            File.SetUnixFileMode(Path.Combine(store, "kept.rec"), OwnersFile | Everybody);

            // One after the other: they refuse each other.
            foreach (Func<RunningProgram> start in new Func<RunningProgram>[]
            {
                () => new NanocommProgram("credentials", "--store", store),
                () => new VirtualBoardProgram("--store", store, "--listen", "127.0.0.50", "--for", "1"),
            })
            {
                using RunningProgram program = start();
                (int exitCode, _, string[] error) = program.End();
                Assert.That(exitCode, Is.Zero);
                Assert.That(error, Has.Length.EqualTo(1), string.Join('\n', error));
                Assert.That(error[0], Does.Contain($"{store} (mode 755)").And.Contain("(mode 644)").And.Contain("chmod"));
            }

            Assert.That(File.GetUnixFileMode(store) & Everybody, Is.EqualTo(Everybody));
            Assert.That(File.GetUnixFileMode(Path.Combine(store, "kept.rec")) & Everybody, Is.EqualTo(Everybody));
        }

        [Test]
        public void A_second_unit_on_one_store_is_refused_by_the_name_of_the_first()
        {
            string store = In("meter");
            using (var first = new NanocommProgram(MeteringUnit(store)))
            {
                first.WaitFor("system title");
                string holder = $"{store} is in use by nanocomm mu (process {first.Id})";
                using var second = new NanocommProgram(MeteringUnit(store));
                AssertRefused(second, holder);
                using var board = new VirtualBoardProgram("--store", store, "--listen", "127.0.0.46");
                AssertRefused(board, holder);
                using var office = new NanocommProgram("kms", "enroll", "--mu", "--export", In("keys"), "--store", store,
                    "--file-passphrase-file", WritePassphrase());
                AssertRefused(office, holder);
            }

            // Killed, as Dispose does, the first has left the lock behind with nobody in it.
            using var third = new NanocommProgram(MeteringUnit(store));
            third.WaitFor("system title");
        }

        [Test]
        public void The_simulated_metering_unit_of_a_board_is_a_unit_too()
        {
            string store = In("board");
            using var board = new VirtualBoardProgram("--store", store, "--listen", "127.0.0.47");
            board.WaitFor("reading the metering unit");
            using var other = new NanocommProgram(MeteringUnit(Path.Combine(store, "simulated-metering-unit")));
            AssertRefused(other, $"in use by nanocomm-virtual (process {board.Id})");
        }

        // Several programs from their first millisecond on, on a folder that is not there yet.
        [Test]
        public void Of_units_that_start_together_one_has_the_store()
        {
            string store = In("contested");
            NanocommProgram[] units = Enumerable.Range(0, 5).Select(_ => new NanocommProgram(MeteringUnit(store))).ToArray();
            try
            {
                Task<bool>[] ends = units.Select(unit => Task.Run(() => unit.Says("system title"))).ToArray();
                Assert.That(ends.Count(end => end.Result), Is.EqualTo(1));
                string holder = $"nanocomm mu (process {units[Array.FindIndex(ends, end => end.Result)].Id})";
                for (int i = 0; i < units.Length; i++)
                {
                    if (!ends[i].Result)
                    {
                        AssertRefused(units[i], holder);
                    }
                }
            }
            finally
            {
                Array.ForEach(units, unit => unit.Dispose());
            }
        }

        [Test]
        public void Programs_that_open_a_store_together_all_have_it()
        {
            string store = In("shared");
            MakeRecord(store, "factory", [.. Convert.FromHexString("4E43430000000001"), .. new byte[48]]);
            MakeRecord(store, "audit", Convert.FromHexString("01" + "01000000018000000580000005"));
            using var board = new VirtualBoardProgram("--store", store, "--listen", "127.0.0.48");
            NanocommProgram[] tools = Enumerable.Range(0, 8)
                .Select(i => i > 0 ? new NanocommProgram("log", "--store", store)
                    : new NanocommProgram("credentials", "--store", store, "--replace"))
                .ToArray();
            try
            {
                foreach (NanocommProgram tool in tools)
                {
                    (int exitCode, _, string[] error) = tool.End();
                    Assert.That(exitCode, Is.Zero, string.Join('\n', error));
                }

                board.WaitFor("reading the metering unit");
            }
            finally
            {
                Array.ForEach(tools, tool => tool.Dispose());
            }
        }

        [Test]
        [Platform(Exclude = "Win")]
        [UnsupportedOSPlatform("windows")]
        public void Looking_writes_nothing()
        {
            string store = In("still");
            MakeRecord(store, "audit", Convert.FromHexString("01" + "01000000018000000580000005"));
            MakeRecord(store, "zeroise", new byte[85]);
            var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            Directory.SetLastWriteTimeUtc(store, longAgo);
            File.SetUnixFileMode(store, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            using var log = new NanocommProgram("log", "--store", store);
            using var show = new NanocommProgram("zeroise", "--show", "--store", store);

            Assert.That(log.End().ExitCode, Is.Zero);
            Assert.That(show.End().Error[0], Does.Contain("record 'zeroise'"));
            Assert.That(Directory.GetLastWriteTimeUtc(store), Is.EqualTo(longAgo));
            File.SetUnixFileMode(store, OwnersFolder);
        }

        [TestCase("damaged", "identity.rec", "is damaged")]
        [TestCase("loop", "identity.rec", "cannot be read")]
        [TestCase("folder", "identity.rec", "is no file")]
        [TestCase("pipe", "identity.rec", "is no regular file")]
        [TestCase("gone", "meter", "holds records but no identity")]
        [Platform(Exclude = "Win")]
        [UnsupportedOSPlatform("windows")]
        public void A_metering_unit_that_cannot_be_read_is_not_replaced_by_another(string how, string file, string says)
        {
            string store = In("meter");
            using (var first = new NanocommProgram(MeteringUnit(store)))
            {
                first.WaitFor("system title");
            }

            Spoil(Path.Combine(store, "identity.rec"), how);
            Dictionary<string, string> before = Contents(store);
            using var again = new NanocommProgram(MeteringUnit(store));
            AssertRefused(again, says, file);
            Assert.That(Contents(store), Is.EqualTo(before));
        }

        [TestCase("damaged", "pairing.rec is damaged")]
        [TestCase("pipe", "pairing.rec is no regular file")]
        [Platform(Exclude = "Win")]
        [UnsupportedOSPlatform("windows")]
        public void A_unit_that_cannot_be_read_does_not_start(string how, string says)
        {
            string store = In("unit");
            MakeRecord(store, "pairing");
            Spoil(Path.Combine(store, "pairing.rec"), how);
            using var board = new VirtualBoardProgram("--store", store, "--listen", "127.0.0.49");
            AssertRefused(board, says);
            using var tool = new NanocommProgram("log", "--store", store);
            Assert.That(tool.End().ExitCode, Is.EqualTo(UserError), "there is no log, and no waiting for one");
        }

        [Test]
        [Platform(Exclude = "Win")]
        [UnsupportedOSPlatform("windows")]
        public void Credentials_that_cannot_be_read_are_not_replaced()
        {
            string store = In("unit");
            MakeRecord(store, "route-b");
            Spoil(Path.Combine(store, "route-b.rec"), "damaged");
            using var tool = new NanocommProgram("credentials", "--store", store);
            AssertRefused(tool, "route-b.rec is damaged");
        }

        // What a kill leaves in the first moments is begun again, not refused.
        [Test]
        public void A_unit_whose_making_was_cut_short_is_made_again()
        {
            for (int records = 0; records < 3; records++)
            {
                string store = In($"meter{records}");
                using (var cut = new NanocommProgram(MeteringUnit(store)))
                {
                    Assert.That(SpinWait.SpinUntil(() => Directory.Exists(store)
                        && Directory.GetFiles(store, "*.rec").Length > records, 60_000));
                }

                using var whole = new NanocommProgram(MeteringUnit(store));
                whole.WaitFor("system title");
            }
        }

        private static string[] MeteringUnit(string store) => ["mu", "--tcp", "127.0.0.1:0", "--store", store];

        private static void AssertRefused(RunningProgram program, params string[] says)
        {
            (int exitCode, _, string[] error) = program.End();
            Assert.That(exitCode, Is.EqualTo(UserError), string.Join('\n', error));
            Assert.That(error, Has.Length.EqualTo(1), string.Join('\n', error));
            foreach (string text in says)
            {
                Assert.That(error[0], Does.Contain(text));
            }
        }

        private static void MakeRecord(string store, string name, byte[] content = null)
        {
            content ??= new byte[20];
            Assert.That(new DurableStore(new FolderFiles(store)).Write(name, content, content.Length));
        }

        private static Dictionary<string, string> Contents(string store)
        {
            return Directory.GetFiles(store, "*.rec").Where(file => new FileInfo(file).LinkTarget is null)
                .Where(file => new FileInfo(file).Length > 0)
                .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));
        }

        private static void Spoil(string file, string how)
        {
            byte[] content = File.ReadAllBytes(file);
            File.Delete(file);
            switch (how)
            {
                case "damaged":
                    content[^1] ^= 1;
                    File.WriteAllBytes(file, content);
                    break;
                case "loop":
                    File.CreateSymbolicLink(file, file);
                    break;
                case "folder":
                    Directory.CreateDirectory(file);
                    break;
                case "pipe":
                    Process.Start("mkfifo", [file]).WaitForExit();
                    break;
            }
        }

        // Everything that the program makes would be everybody's, if it did not ask for less.
        private static void OpenHanded(string program, params string[] arguments)
        {
            string dll = Path.Combine(TestContext.CurrentContext.TestDirectory, program + ".dll");
            using Process process = Process.Start(new ProcessStartInfo("sh",
                ["-c", "umask 000; exec dotnet \"$@\"", "sh", dll, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["NANOCOMM_PASSPHRASE"] = Passphrase, ["NANOCOMM_FILE_PASSPHRASE"] = Passphrase },
            });
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, output + error.Result);
            Assert.That(error.Result, Is.Empty);
        }

        private string WritePassphrase()
        {
            DurableFile.Write(In("passphrase"), Encoding.ASCII.GetBytes(Passphrase + "\n"));
            return In("passphrase");
        }

        private string In(string name) => Path.Combine(_root, name);
    }
}
