using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Board
{
    /// <summary>The log of a unit as a user sees it: out of a file, out of a port, from a virtual board; and what a running unit tells
    /// of its version.</summary>
    [Parallelizable]
    internal sealed class BoardLogTests
    {
        private const int Patience = 30_000;

        private static readonly string[] SomeLines =
        [
            "rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)",
            "120 I main: firmware image ESP32_PSRAM_REV3_IPV6 1.17.0.512",
            "4000 W pairing: the ticket was not accepted: it has expired; trying again",
        ];

        private BoardTestBed _bed;

        [SetUp]
        public void SetUp() => _bed = new BoardTestBed();

        [TearDown]
        public void TearDown() => _bed.Dispose();

        [Test]
        public void A_log_that_was_taken_down_is_told_in_words()
        {
            File.WriteAllLines(_bed.PathOf("log.txt"), SomeLines);
            (int exitCode, string output, string error) = _bed.Run("board", "log", "--from", "log.txt");
            Assert.That(exitCode, Is.Zero, error);
            Assert.That(output, Does.Contain("the power was switched on").And.Contain("4.000 s").And.Contain("(code 4)").And
                .Contain("The ticket has expired. Ask the key office for a new ticket."));
            Assert.That(output, Does.Not.Contain("\x1B["));
        }

        [Test]
        public void As_JSON_it_is_one_object_a_line()
        {
            File.WriteAllLines(_bed.PathOf("log.txt"), SomeLines);
            JsonElement[] lines = [.. _bed.Run("board", "log", "--from", "log.txt", "--json").Output.Trim().Split('\n')
                .Select(line => JsonDocument.Parse(line).RootElement)];
            Assert.That(lines, Has.Length.EqualTo(3));
            Assert.That(lines[2].GetProperty("code").GetInt32(), Is.EqualTo(4));
            Assert.That(lines[2].GetProperty("level").GetString(), Is.EqualTo("Warning"));
            Assert.That(lines[2].GetProperty("source").GetString(), Is.EqualTo("pairing"));
            Assert.That(lines[1].TryGetProperty("code", out _), Is.False);
        }

        [Test]
        public void Noise_in_a_file_is_told()
        {
            var noise = new byte[3000];
            new Random(1).NextBytes(noise);
            File.WriteAllBytes(_bed.PathOf("log.txt"), noise);
            Assert.That(_bed.Run("board", "log", "--from", "log.txt").Output, Does.Contain("cannot be read").And.Contain("another speed"));
        }

        [TestCase("board log", "give either --port or --from")]
        [TestCase("board log --from nowhere.txt", "nowhere.txt")]
        [TestCase("board log --port /dev/ttyNOTHERE", "there is no /dev/ttyNOTHERE")]
        [TestCase("board log --port /dev", "is a folder")]
        [TestCase("board log --port /dev/null", "cannot be opened")]
        [TestCase("board log --port /dev/null --baud 5", "--baud: '5' is not a whole number from 300")]
        [TestCase("board info", "give one of --port, --ip and --store")]
        [TestCase("board info --ip nobody", "'nobody' is no address")]
        [TestCase("board info --ip 127.0.0.1 --board Bench", "--board goes with --port")]
        [TestCase("board info --store nowhere", "there is no folder nowhere")]
        [Platform(Exclude = "Win")]
        public void Bad_input_is_one_line(string arguments, string says)
        {
            (int exitCode, string _, string error) = _bed.Run(arguments.Split(' '));
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain(says));
        }

        [Test]
        [Platform(Include = "Linux")]
        public void A_port_is_followed_through_noise_and_through_its_going_away()
        {
            string link = _bed.PathOf("port");
            var first = new PseudoTerminal();
            first.Start();
            File.CreateSymbolicLink(link, first.Name);
            using var follower = new Keys.ToolProgram(_bed.Folder, new Dictionary<string, string>(), "board", "log", "--port", link, "--json");
            using var second = new PseudoTerminal();
            second.Start();
            Task speaking = Task.Run(() =>
            {
                var noise = new byte[2000];
                new Random(2).NextBytes(noise);
                SpinWait.SpinUntil(() => follower.HasOpen(first.Name), Patience);
                for (int i = 0; i < 8; i++)
                {
                    Thread.Sleep(300);
                    first.Send(Encoding.ASCII.GetBytes(SomeLines[1] + "\r\n"));
                }

                for (int i = 0; i < 8; i++)
                {
                    first.Send(noise);
                    Thread.Sleep(300);
                }

                File.Delete(link);
                first.Dispose();
                Thread.Sleep(300);
                File.CreateSymbolicLink(link, second.Name);
                SpinWait.SpinUntil(() => follower.HasOpen(second.Name), Patience);
                for (int i = 0; i < 8; i++)
                {
                    Thread.Sleep(300);
                    second.Send(Encoding.ASCII.GetBytes(SomeLines[2] + "\r\n"));
                }
            });
            speaking.Wait();
            follower.Interrupt();
            (int exitCode, string output, string error) = follower.End();
            Assert.That(exitCode, Is.Zero, error);
            Assert.That(output, Does.Contain("the unit starts").And.Contain("cannot be read").And.Contain("115200"));
            Assert.That(output, Does.Contain("is gone").And.Contain("is back").And.Contain("\"code\":4"));
        }

        [Test]
        public void A_virtual_board_is_told_in_the_same_words_and_tells_its_version()
        {
            using Process board = Process.Start(new ProcessStartInfo("dotnet", [
                Path.Combine(TestContext.CurrentContext.TestDirectory, "nanocomm-virtual.dll"), "--listen", "127.83.4.9", "--port", "36107", "--for", "12",
            ])
            {
                RedirectStandardOutput = true,
            });
            var seen = new StringBuilder();
            string line;
            do
            {
                line = board.StandardOutput.ReadLine();
                seen.AppendLine(line);
            }
            while (line is not null && !line.Contains("reading the metering unit", StringComparison.Ordinal));

            (int exitCode, string info, string error) = _bed.Run("board", "info", "--ip", "127.83.4.9:36107", "--json");
            board.Kill();
            Assert.That(board.WaitForExit(Patience));
            File.WriteAllText(_bed.PathOf("virtual.log"), seen.ToString());

            Assert.That(exitCode, Is.Zero, error);
            JsonElement told = JsonDocument.Parse(info).RootElement;
            Assert.That(told.GetProperty("product").GetString(), Is.Not.Empty);
            Assert.That(told.GetProperty("object").GetString(), Is.EqualTo("028801"));
            Assert.That(told.GetProperty("release").GetString(), Is.EqualTo("R"));
            Assert.That(told.GetProperty("identification").GetString(), Has.Length.EqualTo(34));
            Assert.That(_bed.Run("board", "log", "--from", "virtual.log").Output, Does.Contain("the meter answers, and readings arrive"));
        }

        [Test]
        [Platform(Exclude = "Win")]
        public void A_board_at_a_port_tells_image_and_program()
        {
            _bed.Nanoff.Put("application", "x");
            JsonElement told = JsonDocument.Parse(_bed.Run("board", "info", "--port", BoardTestBed.Port, "--board", "Bench", "--json").Output).RootElement;
            Assert.That(told.GetProperty("image").GetString(), Is.EqualTo(BoardTestBed.Image));
            Assert.That(told.GetProperty("imageVersion").GetString(), Is.EqualTo("1.17.0.512"));
            Assert.That(told.GetProperty("programVersion").GetString(), Is.EqualTo("1.0.0.0"));
        }

        [TestCase("image", "ESP32_OLIMEX_WROVER", "the board runs the image ESP32_OLIMEX_WROVER, Bench has ESP32_PSRAM_REV3_IPV6")]
        [TestCase("none", "", "the board runs no program of ours, Bench has NanoComm.Esp32RouteB: flash Bench --app")]
        [Platform(Exclude = "Win")]
        public void Another_image_or_program_on_the_board_is_told(string file, string content, string says)
        {
            _bed.Nanoff.Put(file, content);
            (int exitCode, string _, string error) = _bed.Run("board", "info", "--port", BoardTestBed.Port, "--board", "Bench");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(error, Does.Contain(says));
        }

        [Test]
        [Platform(Exclude = "Win")]
        public void A_board_that_does_not_answer_is_told()
        {
            _bed.Nanoff.Put("say-unit", "echo 'Error E2001: x (Couldn'\"'\"'t connect to specified nano device.)'; exit 209");
            (int exitCode, string _, string error) = _bed.Run("board", "info", "--port", BoardTestBed.Port);
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("no nanoFramework answers at /dev/null"));
        }

        [Test]
        public void Where_no_unit_answers_it_says_so()
        {
            (int exitCode, string _, string error) = _bed.Run("board", "info", "--ip", "127.83.4.10:36108");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("no unit answers at 127.83.4.10:36108"));
        }
    }
}
