using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using NanoComm.Dlms;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.MeterLink;
using NanoComm.Pairing;
using NanoComm.Supervision;
using NanoComm.WiSun;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>What <c>--log json</c> prints has the shape of docs/events.schema.json, in the order of its times; docs/events.md
    /// says the same.</summary>
    [Parallelizable]
    internal static class EventsTests
    {
        private const string Board = "127.0.0.96";
        private const int Burst = 400;
        private const string GetPower = "1081000105FF010288016201E700";
        private const string Noise = "FFFF";

        // Each sentence of the schema names one: $defs/event-NAME.
        private const string Prefix = "event-";

        private static readonly JsonSchema Schema = JsonSchema.FromFile(PathOf("events.schema.json"));
        private static readonly JsonObject Text = JsonNode.Parse(File.ReadAllText(PathOf("events.schema.json"))).AsObject();

        private static string[] _lines;

        // With a Wi-Fi, requests good and bad, and more at once than are kept.
        [OneTimeSetUp]
        public static void Record()
        {
            using var controller = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.97"), 0));
            int port = ((IPEndPoint)controller.Client.LocalEndPoint).Port;
            using var board = new VirtualBoardProgram("--log", "json", "--wifi", "bench", "--wifi-address", Board, "--port", $"{port}",
                "--ip-rate", "10000", "--ip-burst", "10000", "--ip-path-rate", "20000", "--for", "12");
            var lines = new List<string> { board.WaitFor("\"event\":\"start\"") };
            foreach (string sign in new[] { "\"event\":\"live\"", "\"address\":\"", "\"event\":\"notification\"" })
            {
                lines.AddRange(lines.Any(line => line.Contains(sign, StringComparison.Ordinal)) ? [] : board.ReadTo(sign));
            }

            var unit = new IPEndPoint(IPAddress.Parse(Board), port);
            controller.Send(Convert.FromHexString(GetPower), unit);
            controller.Send(Convert.FromHexString(Noise), unit);
            lines.AddRange(board.ReadTo("\"dropped\":"));
            for (int i = 0; i < Burst; i++)
            {
                controller.Send(Convert.FromHexString(GetPower), unit);
            }

            lines.AddRange(board.End().Output);
            _lines = [.. lines];
        }

        [Test]
        public static void Every_line_has_the_shape_of_the_schema()
        {
            string[] wrong = _lines.Where(line => !IsValid(line)).ToArray();
            Assert.That(wrong, Is.Empty);
        }

        [Test]
        public static void Every_kind_of_event_has_been_seen()
        {
            Assert.That(_lines.Select(EventOf).Distinct(), Is.EquivalentTo(EventsOfSchema()));
        }

        [Test]
        public static void Lines_stand_in_the_order_of_their_times()
        {
            Assert.That(_lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("at").GetDateTimeOffset()), Is.Ordered.Ascending);
        }

        [Test]
        public static void A_request_tells_its_parts()
        {
            JsonElement request = JsonDocument.Parse(_lines.First(line => EventOf(line) == "request" && !line.Contains("dropped"))).RootElement;
            Assert.That(request.GetProperty("object").GetString(), Is.EqualTo("028801"));
            JsonElement property = request.GetProperty("properties")[0];
            Assert.That(property.GetProperty("epc").GetString(), Is.EqualTo("E7"));
            Assert.That(property.GetProperty("name").GetString(), Is.EqualTo("power"));
            Assert.That(request.GetProperty("answer").GetString(), Is.EqualTo("Get_Res"));
        }

        // The schema is one that refuses.
        [TestCase("\"event\":\"live\"", "\"event\":\"lively\"")]
        [TestCase("\"at\":\"", "\"at\":\"at ")]
        [TestCase("\"normal\":", "\"Normal\":")]
        [TestCase("\"normal\":", "\"normal\":-")]
        public static void Another_shape_is_refused(string text, string other)
        {
            string live = _lines.First(line => EventOf(line) == "live");
            Assert.That(IsValid(live));
            Assert.That(live, Does.Contain(text));
            Assert.That(IsValid(live.Replace(text, other, StringComparison.Ordinal)), Is.False);
        }

        [TestCase("level", typeof(LogLevel))]
        [TestCase("pairing", typeof(PairingState))]
        [TestCase("detail", typeof(PairingDetail))]
        [TestCase("light", typeof(LightPattern))]
        [TestCase("metering", typeof(MeteringState))]
        [TestCase("drop", typeof(DropReason))]
        [TestCase("linkDrop", typeof(HdlcDrop))]
        [TestCase("wiSunState", typeof(CoordinatorState))]
        [TestCase("wifiState", typeof(WifiState))]
        public static void The_schema_has_every_word_of_the_firmware(string name, Type words)
        {
            string[] told = Enum.GetNames(words).Where(word => word != nameof(DropReason.None) || words != typeof(DropReason)).ToArray();
            Assert.That(Text["$defs"][name]["enum"].AsArray().Select(word => (string)word), Is.EquivalentTo(told));
        }

        [Test]
        public static void The_page_has_a_row_for_each_event_with_each_of_its_properties()
        {
            Dictionary<string, string[]> page = File.ReadLines(PathOf("events.md"))
                .Select(line => Regex.Match(line, @"^\| `(\w+)` \| .* \| (.*) \|$")).Where(row => row.Success && row.Groups[1].Value != "event")
                .ToDictionary(row => row.Groups[1].Value, row => Regex.Matches(row.Groups[2].Value, @"`(\w+)`").Select(one => one.Groups[1].Value).ToArray());
            Assert.That(page.Keys, Is.EquivalentTo(EventsOfSchema()));
            foreach ((string name, string[] properties) in page)
            {
                IEnumerable<string> wanted = Text["$defs"][Prefix + name]["properties"].AsObject().Select(one => one.Key);
                Assert.That(properties.Concat(["at", "event"]), Is.EquivalentTo(wanted), name);
            }
        }

        private static IEnumerable<string> EventsOfSchema()
        {
            return Text["oneOf"].AsArray().Select(one => ((string)one["$ref"])["#/$defs/".Length..][Prefix.Length..]);
        }

        private static bool IsValid(string line)
        {
            return Schema.Evaluate(JsonDocument.Parse(line).RootElement, new EvaluationOptions { RequireFormatValidation = true }).IsValid;
        }

        private static string EventOf(string line) => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString();

        private static string PathOf(string file) => Path.Combine(TestContext.CurrentContext.TestDirectory, file);
    }
}
