using System.IO;
using System.Linq;
using System.Text.Json;
using NanoComm.Supervision;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Power
{
    /// <summary><c>nanocomm link</c>, from its arguments to its exit code.</summary>
    internal static class LinkCommandTests
    {
        // 13 − 31.77 dB of free space at 925 MHz; 17 − 40.20 dB at 2,442 MHz.
        [TestCase(-18.8, -23.2, "--distance", "1")]

        // 28 dB for a tenfold distance, or what the exponent says.
        [TestCase(-46.8, -51.2, "--distance", "10")]
        [TestCase(-38.8, -43.2, "--distance", "10", "--exponent", "2")]

        // 5 and 7 dB a wall.
        [TestCase(-33.8, -44.2, "--distance", "1", "--walls", "3")]

        // Requirement R32.
        [TestCase(-24.8, -29.2, "--distance", "1", "--enclosure", "meter-box")]
        [TestCase(-33.8, -36.2, "--distance", "1", "--enclosure", "meter-box-worst")]
        [TestCase(-47.8, -48.2, "--distance", "1", "--enclosure", "cubicle")]
        [TestCase(-14.3, -18.7, "--distance", "1", "--unit-gain", "2.5", "--terminal-gain", "2")]
        public static void What_arrives_is_calculated(double wiSun, double wifi, params string[] arguments)
        {
            JsonElement paths = Json(arguments).GetProperty("paths");

            Assert.That(paths[0].GetProperty("expected").GetDouble(), Is.EqualTo(wiSun));
            Assert.That(paths[0].GetProperty("margin").GetDouble(), Is.EqualTo(wiSun + 80).Within(0.051));
            Assert.That(paths[1].GetProperty("expected").GetDouble(), Is.EqualTo(wifi));
            Assert.That(paths[1].GetProperty("margin").GetDouble(), Is.EqualTo(wifi + 70).Within(0.051));
        }

        [TestCase("take Wi-SUN: 33 dB above what is usable", 0, "--distance", "10")]
        [TestCase("Wi-SUN: 4 dB above what is usable, which is little: measure on the spot, or lay a cable (Ethernet)", 0,
            "--distance", "20", "--walls", "3", "--enclosure", "meter-box")]
        [TestCase("no radio is usable: lay a cable (Ethernet), or give the antenna another place", 1,
            "--distance", "50", "--walls", "2", "--enclosure", "cubicle")]
        [TestCase("no radio is usable: bring the terminal nearer, or lay a cable with a switch on the way", 1, "--distance", "5000")]
        public static void The_path_to_take_is_told(string advice, int exitCode, params string[] arguments)
        {
            (int code, string output, string error) = ToolCommand.Run(["link", .. arguments]);

            Assert.That(error, Is.Empty);
            Assert.That(output, Does.Contain(advice));
            Assert.That(code, Is.EqualTo(exitCode));
            Assert.That(output, Does.Contain("Ethernet: no radio; a cable of up to 100 m."));
        }

        [Test]
        public static void What_a_unit_has_measured_stands_beside_what_was_expected()
        {
            using var folder = new TemporaryFolder();
            string log = Path.Combine(folder.Path, "unit.log");
            File.WriteAllLines(log,
            [
                "03:14:10 wi-sun: ready: terminals may join",
                "03:14:15 link: " + LinkReport.Describe("Wi-SUN", -50, -80),
                @"{""event"":""link"",""link"":""link Wi-SUN -52 dBm, 28 dB above -80"",""at"":""x""}",
                LinkReport.Describe("Wi-Fi", -75, LinkReport.WifiLimit),
                "link Wi-Fi -60 dBm, 5 dB below -70",
                "link Wi-Fi -6000 dBm, 5 dB below -70",
                "no link here -75 dBm",
            ]);

            JsonElement link = Json("--distance", "10", "--log", log);
            string output = PlainText.Of(ToolCommand.Run("link", "--distance", "10", "--log", log, "--chart",
                Path.Combine(folder.Path, "c.svg")).Output);

            Assert.That(link.GetProperty("measured").EnumerateArray().Select(path => path.ToString()), Is.EqualTo(new[]
            {
                "{\n      \"path\": \"Wi-SUN\",\n      \"levels\": [\n        -50,\n        -52\n      ]\n    }",
                "{\n      \"path\": \"Wi-Fi\",\n      \"levels\": [\n        -75\n      ]\n    }",
            }));
            Assert.That(link.GetProperty("contradictions").GetInt32(), Is.EqualTo(1));
            Assert.That(output, Does.Match(@"Wi-SUN +│ +2 │ +-52 │ +-51 │ +-52 │ +-4 │"));
            Assert.That(output, Does.Match(@"Wi-Fi +│ +1 │ +-75 │ +-75 │ +-75 │ +-24 │"));
            Assert.That(output, Does.Contain("sentences that contradict themselves: 1"));
            Assert.That(File.ReadAllText(Path.Combine(folder.Path, "c.svg")), Does.Contain("Wi-SUN usable from -80").And.Contain("<svg"));
        }

        [Test]
        public static void A_log_that_says_nothing_of_links_is_told()
        {
            using var folder = new TemporaryFolder();
            string log = Path.Combine(folder.Path, "unit.log");
            File.WriteAllText(log, "metering: reading the metering unit\n");

            Assert.That(ToolCommand.Run("link", "--log", log).Error, Does.Contain("has no line such as 'link Wi-SUN -69 dBm, 11 dB above -80'"));
            Assert.That(ToolCommand.Run("link", "--log", log + "x").Error, Does.Contain("--log: Could not find file"));
        }

        [TestCase("--enclosure: 'box' is none of none, meter-box, meter-box-worst, cubicle", "--enclosure", "box")]
        [TestCase("--distance: '0' is not a number from 1 to 10000", "--distance", "0")]
        [TestCase("--walls: '21' is not a whole number from 0 to 20", "--walls", "21")]
        public static void What_cannot_be_done_is_told_in_one_line(string says, params string[] arguments)
        {
            (int exitCode, _, string error) = ToolCommand.Run(["link", .. arguments]);

            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain(says));
        }

        private static JsonElement Json(params string[] arguments)
        {
            return JsonDocument.Parse(ToolCommand.Run(["link", .. arguments, "--json"]).Output).RootElement;
        }
    }
}
