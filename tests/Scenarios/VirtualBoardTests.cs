using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The virtual board as a program: real sockets, real threads, options and exit codes.</summary>
    [Parallelizable]
    internal static class VirtualBoardTests
    {
        private const string GetUnit = "1081 1234 05FF01 028801 62 01 E100";
        private const string Key = "00112233445566778899AABBCCDDEEFF";
        private const string UnitIsWattHours = "1081 1234 028801 05FF01 72 01 E10103";

        private static readonly IPAddress Board = IPAddress.Parse("127.0.0.2");

        [Test]
        public static void It_answers_from_the_asked_address_to_the_echonet_port_and_ends_on_interrupt()
        {
            using UdpClient controller = Bind();
            int port = Port(controller);
            using var board = new VirtualBoardProgram("--port", port.ToString());
            board.WaitFor("reading the metering unit");

            using var elsewhere = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            foreach (UdpClient sender in new[] { controller, elsewhere })
            {
                sender.Send(Hex(GetUnit), new IPEndPoint(Board, port));
                IPEndPoint from = null;
                byte[] answer = controller.Receive(ref from);
                Assert.That(Convert.ToHexString(answer), Is.EqualTo(UnitIsWattHours.Replace(" ", "")));
                Assert.That(from, Is.EqualTo(new IPEndPoint(Board, port)));
            }

            board.Interrupt();
            (int exitCode, string[] output, string[] error) = board.End();
            Assert.That(exitCode, Is.Zero);
            Assert.That(output[^1], Does.Contain("end").And.Contain("2 requests handled"));
            Assert.That(error, Is.Empty);
        }

        // The first thread of the program is the view's.
        [Test]
        [Platform("Linux")]
        public static void The_view_of_a_unit_that_is_left_alone_sleeps()
        {
            using UdpClient controller = Bind();
            using var board = new VirtualBoardProgram("--port", Port(controller).ToString(), "--wisun", "none");
            board.WaitFor("reading the metering unit");
            Thread.Sleep(2000);
            long before = WakeUps(board.Id);
            Thread.Sleep(3000);
            Assert.That(WakeUps(board.Id) - before, Is.AtMost(6));
        }

        // Requirement R21: as on a bench, with a restart in between, and the light that tells it.
        [Test]
        public static void It_erases_itself_by_order_and_starts_anew()
        {
            string folder = Directory.CreateTempSubdirectory("nanocomm-erase-").FullName;
            try
            {
                using UdpClient controller = Bind();
                using var board = new VirtualBoardProgram("--port", Port(controller).ToString(), "--store", folder, "--log", "json");
                Assert.That(board.WaitFor("\"light\":\"Reading\""), Does.Contain("\"pairing\":\"Paired\""));

                byte[] order = "NCB1NCCSIM01zeroise"u8.ToArray();
                var store = new DurableStore(new FolderFiles(folder));
                Assert.That(store.Write("ticket-in", order, order.Length));

                board.WaitFor("restarting");
                board.WaitFor("\"event\":\"start\"");
                Assert.That(board.WaitFor("\"light\":\"Retired\""),
                    Does.Contain("\"pairing\":\"Retired\"").And.Contain("\"detail\":\"ErasedByBench\""));
                board.Interrupt();
                Assert.That(board.End().ExitCode, Is.Zero);

                var record = new byte[DurableStore.MaxLength];
                Assert.That(store.Read("zeroise", record), Is.EqualTo(85));
                Assert.That(record[1], Is.EqualTo(1), "done");
                Assert.That(store.Read("pairing", record), Is.EqualTo(-1));
                Assert.That(store.Read("route-b", record), Is.EqualTo(-1));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        [Test]
        public static void It_serves_several_addresses_each_from_its_own()
        {
            using UdpClient controller = Bind();
            int port = Port(controller);
            using var board = new VirtualBoardProgram("--port", port.ToString(), "--listen", "127.0.0.2", "--listen",
                "127.0.0.3");
            board.WaitFor("reading the metering unit");
            foreach (string address in new[] { "127.0.0.3", "127.0.0.2" })
            {
                controller.Send(Hex(GetUnit), new IPEndPoint(IPAddress.Parse(address), port));
                IPEndPoint from = null;
                controller.Receive(ref from);
                Assert.That(from.Address.ToString(), Is.EqualTo(address));
            }
        }

        [Test]
        public static void Into_a_pipe_json_is_one_object_a_line()
        {
            using UdpClient controller = Bind();
            using var board = new VirtualBoardProgram("--port", Port(controller).ToString(), "--log", "json", "--for", "2");
            (int exitCode, string[] output, _) = board.End();
            Assert.That(exitCode, Is.Zero);
            string[] events = output
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()).ToArray();
            Assert.That(events, Does.Contain("reading").And.Contain("notification"));
            Assert.That(events[0], Is.EqualTo("start"));
            Assert.That(events[^1], Is.EqualTo("end"));
        }

        // A line full of noise is to be seen as such, and not only as a metering unit or module that does not answer.
        [Test]
        [Platform("Linux")]
        public static void What_is_dropped_and_refused_is_in_json()
        {
            using var meter = new PseudoTerminal();
            using var module = new PseudoTerminal();
            int meterAsked = 0;
            int moduleAsked = 0;
            meter.Received += _ =>
            {
                meter.Send(Hex("5555 7E00"));
                Interlocked.Increment(ref meterAsked);
            };
            module.Received += _ =>
            {
                module.Send("WHAT\r\n"u8.ToArray());
                Interlocked.Increment(ref moduleAsked);
            };
            meter.Start();
            module.Start();
            using UdpClient controller = Bind();
            using var board = new VirtualBoardProgram("--port", Port(controller).ToString(), "--log", "json",
                "--mu", meter.Name, "--pair", "4E434D0000000001:4E43430000000001:" + Key + ":" + Key,
                "--wisun", module.Name, "--route-b-id", Key, "--route-b-password", "Passw0rd0123");
            Assert.That(() => Math.Min(meterAsked, moduleAsked), Is.AtLeast(3).After(60_000, 50), "each is asked again and again");

            // Until now it may have started; from now on it hears them.
            Thread.Sleep(3000);
            board.Interrupt();

            (int exitCode, string[] output, _) = board.End();

            Assert.That(exitCode, Is.Zero);
            JsonElement end = JsonDocument.Parse(output[^1]).RootElement;
            Assert.That(end.GetProperty("linkNoiseBytes").GetInt32(), Is.Positive);
            Assert.That(end.GetProperty("linkDrops").GetProperty("Format").GetInt32(), Is.Positive);
            Assert.That(Counts(end, "linkWriteFailures", "linkFrameRejects", "linkUnexpected"), Is.All.Zero);
            JsonElement wiSun = end.GetProperty("wiSun");
            Assert.That(wiSun.GetProperty("unknownLines").GetInt32(), Is.Positive);
            Assert.That(Counts(wiSun, "unused", "writeFailures", "lost", "ignored", "sendFailures", "givenUp"), Is.All.Zero);
        }

        // Who has no power, and why, is in log and JSON; low from the first moment.
        [TestCase("--low-supply", "0:60", true, "shed", "the supply is low")]
        [TestCase("--reserved", "2400", false, "waits", "mVA, and 600 are free")]
        public static void What_has_no_power_is_in_json(string option, string value, bool isLow, string state, string says)
        {
            using UdpClient controller = Bind();
            using var board = new VirtualBoardProgram("--port", Port(controller).ToString(), "--log", "json", "--for", "5",
                option, value);

            (int exitCode, string[] output, _) = board.End();

            Assert.That(exitCode, Is.Zero);
            JsonElement power = JsonDocument.Parse(output[^1]).RootElement.GetProperty("powerBudget");
            Assert.That(power.GetProperty("supplyLow").GetBoolean(), Is.EqualTo(isLow));
            JsonElement module = power.GetProperty("loads").EnumerateArray()
                .Single(load => load.GetProperty("name").GetString() == "Wi-SUN module");
            Assert.That(module.GetProperty("state").GetString(), Is.EqualTo(state));
            Assert.That(output, Has.Some.Contains(says));
            Assert.That(JsonDocument.Parse(output[^1]).RootElement.GetProperty("readings").GetInt32(), Is.Positive,
                "the metering unit is read on");
        }

        [Test]
        public static void As_a_high_voltage_meter_it_lists_both_objects_and_shows_its_values()
        {
            using UdpClient controller = Bind();
            using var board = new VirtualBoardProgram("--port", Port(controller).ToString(), "--class", "high", "--for", "5");

            (int exitCode, string[] output, _) = board.End();

            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Has.Some.Contains("high-voltage smart meter 0x028A, 0x028F on"));
            Assert.That(output, Has.Some.Contains("VA of 9.00 free"));
            Assert.That(output, Has.Some.Match(@"reading .* normal [\d,]+\.\d\d kWh, reverse [\d,]+\.\d\d kWh"));

            // Midnight may pass.
            TimeSpan[] times = output.Select(line => TimeSpan.Parse(line.Split(' ')[0])).ToArray();
            Assert.That(times.Select(time => (time - times[0] + TimeSpan.FromDays(1)).Ticks % TimeSpan.TicksPerDay), Is.Ordered.Ascending,
                "as they happened, whoever tells them");
        }

        // In words, and in both views: what is not read, and of what.
        [TestCase("json")]
        [TestCase("text")]
        [Platform("Linux")]
        public static void What_a_metering_unit_does_not_give_is_told_in_words(string log)
        {
            using var line = new PseudoTerminal();
            byte[] key = Hex(Key);
            MeteringUnitState state = MeteringUnitState.Make(new DurableStore(new MemoryFiles()), Hex("4E434D0000000001"),
                "SIM000000001", new PairingKeys(0, Hex("4E43430000000001"), key, key), null);
            var clock = new MonotonicClock();
            var meter = new MeteringUnitServer(new SimulatedMeteringUnit(HouseholdData.Recorded, clock, DateTime.Now, 1), state,
                clock, new SeededRandom(1));
            meter.Quirks.Miss("1.0.31.7.0.255", "1.0.99.2.0.255");
            meter.Attach(line);
            line.Start();
            using UdpClient controller = Bind();
            using var board = new VirtualBoardProgram("--port", Port(controller).ToString(), "--log", log, "--for", "4",
                "--mu", line.Name, "--pair", "4E434D0000000001:4E43430000000001:" + Key + ":" + Key, "--wisun", "none");

            (int exitCode, string[] output, _) = board.End();

            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Has.Exactly(1).Contains("1-0:31.7.0 attribute 3: refused (4): no data"));
            if (log == "text")
            {
                Assert.That(output, Has.Some.Contains("goes out every two seconds").And.Some.Contains(
                    "no data from 1-0:31.7.0, 1-0:99.2.0"));
                return;
            }

            JsonElement told = output.Select(line => JsonDocument.Parse(line).RootElement)
                .Last(element => element.GetProperty("event").GetString() == "state");
            Assert.That(told.GetProperty("metering").GetString(), Is.EqualTo("ReadingWithGaps"));
            Assert.That(told.GetProperty("light").GetString(), Is.EqualTo("ReadingWithGaps"));
            Assert.That(told.GetProperty("gaps").EnumerateArray().Select(gap => gap.GetString()),
                Is.EqualTo(new[] { "1-0:31.7.0", "1-0:99.2.0" }));
            Assert.That(JsonDocument.Parse(output[^1]).RootElement.GetProperty("differences").GetInt32(), Is.GreaterThan(1));
        }

        [Test]
        public static void A_store_keeps_what_was_set()
        {
            string store = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            try
            {
                Assert.That(SetOrGet("1081 0001 05FF01 028801 61 01 810108", store), Does.EndWith("71018100"));
                Assert.That(SetOrGet("1081 0002 05FF01 028801 62 01 8100", store), Does.EndWith("7201810108"));
            }
            finally
            {
                Directory.Delete(store, true);
            }
        }

        // As on every board: the unit opens its ports, and says so, whether it has readings or not.
        [Test]
        public static void It_announces_itself_when_its_ports_open()
        {
            using UdpClient controller = Bind();
            using var board = new VirtualBoardProgram("--port", Port(controller).ToString(), "--log", "json", "--wisun", "none",
                "--mu", "tcp:127.0.0.1:1", "--for", "5");
            Assert.That(board.WaitFor("\"event\":\"notification\""), Does.Contain("D5"));
        }

        [Test]
        public static void An_address_in_use_leaves_the_store_as_it_is()
        {
            string store = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            try
            {
                using var other = new UdpClient(new IPEndPoint(Board, 0));
                using var board = new VirtualBoardProgram("--port", Port(other).ToString(), "--store", store);
                AssertUserError(board, "in use by another program");
                Assert.That(Directory.GetFiles(store, "*.rec"), Is.Empty);
            }
            finally
            {
                Directory.Delete(store, true);
            }
        }

        [Test]
        public static void An_address_in_use_gives_one_line_and_exit_code_2()
        {
            using var other = new UdpClient(new IPEndPoint(Board, 0));
            using var board = new VirtualBoardProgram("--port", Port(other).ToString());
            AssertUserError(board, "in use");
        }

        [TestCase("--listen", "meter", "'meter' is not an IPv4 or IPv6 address")]
        [TestCase("--listen", "198.51.100.7", "not an address of this PC")]
        [TestCase("--port", "70000", "not a whole number from 1 to 65535")]
        [TestCase("--speed", "0", "not a whole number from 1 to 3600")]
        [TestCase("--data", "/no/such/file.csv", "no such file")]
        [TestCase("--for", "-1", "more than 0 seconds")]
        [TestCase("--log", "xml", "neither text nor json")]
        [TestCase("--wisun", "x", "--wisun")]
        [TestCase("--wisun", "", "a path is missing")]
        [TestCase("--mu", "", "a path is missing")]
        [TestCase("--store", "", "a path is missing")]
        [TestCase("--hems-dongle", "", "a path is missing")]
        [TestCase("--for", "10s", "'10s' is no time to run")]
        [TestCase("--class", "middle", "neither low nor high")]
        [TestCase("--reserved", "-1", "not a whole number from 0")]
        [TestCase("--reserved", "6VA", "6VA")]
        [TestCase("--low-supply", "20", "'20' is not AFTER:FOR")]
        [TestCase("--low-supply", "20:0", "FOR at least 1")]
        [TestCase("--low-supply", "-1:5", "is not AFTER:FOR")]
        [TestCase("--wifi", "maybe", "'maybe' is none of order, bench")]
        [TestCase("--wifi-fault", "gone", "is not KIND@AFTER")]
        [TestCase("--wifi-fault", "rain@5", "is not KIND@AFTER")]
        [TestCase("--wifi-fault", "gone@5:0", "is not KIND@AFTER")]
        [TestCase("--access-point", "home", "give --wifi too")]
        public static void A_bad_option_gives_one_line_and_exit_code_2(string option, string value, string says)
        {
            using var board = new VirtualBoardProgram(option, value);
            AssertUserError(board, says);
        }

        [TestCase("--listen is a cable", "--listen", "127.0.0.3")]
        [TestCase("no Wi-Fi path", "--class", "high")]
        [TestCase("--wifi-address: '::1' is not an IPv4 address", "--wifi-address", "::1")]
        [TestCase("with --wifi-address", "--wifi-address", "198.51.100.7")]
        [TestCase("--access-point-passphrase: ", "--access-point-passphrase", "/no/such/file")]
        [TestCase("1 to 32 bytes", "--access-point", "a name of more than thirty-two bytes")]
        public static void A_bad_option_beside_Wi_Fi_gives_one_line_and_exit_code_2(string says, string option, string value)
        {
            using var board = new VirtualBoardProgram("--wifi", "bench", option, value);
            AssertUserError(board, says);
        }

        // Requirement R24.
        [Test]
        public static void With_Wi_Fi_it_is_dark_until_ordered()
        {
            string folder = Directory.CreateTempSubdirectory("nanocomm-wifi-").FullName;
            try
            {
                using UdpClient controller = Bind();
                int port = Port(controller);
                controller.Client.ReceiveTimeout = 1000;
                using (var bench = new VirtualBoardProgram("--wifi", "bench", "--port", port.ToString(), "--store", folder))
                {
                    bench.WaitFor("wi-fi    joined, 127.0.0.2");
                    Assert.That(File.Exists(Path.Combine(folder, "wifi-bench.rec")), "for nanoff");
                    bench.Interrupt();
                    bench.End();
                }

                using var board = new VirtualBoardProgram("--wifi", "--port", port.ToString(), "--log", "json", "--store", folder);
                Assert.That(board.WaitFor("\"event\":\"wifi\""), Does.Contain("\"state\":\"Off\""));
                board.WaitFor("\"event\":\"live\"");
                controller.Send(Hex(GetUnit), new IPEndPoint(Board, port));
                IPEndPoint from = null;
                Assert.That(() => controller.Receive(ref from), Throws.InstanceOf<SocketException>());
                board.Interrupt();
                (_, string[] output, _) = board.End();
                Assert.That(output[^1], Does.Contain("\"attempts\":0"));
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        [Test]
        public static void In_a_simulated_network_it_answers_and_comes_back_from_its_faults()
        {
            using UdpClient controller = Bind();
            int port = Port(controller);
            string passphrase = Path.GetTempFileName();
            File.WriteAllText(passphrase, "not to be shown\n");
            try
            {
                using var board = new VirtualBoardProgram("--wifi", "bench", "--access-point", "customer", "--access-point-passphrase",
                    passphrase, "--port", port.ToString(), "--wifi-fault", "gone@12:3", "--wifi-fault", "address@30", "--log", "json");
                AssertJoined(board, "127.0.0.2");
                AssertAnswers(controller, port, Board);
                board.WaitFor("\"state\":\"NetworkNotFound\"");
                AssertJoined(board, "127.0.0.2");
                AssertAnswers(controller, port, Board);
                AssertJoined(board, "127.0.0.3");
                AssertAnswers(controller, port, IPAddress.Parse("127.0.0.3"));
                board.Interrupt();
                (int exitCode, string[] output, string[] error) = board.End();
                Assert.That(exitCode, Is.Zero);
                Assert.That(error, Is.Empty);
                Assert.That(output, Has.None.Contains("not to be shown"));
            }
            finally
            {
                File.Delete(passphrase);
            }
        }

        private static void AssertJoined(VirtualBoardProgram board, string address)
        {
            string line = board.WaitFor($"\"address\":\"{address}:");
            Assert.That(line, Does.Contain("\"dbm\":-61").And.Contain("\"accessPoint\":\"customer\""));
        }

        private static void AssertAnswers(UdpClient controller, int port, IPAddress board)
        {
            IPEndPoint from = null;
            Assert.That(() =>
            {
                controller.Send(Hex(GetUnit), new IPEndPoint(board, port));
                return Convert.ToHexString(controller.Receive(ref from));
            }, Does.StartWith("1081"));
            Assert.That(from.Address, Is.EqualTo(board));
        }

        private static void AssertUserError(VirtualBoardProgram board, string says)
        {
            (int exitCode, string[] output, string[] error) = board.End();
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(output, Is.Empty);
            Assert.That(error, Has.Length.EqualTo(1));
            Assert.That(error[0], Does.Contain(says));
        }

        private static int[] Counts(JsonElement element, params string[] names)
        {
            return names.Select(name => element.GetProperty(name).GetInt32()).ToArray();
        }

        private static string SetOrGet(string frame, string store)
        {
            using UdpClient controller = Bind();
            int port = Port(controller);
            using var board = new VirtualBoardProgram("--port", port.ToString(), "--store", store);
            board.WaitFor("reading the metering unit");
            controller.Send(Hex(frame), new IPEndPoint(Board, port));
            IPEndPoint from = null;
            string answer = Convert.ToHexString(controller.Receive(ref from));
            board.Interrupt();
            Assert.That(board.End().ExitCode, Is.Zero);
            return answer;
        }

        private static UdpClient Bind()
        {
            var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            client.Client.ReceiveTimeout = 10_000;
            return client;
        }

        // How often a process's first thread has gone to sleep so far.
        private static long WakeUps(int process)
        {
            return long.Parse(File.ReadLines($"/proc/{process}/task/{process}/status")
                .Single(line => line.StartsWith("voluntary", StringComparison.Ordinal)).Split('\t')[1]);
        }

        private static int Port(UdpClient client) => ((IPEndPoint)client.Client.LocalEndPoint).Port;

        private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", ""));
    }
}
