using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NanoComm.Hal.Host;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The simulated air as a program of its own, between a virtual board and controllers that end and start again.</summary>
    [Platform("Linux")]
    [Parallelizable]
    internal static class AirTests
    {
        private const string Id = "FFEEDDCCBBAA99887766554433221100";
        private const string Address = "127.0.0.99";

        private static string _folder;

        private static string Module => Path.Combine(_folder, "module");

        private static string Dongle => Path.Combine(_folder, "dongle");

        private static string Other => Path.Combine(_folder, "other");

        private static string Password => Path.Combine(_folder, "password");

        [SetUp]
        public static void MakeFolder()
        {
            _folder = Directory.CreateTempSubdirectory("nanocomm-air-").FullName;
            using FileStream file = OwnerOnly.Create(Password);
            file.Write("ABCDEFabcdef\n"u8);
        }

        [TearDown]
        public static void Remove() => Directory.Delete(_folder, true);

        // Links of one that was killed are there already.
        [Test]
        public static void It_stays_while_board_and_controller_are_killed_and_start_again()
        {
            using (NanocommProgram killed = Air("--json"))
            {
                killed.WaitFor("\"event\":\"start\"");
                Kill(killed);
            }

            Assert.That(new FileInfo(Module).LinkTarget, Is.Not.Null, "it had no time to take it away");
            using NanocommProgram air = Air("--json", "--seed", "7", "--dongle", Other);
            JsonElement start = JsonDocument.Parse(air.WaitFor("\"event\":\"start\"")).RootElement;
            Assert.That(start.GetProperty("seed").GetInt32(), Is.EqualTo(7));
            Assert.That(start.GetProperty("next").GetArrayLength(), Is.EqualTo(3));
            using VirtualBoardProgram board = Board();
            board.WaitFor("ready, channel");
            using (NanocommProgram hems = Hems(Dongle))
            {
                Assert.That(hems.WaitFor("reading"), Does.Contain(" kWh"));
                Assert.That(air.WaitFor("\"event\":\"joined\""), Does.Contain(Dongle));
                Kill(hems);
            }

            using (NanocommProgram hems = Hems(Dongle))
            {
                Assert.That(hems.WaitFor("reading"), Does.Contain(" kWh"));
                hems.Interrupt();
                hems.End();
                Assert.That(air.WaitFor("\"event\":\"left\""), Does.Contain(Dongle));
            }

            Kill(board);
            using VirtualBoardProgram again = Board();
            again.WaitFor("ready, channel");
            using NanocommProgram other = Hems(Other);
            Assert.That(other.WaitFor("reading"), Does.Contain(" kWh"));
            Assert.That(air.WaitFor("\"event\":\"joined\""), Does.Contain(Other));

            air.Interrupt();
            (int exitCode, string[] output, string[] error) = air.End();
            Assert.That((exitCode, string.Join('\n', error)), Is.EqualTo((0, "")));
            JsonElement end = JsonDocument.Parse(output[^1]).RootElement;
            Assert.That(end.GetProperty("event").GetString(), Is.EqualTo("end"));
            Assert.That(end.GetProperty("frames").GetInt64(), Is.Positive);
            Assert.That(end.GetProperty("ports").EnumerateArray().Select(port => port.GetProperty("sessions").GetInt64()), Is.EqualTo(new[] { 3, 2, 1 }));
            Assert.That(new[] { Module, Dongle, Other }.Where(Path.Exists), Is.Empty, "its links are gone with it");
        }

        // A controller that runs finds out by two requests without an answer, after 25 seconds.
        [Test]
        [Explicit("a minute, most of it a controller's patience: dotnet test tests/Scenarios --filter Name~A_controller_that_runs_on")]
        public static void A_controller_that_runs_on_reads_again_when_the_board_and_when_the_air_was_killed()
        {
            using NanocommProgram first = Air();
            first.WaitFor("hems");
            VirtualBoardProgram board = Board();
            board.WaitFor("ready, channel");
            using NanocommProgram hems = Hems(Dongle);
            hems.WaitFor("reading");

            Kill(board);
            board.Dispose();
            board = Board();
            Assert.That(hems.WaitFor("trouble"), Does.Contain("joining again"));
            hems.WaitFor("joined");
            Assert.That(hems.WaitFor("reading"), Does.Contain(" kWh"));

            Kill(first);
            using NanocommProgram second = Air();
            second.WaitFor("hems");
            hems.WaitFor("joined");
            Assert.That(hems.WaitFor("reading"), Does.Contain(" kWh"));
            board.Dispose();
        }

        private static NanocommProgram Air(params string[] options) => new(["air", "--module", Module, "--dongle", Dongle, .. options]);

        private static VirtualBoardProgram Board()
        {
            using var socket = new UdpClient(new IPEndPoint(IPAddress.Parse(Address), 0));
            return new VirtualBoardProgram("--wisun", Module, "--store", Path.Combine(_folder, "unit"), "--route-b-id", Id, "--route-b-password-file", Password,
                "--listen", Address, "--port", $"{((IPEndPoint)socket.Client.LocalEndPoint).Port}");
        }

        private static NanocommProgram Hems(string dongle)
        {
            return new NanocommProgram("hems", "--port", dongle, "--id", Id, "--password-file", Password, "--every", "2");
        }

        private static void Kill(RunningProgram program)
        {
            using Process kill = Process.Start("kill", ["-KILL", program.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
            program.End();
        }
    }
}
