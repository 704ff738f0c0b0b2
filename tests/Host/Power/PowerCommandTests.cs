using System.IO;
using System.Linq;
using System.Text.Json;
using NanoComm.PowerPlanning;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Power
{
    /// <summary><c>nanocomm power</c>, from its arguments to its exit code.</summary>
    internal static class PowerCommandTests
    {
        [Test]
        public static void Without_a_board_the_boards_are_listed()
        {
            (int exitCode, string output, string error) = ToolCommand.Run("power");

            Assert.That(error, Is.Empty);
            Assert.That(exitCode, Is.Zero);
            Assert.That(output.Split('\n', System.StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()),
                Is.EqualTo(PowerBoard.All.Select(board => board.Name)));
        }

        [Test]
        public static void Loads_states_and_margin_are_told()
        {
            (int exitCode, string output, string error) = ToolCommand.Run("power", "esp32ethernet");

            Assert.That(error, Is.Empty);
            Assert.That(exitCode, Is.Zero);
            output = PlainText.Of(output);
            Assert.That(output, Does.Match(@"Wi-SUN module BP35A1 +│ held in reset +│ +1 │ +2 │ +2 │"));
            Assert.That(output, Does.Match(@"│ serving +│ +35 │ +35 │ +70 │"));
            Assert.That(output, Does.Match(@"at power-up, before the firmware has run +│ 3\.14 │ +5\.86 │ +61 %"));
            Assert.That(output, Does.Contain("All loads fit together: the governor never has to refuse."));
        }

        [TestCase("--reserved", "12.8", "PrimaryPath")]
        [TestCase("--power-factor", "0.1", "PrimaryPath")]
        [TestCase("--reserved", "15", "NoBudget")]
        public static void A_board_that_exceeds_its_share_gives_exit_code_1(string option, string value, string fault)
        {
            (int exitCode, string output, _) = ToolCommand.Run("power", "Esp32Ethernet", option, value);

            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(output, Does.Contain(fault + ": "));
        }

        [Test]
        public static void Wifi_that_does_not_fit_is_refused_and_told()
        {
            (_, string output, _) = ToolCommand.Run("power", "Esp32Ethernet", "--with", "wifi", "--reserved", "8.6");

            Assert.That(output, Does.Contain("ESP32-WROVER-E Wi-Fi on is refused beside Wi-SUN module BP35A1 serving"));
        }

        [Test]
        public static void A_worse_last_converter_takes_more_and_a_part_less_takes_less()
        {
            int drawn = Everything("Esp32RouteB");

            // 492 mA × 3.3 V = 1,623.6 mW, at 85 %, at 50 %; and 143 mA without Wi-Fi, at 85 %; 417 mA of the processor alone.
            Assert.That(drawn, Is.EqualTo(1911));
            Assert.That(Everything("Esp32RouteB", "--efficiency", "50"), Is.EqualTo(3248));
            Assert.That(Everything("Esp32RouteB", "--without", "wifi"), Is.EqualTo(556));
            Assert.That(Everything("Esp32RouteB", "--with", "wifi"), Is.EqualTo(drawn), "it has it");
            Assert.That(Everything("Esp32RouteB", "--without", "light", "--without", "wisun"), Is.EqualTo(1619));
        }

        [Test]
        public static void A_program_gets_every_figure()
        {
            JsonElement plan = Json("Esp32Ethernet");

            Assert.That(plan.GetProperty("supply").GetProperty("free").GetInt32(), Is.EqualTo(9000));
            Assert.That(plan.GetProperty("loads").EnumerateArray().Select(load => load.GetProperty("part").GetString()),
                Is.EqualTo(new[] { "Ethernet", "WiSun", "Processor", "Light" }));
            Assert.That(plan.GetProperty("loads")[1].GetProperty("states")[1].GetProperty("charge").GetInt32(), Is.EqualTo(70));
            Assert.That(plan.GetProperty("faults").GetArrayLength(), Is.Zero);
        }

        [TestCase("png", "PNG")]
        [TestCase("svg", "svg")]
        public static void Both_charts_are_drawn(string kind, string starts)
        {
            using var folder = new TemporaryFolder();

            (int exitCode, string output, _) = ToolCommand.Run("power", "Virtual.High", "--chart", Path.Combine(folder.Path, "plan." + kind));

            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.Contain($"plan.{kind}").And.Contain($"plan-hour.{kind}"));
            foreach (string file in new[] { $"plan.{kind}", $"plan-hour.{kind}" })
            {
                Assert.That(File.ReadAllText(Path.Combine(folder.Path, file))[..200], Does.Contain(starts));
            }
        }

        [TestCase("there is no board 'Esp8266'; there are Esp32Ethernet, ", "Esp8266")]
        [TestCase("--with: 'radar' is none of wifi, ", "Virtual", "--with", "radar")]
        [TestCase("--with: 'other' is none of wifi, ", "Virtual", "--with", "other")]
        [TestCase("--reserved: '-1' is not a number from 0 to 1000", "Virtual", "--reserved", "-1")]
        [TestCase("--power-factor: '0,5' is not a number from 0.1 to 1", "Virtual", "--power-factor", "0,5")]
        [TestCase("--chart: 'plan.gif' ends in neither .png nor .svg", "Virtual", "--chart", "plan.gif")]
        public static void What_cannot_be_done_is_told_in_one_line(string says, params string[] arguments)
        {
            (int exitCode, _, string error) = ToolCommand.Run(["power", .. arguments]);

            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain(says));
            Assert.That(error.Trim(), Does.Not.Contain('\n'));
        }

        private static int Everything(params string[] arguments)
        {
            return Json(arguments).GetProperty("sums").EnumerateArray().Last().GetProperty("drawn").GetInt32();
        }

        private static JsonElement Json(params string[] arguments)
        {
            return JsonDocument.Parse(ToolCommand.Run(["power", .. arguments, "--json"]).Output).RootElement;
        }
    }
}
