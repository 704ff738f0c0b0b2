using System;
using System.IO;
using System.Text.RegularExpressions;
using NUnit.Framework;
using NanoComm.Hal.Host;

namespace NanoComm.Tests.Scenarios
{
    /// <summary><c>nanocomm order</c> and <c>nanocomm meter</c> as the utility uses them: beside a metering unit that runs in
    /// a program of its own, with keys and orders from the key office.</summary>
    [Parallelizable]
    internal sealed class MeterCommandTests : KeyOffice
    {
        private const string Meter = "4E434D0000000001";
        private const string Unit = "4E43430000000001";

        [Test]
        public void An_order_of_the_key_office_waits_in_the_meter()
        {
            Kms("init");
            Kms("enroll", "--mu", "--title", Meter, "--store", In("meter"));
            Kms("enroll", "--cu", "--title", Unit, "--store", In("unit"));
            Kms("ticket", "--mu", Meter, "--cu", Unit, "--out", In("ticket.nct"));
            Kms("order", "report", "--cu", Unit, "--out", In("report.nco"));
            using (var list = new NanocommProgram("kms", "list", "units", "--json", "--mu", Meter, "--show-secrets", "--ledger",
                In("office.ledger"), "--passphrase-file", In("passphrase")))
            {
                WriteKeys("keys.json", string.Join('\n', list.End().Output));
            }


            using var meter = new NanocommProgram("mu", "--tcp", "127.0.0.1:0", "--store", In("meter"));
            string[] at = ["--mu", $"tcp:{AddressOf(meter)}", "--keys", In("keys.json")];
            Says(Run(1, ["order", "status", .. at]), $"No order waits in the meter {Meter}.");
            Says(Run(0, ["order", "post", "--file", In("report.nco"), .. at]), $"It is in the Order box of the meter {Meter}.");
            meter.WaitFor("SAP 1 (Utility): order posted, 219 bytes");
            string waits = Run(1, ["order", "status", .. at]);
            Says(waits, "An order waits unanswered");
            Says(waits, $"for the unit {Unit}");

            Kms("order", "close", "--cu", Unit, "--out", In("close.nco"));
            Says(Run(1, ["order", "post", "--file", In("close.nco"), .. at]), "another order waits unanswered");
            meter.WaitFor("SAP 1 (Utility): order refused: another one waits unanswered");
            Run(0, ["order", "post", "--file", In("close.nco"), "--replace", .. at]);
            string events = Run(0, ["meter", "events", .. at]);
            Assert.That(events, Does.Match("│ +2 │ order posted"));
            Assert.That(events, Does.Match("│ +1 │ order refused"));

            meter.Interrupt();
            meter.End();
            using var again = new NanocommProgram("mu", "--tcp", "127.0.0.1:0", "--store", In("meter"));
            again.WaitFor("an order waits for the communication unit");
        }

        [Test]
        public void What_stands_in_the_way_is_told()
        {
            using (var meter = new NanocommProgram("mu", "--tcp", "127.0.0.1:0", "--utility-keys", In("keys.json")))
            {
                string address = AddressOf(meter);
                string keys = File.ReadAllText(In("keys.json"));
                string title = Regex.Match(keys, "\"title\": \"([0-9A-F]{16})\"").Groups[1].Value;
                string gak = Regex.Match(keys, "\"utility_gak\": \"([0-9A-F]{32})\"").Groups[1].Value;
                WriteKeys("wrong.json", keys.Replace(gak, new string('0', 32)));
                WriteKeys("other.json", keys.Replace(title, "4E434D00000000FF"));
                string[] at = ["meter", "switch", "--mu", $"tcp:{address}", "--keys"];

                Says(Run(0, [.. at, In("keys.json")]), $"the switch of {title} stands at 30 minutes");
                Says(Run(2, [.. at, In("other.json")]), $"is {title}, and --keys has those of 4E434D00000000FF");
                Says(Run(2, [.. at, In("wrong.json")]), "refuses these keys");
                meter.WaitFor("AARQ does not verify");
                Says(Run(2, ["meter", "switch", "--mu", $"wrapper:{address}", "--keys", In("keys.json")]), "does not answer within 5 s");
                meter.Interrupt();
                meter.End();
                Says(Run(2, [.. at, In("keys.json")]), "nobody takes the call");
            }
        }

        [Test]
        public void The_profiles_are_read_and_the_switch_is_set_in_the_wrapper_too()
        {
            using var meter = new NanocommProgram("mu", "--wrapper", "127.0.0.1:0", "--utility-keys", In("keys.json"));
            string[] at = ["--mu", $"wrapper:{AddressOf(meter)}", "--keys", In("keys.json")];
            DateTime hour = DateTime.Today.AddHours(DateTime.Now.Hour);
            string from = $"{hour.AddHours(-3):yyyy-MM-ddTHH:mm}";
            string to = $"{hour:yyyy-MM-ddTHH:mm}";
            foreach ((string every, int rows) in new[] { ("1", 181), ("5", 37), ("15", 13), ("30", 7) })
            {
                Says(Run(0, ["meter", "profile", "--every", every, "--from", from, "--to", to, "--out", In("rows.csv"), .. at]),
                    $"{rows} rows of {every} minutes");
                string[] lines = File.ReadAllLines(In("rows.csv"));
                Assert.That(lines, Has.Length.EqualTo(rows + 1));
                Assert.That(lines[0], Does.StartWith("time,active energy normal 1-0:1.8.0 (Wh),active energy reverse 1-0:2.8.0 (Wh)"));
                Assert.That(lines[1], Does.Match($@"^{from}:00\+09:00,\d+,\d+"));
                Assert.That(lines[1..], Has.None.Match(",,|,$"));
            }

            Says(Run(0, ["meter", "switch", "5", .. at]), "stands at 5 minutes, before at 30");
            Says(Run(0, ["meter", "switch", .. at]), "stands at 5 minutes");
            Says(Run(0, ["meter", "events", "--json", .. at]), "\"event\": \"soft switch set\"");
        }

        private static string AddressOf(NanocommProgram meter) => Address(meter.WaitFor("Ctrl-C ends"));

        private void WriteKeys(string file, string keys)
        {
            using var writer = new StreamWriter(OwnerOnly.Create(In(file)));
            writer.Write(keys);
        }
    }
}
