using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>A board that the tool lays out: found by every check without being listed anywhere, refused until its pins are
    /// filled in, and then a board like the others.</summary>
    [NonParallelizable]
    public sealed class NewBoardTests
    {
        private const string Name = "TryOut";
        private const string Place = "boards/TryOut";

        private static readonly Dictionary<string, int> GoodPins = new()
        {
            ["MeteringTransmit"] = 4, ["MeteringReceive"] = 5, ["WiSunTransmit"] = 6, ["WiSunReceive"] = 7, ["WiSunReset"] = 8,
            ["SupplyReceive"] = 9, ["Light"] = 10,
        };

        private TemporaryCopy _copy;

        [SetUp]
        public void Copy()
        {
            _copy = TemporaryCopy.OfDeviceSources();

            // Written once by the copy, so that it puts it back.
            _copy.Write("nanoComm.sln", File.ReadAllText(_copy.Repository.Absolute("nanoComm.sln")));
        }

        [TearDown]
        public void Delete()
        {
            foreach (string left in new[] { Place, Place + ".new" }.Select(_copy.Repository.Absolute).Where(Directory.Exists))
            {
                Directory.Delete(left, recursive: true);
            }

            _copy.Dispose();
        }

        [Test]
        public void A_board_is_refused_until_its_pins_are_filled_in_and_then_compiles_and_passes()
        {
            Lay("esp32s3", NewBoard.WithWifi);
            var build = new DeviceBuild(_copy.Repository);
            DeviceProject board = build.Project("NanoComm." + Name);
            Refused.Nothing(build.Assembly(board).Findings);
            Refused.Nothing(ProjectRules.CheckPackages(_copy.Repository, build.Projects));
            Refused.Nothing(ProjectRules.CheckSolution(_copy.Repository, build.Projects));
            Refused.Nothing(ProjectRules.CheckSources(_copy.Repository));
            IReadOnlyList<(string Name, int Gpio)> pins = PinTable.Of(build.Assembly(board).Module);
            List<Finding> unfilled = PinTable.Check(Place, pins, Readme()).ToList();
            Assert.That(unfilled.Select(finding => finding.Code), Is.All.EqualTo(PinTable.Unfilled));
            Assert.That(unfilled, Has.Count.EqualTo(GoodPins.Count));
            Assert.That(unfilled[0].Message, Does.Contain("Pins.cs, and in the table of README.md"));

            Fill();
            build = new DeviceBuild(_copy.Repository);
            board = build.Project("NanoComm." + Name);
            Refused.Nothing(build.Assembly(board).Findings);
            pins = PinTable.Of(build.Assembly(board).Module);
            Refused.Nothing(PinTable.Check(Place, pins, Readme()));
            Refused.Nothing(PinTable.CheckWiring(build.Sources(board).SyntaxTrees
                .Where(source => Path.GetDirectoryName(source.FilePath).EndsWith(Place, StringComparison.Ordinal))));
            foreach ((int gpio, string says) in new[] { (35, "octal PSRAM"), (43, "UART0"), (19, "USB"), (0, "strapping"), (30, "does not have") })
            {
                IEnumerable<Finding> found = PinTable.Check(Place, pins.Select(pin => pin.Name == "Light" ? (pin.Name, gpio) : pin).ToList(), Readme());
                Assert.That(found.Select(finding => finding.Message), Has.Some.Contains(says));
            }
        }

        [TestCase("esp32", NewBoard.WithWifi, "ESP32_PSRAM_REV3_IPV6")]
        [TestCase("esp32", NewBoard.WithEthernet, "ESP32_OLIMEX_WROVER")]
        [TestCase("esp32s3", NewBoard.WithWifi, "ESP32_S3_OCTAL")]
        public void What_is_laid_out_has_the_name_the_image_and_no_pin_of_the_one_it_is_like(string mcu, string like, string image)
        {
            Lay(mcu, like);
            string[] files = Directory.GetFiles(_copy.Repository.Absolute(Place)).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
            Assert.That(files, Is.EqualTo(new[]
            {
                "NanoComm.TryOut.nfproj", "Pins.cs", "Program.cs", "README.md", "TryOutBoard.cs", "TryOutPower.cs", "packages.config",
            }));
            Assert.That(Readme(), Does.Contain("--target " + image));
            Assert.That(Read("Pins.cs"), Does.Not.Match(@"= \d+;"));
            Assert.That(Read("TryOutBoard.cs"), Does.Contain("\"nC-TryOut\"").And.Not.Contain("Esp32RouteBBoard"));
            Assert.That(Read("TryOutBoard.cs").Contains("CreateIPv6"), Is.EqualTo(image == "ESP32_PSRAM_REV3_IPV6"));
            Assert.That(Read("TryOutPower.cs"), Does.Contain("not yet of this board"));
            string guid = Read("NanoComm.TryOut.nfproj").Split("<ProjectGuid>")[1].Split('<')[0];
            string solution = File.ReadAllText(_copy.Repository.Absolute("nanoComm.sln"));
            string before = File.ReadAllText(Repository.Here.Absolute("nanoComm.sln"));
            Assert.That(before, Does.Not.Contain(guid));
            Assert.That(solution.Split(guid), Has.Length.EqualTo(8), "project, five configurations, folder");
            Assert.That(solution.Split('\n').Except(before.Split('\n')).Count(), Is.EqualTo(7));
            Assert.That(before.Split('\n').Except(solution.Split('\n')), Is.Empty);
        }

        [TestCase("tryout", "esp32", NewBoard.WithWifi, "'tryout' is no name for a board")]
        [TestCase("Try-Out", "esp32", NewBoard.WithWifi, "'Try-Out' is no name for a board")]
        [TestCase("../Out", "esp32", NewBoard.WithWifi, "is no name for a board")]
        [TestCase("Esp32RouteB", "esp32", NewBoard.WithWifi, "there is a 'Esp32RouteB' already")]
        [TestCase("VIRTUAL", "esp32", NewBoard.WithWifi, "there is a 'VIRTUAL' already")]
        [TestCase("Firmware", "esp32", NewBoard.WithWifi, "there is a 'Firmware' already")]
        [TestCase("TryOut", "esp32p4", NewBoard.WithWifi, "--mcu: boards are laid out for esp32 and esp32s3, not for 'esp32p4'")]
        [TestCase("TryOut", "esp32s3", NewBoard.WithEthernet, "--like: a board with esp32s3 is laid out after Esp32RouteB, not after")]
        [TestCase("TryOut", "esp32", "Virtual", "--like: a board with esp32 is laid out after Esp32RouteB or Esp32Ethernet")]
        public void What_cannot_be_laid_out_is_told_and_nothing_is_written(string name, string mcu, string like, string says)
        {
            string[] before = Everything();
            UserError error = Assert.Throws<UserError>(() => new NewBoard(_copy.Repository.Absolute("boards"), name, Mcu.Parse(mcu), like).Write());
            Assert.That(error.Message, Does.Contain(says));
            Assert.That(Everything(), Is.EqualTo(before));
        }

        [Test]
        public void A_folder_that_is_not_boards_is_told()
        {
            UserError error = Assert.Throws<UserError>(() => new NewBoard(_copy.Repository.Absolute("boards/Esp32"), Name, Mcu.Esp32, NewBoard.WithWifi));
            Assert.That(error.Message, Does.Contain("give the folder boards of a working copy"));
        }

        // The solution cannot take its new place: the board's folder, which was there by then, is gone again.
        [Test]
        public void What_fails_half_way_leaves_nothing()
        {
            string blocked = _copy.Repository.Absolute("nanoComm.sln.new");
            Directory.CreateDirectory(blocked);
            string[] before = Everything();
            try
            {
                Assert.That(() => Lay("esp32", NewBoard.WithWifi), Throws.TypeOf<UserError>().With.Message.Contains("nothing was changed"));
                Assert.That(Everything(), Is.EqualTo(before));
            }
            finally
            {
                Directory.Delete(blocked);
            }
        }

        private void Lay(string mcu, string like)
        {
            new NewBoard(_copy.Repository.Absolute("boards"), Name, Mcu.Parse(mcu), like).Write();
        }

        private void Fill()
        {
            string pins = Read("Pins.cs");
            string readme = Readme();
            foreach ((string name, int gpio) in GoodPins)
            {
                pins = pins.Replace($"{name} = -1", $"{name} = {gpio}");
            }

            // The rows stand in the order of the constants.
            foreach (string name in pins.Split("const int ").Skip(1).Select(line => line.Split(' ')[0]))
            {
                int at = readme.IndexOf("GPIO?", readme.IndexOf("|---|", StringComparison.Ordinal), StringComparison.Ordinal);
                readme = readme[..at] + $"GPIO{GoodPins[name]}" + readme[(at + "GPIO?".Length)..];
            }

            File.WriteAllText(_copy.Repository.Absolute(Place + "/Pins.cs"), pins);
            File.WriteAllText(_copy.Repository.Absolute(Place + "/README.md"), readme);
        }

        private string[] Everything()
        {
            return Directory.GetFileSystemEntries(_copy.Repository.Absolute("boards"), "*", SearchOption.AllDirectories)
                .Append(File.ReadAllText(_copy.Repository.Absolute("nanoComm.sln"))).Order(StringComparer.Ordinal).ToArray();
        }

        private string Readme() => Read("README.md");

        private string Read(string file) => File.ReadAllText(_copy.Repository.Absolute($"{Place}/{file}"));
    }
}
