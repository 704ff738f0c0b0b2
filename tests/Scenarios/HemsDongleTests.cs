using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using NanoComm.Hal.Host;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The Wi-SUN path as its users touch it, as programs: the virtual board with its HEMS dongle, and the small
    /// controller at it.</summary>
    [Platform("Linux")]
    [Parallelizable]
    internal static class HemsDongleTests
    {
        private const string Id = "00112233445566778899AABBCCDDEEFF";
        private const string Password = "0123456789AB";
        private const string OtherId = "FFEEDDCCBBAA99887766554433221100";
        private const string OtherPassword = "ABCDEFabcdef";

        private static string _folder;

        private static string Dongle => Path.Combine(_folder, "dongle");

        private static string Store => Path.Combine(_folder, "store");

        // Choosing channel and PAN takes ten seconds, once; the store keeps them.
        [OneTimeSetUp]
        public static void ChooseChannel()
        {
            _folder = Directory.CreateTempSubdirectory("nanocomm-").FullName;
            using VirtualBoardProgram board = Start("--store", Store);
            Assert.That(board.WaitFor("wi-sun   module"), Does.Contain($"made-up id {Id}, password {Password}"));
            board.WaitFor("ready, channel");
        }

        [OneTimeTearDown]
        public static void Remove()
        {
            Directory.Delete(_folder, true);
        }

        [TestCase("a1")]
        [TestCase("c2")]
        public static void A_controller_joins_reads_fetches_what_it_missed_and_leaves(string dialect)
        {
            using VirtualBoardProgram board = Start("--store", Store, "--hems-dongle", Dongle, "--hems-dialect", dialect,
                "--speed", "60");
            string ready = board.WaitFor("ready, channel");
            using NanocommProgram hems = Tool("hems", "--port", Dongle, "--id", Id, "--password-file", Password, "--every", "4");

            Assert.That(hems.WaitFor("module"), Does.Contain("dialect " + dialect.ToUpperInvariant()));
            string found = hems.WaitFor("found");
            string channelAndPan = found[found.IndexOf("channel", StringComparison.Ordinal)..found.LastIndexOf(',')];
            Assert.That(ready, Does.Contain(channelAndPan));
            hems.WaitFor("joined");
            Assert.That(board.WaitFor("joined, channel"), Does.Contain("terminal fe80::"));
            Assert.That(hems.WaitFor("meter "), Does.Contain("028801, 32 properties to read"));
            Assert.That(hems.WaitFor("reading"), Does.Contain(" kWh").And.Contain(" W").And.Not.Contain("no data"));
            Assert.That(board.WaitFor("E7 power"), Does.Contain("Wi-SUN [fe80::").And.Contain("Get_Res"));
            hems.WaitFor("halfHour");
            hems.WaitFor("fetched");

            hems.Interrupt();
            (int exitCode, string[] output, string[] error) = hems.End();
            Assert.That(exitCode, Is.Zero);
            Assert.That(output[^1], Does.Contain("left"));
            Assert.That(output.Concat(error), Has.None.Contains(Id).And.None.Contains(Password));
            board.WaitFor("the terminal has left");

            board.Interrupt();
            Assert.That(board.End().ExitCode, Is.Zero);
            Assert.That(new FileInfo(Dongle).LinkTarget, Is.Null, "the dongle's name is gone");
        }

        [Test]
        public static void A_high_voltage_meter_is_read_in_both_directions_and_every_quantity()
        {
            string dongle = Path.Combine(_folder, "high");
            using VirtualBoardProgram board = Start("--class", "high", "--hems-dongle", dongle, "--speed", "60");
            board.WaitFor("ready, channel");
            using NanocommProgram hems = Tool("hems", "--port", dongle, "--id", Id, "--password-file", Password, "--every", "4",
                "--json");

            JsonElement meter = Json(hems.WaitFor("\"event\":\"meter\""));
            Assert.That(meter.GetProperty("eoj").GetString(), Is.EqualTo("028F01"));
            decimal step = meter.GetProperty("kilowattHoursPerStep").GetDecimal();
            Assert.That(step, Is.EqualTo(0.06m), "600 times 0.0001 kWh");
            JsonElement reading = Json(hems.WaitFor("\"event\":\"reading\""));
            Assert.That(reading.GetProperty("normal").GetDecimal(),
                Is.EqualTo(reading.GetProperty("normalRegister").GetUInt32() * step));
            Assert.That(reading.GetProperty("power").GetInt32(), Is.Not.Zero);
            JsonElement high = reading.GetProperty("high");
            Assert.That(high.GetProperty("maximumDemand").GetProperty("normal").GetDecimal(), Is.Positive);
            Assert.That(high.GetProperty("reactiveLag").GetProperty("normal").GetDecimal(), Is.Positive);
            foreach (string quantity in new[] { "halfHour", "demand", "reactive" })
            {
                // By day a half-hour may flow to the grid alone.
                JsonElement value = Json(hems.WaitFor($"\"event\":\"{quantity}\""));
                Assert.That(value.GetProperty("normal").GetDecimal() + value.GetProperty("reverse").GetDecimal(), Is.Positive);
            }

            Assert.That(Json(hems.WaitFor("\"event\":\"fetched\"")).GetProperty("intervalMinutes").GetInt32(), Is.EqualTo(1));
        }

        [Test]
        public static void Its_history_is_read_over_the_air_into_a_file_without_gaps()
        {
            string file = Path.Combine(_folder, "history.csv");
            using VirtualBoardProgram board = Start("--store", Store, "--hems-dongle", Dongle);
            board.WaitFor("ready, channel");
            using NanocommProgram read = Tool("read", "--from", Dongle, "--id", Id, "--password-file", Password, "--history", "2", "--minutes", "20",
                "--zone", "local", "--out", file);
            (int exitCode, string[] output, string[] error) = read.End();
            Assert.That((exitCode, error), Is.EqualTo((0, Array.Empty<string>())));
            Assert.That(output.Single(), Does.Contain("history.csv: meter ").And.Contain("all with data"));

            string[][] rows = File.ReadAllLines(file).Skip(1).Select(line => line.Split(',')).ToArray();
            foreach (IGrouping<string, string[]> series in rows.GroupBy(row => $"{row[2]} {row[4]}"))
            {
                TimeSpan interval = TimeSpan.FromMinutes(int.Parse(series.First()[2]));
                DateTimeOffset[] times = series.Select(row => DateTimeOffset.Parse(row[1])).ToArray();
                Assert.That(times.Zip(times.Skip(1), (one, next) => next - one), Is.All.EqualTo(interval));
                Assert.That(series.Select(row => long.Parse(row[7])), Is.Ordered);
                Assert.That(series.Select(row => decimal.Parse(row[5])), Is.EqualTo(series.Select(row => long.Parse(row[7]) * 0.001m)));
                Assert.That(times, interval.TotalMinutes == 1 ? Has.Length.EqualTo(20) : Has.Length.GreaterThan(2 * 48));
            }

            Assert.That(rows.Select(row => $"{row[2]} {row[4]}").Distinct(), Is.EquivalentTo(new[] { "30 normal", "30 reverse", "1 normal", "1 reverse" }));
        }

        [Test]
        public static void Wrong_credentials_say_which_and_the_right_ones_still_get_in()
        {
            using VirtualBoardProgram board = Start("--store", Store, "--hems-dongle", Dongle);
            board.WaitFor("ready, channel");
            AssertFails("look at the password", "hems", "--port", Dongle, "--id", Id, "--password-file", OtherPassword);
            AssertFails("look at the id", "hems", "--port", Dongle, "--id", OtherId, "--password-file", Password);

            using NanocommProgram hems = Tool("hems", "--port", Dongle, "--id", Id, "--password-file", Password, "--json");
            Assert.That(hems.WaitFor("\"reading\""), Does.StartWith("{").And.Contain("\"power\":"));
        }

        [Test]
        public static void Given_credentials_are_used_kept_and_not_shown()
        {
            string store = Path.Combine(_folder, "given");
            using (VirtualBoardProgram board = Start("--store", store, "--hems-dongle", Dongle, "--route-b-id",
                OtherId.ToLowerInvariant(), "--route-b-password-file", OtherPassword))
            {
                Assert.That(board.WaitFor("wi-sun   module"), Does.Contain("as given, kept in the store"));
                board.WaitFor("ready, channel");
                using NanocommProgram hems = Tool("hems", "--port", Dongle, "--id", OtherId, "--password-file", OtherPassword);
                hems.WaitFor("reading");
                board.Interrupt();
                Assert.That(board.End().Output, Has.None.Contains(OtherId).And.None.Contains(OtherPassword));
            }

            using VirtualBoardProgram again = Start("--store", store);
            Assert.That(again.WaitFor("wi-sun   module"), Does.Contain("id and password of the store"));
        }

        [Test]
        public static void A_real_module_gets_no_credentials_that_everybody_knows()
        {
            using var module = new PseudoTerminal();
            using (VirtualBoardProgram board = Start("--wisun", module.Name))
            {
                Assert.That(board.WaitFor("wi-sun   module"), Does.Contain("no id and password").And.Not.Contain(Id));
                board.WaitFor("closed");
            }

            AssertRefused("made-up pair", "--store", Store, "--wisun", module.Name);
        }

        [Test]
        public static void Without_a_module_there_is_no_wi_sun_path()
        {
            using VirtualBoardProgram board = Start("--wisun", "none", "--for", "1");
            (int exitCode, string[] output, _) = board.End();
            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Has.Some.Contains("no Wi-SUN module").And.None.Contains("terminals may join"));
        }

        [Test]
        public static void A_name_that_is_taken_is_left_alone_and_one_left_behind_is_used_again()
        {
            File.WriteAllText(Dongle, "mine");
            AssertRefused("is there already", "--hems-dongle", Dongle);
            Assert.That(File.ReadAllText(Dongle), Is.EqualTo("mine"));

            File.Delete(Dongle);
            File.CreateSymbolicLink(Dongle, "/dev/pts/no-such-terminal");
            using VirtualBoardProgram board = Start("--hems-dongle", Dongle, "--for", "1");
            Assert.That(board.End().ExitCode, Is.Zero);
            Assert.That(new FileInfo(Dongle).LinkTarget, Is.Null);
        }

        [TestCase("'b7' is neither a1 nor c2", "--hems-dialect", "b7")]
        [TestCase("goes with --wisun sim", "--hems-dongle", "x", "--wisun", "none")]
        [TestCase("no such folder", "--hems-dongle", "/no such folder/dongle")]
        [TestCase("go together", "--route-b-id", Id)]
        [TestCase("go together", "--route-b-password-file", Password)]
        [TestCase("32 hexadecimal digits", "--route-b-id", "0011", "--route-b-password-file", Password)]
        [TestCase("12 letters and digits", "--route-b-id", Id, "--route-b-password-file", "too-short")]
        [TestCase("/no/such/port cannot be opened", "--wisun", "/no/such/port")]
        public static void A_bad_option_of_the_board_gives_one_line_and_exit_code_2(string says, params string[] options)
        {
            AssertRefused(says, options);
        }

        [TestCase("--port", "hems", "--id", Id, "--password-file", Password)]
        [TestCase("--id", "hems", "--port", "/dev/null", "--password-file", Password)]
        [TestCase("--password-file", "hems", "--port", "/dev/null", "--id", Id)]
        [TestCase("32 hexadecimal digits", "hems", "--port", "/dev/null", "--id", "0011", "--password-file", Password)]
        [TestCase("12 letters and digits", "hems", "--port", "/dev/null", "--id", Id, "--password-file", "short")]
        [TestCase("/no/such/port cannot be opened", "hems", "--port", "/no/such/port", "--id", Id, "--password-file", Password)]
        [TestCase("--every", "hems", "--port", "/dev/null", "--id", Id, "--password-file", Password, "--every", "0")]
        [TestCase("group 2 (id)", "credentials", "--check", "0011-23 2233-00 4455-00 6677-00 8899-00 AABB-00 CCDD-00 EEFF-00")]
        [TestCase("these are 2 groups", "credentials", "--check", "0011-11 2233-22")]
        [TestCase("--port goes with --store", "credentials", "--port", "/dev/ttyUSB0")]
        [TestCase("goes without", "credentials", "--check", "0011-11", "--json")]
        public static void A_bad_option_of_the_tool_gives_one_line_and_exit_code_2(string says, params string[] arguments)
        {
            AssertFails(says, arguments);
        }

        private static JsonElement Json(string line)
        {
            return JsonDocument.Parse(line).RootElement;
        }

        private static VirtualBoardProgram Start(params string[] options)
        {
            // The IP path is there too, and must not be in anybody's way.
            return new VirtualBoardProgram([.. WithFiles(options), "--listen", "127.0.0.51"]);
        }

        private static NanocommProgram Tool(params string[] arguments) => new([.. WithFiles(arguments)]);

        // A secret goes into a file of its owner's, and the file's name in its place.
        private static IEnumerable<string> WithFiles(string[] arguments)
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                if (i == 0 || !arguments[i - 1].EndsWith("password-file", StringComparison.Ordinal))
                {
                    yield return arguments[i];
                    continue;
                }

                string file = Path.Combine(_folder, Path.GetRandomFileName());
                using (FileStream stream = OwnerOnly.Create(file))
                {
                    stream.Write(Encoding.ASCII.GetBytes(arguments[i] + "\n"));
                }

                yield return file;
            }
        }

        private static void AssertRefused(string says, params string[] options)
        {
            using VirtualBoardProgram board = Start(options);
            AssertFails(says, board);
        }

        private static void AssertFails(string says, params string[] arguments)
        {
            using NanocommProgram tool = Tool(arguments);
            AssertFails(says, tool);
        }

        private static void AssertFails(string says, RunningProgram program)
        {
            (int exitCode, string[] output, string[] error) = program.End();
            Assert.That(exitCode, Is.EqualTo(2));

            // What was typed in the open is warned of, beside.
            string[] errors = error.Where(line => !line.StartsWith("warning: ", StringComparison.Ordinal)).ToArray();
            Assert.That(errors, Has.Length.EqualTo(1), string.Join('\n', error));
            Assert.That(errors[0], Does.Contain(says));
            Assert.That(output.Concat(error), Has.None.Contains(OtherPassword));
        }
    }
}
