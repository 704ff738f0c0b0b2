using System.IO;
using System.Text.Json;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>docs/field-swap.md, rehearsed with the programs that it names.</summary>
    [Parallelizable]
    internal sealed class FieldSwapTests : KeyOffice
    {
        private const string Meter = "4E434D0000000001";
        private const string OtherMeter = "4E434D0000000009";
        private const string OldUnit = "4E43430000000001";
        private const string NewUnit = "4E43430000000002";

        [Test]
        public void An_exchange_from_the_key_office_to_the_meter_and_back()
        {
            Kms("init");
            Kms("enroll", "--mu", "--title", Meter, "--store", In("meter"));
            Kms("enroll", "--cu", "--title", OldUnit, "--store", In("old"));
            Kms("enroll", "--cu", "--title", NewUnit, "--store", In("new"));
            Kms("ticket", "--mu", Meter, "--cu", OldUnit, "--out", In("first.nct"));
            Kms("ticket", "--mu", Meter, "--cu", NewUnit, "--out", In("exchange.nct"));
            Kms("ticket", "--mu", Meter, "--cu", OldUnit, "--out", In("retire.nct"), "--retire");

            using var meter = new NanocommProgram("mu", "--tcp", "127.0.0.1:0", "--store", In("meter"));
            string line = "tcp:" + Address(meter.WaitFor("system title"));

            using (VirtualBoardProgram board = Plug("old", line))
            {
                Says(Swap("first.nct", "new", exitCode: 2), $"this is the unit {NewUnit}");
                Says(Swap("first.nct", "old"), "Paired.");
                board.WaitFor("reading  ");
                board.Interrupt();
                board.End();
            }

            using (VirtualBoardProgram board = Plug("new", line))
            {
                Says(Swap("exchange.nct", "new"), "Paired.");
                board.WaitFor("reading  ");
                Says(Swap("exchange.nct", "new"), "carried out before");
                board.Interrupt();
                board.End();
            }

            Says(Kms("receipt", In("exchange.receipt"), In("first.receipt")), "the ticket is done");
            Assert.That(StateOf(NewUnit, TicketKind.Pair), Is.EqualTo("done"));

            // The old unit once more, with its old ticket: it learns that it was replaced, and its ticket is worthless.
            using (VirtualBoardProgram board = Plug("old", line))
            {
                board.WaitFor("another unit has taken the place");
                Says(Swap("first.nct", "old", exitCode: 1), "A newer ticket was used at this meter.");
                Says(Swap("retire.nct", "old"), "Retired and erased.");
                board.Interrupt();
                board.End();
            }

            Says(Kms("erasure", In("retire.erasure")), "the unit is erased");
            Assert.That(StateOf(OldUnit, TicketKind.Retire), Is.EqualTo("done"));
            WorkingCopy.AssertNothingIsNew(In(""), "/passphrase");
        }

        // By the programs, as somebody in the field does it: the ticket of another meter first, and then the right one.
        [Test]
        public void A_wrong_ticket_is_told_and_listed_and_the_right_one_is_seen_through()
        {
            Kms("init");
            Kms("enroll", "--mu", "--title", Meter, "--store", In("meter"));
            Kms("enroll", "--mu", "--title", OtherMeter, "--store", In("other"));
            Kms("enroll", "--cu", "--title", OldUnit, "--store", In("old"));
            Kms("ticket", "--mu", OtherMeter, "--cu", OldUnit, "--out", In("wrong.nct"));
            Kms("ticket", "--mu", Meter, "--cu", OldUnit, "--out", In("right.nct"));
            using var meter = new NanocommProgram("mu", "--tcp", "127.0.0.1:0", "--store", In("meter"));
            string line = "tcp:" + Address(meter.WaitFor("system title"));
            using VirtualBoardProgram board = Plug("old", line);
            Says(Swap("wrong.nct", "old", exitCode: 1, timeout: 20), "on another meter than the one on the ticket");
            string said = Swap("right.nct", "old");
            Says(said, "Paired.");
            Says(said, $"for the meter {OtherMeter}. It is used on that meter alone.");
            Says(Kms("receipt", In("right.receipt")), "the ticket is done");
            board.WaitFor("reading  ");
            Says(Swap("wrong.nct", "old", exitCode: 1, timeout: 15), $"It is paired with the meter {Meter}");
            board.Interrupt();
            board.End();
        }

        [Test]
        public void A_retired_unit_comes_back_by_a_new_enrolment_and_the_office_changes_its_passphrase()
        {
            Kms("init");
            Kms("enroll", "--mu", "--title", Meter, "--store", In("meter"));
            Kms("enroll", "--cu", "--title", OldUnit, "--store", In("old"));
            Kms("ticket", "--mu", Meter, "--cu", OldUnit, "--out", In("retire.nct"), "--retire");
            using var meter = new NanocommProgram("mu", "--tcp", "127.0.0.1:0", "--store", In("meter"));
            string line = "tcp:" + Address(meter.WaitFor("system title"));
            using (VirtualBoardProgram board = Plug("old", line))
            {
                Says(Swap("retire.nct", "old"), "Retired and erased.");
                board.Interrupt();
                board.End();
            }

            Says(Kms("erasure", In("retire.erasure")), "the unit is erased");
            Says(Run(2, "kms", "ticket", "--mu", Meter, "--cu", OldUnit, "--out", In("early.nct"), "--ledger", In("office.ledger"),
                "--passphrase-file", In("passphrase")), "enroll it again first");
            File.WriteAllText(In("next"), "the office's next passphrase\n");
            Kms("passphrase", "--new-passphrase-file", In("next"));
            Says(Run(2, "kms", "enroll", "--cu", "--title", OldUnit, "--store", In("old"), "--ledger", In("office.ledger"),
                "--passphrase-file", In("passphrase")), "wrong passphrase");
            File.Move(In("next"), In("passphrase"), overwrite: true);
            Says(Kms("enroll", "--cu", "--title", OldUnit, "--store", In("old")), "is in the ledger again");
            File.WriteAllLines(In("rows.csv"), ["mu,cu", $"{Meter},{OldUnit}"]);
            Kms("ticket", "--batch", In("rows.csv"), "--archive", In("again.nca"));
            using (VirtualBoardProgram board = Plug("old", line))
            {
                Says(Swap("again.nca", "old", exitCode: 2), "say which one with --mu");
                Says(Swap("again.nca", "old", meter: Meter), "Paired.");
                board.WaitFor("reading  ");
                board.Interrupt();
                board.End();
            }

            Says(Kms("receipt", In($"{Meter}-{OldUnit}.receipt")), "the ticket is done");
            Assert.That(StateOf(OldUnit, TicketKind.Retire), Is.EqualTo("done"), "its history is kept");
        }

        private string Swap(string ticket, string unit, int exitCode = 0, int timeout = 60, string meter = null)
        {
            string[] ofMeter = meter is null ? [] : ["--mu", meter];
            return Run(exitCode, ["swap", "--ticket", In(ticket), "--store", In(unit), "--yes", "--timeout", $"{timeout}", .. ofMeter]);
        }

        private VirtualBoardProgram Plug(string unit, string line)
        {
            return new VirtualBoardProgram("--mu", line, "--store", In(unit), "--listen", "127.0.0.44", "--wisun", "none");
        }

        private string StateOf(string unit, TicketKind kind)
        {
            string json = Run(0, "kms", "list", "--cu", unit, "--json", "--ledger", In("office.ledger"));
            foreach (JsonElement ticket in JsonDocument.Parse(json).RootElement.EnumerateArray())
            {
                if (ticket.GetProperty("order").GetString() == kind.ToString().ToLowerInvariant())
                {
                    return ticket.GetProperty("state").GetString();
                }
            }

            return "none";
        }
    }
}
