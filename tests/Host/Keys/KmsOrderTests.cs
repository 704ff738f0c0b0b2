using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using NanoComm.Keys;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The key office's commands for orders: files, words and exit codes.</summary>
    internal sealed class KmsOrderTests
    {
        private const string Meter = "4E434D0000000001";
        private const string OtherMeter = "4E434D0000000002";
        private const string Unit = "4E43430000000001";
        private const string OtherUnit = "4E43430000000002";
        private const string RouteBId = "00112233445566778899AABBCCDDEEFF";
        private const string Password = "aB7k0123ZZz9";
        private const string Passphrase = "a passphrase of Wi-Fi";
        private const string Address = "192.168.1.77";

        private LedgerFixture _f;
        private Dictionary<string, string> _environment;

        [SetUp]
        public void SetUp()
        {
            _f = new LedgerFixture();
            _f.Clock.Time = DateTimeOffset.UtcNow - TimeSpan.FromDays(30);
            _environment = new Dictionary<string, string>
            {
                ["NANOCOMM_LEDGER"] = "test.ledger",
                ["NANOCOMM_PASSPHRASE"] = LedgerFixture.Passphrase,
            };
            Give("credentials", $"{RouteBId}\n{Password}\n");
            Give("wifi", Passphrase + "\n");
        }

        [TearDown]
        public void TearDown()
        {
            _f.Dispose();
        }

        private static readonly TestCaseData[] Commands =
        [
            Case("10", Hex(RouteBId + Password), "open", "--credentials", "credentials"),
            Case("11", "", "close"),
            Case("12", "000304" + Hex("home") + "15" + Hex(Passphrase), "wifi-on", "--ssid", "home", "--security", "wpa2",
                "--wifi-passphrase-file", "wifi"),
            Case("12", "010403" + "E5AEB6" + "15" + Hex(Passphrase), "wifi-on", "--ssid", "家", "--security", "wpa3", "--role",
                "access-point", "--wifi-passphrase-file", "wifi"),
            Case("12", "000504" + Hex("home") + "15" + Hex(Passphrase), "wifi-on", "--ssid", "home", "--security", "wpa2-wpa3", "--role",
                "station", "--wifi-passphrase-file", "wifi"),
            Case("13", "", "wifi-off"),
            Case("14", "0204000A", "limits", "--ip-terminals", "4", "--ip-rate", "10"),
            Case("14", "02000000" + "01010000", "limits", "--wisun-terminals", "1", "--ip-rate", "0"),
            Case("15", "0204C0A8014D00", "cut", "--path", "ip", "--address", Address),
            Case("15", "0204C0A8014D15" + Hex(Passphrase), "cut", "--path", "ip", "--address", Address, "--wifi-passphrase-file", "wifi"),
            Case("15", "0110FE80000000000000021D129000000002" + Hex(RouteBId + Password), "cut", "--path", "wi-sun", "--address",
                "001D129000000002", "--credentials", "credentials"),
            Case("16", "0204C0A8014D", "readmit", "--path", "ip", "--address", Address),
            Case("16", "0100", "readmit", "--path", "wi-sun", "--all"),
            Case("17", "020204C0A8014D1020010DB8000000000000000000000001", "admit-only", "--path", "ip", "--address", Address,
                "--address", "2001:db8::1"),
            Case("17", "0100", "admit-only", "--path", "wi-sun", "--off"),
            Case("18", "", "report"),
        ];

        [TestCaseSource(nameof(Commands))]
        public void A_command_makes_its_order(string kind, string body, string[] arguments)
        {
            string said = Run([.. Order(arguments), "--mu", Meter, "--out", "o.nco", "--not-after", "2100-12-31"]);
            OpenedOrder opened = Opened("o.nco");
            OrderEntry entry = _f.Orders().Single();
            Assert.That(($"{opened.Kind:X2}", Convert.ToHexString(opened.Body)), Is.EqualTo((kind, body)));
            Assert.That((opened.Id, opened.Number, opened.Meter), Is.EqualTo((entry.Id, entry.Number, LedgerFixture.Meter)));
            Assert.That(UtilityTime.ToTime(opened.NotAfter).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss"), Is.EqualTo("2100-12-31 23:59:59"));
            Assert.That(said, Does.Contain(entry.Id).And.Contain($"{entry.Number}").And.Contain(arguments[0]));
            foreach (string secret in new[] { RouteBId, Password, Passphrase })
            {
                Assert.That(said, Does.Not.Contain(secret));
            }

            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(PathOf("o.nco")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        }

        [TestCase("fe80::21d:1290:0:2", "FE80000000000000021D129000000002", "wi-sun")]
        [TestCase("FE80::1%3", "FE800000000000000000000000000001", "wi-sun")]
        [TestCase("00:1d:12:90:00:00:00:02", "FE80000000000000021D129000000002", "wi-sun")]
        [TestCase("02-1D-12-90-00-00-00-02", "FE80000000000000001D129000000002", "wi-sun")]
        [TestCase("::ffff:192.168.1.77", "C0A8014D", "ip")]
        [TestCase("2001:DB8:0:0:0:0:0:1", "20010DB8000000000000000000000001", "ip")]
        [TestCase("fe80::1%3", "FE800000000000000000000000000001", "ip")]
        public void An_address_is_taken_in_its_forms(string text, string bytes, string path)
        {
            Run([.. Order("readmit", "--path", path, "--address", text), "--mu", Meter, "--out", "o.nco"]);
            Assert.That(Convert.ToHexString(Opened("o.nco").Body[2..]), Is.EqualTo(bytes));
        }

        [TestCase("ip", "10.1")]
        [TestCase("ip", "010.0.0.1")]
        [TestCase("ip", "10.0.0.256")]
        [TestCase("ip", "0.0.0.0")]
        [TestCase("ip", "224.0.23.0")]
        [TestCase("ip", "ff02::1")]
        [TestCase("ip", "::")]
        [TestCase("ip", "home.example")]
        [TestCase("ip", "001D129000000002")]
        [TestCase("ip", "00:1d:12:90:00:00:00:02")]
        [TestCase("wi-sun", "192.168.1.77")]
        [TestCase("wi-sun", "2001:db8::1")]
        [TestCase("wi-sun", "fe80:1::1")]
        [TestCase("wi-sun", "001D12900000")]
        [TestCase("wi-sun", "00:1D-12:90:00:00:00:02")]
        [TestCase("wi-sun", "001D12900000000G")]
        public void What_is_no_address_of_that_path_is_refused(string path, string text)
        {
            AssertRefused("--address: '" + text, Order("cut", "--path", path, "--address", text));
        }

        // One for each thing that a clerk may get wrong; none of them opens the ledger, whose passphrase is wrong here.
        [TestCase("--security: 'open' is not allowed (requirement R19", "wifi-on", "--ssid", "x", "--security", "open")]
        [TestCase("--security: 'WEP' is not allowed (requirement R19", "wifi-on", "--ssid", "x", "--security", "WEP")]
        [TestCase("--security: 'wpa-tkip' is not allowed (requirement R19", "wifi-on", "--ssid", "x", "--security", "wpa-tkip")]
        [TestCase("--security: 'tkip' is not allowed (requirement R19", "wifi-on", "--ssid", "x", "--security", "tkip")]
        [TestCase("--security: 'wpa4' is none of wpa2, wpa3, wpa2-wpa3", "wifi-on", "--ssid", "x", "--security", "wpa4")]
        [TestCase("--security is missing", "wifi-on", "--ssid", "x")]
        [TestCase("--role: 'router' is neither station nor access-point", "wifi-on", "--ssid", "x", "--security", "wpa2", "--role", "router")]
        [TestCase("1 to 32 bytes; these are 33", "wifi-on", "--ssid", "家家家家家家家家家家家", "--security", "wpa2")]
        [TestCase("1 to 32 bytes; these are 0", "wifi-on", "--ssid", "", "--security", "wpa2")]
        [TestCase("8 to 63 printable ASCII characters; these are 7", "wifi-on", "--ssid", "x", "--security", "wpa2",
            "--wifi-passphrase-file", "short")]
        [TestCase("some of them something else", "wifi-on", "--ssid", "x", "--security", "wpa2", "--wifi-passphrase-file", "foreign")]
        [TestCase("the first line of empty is empty", "wifi-on", "--ssid", "x", "--security", "wpa2", "--wifi-passphrase-file", "empty")]
        [TestCase("--wifi-passphrase-file: ", "wifi-on", "--ssid", "x", "--security", "wpa2", "--wifi-passphrase-file", "none")]
        [TestCase("no passphrase of the Wi-Fi network: give --wifi-passphrase-file", "wifi-on", "--ssid", "x", "--security", "wpa2")]
        [TestCase("no credentials: give --credentials or --make", "open")]
        [TestCase("give either --credentials or --make", "open", "--credentials", "credentials", "--make")]
        [TestCase("--png goes with --make", "open", "--credentials", "credentials", "--png", "x.png")]
        [TestCase("--png: wifi is there already", "open", "--make", "--png", "wifi")]
        [TestCase("--credentials: these are no route-B credentials", "open", "--credentials", "wifi")]
        [TestCase("--credentials: a route-B password has 12", "open", "--credentials", "longer")]
        [TestCase("--credentials: wrong: group 2 (id)", "open", "--credentials", "mistyped")]
        [TestCase("the JSON object has no id and password", "open", "--credentials", "json")]
        [TestCase("this begins as JSON does, and is none", "open", "--credentials", "no-json")]
        [TestCase("limits: name one limit or more", "limits")]
        [TestCase("--ip-terminals: '256' is not a whole number from 0 to 255", "limits", "--ip-terminals", "256")]
        [TestCase("--wisun-rate: '65536' is not a whole number from 0 to 65535", "limits", "--wisun-rate", "65536")]
        [TestCase("--path: 'lora' is neither ip nor wi-sun", "cut", "--path", "lora", "--address", Address)]
        [TestCase("--address is missing", "cut", "--path", "ip")]
        [TestCase("on ip a new passphrase goes with it, not credentials", "cut", "--path", "ip", "--address", Address, "--make")]
        [TestCase("on wi-sun new credentials go with it", "cut", "--path", "wi-sun", "--address", "fe80::1", "--wifi-passphrase-file", "wifi")]
        [TestCase("give either --ask or", "cut", "--path", "wi-sun", "--address", "fe80::1", "--ask", "--make")]
        [TestCase("no credentials: give", "cut", "--path", "wi-sun", "--address", "fe80::1", "--ask")]
        [TestCase("no passphrase of the Wi-Fi network", "cut", "--path", "ip", "--address", Address, "--ask")]
        [TestCase("give either --address or --all", "readmit", "--path", "ip")]
        [TestCase("give either --address or --all", "readmit", "--path", "ip", "--all", "--address", Address)]
        [TestCase("give either --address or --off", "admit-only", "--path", "ip")]
        [TestCase("one of them was given twice", "admit-only", "--path", "ip", "--address", Address, "--address", "::ffff:" + Address)]
        [TestCase("there is no folder for", "close", "--out", "no/o.nco")]
        [TestCase("wifi is there already: --replace", "close", "--out", "wifi")]
        [TestCase("'tomorrow' is not a date", "close", "--not-after", "tomorrow")]
        [TestCase("'XY' is no title", "close", "--mu", "XY")]
        public void What_the_user_can_mend_is_one_line_before_the_ledger_is_opened(string says, params string[] arguments)
        {
            Give("short", "7 chars");
            Give("foreign", "pässwörter");
            Give("empty", "\nsecond line");
            Give("longer", $"{RouteBId}\n{Password}0\n");
            Give("json", "{ \"id\": 5 }");
            Give("no-json", "{ id");
            string[] groups = Groups();
            groups[1] = groups[1][..^1] + (groups[1][^1] == '0' ? '1' : '0');
            Give("mistyped", string.Join(' ', groups));
            _environment["NANOCOMM_PASSPHRASE"] = "this is not its passphrase";
            AssertRefused(says, Order(arguments));
        }

        [Test]
        public void More_addresses_than_an_order_holds_are_refused()
        {
            string[] addresses = Enumerable.Range(1, 7).SelectMany(i => new[] { "--address", $"2001:db8::{i}" }).ToArray();
            AssertRefused("7 addresses are too many", Order(["admit-only", "--path", "ip", .. addresses]));
        }

        [TestCase("is not in the ledger", "close", "--cu", "4E434300000000FF", "--mu", Meter)]
        [TestCase("a communication unit is wanted", "close", "--cu", Meter, "--mu", Meter)]
        [TestCase("a metering unit is wanted", "close", "--cu", Unit, "--mu", Unit)]
        [TestCase("no ticket in the ledger pairs the unit", "close", "--cu", Unit)]
        [TestCase("is over: no unit would take the order", "close", "--cu", Unit, "--mu", Meter, "--not-after", "2026-01-01")]
        [TestCase("no order is open for the unit", "again", "--cu", Unit)]
        public void What_the_ledger_refuses_is_one_line_too(string says, params string[] arguments)
        {
            AssertRefused(says, ["kms", "order", .. arguments, "--out", "o.nco"]);
        }

        // What credentials writes, in each of its forms.
        [Test]
        public void Credentials_come_as_the_command_that_makes_them_writes_them()
        {
            Give("sheet", Said(ToolCommand.Run(_f.Folder, _environment, "credentials"), 0));
            Give("json", Said(ToolCommand.Run(_f.Folder, _environment, "credentials", "--json"), 0));
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(PathOf("json")));
            string Value(string name) => json.RootElement.GetProperty(name).GetString();
            Give("qr", Value("qr"));
            Give("groups", string.Join("\r\n", json.RootElement.GetProperty("groups").EnumerateArray().Select(group => group.GetString())));
            string expected = Value("id") + Value("password");
            foreach (string file in new[] { "json", "qr", "groups" })
            {
                Run([.. Order("open", "--credentials", file), "--mu", Meter, "--out", "o.nco", "--replace"]);
                Assert.That(Encoding.ASCII.GetString(Opened("o.nco").Body), Is.EqualTo(expected), file);
            }

            Run([.. Order("open", "--credentials", "sheet"), "--mu", Meter, "--out", "o.nco", "--replace"]);
            string[] groups = File.ReadAllText(PathOf("sheet")).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word.Length == 7 && word[4] == '-').Select(word => word[..4]).Take(11).ToArray();
            Assert.That(Encoding.ASCII.GetString(Opened("o.nco").Body), Is.EqualTo(string.Concat(groups)));
        }

        [TestCase("open")]
        [TestCase("cut", "--path", "wi-sun", "--address", "fe80::1")]
        public void New_credentials_are_made_and_shown_once(params string[] arguments)
        {
            string said = Run([.. Order(arguments), "--make", "--png", "code.png", "--mu", Meter, "--out", "o.nco"]);
            string pair = Encoding.ASCII.GetString(Opened("o.nco").Body[^44..]);
            string groups = string.Concat(said.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word.Length == 7 && word[4] == '-').Select(word => word[..4]).Take(11));
            Assert.That(groups, Is.EqualTo(pair));
            Assert.That(said, Does.Contain($"The unit {Unit} uses them when it has taken the order").And.Contain("not shown again"));
            Assert.That(File.ReadAllBytes(PathOf("code.png"))[..4], Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47 }));
        }

        [Test]
        public void A_picture_of_credentials_that_no_order_has_is_taken_back()
        {
            Directory.CreateDirectory(_f.MarkPath + ".tmp");
            Said(ToolCommand.Run(_f.Folder, _environment, [.. Order("open", "--make", "--png", "code.png"), "--mu", Meter, "--out", "o.nco"]), 2);
            Assert.That(File.Exists(PathOf("code.png")), Is.False);
            Assert.That(_f.Orders(), Is.Empty);
        }

        // The order has them: they must be known, whatever became of its file.
        [Test]
        public void When_the_file_cannot_be_written_the_order_is_in_the_ledger_and_its_file_is_made_again()
        {
            Directory.CreateDirectory(PathOf("o.nco.tmp"));
            string said = Said(ToolCommand.Run(_f.Folder, _environment, [.. Order("open", "--make"), "--mu", Meter, "--out", "o.nco"]), 2);
            Assert.That(said, Does.Contain("is in the ledger, but its file was not written").And.Contain($"kms order again --cu {Unit}")
                .And.Contain("They are not shown again"));
            Assert.That(File.Exists(PathOf("o.nco")), Is.False);
            Directory.Delete(PathOf("o.nco.tmp"));
            Run("kms", "order", "again", "--cu", Unit, "--out", "o.nco");
            OpenedOrder opened = Opened("o.nco");
            Assert.That(opened.Number, Is.EqualTo(_f.Orders().Single().Number));
            string groups = string.Concat(said.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word.Length == 7 && word[4] == '-').Select(word => word[..4]).Take(11));
            Assert.That(groups, Is.EqualTo(Encoding.ASCII.GetString(opened.Body)));
            AssertRefused("o.nco is there already", ["kms", "order", "again", "--cu", Unit, "--out", "o.nco"], orders: 1);
        }

        // On Windows a file has the rights of its folder.
        [Test]
        [Platform(Exclude = "Win")]
        [UnsupportedOSPlatform("windows")]
        public void A_secret_that_others_can_read_is_told()
        {
            foreach (string file in new[] { "credentials", "wifi" })
            {
                File.SetUnixFileMode(PathOf(file), File.GetUnixFileMode(PathOf(file)) | UnixFileMode.OtherRead);
            }

            Assert.That(Run([.. Order("open", "--credentials", "credentials"), "--mu", Meter, "--out", "o.nco"]),
                Does.Contain("warning: --credentials: others can read credentials: shut them out with chmod go= credentials"));
            Assert.That(Run([.. Order("cut", "--path", "ip", "--address", Address, "--wifi-passphrase-file", "wifi"), "--mu", Meter, "--out",
                "o.nco", "--replace"]), Does.Contain("warning: --wifi-passphrase-file: others can read wifi"));
            File.SetUnixFileMode(PathOf("credentials"), UnixFileMode.UserRead);
            Assert.That(Run([.. Order("open", "--credentials", "credentials"), "--mu", Meter, "--out", "o.nco", "--replace"]),
                Does.Not.Contain("warning"));
        }

        [Test]
        public void The_meter_is_the_newest_ticket_s_and_that_no_receipt_tells_it_is_said()
        {
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue())));
            Assert.That(Run([.. Order("close"), "--out", "."]), Does.Not.Contain("No receipt"));
            Assert.That(Opened(Unit + ".nco").Meter, Is.EqualTo(LedgerFixture.Meter));
            _f.Issue(LedgerFixture.OtherMeter);
            Assert.That(Run([.. Order("close"), "--out", ".", "--replace"]),
                Does.Contain($"paired with the meter {OtherMeter}").And.Contain("--mu " + Meter));
            Assert.That(Opened(Unit + ".nco").Meter, Is.EqualTo(LedgerFixture.OtherMeter));
        }

        [Test]
        public void What_a_new_order_replaces_is_said()
        {
            _f.Order(OrderBody.Of(OrderKind.WifiOff));
            uint number = _f.Orders().Single().Number;
            Assert.That(Run([.. Order("close"), "--mu", Meter, "--out", "o.nco"]),
                Does.Contain($"It takes the place of the open order wifi-off, number {number}"));
        }

        [Test]
        public void A_cut_off_by_address_alone_is_told_to_be_evaded()
        {
            Assert.That(Run([.. Order("cut", "--path", "ip", "--address", Address), "--mu", Meter, "--out", "o.nco"]),
                Does.Contain("evaded by the next one").And.Contain("new passphrase"));
            Assert.That(Run([.. Order("cut", "--path", "wi-sun", "--address", "fe80::1"), "--mu", Meter, "--out", "o.nco", "--replace"]),
                Does.Contain("evaded by the next one").And.Contain("--make"));
            string help = Run("kms", "order", "cut", "--help").ReplaceLineEndings(" ");
            Assert.That(string.Join(' ', help.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
                Does.Contain("evaded by the next one").And.Contain("new passphrase of the network").And.Contain("on Wi-SUN new credentials"));
        }

        [Test]
        public void A_ticket_writes_the_open_order_made_anew_beside_it()
        {
            IssuedOrder old = _f.Order(OrderBody.OpenRouteB(RouteBId, Password));
            Give("t.nco", "in the way");
            AssertRefused("t.nco is there already", ["kms", "ticket", "--mu", Meter, "--cu", Unit, "--out", "t.nct"], orders: 1);
            string said = Run("kms", "ticket", "--mu", Meter, "--cu", Unit, "--out", "t.nct", "--replace");
            Assert.That(said, Does.Contain("it was made anew").And.Contain("t.nco").And.Contain($"number {old.Entry.Number}"));
            OpenedOrder opened = Opened("t.nco");
            Assert.That((opened.Kind, opened.Meter), Is.EqualTo((0x10, LedgerFixture.Meter)));
            Assert.That(opened.Number, Is.EqualTo(_f.Tickets()[0].Epoch + 1));
            Assert.That(_f.Orders().Select(order => order.State), Is.EqualTo(new[] { OrderState.Open, OrderState.Replaced }));
            Assert.That(Run("kms", "ticket", "--mu", OtherMeter, "--cu", Unit, "--retire", "--out", "r.nct"), Does.Contain("is dead"));
            Assert.That(_f.Orders()[0].State, Is.EqualTo(OrderState.Dead));
        }

        [Test]
        public void A_ticket_tells_what_ends_with_it()
        {
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue())));
            IssuedOrder order = _f.Order(OrderBody.OpenRouteB(RouteBId, Password));
            _f.Take(_f.Answer(order.Entry, OrderResult.Done));
            string ends = $"ends what is in effect in the unit {Unit}, as far as answers tell: open, number {order.Entry.Number}";
            Assert.That(Run("kms", "ticket", "--mu", Meter, "--cu", Unit, "--out", "same.nct"), Does.Not.Contain("ends what is"));
            Assert.That(Run("kms", "ticket", "--mu", Meter, "--cu", OtherUnit, "--out", "unit.nct"), Does.Contain(ends));
            Assert.That(Run("kms", "ticket", "--mu", OtherMeter, "--cu", Unit, "--out", "meter.nct"), Does.Contain(ends));
        }

        [Test]
        public void A_batch_writes_them_too()
        {
            _f.Order();
            IssuedOrder dead = _f.Order(unit: LedgerFixture.OtherUnit, notAfter: _f.Now + 1);
            File.WriteAllLines(PathOf("rows.csv"), ["mu,cu", $"{Meter},{Unit}", $"{OtherMeter},{OtherUnit}"]);
            Assert.That(Run("kms", "ticket", "--batch", "rows.csv", "--out", "out"), Does.Contain("Of 2 of these units an order was open: 1 were"));
            Assert.That(Directory.GetFiles(PathOf("out")).Select(Path.GetFileName).Order(),
                Is.EqualTo(new[] { $"{Meter}-{Unit}.nco", $"{Meter}-{Unit}.nct", $"{OtherMeter}-{OtherUnit}.nct" }));
            Assert.That(Opened($"out/{Meter}-{Unit}.nco").Number, Is.EqualTo(_f.Orders()[0].Number));
            Assert.That(_f.Orders().Single(order => order.Number == dead.Entry.Number).State, Is.EqualTo(OrderState.Dead));
        }

        [Test]
        public void A_lost_unit_s_order_and_that_of_one_shut_out_are_told_to_be_dead()
        {
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue())));
            _f.Order();
            Assert.That(Run("kms", "revoke", "--cu", Unit, "--with", OtherUnit, "--out", "rotation"), Does.Contain("is dead: destroy its file"));
            IssuedOrder order = _f.Order(unit: LedgerFixture.OtherUnit);
            Give("proof", _f.Erasure(LedgerFixture.OtherUnit, null, Erased.FactoryKeys));
            Assert.That(Run("kms", "erasure", "proof"), Does.Contain($"(close, number {order.Entry.Number}) is dead"));
        }

        [Test]
        public void A_receipt_of_another_unit_tells_which_order_is_dead()
        {
            IssuedOrder order = _f.Order();
            Give("receipt", _f.Receipt(_f.Issue(unit: LedgerFixture.OtherUnit)));
            Assert.That(Run("kms", "receipt", "receipt"), Does.Contain($"(close, number {order.Entry.Number}) is dead"));
        }

        [Test]
        public void Answers_are_taken_as_bytes_or_digits_and_told_in_words()
        {
            IssuedOrder order = _f.Order();
            IssuedOrder report = _f.Order(OrderBody.Of(OrderKind.Report), LedgerFixture.OtherUnit);
            Give("done", _f.Answer(order.Entry, OrderResult.Done));
            Give("report", Convert.ToHexString(_f.Answer(report.Entry, OrderResult.Done, OrderVectors.Get("body of the report"))) + "\n");
            string said = Run("kms", "answer", "done", "report");
            foreach (string words in new[]
            {
                "Authentic: done", "close", "report", order.Entry.Id, "2026-06-16 10:35:00", "epoch 203650200", "open, a terminal is in session",
                "-61 dBm", "joined", "-55 dBm", "100,000", "7 requests of terminals that are cut off", "2 entries, digest A20FEA596A",
            })
            {
                Assert.That(said, Does.Contain(words));
            }

            Assert.That(_f.Orders().Select(entry => entry.Result), Is.All.EqualTo(OrderResult.Done));
            Assert.That(Run("kms", "answer", "done"), Does.Contain("answered before: done"));
        }

        // As a program, for the exit code.
        [Test]
        public void An_answer_refused_leaves_exit_code_1_and_an_order_not_done_3()
        {
            IssuedOrder order = _f.Order();
            Give("full", _f.Answer(order.Entry, OrderResult.NoPlace));
            byte[] bad = _f.Answer(order.Entry, OrderResult.Done);
            bad[^1] ^= 1;
            Give("bad", bad);
            Give("receipt", PairingVectors.Get("receipt"));
            (int exitCode, string output, string error) = StartProgram("kms", "answer", "bad", "receipt", "none", "full");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(error, Does.Contain("bad: the answer is not authentic").And.Contain("receipt: this is not the answer to an order")
                .And.Contain("none"));
            Assert.That(output, Does.Contain("lists of terminals are full"));
            Assert.That(StartProgram("kms", "answer", "full").ExitCode, Is.EqualTo(3));
        }

        [Test]
        public void An_answer_to_an_order_that_was_replaced_tells_what_is_in_effect()
        {
            IssuedOrder first = _f.Order();
            IssuedOrder second = _f.Order(OrderBody.Of(OrderKind.WifiOff));
            Give("overtaken", _f.Answer(first.Entry, OrderResult.Overtaken));
            Assert.That(Said(Start("kms", "answer", "overtaken"), 3), Does.Contain("has not taken it; it is replaced in the ledger"));
            Give("done", _f.Answer(first.Entry, OrderResult.Done));
            Assert.That(Run("kms", "answer", "done"), Does.Contain("This order was replaced in the ledger")
                .And.Contain($"In effect, as far as answers tell: close, number {first.Entry.Number}.")
                .And.Contain($"not answered yet: wifi-off, number {second.Entry.Number}."));
            Give("again", _f.Answer(first.Entry, OrderResult.Done, second: 9));
            Assert.That(Run("kms", "answer", "again"), Does.Contain("has forgotten that it took the order"));
        }

        [Test]
        public void An_answer_that_knows_of_no_order_before_tells_that_the_unit_has_forgotten()
        {
            IssuedOrder first = _f.Order();
            Give("first", _f.Answer(first.Entry, OrderResult.Done));
            Assert.That(Run("kms", "answer", "first"), Does.Not.Contain("forgotten"));
            IssuedOrder second = _f.Order();
            Give("second", _f.Answer(second.Entry, OrderResult.Done, before: first.Entry));
            Assert.That(Run("kms", "answer", "second"), Does.Not.Contain("forgotten"));
            Give("third", _f.Answer(_f.Order().Entry, OrderResult.Done));
            Assert.That(Run("kms", "answer", "third"), Does.Contain("has forgotten the orders"));
        }

        [Test]
        public void Orders_are_listed_with_what_became_of_them()
        {
            IssuedOrder answered = _f.Order(OrderBody.OpenRouteB(RouteBId, Password));
            byte[] answer = _f.Answer(answered.Entry, OrderResult.Done);
            _f.Take(answer);
            IssuedOrder open = _f.Order();
            string said = Run("kms", "list", "orders");
            Assert.That(said, Does.Contain(answered.Entry.Id).And.Contain(open.Entry.Id).And.Contain("answered").And.Contain("done"));
            Assert.That(Run("kms", "list", "orders", "--state", "open"), Does.Not.Contain(answered.Entry.Id).And.Contain(open.Entry.Id));
            Assert.That(Run("kms", "list", "orders", "--cu", OtherUnit), Does.Contain("none"));
            Assert.That(Run("kms", "list", "units"), Does.Contain($"close, number {open.Entry.Number}"));
            using JsonDocument json = JsonDocument.Parse(StartProgram("kms", "list", "orders", "--json").Output);
            JsonElement[] rows = json.RootElement.EnumerateArray().ToArray();
            Assert.That(rows.Select(row => row.GetProperty("number").GetUInt32()), Is.EqualTo(new[] { open.Entry.Number, answered.Entry.Number }));
            Assert.That((rows[1].GetProperty("order").GetString(), rows[1].GetProperty("result").GetString(), rows[1].GetProperty("state").GetString()),
                Is.EqualTo(("open", "done", "answered")));
            Assert.That(rows[1].GetProperty("answer").GetString(), Is.EqualTo(Convert.ToHexString(answer)));
            Assert.That(rows[0].GetProperty("answer").ValueKind, Is.EqualTo(JsonValueKind.Null));

            // Made 30 days before.
            Assert.That(Run("kms", "list", "orders", "--older-than", "7"), Does.Contain(open.Entry.Id).And.Not.Contains(answered.Entry.Id));
            Assert.That(Run("kms", "list", "orders", "--older-than", "31"), Does.Contain("none"));
            Assert.That(Said(Start("kms", "list", "--older-than", "7"), 2), Does.Contain("--older-than goes with orders"));
            Assert.That(Said(Start("kms", "list", "orders", "--state", "lost"), 2), Does.Contain("'lost' is none of open, answered"));
        }

        [Test]
        public void Nothing_secret_is_shown_by_any_command()
        {
            var said = new StringBuilder();
            said.Append(Run([.. Order("open", "--credentials", "credentials"), "--mu", Meter, "--out", "o.nco"]));
            said.Append(Run([.. Order("wifi-on", "--ssid", "home", "--security", "wpa2", "--wifi-passphrase-file", "wifi"), "--mu", Meter, "--out",
                "o.nco", "--replace"]));
            said.Append(Run("kms", "order", "again", "--cu", Unit, "--out", "again.nco"));
            said.Append(Run("kms", "ticket", "--mu", Meter, "--cu", Unit, "--out", "t.nct"));
            said.Append(Run("kms", "list", "orders"));
            said.Append(StartProgram("kms", "list", "orders", "--json").Output);
            foreach (string secret in new[] { RouteBId, Password, Passphrase, "home" })
            {
                Assert.That(said.ToString(), Does.Not.Contain(secret));
            }
        }

        private static TestCaseData Case(string kind, string body, params string[] arguments)
        {
            return new TestCaseData(kind, body, arguments).SetName(string.Join(' ', arguments));
        }

        private static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));

        private static string[] Groups()
        {
            return NanoComm.CommandLine.CredentialGroups.Write(
                NanoComm.CommandLine.RouteBCredentials.Parse("--id", RouteBId, "--password", Password)).ToArray();
        }

        private static string Said((int ExitCode, string Output, string Error) end, int expected)
        {
            Assert.That(end.ExitCode, Is.EqualTo(expected), end.Output + end.Error);
            return end.Output + end.Error;
        }

        private static string[] Order(params string[] arguments) => ["kms", "order", .. arguments, "--cu", Unit];

        private void AssertRefused(string says, string[] arguments, int orders = 0)
        {
            string[] all = arguments.Contains("--out") ? arguments : [.. arguments, "--out", "o.nco"];
            (int exitCode, string output, string error) = Start(all);
            Assert.That(exitCode, Is.EqualTo(2), output + error);
            Assert.That(error.TrimEnd().Split('\n').Count(line => !line.StartsWith("warning", StringComparison.Ordinal)), Is.EqualTo(1), error);
            Assert.That(error, Does.Contain(says));
            Assert.That(error, Does.Not.Contain(Password).And.Not.Contains(Passphrase));
            Assert.That(_f.Orders(), Has.Count.EqualTo(orders));
        }

        private OpenedOrder Opened(string file)
        {
            return _f.Open(NanoComm.Keys.Order.Parse(File.ReadAllBytes(PathOf(file))));
        }

        private void Give(string file, string text) => Give(file, Encoding.UTF8.GetBytes(text));

        private void Give(string file, byte[] bytes)
        {
            File.WriteAllBytes(PathOf(file), bytes);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(PathOf(file), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        private string PathOf(string file) => Path.Combine(_f.Folder, file);

        private string Run(params string[] arguments) => Said(Start(arguments), 0);

        private (int ExitCode, string Output, string Error) Start(params string[] arguments)
        {
            return ToolCommand.Run(_f.Folder, _environment, arguments);
        }

        private (int ExitCode, string Output, string Error) StartProgram(params string[] arguments)
        {
            using var program = new ToolProgram(_f.Folder, _environment, arguments);
            return program.End();
        }
    }
}
