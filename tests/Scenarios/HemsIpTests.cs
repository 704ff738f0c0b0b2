using System.Text.Json;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The small controller at a meter on its own network, as programs.</summary>
    [Parallelizable]
    internal static class HemsIpTests
    {
        private const string Meter = "127.0.0.61";
        private const string Port = "36161";

        [TestCase("low", "028801", 0.001)]
        [TestCase("high", "028F01", 0.06)]
        public static void A_meter_is_read_over_ip(string meterClass, string eoj, decimal step)
        {
            using var board = new VirtualBoardProgram("--class", meterClass, "--listen", Meter, "--port", Port, "--wisun", "none",
                "--speed", "60");
            board.WaitFor("reading  ");
            using var hems = new NanocommProgram("hems", "--ip", $"{Meter}:{Port}", "--every", "4", "--json");

            Assert.That(Json(hems.WaitFor("\"joined\"")).GetProperty("address").GetString(), Is.EqualTo($"{Meter}:{Port}"));
            JsonElement meter = Json(hems.WaitFor("\"event\":\"meter\""));
            Assert.That((meter.GetProperty("eoj").GetString(), meter.GetProperty("kilowattHoursPerStep").GetDecimal()),
                Is.EqualTo((eoj, step)));
            JsonElement reading = Json(hems.WaitFor("\"event\":\"reading\""));
            Assert.That(reading.GetProperty("normal").GetDecimal(), Is.EqualTo(reading.GetProperty("normalRegister").GetUInt32() * step));
            Assert.That(reading.TryGetProperty("high", out _), Is.EqualTo(meterClass == "high"));
            Assert.That(Json(hems.WaitFor("\"event\":\"halfHour\"")).GetProperty("normal").GetDecimal(), Is.Positive);
            Assert.That(Json(hems.WaitFor("\"event\":\"fetched\"")).GetProperty("intervalMinutes").GetInt32(), Is.EqualTo(1));

            hems.Interrupt();
            Assert.That(hems.End().ExitCode, Is.Zero);
        }

        [TestCase("nothing answers ECHONET Lite at 127.0.0.62:36161", "--ip", "127.0.0.62:36161")]
        [TestCase("is no IP address", "--ip", "meter.example")]
        [TestCase("--ip goes without", "--ip", "127.0.0.62", "--port", "/dev/null")]
        [TestCase("or --ip for a meter on this network", "--every", "5")]
        public static void What_cannot_be_done_gives_one_line_and_exit_code_2(string says, params string[] options)
        {
            using var hems = new NanocommProgram(["hems", .. options]);
            (int exitCode, _, string[] error) = hems.End();
            Assert.That((exitCode, error.Length), Is.EqualTo((2, 1)));
            Assert.That(error[0], Does.Contain(says));
        }

        private static JsonElement Json(string line)
        {
            return JsonDocument.Parse(line).RootElement;
        }
    }
}
