using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NanoComm.Tests.Host.Flash;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Board
{
    /// <summary>The records of a board out of a copy of its flash. The image <c>unit</c> holds the records of a virtual board that was
    /// paired with a simulated meter under made-up keys, written by littlefs.</summary>
    [Platform(Exclude = "Win")]
    internal sealed class BoardReadTests
    {
        private BoardTestBed _bed;
        private string _flash;

        [SetUp]
        public void SetUp()
        {
            _bed = new BoardTestBed();
            _flash = _bed.PathOf("nanoff/flash.bin");
            _bed.Nanoff.Put("flash.bin", FlashMaker.Make(FlashImages.Load("unit")));
        }

        [TearDown]
        public void TearDown() => _bed.Dispose();

        [Test]
        public void Receipt_pairing_and_security_log_are_shown()
        {
            (int exitCode, string output, string error) = _bed.Run("board", "read", "--port", BoardTestBed.Port);
            Assert.That(exitCode, Is.Zero, error);
            Assert.That(output, Does.Contain("pairing: Paired, meter 4E434D0000000001").And.Contain("receipt: unit 4E43430000000001")
                .And.Contain("started").And.Contain("paired").And.Contain("secret: not shown"));
            Assert.That(_bed.Nanoff.Text("mode"), Is.EqualTo("700"));
            Assert.That(Directory.Exists(_bed.Nanoff.Text("temporary")), Is.False, "the copy holds keys");
        }

        [Test]
        public void What_is_secret_is_not_written_unasked()
        {
            string[] keys = ["factory.rec", "pairing.rec", "route-b.rec", "flash.bin"];
            Assert.That(Read("--out", "quiet").ExitCode, Is.Zero);
            string[] quiet = Names("quiet");
            Assert.That(quiet, Is.SupersetOf(new[] { "receipt.rec", "audit.rec", "pair-state.rec", "unit.receipt" }));
            Assert.That(quiet.Intersect(keys), Is.Empty);
            Assert.That(new FileInfo(_bed.PathOf("quiet/unit.receipt")).Length, Is.EqualTo(81));

            (int _, string _, string error) = Read("--out", "all", "--keep-keys");
            Assert.That(error, Does.Contain("keys among them: delete it"));
            Assert.That(Names("all"), Is.SupersetOf(keys));
        }

        [Test]
        public void No_key_is_in_any_output()
        {
            byte[] factory = LittleFile("factory.rec");
            string key = Convert.ToHexString(factory, 18, 16);
            Assert.That(key.Distinct().Count(), Is.GreaterThan(4), "a key");
            Assert.That(Read().Output, Does.Not.Contain(key));
            Assert.That(Read("--json").Output.ToUpperInvariant(), Does.Not.Contain(key));
        }

        [Test]
        public void What_is_written_is_what_log_and_info_read()
        {
            Assert.That(Read("--out", "records").ExitCode, Is.Zero);
            Assert.That(_bed.Run("log", "--store", "records").Output, Does.Contain("paired"));
            Assert.That(_bed.Run("board", "info", "--store", "records").Output, Does.Contain("4E434D0000000001"));
            Assert.That(Read("--out", "records").Error, Does.Contain("not an empty folder"));
        }

        [Test]
        public void As_JSON_it_says_which_file_counts()
        {
            JsonElement root = JsonDocument.Parse(Read("--json").Output).RootElement;
            Dictionary<string, JsonElement> records = root.GetProperty("records").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString());
            Assert.That(records["receipt"].GetProperty("counts").GetString(), Is.EqualTo("receipt.rec"));

            // Both as a power cut leaves them: one replacement whole and newer, one torn.
            Assert.That(records["power"].GetProperty("counts").GetString(), Is.EqualTo("power.new"));
            Assert.That(records["policy"].GetProperty("replacement").GetString(), Is.EqualTo("torn"));
            Assert.That(records["policy"].GetProperty("counts").GetString(), Is.EqualTo("policy.rec"));
            Assert.That(root.GetProperty("receipt").GetString(), Has.Length.EqualTo(162));
            Assert.That(root.GetProperty("log").GetArrayLength(), Is.GreaterThan(1));
        }

        [Test]
        public void The_partition_alone_is_read_too()
        {
            File.WriteAllBytes(_flash, FlashImages.Load("unit"));
            Assert.That(Read().Output, Does.Contain("4E434D0000000001"));
        }

        [TestCase("erased", "holds no firmware image")]
        [TestCase("encrypted", "encrypted")]
        [TestCase("no volume", "no littlefs volume")]
        [TestCase("fresh", "holds no records")]
        [TestCase("empty", "no whole flash")]
        public void What_holds_no_records_is_told(string kind, string says)
        {
            byte[] flash = FlashMaker.Make(kind == "fresh" ? FlashImages.Load("fresh") : null);
            if (kind == "encrypted")
            {
                new Random(1).NextBytes(flash);
            }
            else if (kind == "erased")
            {
                Array.Fill(flash, (byte)0xFF);
            }

            File.WriteAllBytes(_flash, kind == "empty" ? [] : flash);
            (int exitCode, string _, string error) = Read();
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain(says));
        }

        [Test]
        public void A_board_that_is_not_read_is_told_and_leaves_nothing()
        {
            _bed.Nanoff.Put("say-backup", "printf '\\rReading flash... 45%%   Error E4004: Failed to read from ESP32 flash. (timeout)\\n'; touch \"$path/half.bin\"; exit 164");
            (int exitCode, string _, string error) = _bed.Run("board", "read", "--port", BoardTestBed.Port);
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("the flash could not be read: try again").And.Contain("45%"));
            Assert.That(Directory.Exists(_bed.Nanoff.Text("temporary")), Is.False);
        }

        [Test]
        public void Version_3_says_what_to_take_instead()
        {
            _bed.Nanoff.Put("version", FakeNanoff.Version3);
            (int exitCode, string _, string error) = _bed.Run("board", "read", "--port", BoardTestBed.Port);
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("only before it writes firmware").And.Contain("--from"));
            Assert.That(_bed.Nanoff.Calls, Is.Empty, "nothing was written");
        }

        [TestCase("board read", "give either --port or --from")]
        [TestCase("board read --port x --from y", "give either --port or --from")]
        [TestCase("board read --from y --keep-keys", "--keep-keys goes with --out")]
        [TestCase("board read --from nowhere", "nowhere")]
        [TestCase("board read --port /dev/ttyNOTHERE", "there is no /dev/ttyNOTHERE")]
        public void Bad_input_is_one_line(string arguments, string says)
        {
            (int exitCode, string _, string error) = _bed.Run(arguments.Split(' '));
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain(says));
        }

        private (int ExitCode, string Output, string Error) Read(params string[] more)
        {
            return _bed.Run(["board", "read", "--from", _flash, .. more]);
        }

        private string[] Names(string folder) => [.. Directory.GetFiles(_bed.PathOf(folder)).Select(Path.GetFileName)];

        private static byte[] LittleFile(string name)
        {
            return NanoComm.Flash.LittleFsVolume.Read(FlashImages.Load("unit")).Files.Single(file => file.Path == "records/" + name).Bytes.ToArray();
        }
    }
}
