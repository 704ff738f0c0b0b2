using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>Every board can be wired as its code and its README say, and both say the same.</summary>
    public static class PinTableTests
    {
        private const string Place = "boards/New";

        // What a board without a fault says of itself.
        private const string Readme = """
            | what | ESP32 pin | to |
            |---|---|---|
            | metering unit, TX (COM2) | GPIO4 | RX |
            | metering unit, RX (COM2) | GPIO36 | TX |
            | Wi-SUN module, TX (COM3) | GPIO32 | RXD |
            | Wi-SUN module, RX (COM3) | GPIO33 | TXD |
            | Wi-SUN module, reset | GPIO13 | RESET |
            | light | GPIO14 | LED |
            | UART0 | GPIO1, GPIO3 | USB |
            nanoff --update --target ESP32_OLIMEX_WROVER
            """;

        private static IEnumerable<string> Boards => Device.Build.Projects
            .Where(project => project.IsProgram && project.Name.StartsWith("boards/")).Select(project => project.Name);

        [TestCaseSource(nameof(Boards))]
        public static void Board_can_be_wired_as_it_says(string name)
        {
            DeviceProject board = Device.Build.Projects.Single(project => project.Name == name);
            string folder = Path.GetDirectoryName(name);

            Refused.Nothing(PinTable.Check(folder, PinTable.Of(Device.Build.Assembly(board).Module),
                File.ReadAllText(Repository.Here.Absolute(folder + "/README.md"))));
            Refused.Nothing(PinTable.CheckWiring(Device.Build.Sources(board).SyntaxTrees
                .Where(source => Path.GetDirectoryName(source.FilePath).EndsWith(folder))));
        }

        [Test]
        public static void Both_boards_are_found()
        {
            Assert.That(Boards, Is.SupersetOf(new[]
            {
                "boards/Esp32Ethernet/NanoComm.Esp32Ethernet.nfproj", "boards/Esp32RouteB/NanoComm.Esp32RouteB.nfproj",
            }));
        }

        [Test]
        public static void A_board_without_a_fault_passes()
        {
            Refused.Nothing(PinTable.Check(Place, Pins(), Readme));
        }

        [TestCase("Light", 0, PinTable.Taken, "strapping")]
        [TestCase("Light", 2, PinTable.Taken, "strapping")]
        [TestCase("Light", 5, PinTable.Taken, "strapping")]
        [TestCase("Light", 12, PinTable.Taken, "strapping")]
        [TestCase("Light", 15, PinTable.Taken, "strapping")]
        [TestCase("Light", 1, PinTable.Taken, "UART0")]
        [TestCase("WiSunReceive", 3, PinTable.Taken, "UART0")]
        [TestCase("Light", 6, PinTable.Taken, "flash")]
        [TestCase("Light", 11, PinTable.Taken, "flash")]
        [TestCase("Light", 16, PinTable.Taken, "PSRAM")]
        [TestCase("WiSunReceive", 17, PinTable.Taken, "PSRAM")]
        [TestCase("Light", 34, PinTable.InputOnly, "Light is GPIO34, which is an input only")]
        [TestCase("MeteringTransmit", 39, PinTable.InputOnly, "an input only")]
        [TestCase("WiSunReset", 35, PinTable.InputOnly, "an input only")]
        [TestCase("Light", 12, PinTable.Taken, "ESP32_OLIMEX_WROVER for its PHY")]
        [TestCase("Light", 23, PinTable.Taken, "ESP32_OLIMEX_WROVER for its PHY")]
        [TestCase("WiSunReceive", 25, PinTable.Taken, "ESP32_OLIMEX_WROVER for its PHY")]
        [TestCase("Light", 20, PinTable.NotThere, "does not have")]
        [TestCase("WiSunReceive", 37, PinTable.NotThere, "does not have")]
        [TestCase("Light", 40, PinTable.NotThere, "does not have")]
        [TestCase("Light", 32, PinTable.Twice, "GPIO32 is WiSunTransmit and Light")]
        [TestCase("Light", 21, PinTable.Readme, "README.md does not have: light at GPIO21")]
        [TestCase("Light", 21, PinTable.Readme, "README.md has, and Pins does not: light at GPIO14")]
        [TestCase("Lamp", 18, PinTable.Unnamed, "Lamp has no name")]
        public static void A_faulty_pin_is_refused(string name, int gpio, string code, string says)
        {
            List<(string Name, int Gpio)> pins = Pins().Where(pin => pin.Name != name).Append((name, gpio)).ToList();

            Refused.Exactly(PinTable.Check(Place, pins, Readme), Place, code, says);
        }

        [Test]
        public static void A_pin_that_is_not_filled_in_is_named()
        {
            List<(string Name, int Gpio)> pins = Pins().Where(pin => pin.Name != "Light").Append(("Light", -1)).ToList();

            Refused.Exactly(PinTable.Check(Place, pins, Readme), Place, PinTable.Unfilled, "Light is not filled in: give its GPIO number");
        }

        [TestCase("ESP32_OLIMEX_WROVER", "ESP32_P4", PinTable.Image, "it says: ESP32_P4")]
        [TestCase("nanoff", "nanoff --target ESP32_REV3", PinTable.Image, "ESP32_REV3, ESP32_OLIMEX_WROVER")]
        [TestCase("--target", "", PinTable.Image, "flashes one image")]
        [TestCase("GPIO36", "GPIO39", PinTable.Readme, "README.md does not have: metering unit, RX (COM2) at GPIO36")]
        [TestCase("| UART0", "| button | GPIO35 | ground |\n| UART0", PinTable.Readme, "Pins does not: button at GPIO35")]
        public static void A_README_that_says_otherwise_is_refused(string text, string by, string code, string says)
        {
            Refused.Exactly(PinTable.Check(Place, Pins(), Readme.Replace(text, by)), Place, code, says);
        }

        [Test]
        public static void A_board_without_a_table_is_refused()
        {
            Refused.Exactly(PinTable.Check(Place, new List<(string, int)>(), Readme), Place, PinTable.NoTable, "class Pins");
        }

        [Test]
        public static void A_board_that_wires_by_a_number_is_refused()
        {
            Refused.Exactly(PinTable.CheckWiring(new[]
                {
                    Device.Build.Synthetic("boards/New/NewBoard.cs", "class NewBoard { NewBoard() { WireLight(23); WireLight(Pins.Light); } }"),
                }),
                "boards/New/NewBoard.cs", PinTable.Literal, "wires by '23'");
        }

        private static List<(string Name, int Gpio)> Pins()
        {
            return new List<(string Name, int Gpio)>
            {
                ("MeteringTransmit", 4), ("MeteringReceive", 36), ("WiSunTransmit", 32), ("WiSunReceive", 33),
                ("WiSunReset", 13), ("Light", 14),
            };
        }
    }
}
