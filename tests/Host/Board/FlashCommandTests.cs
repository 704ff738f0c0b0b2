using System;
using System.IO;
using System.Linq;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Tests.Host.Flash;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Board
{
    /// <summary>Flashing a board, with a stand-in for nanoff.</summary>
    [Platform(Exclude = "Win")]
    internal sealed class FlashCommandTests
    {
        private BoardTestBed _bed;

        private FakeNanoff Nanoff => _bed.Nanoff;

        [SetUp]
        public void SetUp() => _bed = new BoardTestBed();

        [TearDown]
        public void TearDown() => _bed.Dispose();

        [TestCase(FakeNanoff.Version25)]
        [TestCase(FakeNanoff.Version3)]
        public void Everything_is_written_and_looked_at(string version)
        {
            Nanoff.Put("version", version);
            Nanoff.Put("image", "OTHER_IMAGE");
            PutStore("store", ("route-b", [1, 2, 3]), ("location", [4]));

            (int exitCode, string output, string error) = Flash("--all", "--store", "store", "--no-read-back");

            Assert.That(exitCode, Is.Zero, output + error);
            Assert.That(Nanoff.Text("image"), Is.EqualTo(BoardTestBed.Image));
            Assert.That(Nanoff.Text("application"), Is.EqualTo("a program"));
            Assert.That(Nanoff.Exists("board/route-b.rec") && Nanoff.Exists("board/location.rec"));
            Assert.That(output, Does.Contain($"the board runs {BoardTestBed.Image}").And.Contain("the board runs NanoComm.Esp32RouteB 1.0.0.0")
                .And.Contain("Deploying managed application...OK"), "progress is passed on");
            Assert.That(Directory.Exists(Nanoff.Text("temporary")), Is.False);
        }

        [Test]
        public void While_the_image_is_written_nobody_else_can_read_what_nanoff_keeps_of_the_records()
        {
            Nanoff.Put("say-firmware", "stat -c %a \"$TMPDIR\" > \"$D/firmware-mode\"; echo \"$TMPDIR\" > \"$D/firmware-folder\"");
            Assert.That(Flash("--image").ExitCode, Is.Zero);
            Assert.That(Nanoff.Text("firmware-mode"), Is.EqualTo("700"));
            Assert.That(Directory.Exists(Nanoff.Text("firmware-folder")), Is.False);
        }

        [Test]
        public void A_dry_run_prints_the_commands_and_runs_none()
        {
            PutStore("store", ("location", [4]));
            (int exitCode, string output, string _) = Flash("--all", "--store", "store", "--archive", "images", "--dry-run");
            Assert.That(exitCode, Is.Zero);
            Assert.That(output.Split('\n').Where(line => line.StartsWith("nanoff", StringComparison.Ordinal)), Is.EqualTo(new[]
            {
                $"nanoff --platform esp32 --serialport {BoardTestBed.Port} --devicedetails --suppressnanoffversioncheck",
                $"nanoff --update --target {BoardTestBed.Image} --serialport {BoardTestBed.Port} --fromarchive --archivepath images -v m --suppressnanoffversioncheck",
                $"nanoff --nanodevice --deploy --serialport {BoardTestBed.Port} --image {_bed.PathOf("boards/Bench/bin/Release/NanoComm.Esp32RouteB.bin")} --suppressnanoffversioncheck",
                "nanoff --filedeployment DIR/deploy.json --suppressnanoffversioncheck",
                $"nanoff --platform esp32 --serialport {BoardTestBed.Port} --devicedetails --backuppath DIR --backupfile flash.bin --suppressnanoffversioncheck",
            }));
            Assert.That(output, Does.Contain(@"I:\\records\\location.rec"));
            Assert.That(Nanoff.Calls, Is.Empty);
        }

        [Test]
        public void A_dry_run_without_nanoff_shows_the_pinned_version_s_commands()
        {
            Nanoff.Put("version", "nanoff 1.0.0");
            (int exitCode, string output, string error) = Flash("--app", "--dry-run");
            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.StartWith("nanoff --nanodevice --deploy"));
            Assert.That(error, Does.Contain("too old"));
        }

        [TestCase("--image", "--port", "/dev/ttyNOTHERE", "there is no /dev/ttyNOTHERE")]
        [TestCase("--image", "--port", "/dev", "/dev is a folder, not a serial port")]
        [TestCase("--image", "--port", "/etc/hostname", "is a file, not a serial port")]
        [TestCase("--image", "--port", "ttyUSB0", "there is no ttyUSB0")]
        public void A_port_that_is_none_is_refused_before_nanoff_is_asked(string what, string option, string port, string says)
        {
            (int exitCode, string _, string error) = _bed.Run("flash", "Bench", what, option, port);
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain(says));
            Assert.That(Nanoff.Calls, Is.Empty);
        }

        [Test]
        public void A_program_that_was_not_built_is_told_with_how()
        {
            File.Delete(_bed.PathOf("boards/Bench/bin/Release/NanoComm.Esp32RouteB.bin"));
            (int exitCode, string _, string error) = Flash("--app");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("NanoComm.Esp32RouteB.bin is not there: build it by msbuild nanoComm.sln"));
        }

        [TestCase("flash Nowhere --port /dev/null --image", "the boards here are Bench")]
        [TestCase("flash Bench --port /dev/null", "say what to write")]
        [TestCase("flash Bench --port /dev/null --records", "--records needs --store")]
        [TestCase("flash Bench --port /dev/null --app --archive x", "--archive goes with --image")]
        [TestCase("flash Bench --port /dev/null --image --archive nowhere", "there is no folder nowhere: nanoff --updatearchive")]
        [TestCase("flash Bench --port /dev/null --records --store nowhere", "there is no folder nowhere")]
        [TestCase("flash Bench --port /dev/null --records --store nanoff", "holds no record of a unit")]
        public void Bad_input_is_one_line(string arguments, string says)
        {
            (int exitCode, string _, string error) = _bed.Run(arguments.Split(' '));
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain(says));
            Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(Nanoff.Calls, Is.Empty);
        }

        [TestCase("ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))\nFlash size 8MB x", "the chip is an ESP32-S3, the image is for an ESP32")]
        [TestCase("ESP32 (ESP32-D0WDQ6 (revision v1.0))\nFlash size 4MB x", "the chip is of revision 1")]
        [TestCase("ESP32 (ESP32-D0WD-V3 (revision v3.0))\nFlash size 2MB x", "the flash has 2 MB")]
        [TestCase("", "nanoff does not tell which chip it is")]
        public void The_wrong_chip_is_not_written_to(string chip, string says)
        {
            Nanoff.Put("chip", chip + "\n");
            (int exitCode, string _, string error) = Flash("--image");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("nothing was written").And.Contain(says));
            Assert.That(Nanoff.Calls, Has.Length.EqualTo(1));
        }

        [TestCase("echo 'Error E6000: x'; exit 112", "/dev/null could not be opened: is another program using it")]
        [TestCase("echo 'Error E4000: Error executing esptool command. (Failed to connect)'; exit 160", "hold the board's BOOT button")]
        public void A_board_that_is_not_reached_is_told(string script, string says)
        {
            Nanoff.Put("say-chip", script);
            (int exitCode, string _, string error) = Flash("--image");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("nothing was written").And.Contain(says));
        }

        [Test]
        public void A_program_goes_onto_its_own_image_only()
        {
            Nanoff.Put("image", "ESP32_OLIMEX_WROVER");
            (int exitCode, string _, string error) = Flash("--app");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("the board runs the image ESP32_OLIMEX_WROVER, Bench has ESP32_PSRAM_REV3_IPV6"));
            Assert.That(Nanoff.Exists("application"), Is.False);
        }

        [TestCase("echo E4003; exit 163", "the image, it may be there in part", "written and checked: nothing")]
        [TestCase("exit 0", "the board runs OLD_IMAGE", "written and checked: nothing")]
        public void An_image_that_does_not_arrive_is_told_whatever_the_exit_code(string script, string says, string written)
        {
            Nanoff.Put("image", "OLD_IMAGE");
            Nanoff.Put("say-firmware", script);
            (int exitCode, string _, string error) = Flash("--all");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(error, Does.Contain(says).And.Contain(written));
            Assert.That(Nanoff.Exists("application"), Is.False, "nothing goes onto a board in that state");
        }

        [TestCase("printf 'Deploying managed application...FAILED!\\n'; exit 210")]
        [TestCase("printf 'Getting details from nano device...OK\\n'; exit 0")]
        public void A_program_that_does_not_arrive_is_told_with_what_was_written_before(string script)
        {
            Nanoff.Put("say-application", script);
            PutStore("store", ("location", [4]));
            (int exitCode, string _, string error) = Flash("--all", "--store", "store");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(error, Does.Contain("not done: the program").And.Contain($"written and checked: image {BoardTestBed.Image}"));
            Assert.That(Nanoff.Exists("board/location.rec"), Is.False);
        }

        [Test]
        public void A_record_that_the_board_refuses_is_told_with_those_that_it_took()
        {
            Nanoff.Put("refuse-location.rec", "");
            PutStore("store", ("route-b", [1]), ("location", [4]));
            (int exitCode, string _, string error) = Flash("--records", "--store", "store", "--no-read-back");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(error, Does.Contain("not done: the records location").And.Contain("written and checked: record route-b"));
        }

        [Test]
        public void Records_are_read_back_and_compared()
        {
            // What littlefs wrote of each record once, as this command deploys it.
            Nanoff.Put("flash.bin", FlashMaker.Make(FlashImages.Load("few")));
            Assert.That(_bed.Run("board", "read", "--from", _bed.PathOf("nanoff/flash.bin"), "--out", "store").ExitCode, Is.Zero);
            (int exitCode, string output, string error) = Flash("--records", "--store", "store");
            Assert.That(exitCode, Is.Zero, error);
            Assert.That(output, Does.Contain("the board has the records that were written"));
            Assert.That(Nanoff.Text("mode"), Is.EqualTo("700"), "the copy of the flash");
            Assert.That(Directory.Exists(Nanoff.Text("temporary")), Is.False);

            PutStore("store", ("location", [4, 5, 6]));
            (exitCode, _, error) = Flash("--records", "--store", "store");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(error, Does.Contain("the board has other records than were written: location"));
        }

        [Test]
        public void Version_3_cannot_read_back_and_says_so()
        {
            Nanoff.Put("version", FakeNanoff.Version3);
            PutStore("store", ("location", [4]));
            (int exitCode, string output, string error) = Flash("--records", "--store", "store");
            Assert.That(exitCode, Is.Zero, error);
            Assert.That(output, Does.Contain("nanoff 3.0.0-preview.1 cannot read them back"));
        }

        [Test]
        public void An_image_comes_out_of_an_archive()
        {
            Directory.CreateDirectory(_bed.PathOf("images"));
            (int exitCode, string _, string error) = Flash("--image", "--archive", "images");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(error, Does.Contain("the archive does not hold the image"));
            Directory.CreateDirectory(_bed.PathOf($"images/{BoardTestBed.Image}"));
            Assert.That(Flash("--image", "--archive", "images").ExitCode, Is.Zero);
        }

        private (int ExitCode, string Output, string Error) Flash(params string[] more)
        {
            return _bed.Run(["flash", "Bench", "--port", BoardTestBed.Port, .. more]);
        }

        private void PutStore(string folder, params (string Record, byte[] Content)[] records)
        {
            var store = new DurableStore(new FolderFiles(_bed.PathOf(folder)));
            foreach ((string record, byte[] content) in records)
            {
                Assert.That(store.Write(record, content, content.Length));
            }
        }
    }
}
