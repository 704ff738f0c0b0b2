using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A conformance run as a user starts it, at the virtual board: over IP, and over its Wi-SUN dongle.</summary>
    [Parallelizable]
    internal static class ConformTests
    {
        private const string Port = "36910";

        private static string _folder;

        [OneTimeSetUp]
        public static void MakeFolder()
        {
            _folder = Directory.CreateTempSubdirectory("nanocomm-").FullName;
        }

        [OneTimeTearDown]
        public static void Remove()
        {
            Directory.Delete(_folder, true);
        }

        [TestCase("low", "127.0.0.91", "127.0.0.92", 190)]
        [TestCase("high", "127.0.0.93", "127.0.0.94", 300)]
        [Explicit("a minute and a half each; in virtual time tests/Conformance has all rows, and the next one asks most")]
        public static void A_meter_on_the_network_passes(string meterClass, string meter, string second, int least)
        {
            using VirtualBoardProgram board = Board(meter, "--class", meterClass);
            string report = Path.Combine(_folder, meterClass);
            AssertPassed(report, least, "--ip", $"{meter}:{Port}", "--second", second, "--report", report);
        }

        // All but the frames that are to be met with silence, which takes its time.
        [Test, Explicit("13 s on a machine that does nothing else; in virtual time tests/Conformance has all rows")]
        public static void A_meter_on_the_network_passes_what_is_answered()
        {
            string[] groups = ["answer", "form", "group", "identity", "map", "node", "required", "selector", "size", "time"];
            using VirtualBoardProgram board = Board("127.0.0.91");
            string report = Path.Combine(_folder, "answered");
            AssertPassed(report, 170, ["--ip", $"127.0.0.91:{Port}", "--second", "127.0.0.92", "--report", report,
                .. groups.SelectMany(group => new[] { "--only", group })]);
        }

        [Test, Explicit("a minute and a half; in virtual time tests/Conformance has it")]
        public static void A_meter_is_watched_over_a_half_hour()
        {
            using VirtualBoardProgram board = Board("127.0.0.95", "--speed", "60");
            string report = Path.Combine(_folder, "watch");
            AssertPassed(report, 6, "--ip", $"127.0.0.95:{Port}", "--minutes", "1", "--speed", "60", "--only", "watch", "--report", report);
            Assert.That(Lines(report).Single(line => line.GetProperty("kind").GetString() == "case"
                && line.GetProperty("id").GetString() == "WATCH-0288-INF").GetProperty("verdict").GetString(), Is.EqualTo("passed"));
        }

        [Test, Explicit("half a minute on a machine that does nothing else")]
        [Platform("Linux")]
        public static void A_meter_behind_a_dongle_passes()
        {
            string dongle = Path.Combine(_folder, "dongle");
            string password = Path.Combine(_folder, "password");
            File.WriteAllText(password, "0123456789AB\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            using var board = new VirtualBoardProgram("--listen", "127.0.0.96", "--port", Port, "--hems-dongle", dongle);
            board.WaitFor("ready, channel");
            string report = Path.Combine(_folder, "dongle-report");
            string output = AssertPassed(report, 25, "--port", dongle, "--id", "00112233445566778899AABBCCDDEEFF", "--password-file", password,
                "--only", "node", "--only", "identity", "--only", "watch", "--only", "answer", "--only", "SEL-0288-EF-SET", "--only", "FRM-EHD1",
                "--only", "FRM-SETI", "--report", report);
            Assert.That(output + string.Concat(Directory.GetFiles(report).Select(File.ReadAllText)), Does.Not.Contain("0123456789AB")
                .And.Not.Contain("00112233445566778899AABBCCDDEEFF"));
        }

        [TestCase("nothing answers ECHONET Lite at 127.0.0.97:36910", "--ip", "127.0.0.97:36910", "--report", "FOLDER/none", "--only", "node")]
        [TestCase("cannot be had", "--ip", "127.0.0.97:36910", "--second", "198.51.100.1", "--report", "FOLDER/none")]
        [TestCase("the report cannot be written to", "--ip", "127.0.0.97", "--report", "/dev/null/report")]
        [TestCase("--report is missing", "--ip", "127.0.0.97")]
        [TestCase("or --ip for a meter on this network", "--report", "FOLDER/none")]
        [TestCase("--second goes with --ip", "--port", "/dev/null", "--id", "00", "--second", "127.0.0.1", "--report", "FOLDER/none")]
        [TestCase("--ip goes without", "--ip", "127.0.0.97", "--port", "/dev/null", "--report", "FOLDER/none")]
        [TestCase("'0279' is none of 0288 028A 028F", "--list", "--class", "0279")]
        [TestCase("'frames' is neither a group nor the id of a row", "--list", "--only", "frames")]
        [TestCase("none of these rows is for the class", "--list", "--only", "FORM-0288-E7", "--class", "028A")]
        [TestCase("no route-B password: set NANOCOMM_ROUTE_B_PASSWORD, or give --password-file", "--port", "/dev/null", "--id",
            "00112233445566778899AABBCCDDEEFF", "--report", "FOLDER/none")]
        public static void What_cannot_be_done_gives_one_line_and_exit_code_2(string says, params string[] options)
        {
            using var conform = new NanocommProgram(["conform", .. options.Select(option => option.Replace("FOLDER", _folder, StringComparison.Ordinal))]);
            (int exitCode, _, string[] error) = conform.End();
            Assert.That((exitCode, error.Length), Is.EqualTo((2, 1)), string.Join('\n', error));
            Assert.That(error[0], Does.Contain(says));
        }

        [Test]
        public static void The_rows_are_listed_with_their_clauses()
        {
            using var conform = new NanocommProgram("conform", "--list", "--class", "0288", "--only", "selector");
            (int exitCode, string[] output, _) = conform.End();
            Assert.That(exitCode, Is.Zero);
            Assert.That(output[^1], Is.EqualTo("21 rows"));
            Assert.That(string.Concat(output), Does.Contain("SEL-0288-E5-SET").And.Contain("Release R").And.Contain("not read"));
        }

        private static VirtualBoardProgram Board(string address, params string[] options)
        {
            var board = new VirtualBoardProgram(["--listen", address, "--port", Port, "--wisun", "none", .. options]);
            board.WaitFor("reading  ");
            return board;
        }

        private static string AssertPassed(string report, int least, params string[] options)
        {
            using var conform = new NanocommProgram(["conform", .. options]);
            (int exitCode, string[] output, string[] error) = conform.End();
            Assert.That(exitCode, Is.Zero, string.Join('\n', output.Where(line => line.StartsWith("failed", StringComparison.Ordinal)).Concat(error)));
            JsonElement sum = Lines(report)[0];
            Assert.That((sum.GetProperty("failed").GetInt32(), sum.GetProperty("warned").GetInt32()), Is.EqualTo((0, 0)),
                string.Join('\n', output.Where(line => line.StartsWith("warned", StringComparison.Ordinal))));
            Assert.That(sum.GetProperty("passed").GetInt32(), Is.GreaterThanOrEqualTo(least));
            Assert.That(sum.GetProperty("facts").EnumerateArray().Single(fact => fact.GetProperty("name").GetString() == "Left as it was")
                .GetProperty("value").GetString(), Is.EqualTo("yes"));
            Assert.That((int)XDocument.Load(Path.Combine(report, "junit.xml")).Root.Attribute("tests"),
                Is.EqualTo(Lines(report).Length - 1));
            Assert.That(new FileInfo(Path.Combine(report, "report.html")).Length, Is.Positive);
            return string.Join('\n', output.Concat(error));
        }

        private static JsonElement[] Lines(string report)
        {
            return File.ReadLines(Path.Combine(report, "report.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        }
    }
}
