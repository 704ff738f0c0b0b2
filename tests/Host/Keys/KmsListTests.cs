using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using CsvHelper;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary><c>kms list</c> and <c>kms check</c>: in any width, in pages, and for programs.</summary>
    [TestFixture(Backend.Sqlite)]
    [TestFixture(Backend.Postgres, Explicit = true, Reason = "half a minute; dotnet test tests/Host --filter FullyQualifiedName~KmsListTests -- NUnit.ExplicitMode=Relaxed")]
    internal sealed class KmsListTests(Backend backend) : KmsTestBase(backend)
    {
        private const string Meter = "4E434D0000000001";
        private const string Unit = "4E43430000000001";

        // 100: wide enough for units, not for tickets and orders.
        [TestCase(20)]
        [TestCase(21)]
        [TestCase(40)]
        [TestCase(80)]
        [TestCase(100)]
        [TestCase(200)]
        public void No_line_is_longer_than_the_screen_is_wide_and_nothing_is_left_out(int columns)
        {
            _office.Environment["COLUMNS"] = columns.ToString(CultureInfo.InvariantCulture);
            IssuedTicket ticket = _f.Issue();
            OrderEntry first = _f.Order().Entry;
            OrderEntry second = _f.Order(OrderBody.Of(OrderKind.WifiOff)).Entry;
            foreach (string what in new[] { "tickets", "orders", "units" })
            {
                string said = _office.Run("kms", "list", what);
                Assert.That(said.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(columns), said);
                string flat = string.Concat(said.Where(c => !char.IsWhiteSpace(c)));
                string[] wanted = what switch
                {
                    "tickets" => [$"{ticket.Epoch}", Convert.ToHexString(ticket.Ticket.Id.Span), Meter, Unit, "issued"],
                    "orders" => [$"{first.Number}", $"{second.Number}", first.Id, second.Id, "replaced,notknownwhethercarriedout"],
                    _ => [Meter, Unit, "METER", "enrolled", $"wifi-off,number{second.Number}"],
                };
                Assert.That(wanted.Where(one => !flat.Contains(one)), Is.Empty, said);
            }
        }

        [Test]
        public void A_title_is_never_cut_in_two_and_a_time_only_at_its_blank()
        {
            _office.Environment["COLUMNS"] = "20";
            _f.Issue();
            string said = _office.Run("kms", "list");
            Assert.That(said, Does.Contain(Meter).And.Contain(Unit));
            Assert.That(said, Does.Match(@"\n  \d{4}-\d\d-\d\d\n  \d\d:\d\d:\d\d\n"));
        }

        [Test]
        public void Pages_follow_each_other_and_say_where_they_are()
        {
            for (int i = 0; i < 7; i++)
            {
                _f.Issue();
            }

            string[] epochs = _f.Tickets().Select(ticket => $"{ticket.Epoch}").ToArray();
            string first = _office.Run("kms", "list", "--limit", "3");
            Assert.That(Shown(first, epochs), Is.EqualTo(epochs[..3]));
            Assert.That(first, Does.Contain($"1 to 3 of 7 tickets: the next by --page 2 or --after {epochs[2]}:{Meter}, all by --limit 0"));
            string second = _office.Run("kms", "list", "--limit", "3", "--page", "2");
            Assert.That(Shown(second, epochs), Is.EqualTo(epochs[3..6]));
            string third = _office.Run("kms", "list", "--limit", "3", "--page", "3");
            Assert.That(Shown(third, epochs), Is.EqualTo(epochs[6..]));
            Assert.That(third, Does.Contain("7 to 7 of 7 tickets\n"));
            string behind = _office.Run("kms", "list", "--limit", "3", "--after", $"{epochs[2]}:{Meter}");
            Assert.That(Shown(behind, epochs), Is.EqualTo(epochs[3..6]));
            Assert.That(behind, Does.Contain("3 of 7 tickets: the next by --after"));
            Assert.That(_office.Run("kms", "list", "--page", "9"), Does.Contain("none here, 7 tickets in all"));
            Assert.That(Shown(_office.Run("kms", "list", "--limit", "0"), epochs), Is.EqualTo(epochs));
            Assert.That(_office.Run("kms", "list", "units", "--limit", "1", "--after", Meter), Does.Contain("4E434D0000000002"));
        }

        [Test]
        public void Since_a_day_are_those_that_were_made_on_it_or_later()
        {
            TicketEntry early = Made();
            _f.Clock.Time += TimeSpan.FromDays(1);
            TicketEntry late = Made();
            string day = late.Issued.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            int ordersOfDay = _f.Orders().Count(order => order.Made == late.Issued);
            Assert.That(ordersOfDay, Is.AtLeast(1).And.LessThan(_f.Orders().Count()));
            foreach ((string what, int count) in new[] { ("tickets", 1), ("orders", ordersOfDay) })
            {
                Assert.That(_office.Run("kms", "list", what, "--totals", "--since", day), Does.StartWith($"{count} {what}"));
                Assert.That(_office.Run("kms", "list", what, "--totals", "--since", day + "T23:59:59"), Does.StartWith($"0 {what}"));
            }

            Assert.That(_office.Run("kms", "list", "--since", day), Does.Contain(late.Id).And.Not.Contain(early.Id));

            TicketEntry Made()
            {
                _f.Issue();
                _f.Order();
                return _f.Tickets()[0];
            }
        }

        [Test]
        public void Of_a_unit_the_lot_is_told_and_of_none_no_column()
        {
            Assert.That(_office.Run("kms", "list", "units"), Does.Not.Contain("lot"));
            _f.Ledger.Enroll([new NewUnit(SystemTitle.Parse("4E43430000000009"), UnitKind.Communication, "CU9",
                UnitKeys.MakeUp(UnitKind.Communication), "board rev C", "2026-31")]);
            Assert.That(_office.Run("kms", "list", "units"), Does.Contain("lot").And.Contain("2026-31").And.Contain("board rev C"));
        }

        [Test]
        public void Totals_count_by_state()
        {
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue())));
            _f.Issue();
            _f.Issue(LedgerFixture.OtherMeter);
            Assert.That(_office.Run("kms", "list", "--totals"), Does.Match(@"^3 tickets\n  issued +2\n  done +1\n  outdated +0\n  revoked +0\n$"));
            Assert.That(_office.Run("kms", "list", "--totals", "--mu", Meter), Does.StartWith("2 tickets"));
            Assert.That(_office.Run("kms", "list", "--totals", "--state", "done"), Does.Match(@"^1 tickets\n  done +1\n$"));
            Assert.That(_office.Run("kms", "list", "units", "--totals"), Does.StartWith("4 units"));
            Assert.That(_office.Run("kms", "list", "orders", "--totals"), Does.StartWith("0 orders"));
        }

        // The oracle reads by fields; the writer knows nothing of it but the form.
        [Test]
        public void Csv_has_what_json_has_and_no_spreadsheet_runs_it()
        {
            _f.Ledger.Enroll([new NewUnit(SystemTitle.Parse("4E43430000000009"), UnitKind.Communication, "=1+1,\"x\"",
                UnitKeys.MakeUp(UnitKind.Communication))]);
            IssuedTicket ticket = _f.Issue();
            _f.Order();
            string csv = _office.Run("kms", "list", "units", "--csv");
            Assert.That(csv, Does.StartWith("title,kind,serial,state,enrolled,hardware,lot,written\n").And.Contain("4E43430000000009,cu,\"'=1+1,\"\"x\"\"\",enrolled,"));
            foreach (string what in new[] { "tickets", "orders", "units" })
            {
                using JsonDocument json = JsonDocument.Parse(_office.Run("kms", "list", what, "--json"));
                using CsvReader rows = CsvReader.FromText(_office.Run("kms", "list", what, "--csv"));
                foreach (JsonElement one in json.RootElement.EnumerateArray())
                {
                    Assert.That(rows.Read());
                    Assert.That(rows.Headers, Is.EqualTo(one.EnumerateObject().Select(property => property.Name)));
                    foreach (JsonProperty property in one.EnumerateObject())
                    {
                        string cell = rows.GetString(property.Name);
                        object wanted = property.Value.ValueKind == JsonValueKind.Null ? "" : property.Value.ToString();
                        bool isTime = property.Value.ValueKind == JsonValueKind.String && property.Value.TryGetDateTimeOffset(out _);
                        Assert.That(isTime ? DateTimeOffset.Parse(cell, CultureInfo.InvariantCulture) == property.Value.GetDateTimeOffset()
                            : cell.TrimStart('\'') == wanted.ToString(), $"{property.Name}: {cell} for {wanted}");
                    }
                }

                Assert.That(rows.Read(), Is.False);
            }

            using JsonDocument tickets = JsonDocument.Parse(_office.Run("kms", "list", "--json", "--limit", "1"));
            Assert.That(tickets.RootElement[0].GetProperty("epoch").GetUInt32(), Is.EqualTo(ticket.Epoch));
            Assert.That(tickets.RootElement[0].GetProperty("not_after").ValueKind, Is.EqualTo(JsonValueKind.Null));
        }

        [TestCase("give one of --json, --csv and --totals", "--json", "--csv")]
        [TestCase("give either --page or --after", "--page", "2", "--after", "1:" + Meter)]
        [TestCase("is not EPOCH:MU", "--after", "12")]
        [TestCase("is not NUMBER:CU", "orders", "--after", "x:" + Unit)]
        [TestCase("is no title", "units", "--after", "12")]
        [TestCase("is no date such as", "--since", "yesterday")]
        [TestCase("goes with tickets and orders", "units", "--since", "2026-07-31")]
        public void What_makes_no_sense_is_one_line_and_exit_code_2(string says, params string[] options)
        {
            (int exitCode, string output, string error) = _office.Start(["kms", "list", .. options]);
            Assert.That(exitCode, Is.EqualTo(2), output + error);
            Assert.That(error, Does.Contain(says));
        }

        [Test]
        public void A_check_says_what_it_has_looked_at_and_ends_with_1_when_something_is_wrong()
        {
            _f.Issue();
            byte[] before = _backend == Backend.Sqlite ? File.ReadAllBytes(_f.LedgerPath) : [];
            Assert.That(_office.Run("kms", "check"), Does.Contain("4 units, 1 tickets and 0 orders looked at: nothing is wrong."));
            Assert.That(_backend == Backend.Sqlite ? File.ReadAllBytes(_f.LedgerPath) : [], Is.EqualTo(before));
            _f.Execute("UPDATE unit SET state = 0");
            (int exitCode, string output, _) = _office.Start("kms", "check", "--limit", "3");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(output, Does.Contain($"unit {Unit}: kind 2, state 0").And.Contain("1 more faults: --limit 0 shows all")
                .And.Contain("4 faults."));
            _office.Environment["NANOCOMM_PASSPHRASE"] = "five words are wrong here";
            Assert.That(_office.Start("kms", "check").ExitCode, Is.EqualTo(2));
        }

        private static string[] Shown(string said, string[] epochs)
        {
            return epochs.Where(epoch => said.Split('\n').Any(line => line.Contains(epoch) && !line.Contains("--"))).ToArray();
        }
    }
}
