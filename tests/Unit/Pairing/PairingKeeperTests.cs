using NanoComm.Dlms;
using NanoComm.MeterLink;
using NanoComm.Records;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>The exchange as one unit sees it. SAPs in the order of use: 4 ticket, 3 commit, 2 the word that counts,
    /// 16 the public.</summary>
    [TestClass]
    public static class PairingKeeperTests
    {
        private const string Unpaired = "0/0";
        private const string Loaded = "1/0";
        private const string Paired = "3/0";

        private static KeeperFixture _f;

        [TestMethod]
        public static void AUnitWithoutTicketIsSilent()
        {
            _f = new KeeperFixture();
            Assert.AreEqual(Unpaired, _f.State);
            Assert.IsTrue(_f.NextInbox());
            Assert.IsNull(_f.Keeper.Active);
            Assert.IsNull(_f.Keeper.MeterTitle);
            Assert.AreEqual((uint)0, _f.Keeper.Epoch);
            Assert.AreEqual(0, _f.Peer.Frames.Count);
            Assert.AreEqual("", _f.Events);
            AssertReport("0000", "00000000", "0000000000000000", Zeros);
        }

        [TestMethod]
        public static void WithoutFactoryKeysNoTicketIsTaken()
        {
            _f = new KeeperFixture(false);
            Assert.AreEqual("0/11", _f.State);
            Assert.IsTrue(_f.Take(_f.Issue(1, 7).File));
            Assert.AreEqual("4/11", _f.State);
            Assert.AreEqual(0, _f.Peer.Frames.Count);
            AssertNoTickets();
        }

        [TestMethod]
        public static void FirstPairing()
        {
            _f = new KeeperFixture();
            TestTicket ticket = _f.Issue(1, 7);
            _f.Give(ticket.File);
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;

            Assert.IsTrue(_f.Keeper.Attend());

            Assert.AreEqual("432", _f.Meter.Saps);
            Assert.AreEqual(Paired, _f.State);
            Assert.AreEqual((uint)7, _f.Keeper.Epoch);
            Assert.AreEqual(DlmsPeer.ServerTitle, Hex.Format(_f.Keeper.MeterTitle, 0, 8));
            Assert.AreEqual("2 4 ", _f.Events);
            Assert.AreEqual(ticket.Receipt, _f.Record("receipt"));
            string record = _f.Record("pairing");
            Assert.AreEqual("00000007" + DlmsPeer.ServerTitle + DlmsPeer.ClientTitle + ticket.Guek + ticket.Gak,
                record.Substring(0, 104));
            Assert.AreEqual("5A5B605D", record.Substring(104), "one block of a random start is reserved");
            AssertReport("0300", "00000007", DlmsPeer.ServerTitle, ticket.Id);
            AssertNoTickets();

            // The association goes on, and its counter.
            Assert.IsTrue(_f.Client.IsAssociatedWith(2, _f.Keeper.Active));
            Assert.IsTrue(_f.Keeper.Active.Counter.Next(out uint counter));
            Assert.IsTrue(counter > 0x5A5B5C5D && counter < 0x5A5B605D, counter.ToString());
            while (counter < 0x5A5B605D)
            {
                Assert.IsTrue(_f.Keeper.Active.Counter.Next(out counter));
            }

            Assert.AreEqual("5A5B685D", _f.Record("pairing").Substring(104), "the next block, twice as large, in the pairing's record");
            _f.Restart();
            Assert.AreEqual(Paired, _f.State);
            Assert.IsTrue(_f.Keeper.Active.Counter.Next(out counter));
            Assert.AreEqual((uint)0x5A5B685D, counter, "none twice");
        }

        [TestMethod]
        public static void RotationForTheSameUnit()
        {
            _f = new KeeperFixture();
            _f.Pair(1, 7);
            int generation = _f.Keeper.Generation;
            TestTicket ticket = _f.Issue(2, 8);

            Assert.IsTrue(_f.Take(ticket.File));

            Assert.AreEqual("432", _f.Meter.Saps);
            Assert.AreEqual(Paired, _f.State);
            Assert.AreEqual((uint)8, _f.Keeper.Epoch);
            Assert.AreNotEqual(generation, _f.Keeper.Generation, "the metering loop is to begin anew");
            AssertReport("0300", "00000008", DlmsPeer.ServerTitle, ticket.Id);
            Assert.AreEqual(ticket.Receipt, _f.Record("receipt"));
        }

        // The reply to the commit is lost, and the unit restarts before it can ask again: SAP 2 alone tells it.
        [TestMethod]
        public static void ACommitWhoseReplyWasLostIsFoundOut()
        {
            _f = new KeeperFixture();
            TestTicket ticket = _f.Issue(1, 7);
            _f.Meter.DiesAtCommit = true;
            Assert.IsTrue(_f.Take(ticket.File));
            Assert.AreEqual("4/1", _f.State);
            Assert.AreEqual("2 5 ", _f.Events);
            Assert.IsNull(_f.Keeper.Active, "the word of the metering unit is what counts");
            Assert.AreEqual("", _f.Record("receipt"));

            _f.Peer.DropResponses = 0;
            _f.Meter.Saps = "";
            _f.Restart();
            Assert.AreEqual(Loaded, _f.State);
            Assert.IsTrue(_f.Keeper.Attend(), "at once");
            Assert.AreEqual("2", _f.Meter.Saps);
            Assert.AreEqual(Paired, _f.State);
            Assert.AreEqual(ticket.Receipt, _f.Record("receipt"), "read on SAP 2");
            AssertNoTickets();
        }

        // Version, metering unit, unit, epoch; and one that is cut off. The pairing is good all the same.
        [TestMethod]
        [DataRow(0)]
        [DataRow(8)]
        [DataRow(16)]
        [DataRow(20)]
        [DataRow(80)]
        public static void AReceiptThatNamesSomethingElseIsNotKept(int altered)
        {
            _f = new KeeperFixture();
            TestTicket ticket = _f.Issue(1, 7);
            byte[] receipt = Hex.Parse(ticket.Receipt);
            receipt[altered] ^= 1;
            _f.Meter.ForgedReceipt = Hex.Format(receipt, 0, altered == 80 ? 80 : 81);
            Assert.IsTrue(_f.Take(ticket.File));
            Assert.AreEqual(Paired, _f.State);
            Assert.AreEqual("", _f.Record("receipt"));
        }

        // A power cut before the commit: the ticket was used, so that SAP 2 is asked first, and refuses.
        [TestMethod]
        public static void AUsedTicketThatWasNotCommittedIsProposedAgain()
        {
            _f = new KeeperFixture();
            TestTicket ticket = _f.Issue(1, 7);
            _f.Meter.ForgedCommit = "0300";
            Assert.IsTrue(_f.Take(ticket.File));
            Assert.AreEqual("4/6", _f.State);
            _f.Meter.ForgedCommit = "";
            _f.Meter.Saps = "";
            _f.Restart();
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual("2432", _f.Meter.Saps);
            Assert.AreEqual(Paired, _f.State);
        }

        [TestMethod]
        public static void TheTicketOfThisVeryPairingPutBackAfterTheStoreWasWipedPairsAgain()
        {
            _f = new KeeperFixture();
            TestTicket ticket = _f.Pair(1, 7);
            _f.Store.Delete("pairing");
            _f.Store.Delete("receipt");
            _f.Restart();
            Assert.AreEqual(Unpaired, _f.State);
            Assert.IsTrue(_f.Take(ticket.File));
            Assert.AreEqual("42", _f.Meter.Saps, "committed already, says SAP 4, and SAP 2 proves it");
            Assert.AreEqual(Paired, _f.State);
            Assert.AreEqual(ticket.Receipt, _f.Record("receipt"));
        }

        // SAP 2 is diverted to SAP 3: the keys are right, and the state is not.
        [TestMethod]
        public static void ThatAnAssociationSucceedsIsNoProofOfTheCommit()
        {
            _f = new KeeperFixture();
            _f.Pair(1, 7);
            TestTicket ticket = _f.Issue(2, 8);
            _f.Meter.ForgedCommit = "0300";
            _f.Meter.Diverts = true;
            SecurityContext before = _f.Keeper.Active;

            Assert.IsTrue(_f.Take(ticket.File));

            Assert.AreEqual("4/7", _f.State);
            Assert.AreEqual("2 6 ", _f.Events);
            Assert.AreSame(before, _f.Keeper.Active);
            Assert.AreEqual((uint)7, _f.Keeper.Epoch);
            Assert.IsFalse(_f.Client.IsAssociatedWith(2, before), "not to be taken for the active pairing's");
            Assert.AreNotEqual("", _f.Record("ticket-a"));
        }

        // Whatever is answered, nothing is erased, and the truth is found out on SAP 2 and tried again.
        [TestMethod]
        [DataRow("C701C1 03 010016 05", "4/3", "42")]
        [DataRow("C701C1 03 010016 06", "4/3", "42")]
        [DataRow("C701C1 03 010016 07", "4/3", "42")]
        [DataRow("C701C1 03 010016 08", "4/4", "42")]
        [DataRow("C701C1 FA 010016 09", "4/5", "42")]
        [DataRow("C701C1 02 010016 0B", "4/15", "42")]
        [DataRow("C701C1 00 010016 05", "4/15", "42")]
        [DataRow("C701C1 03 010016 01", "4/15", "42")]
        [DataRow("C701C2 03 010016 05", "4/15", "42")]
        [DataRow("C701C1 00 00", "4/15", "42")]
        [DataRow("C701C1 00 010016", "4/15", "42")]
        [DataRow("C701C1 00 010016 03", "4/15", "42")]
        [DataRow("C701C1 00 010016 01", "4/15", "432")]
        [DataRow("D80105", "4/5", "42")]
        [DataRow("D80202", "4/15", "42")]
        [DataRow("0E010600", "4/15", "42")]
        [DataRow("61", "4/15", "42")]
        public static void ARefusalOnSap4IsAHintOnly(string answer, string state, string saps)
        {
            _f = new KeeperFixture();
            TestTicket old = _f.Pair(1, 7);
            string pairing = _f.Record("pairing");
            TestTicket ticket = _f.Issue(2, 8);
            _f.Meter.ForgedStage = answer;

            Assert.IsTrue(_f.Take(ticket.File));

            Assert.AreEqual(state, _f.State);
            Assert.AreEqual(saps, _f.Meter.Saps);
            Assert.AreEqual("2 5 ", _f.Events);
            Assert.AreEqual((uint)7, _f.Keeper.Epoch);
            Assert.AreEqual(pairing, _f.Record("pairing"));
            Assert.AreEqual(old.Receipt, _f.Record("receipt"));
            string report = "0" + state.Substring(0, 1) + (state.Length > 3 ? "0F" : "0" + state.Substring(2));
            AssertReport(report, "00000008", DlmsPeer.ServerTitle, ticket.Id);

            _f.Meter.ForgedStage = "";
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(Paired, _f.State);
            Assert.AreEqual((uint)8, _f.Keeper.Epoch);
        }

        // The refusal is forged, the ticket is staged: the next attempt completes it.
        [TestMethod]
        public static void AForgedRefusalOnlyDelays()
        {
            _f = new KeeperFixture();
            TestTicket ticket = _f.Issue(2, 8);
            _f.Meter.ForgedStage = "C701C1 03 010016 08";
            _f.Meter.StagesAllTheSame = true;
            Assert.IsTrue(_f.Take(ticket.File));
            Assert.AreEqual("4/4", _f.State);
            _f.Meter.ForgedStage = "";
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(Paired, _f.State);
        }

        [TestMethod]
        public static void AnotherMeteringUnitAtTheLineIsToldApart()
        {
            _f = new KeeperFixture();
            var ticket = new TestTicket(1, 7, TestTicket.OtherMeter);
            Assert.IsTrue(_f.Take(ticket.File));
            Assert.AreEqual("4/2", _f.State);
            Assert.AreEqual("2 7 ", _f.Events);
            AssertReport("0402", "00000007", TestTicket.OtherMeter, ticket.Id);
            Assert.AreEqual("", _f.Meter.Saps, "it is handed to nobody else");
        }

        // The ticket of another metering unit, by mistake, and then the right one.
        [TestMethod]
        public static void AWrongTicketIsNotInTheWayOfTheRightOne()
        {
            _f = new KeeperFixture();
            var wrong = new TestTicket(1, 9, TestTicket.OtherMeter);
            Assert.IsTrue(_f.Take(wrong.File));
            TestTicket right = _f.Issue(2, 8);

            Assert.IsTrue(_f.Take(right.File));

            Assert.AreEqual(Paired, _f.State);
            Assert.AreEqual("432", _f.Meter.Saps);
            string report = "030000000008" + DlmsPeer.ServerTitle + DlmsPeer.ClientTitle + right.Id
                + TestTicket.OtherMeter + wrong.Id;
            Assert.AreEqual(report, _f.Record("pair-state"), "the other one waits, and is listed");
            Assert.IsTrue(_f.NextInbox());
            string events = _f.Events;
            int frames = _f.Peer.Frames.Count;
            for (int i = 0; i < 500; i++)
            {
                Assert.IsTrue(_f.NextInbox());
            }

            Assert.AreEqual(Paired, _f.State);
            Assert.AreEqual(events, _f.Events, "told once");
            Assert.AreEqual(frames, _f.Peer.Frames.Count, "what is at the line is known by the association that reads");
            Assert.AreEqual(report, _f.Record("pair-state"));
            _f.Restart();
            Assert.AreEqual(Paired, _f.State);
            Assert.IsTrue(_f.NextInbox());
            Assert.AreEqual(Paired, _f.State);
            Assert.AreEqual(report, _f.Record("pair-state"));
            Assert.AreEqual("432", _f.Meter.Saps);
        }

        [TestMethod]
        public static void ATicketThatWaitsIsUsedAtItsOwnMeteringUnit()
        {
            _f = new KeeperFixture();
            _f.Pair(1, 7);
            var other = new TestTicket(2, 6, TestTicket.OtherMeter);
            Assert.IsTrue(_f.Take(other.File));
            Assert.AreEqual(Paired, _f.State);
            Report(MeteringResult.Ok);

            // Moved, with its power on: what reads finds another metering unit.
            _f.Peer.Title = TestTicket.OtherMeter;
            _f.Peer.Restart();
            Assert.AreNotEqual(0, (int)_f.Client.Associate(2, _f.Keeper.Active));
            Report(MeteringResult.WrongUnit);
            _f.Meter.Saps = "";
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual("4", _f.Meter.Saps.Substring(0, 1), "delivered, at once");
        }

        [TestMethod]
        public static void AMeteringUnitThatDoesNotSayWhoItIsGetsNoTicket()
        {
            _f = new KeeperFixture();
            _f.Peer.Title = "";
            Assert.IsTrue(_f.Take(_f.Issue(1, 7).File));
            Assert.AreEqual("4/15", _f.State);
            Assert.AreEqual("", _f.Meter.Saps);
        }

        // Whatever the epochs: those of different metering units do not compare.
        [TestMethod]
        public static void AForeignTicketIsTheFirstToLeaveItsSlot()
        {
            _f = new KeeperFixture();
            _f.Pair(1, 5);
            _f.Meter.ForgedStage = PairingPeer.Refused(8);
            TestTicket waiting = _f.Issue(2, 7);
            Assert.IsTrue(_f.Take(new TestTicket(3, 20, TestTicket.OtherMeter).File));
            Assert.IsTrue(_f.Take(waiting.File));
            TestTicket next = _f.Issue(4, 9);
            Assert.IsTrue(_f.Take(next.File));
            Assert.AreEqual(next.EpochText, _f.Record("ticket-a").Substring(0, 8));
            Assert.AreEqual(waiting.EpochText, _f.Record("ticket-b").Substring(0, 8));
            Assert.AreEqual("", _f.Record("ticket-in"));
        }

        [TestMethod]
        public static void AnEchoedChallengeIsNotAuthentic()
        {
            _f = new KeeperFixture();
            _f.Peer.EchoChallenge = true;
            Assert.IsTrue(_f.Take(_f.Issue(1, 7).File));
            Assert.AreEqual("4/7", _f.State);
            Assert.IsNull(_f.Keeper.Active);
        }

        [TestMethod]
        public static void RetriesBecomeRarerAndAreNotWritten()
        {
            _f = new KeeperFixture();
            _f.Meter.ForgedStage = PairingPeer.Refused(8);
            Assert.IsTrue(_f.Take(_f.Issue(1, 7).File));
            int changes = _f.Files.Changes;
            long[] expected = { 5000, 10000, 20000, 40000, 80000, 160000, 320000, 600000, 600000 };
            for (int i = 0; i < expected.Length; i++)
            {
                long ended = _f.Peer.Milliseconds;
                string saps = _f.Meter.Saps;
                while (saps == _f.Meter.Saps)
                {
                    _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
                    Assert.IsTrue(_f.Keeper.Attend());
                }

                Assert.AreEqual(expected[i], _f.Peer.Milliseconds - ended);
            }

            Assert.AreEqual("2 5 ", _f.Events);
            Assert.AreEqual(changes, _f.Files.Changes);
            Assert.AreEqual("4/4", _f.State);

            // A restart is worth an attempt, and not worth a record.
            _f.Restart();
            changes = _f.Files.Changes;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(1, (_f.Files.Changes - changes) / 3, "a block of the counter is reserved");
            Assert.AreEqual("2 5 ", _f.Events);
        }

        [TestMethod]
        public static void SilenceErasesNothing()
        {
            _f = new KeeperFixture();
            _f.Pair(1, 7);
            _f.Peer.DropResponses = -1;
            TestTicket ticket = _f.Issue(2, 8);
            Assert.IsTrue(_f.Take(ticket.File));
            Assert.AreEqual("4/1", _f.State);
            Assert.AreEqual((uint)7, _f.Keeper.Epoch);
            _f.Peer.DropResponses = 0;
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(Paired, _f.State);
            Assert.AreEqual((uint)8, _f.Keeper.Epoch);
        }

        [TestMethod]
        public static void TheNewestTicketComesFirstAndEndsTheOther()
        {
            _f = new KeeperFixture();
            _f.Peer.DropResponses = -1;
            TestTicket old = _f.Issue(1, 7);
            TestTicket next = _f.Issue(2, 8);
            Assert.IsTrue(_f.Take(next.File));
            Assert.IsTrue(_f.Take(old.File));
            Assert.AreNotEqual("", _f.Record("ticket-a"));
            Assert.AreNotEqual("", _f.Record("ticket-b"));
            _f.Peer.DropResponses = 0;
            _f.Meter.Saps = "";
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual("432", _f.Meter.Saps);
            Assert.AreEqual((uint)8, _f.Keeper.Epoch);
            AssertNoTickets();
        }

        // The newer one has expired: the older one is used, and the newer one waits.
        [TestMethod]
        public static void WhenTheNewestIsRefusedTheOtherIsTried()
        {
            _f = new KeeperFixture();
            _f.Peer.DropResponses = -1;
            TestTicket old = _f.Issue(1, 7);
            var next = new TestTicket(2, 8);
            Assert.IsTrue(_f.Take(old.File));
            Assert.IsTrue(_f.Take(next.File));
            _f.Peer.DropResponses = 0;
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual((uint)7, _f.Keeper.Epoch);
            Assert.AreEqual("4/5", _f.State, "of the newest");
            Assert.AreEqual("", _f.Record("ticket-a"));
            Assert.AreNotEqual("", _f.Record("ticket-b"));
        }

        [TestMethod]
        public static void ATicketThatIsThereAlreadyDoesNotStartItsCounterAgain()
        {
            _f = new KeeperFixture();
            _f.Meter.ForgedCommit = "0300";
            TestTicket ticket = _f.Issue(1, 7);
            Assert.IsTrue(_f.Take(ticket.File));
            string record = _f.Record("ticket-a");
            _f.Peer.RandomByte = 1;
            Assert.IsTrue(_f.Take(ticket.File));
            Assert.AreEqual(record, _f.Record("ticket-a"));
            Assert.AreEqual("", _f.Record("ticket-b"));
            Assert.AreEqual("", _f.Record("ticket-in"));
            _f.Restart();
            _f.Give(ticket.File);
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreNotEqual(record, _f.Record("ticket-a"), "it has gone on");
            Assert.AreEqual(record.Substring(104, 4), _f.Record("ticket-a").Substring(104, 4));
        }

        [TestMethod]
        public static void AThirdTicketTakesThePlaceOfTheOldestThatWasNeverUsed()
        {
            _f = new KeeperFixture();
            _f.Meter.DiesAtCommit = true;
            TestTicket used = _f.Issue(1, 7);
            Assert.IsTrue(_f.Take(used.File));
            string first = _f.Record("ticket-a");
            Assert.IsTrue(_f.Take(_f.Issue(2, 8).File));
            Assert.IsTrue(_f.Take(_f.Issue(3, 9).File));
            Assert.AreEqual(first, _f.Record("ticket-a"), "the metering unit has committed it");
            Assert.AreEqual("00000009", _f.Record("ticket-b").Substring(0, 8));
            _f.Events = "";
            Assert.IsTrue(_f.Take(_f.Issue(4, 6).File));
            Assert.AreEqual("3 5 ", _f.Events, "older than both: refused, and told of the newest again");
            Assert.AreEqual("00000009", _f.Record("ticket-b").Substring(0, 8));
        }

        // The reply to the commit is lost, and somebody on the line keeps the unit from asking for it; two more tickets
        // come. The metering unit works with the first, and must find its keys here when the line is good again.
        [TestMethod]
        public static void AThirdTicketDoesNotTakeThePlaceOfOneThatMayBeCommitted()
        {
            _f = new KeeperFixture();
            _f.Meter.DiesAtCommit = true;
            TestTicket first = _f.Issue(1, 7);
            Assert.IsTrue(_f.Take(first.File));
            string record = _f.Record("ticket-a");
            _f.Meter.DiesAtCommit = false;
            _f.Peer.DropResponses = 0;
            _f.Meter.Diverts = true;
            _f.Meter.ForgedCommit = "0300";
            Assert.IsTrue(_f.Take(_f.Issue(2, 8).File));
            Assert.AreEqual((uint)0, _f.Keeper.Epoch);

            TestTicket third = _f.Issue(3, 9);
            Assert.IsTrue(_f.Take(third.File));

            Assert.AreEqual(record.Substring(0, 104), _f.Record("ticket-a").Substring(0, 104));
            Assert.AreEqual(third.EpochText, _f.Record("ticket-b").Substring(0, 8));
            Assert.AreEqual("", _f.Record("ticket-in"));

            _f.Meter.Diverts = false;
            _f.Meter.ForgedStage = PairingPeer.Refused(8);
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual((uint)7, _f.Keeper.Epoch, "the third has expired, the first works");
            Assert.AreEqual(first.Receipt, _f.Record("receipt"));
        }

        // The commit of the first never got there. The second is pending by authenticated word, and the committed epoch
        // is not the first's: that one can never be committed any more, and a third ticket has a place.
        [TestMethod]
        public static void BeforeItsCommitANewerTicketSettlesWhatBecameOfAnEarlierOne()
        {
            _f = new KeeperFixture();
            _f.Meter.ForgedCommit = "0300";
            Assert.IsTrue(_f.Take(_f.Issue(1, 7).File));
            Assert.IsTrue(_f.Take(_f.Issue(2, 8).File));
            Assert.AreEqual("", _f.Record("ticket-a"));
            Assert.AreEqual("00000008", _f.Record("ticket-b").Substring(0, 8));
            Assert.IsTrue(_f.Take(_f.Issue(3, 9).File));
            Assert.AreEqual("00000009", _f.Record("ticket-a").Substring(0, 8));
            Assert.AreEqual("", _f.Record("ticket-b"));
            _f.Meter.ForgedCommit = "";
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual((uint)9, _f.Keeper.Epoch);
        }

        // What is committed is asked on SAP 2 of the earlier one's keys, and then the newer one goes on.
        [TestMethod]
        public static void AnEarlierTicketThatWasCommittedBecomesThePairingFirst()
        {
            _f = new KeeperFixture();
            _f.Meter.DiesAtCommit = true;
            Assert.IsTrue(_f.Take(_f.Issue(1, 7).File));
            _f.Meter.DiesAtCommit = false;
            _f.Peer.DropResponses = 0;
            _f.Events = "";
            _f.Meter.Saps = "";
            Assert.IsTrue(_f.Take(_f.Issue(2, 8).File));
            Assert.AreEqual("432", _f.Meter.Saps);
            Assert.AreEqual((uint)7, _f.Keeper.Epoch);
            Assert.AreEqual("2 4 ", _f.Events, "nothing was refused");
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual("432432", _f.Meter.Saps, "at once");
            Assert.AreEqual((uint)8, _f.Keeper.Epoch);
            AssertNoTickets();
        }

        // Two tickets that may be committed, each at a metering unit of its own: the third waits in the inbox.
        [TestMethod]
        public static void ATicketThatHasNoPlaceWaitsForTheWordOfTheMeteringUnit()
        {
            _f = new KeeperFixture();
            _f.Peer.DropResponses = -1;
            var first = new TestTicket(1, 7, TestTicket.OtherMeter);
            Assert.IsTrue(_f.Take(first.File));
            TestTicket second = _f.Issue(2, 8);
            Assert.IsTrue(_f.Take(second.File));
            BeginCommit("ticket-a");
            BeginCommit("ticket-b");
            _f.Restart();
            TestTicket third = _f.Issue(3, 9);

            Assert.IsTrue(_f.Take(third.File));

            Assert.AreEqual(third.File, _f.Record("ticket-in"));
            Assert.AreEqual("1/16", _f.State, "whatever the attempts come to");
            AssertReport("0110", third.EpochText, DlmsPeer.ServerTitle,
                third.Id + first.MeterTitle + first.Id + second.MeterTitle + second.Id);
            int changes = _f.Files.Changes;
            Assert.IsTrue(_f.NextInbox());
            Assert.AreEqual(changes, _f.Files.Changes, "told once");

            _f.Peer.DropResponses = 0;
            _f.Meter.Active = second;
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
            while (_f.Keeper.Epoch == 0)
            {
                _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
                Assert.IsTrue(_f.Keeper.Attend());
            }

            Assert.AreEqual((uint)8, _f.Keeper.Epoch);
            Assert.IsTrue(_f.NextInbox());
            Assert.AreEqual((uint)9, _f.Keeper.Epoch);
            Assert.AreEqual("", _f.Record("ticket-in"));
            Assert.AreNotEqual("", _f.Record("ticket-a"), "what became of the other metering unit's is not known");
        }

        [TestMethod]
        public static void ATicketThatIsNotNewerThanThePairingIsIgnored()
        {
            _f = new KeeperFixture();
            TestTicket old = _f.Pair(1, 7);
            TestTicket active = _f.Pair(2, 8);
            string pairing = _f.Record("pairing");

            Assert.IsTrue(_f.Take(active.File));
            Assert.AreEqual(Paired, _f.State, "it is that of the pairing");
            Assert.IsTrue(_f.Take(old.File));
            Assert.AreEqual("4/10", _f.State);
            Assert.AreEqual("3 ", _f.Events);
            Assert.AreEqual("", _f.Meter.Saps);
            Assert.AreEqual(pairing, _f.Record("pairing"));
            AssertNoTickets();
        }

        [TestMethod]
        public static void ATicketForAnotherMeteringUnitIsNotMeasuredByThePairing()
        {
            _f = new KeeperFixture();
            _f.Pair(1, 7);
            var other = new TestTicket(2, 6, TestTicket.OtherMeter);
            Assert.IsTrue(_f.Take(other.File));
            Assert.AreEqual(Paired, _f.State, "never told over a pairing that works");
            _f.Restart();
            Assert.AreEqual("00000006", _f.Record("ticket-a").Substring(0, 8));
            Assert.AreEqual((uint)7, _f.Keeper.Epoch);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("4E435431")]
        [DataRow("4E43543100000000")]
        [DataRow("0102030405")]
        [DataRow("4E434231 4E434D0000000002 7A65726F697365")]
        [DataRow("4E434231 4E434D0000000001 7A65726F6973")]
        [DataRow("4E434231 4E434D0000000001 7A65726F697366")]
        [DataRow("4E434231 4E434D0000000001 7A65726F69736500")]
        public static void AFileThatIsNoneIsRefusedAndRemoved(string file)
        {
            _f = new KeeperFixture();
            _f.Pair(1, 7);
            Assert.IsTrue(_f.Take(file));
            Assert.AreEqual("4/9", _f.State);
            Assert.AreEqual("3 ", _f.Events);
            Assert.AreEqual((uint)7, _f.Keeper.Epoch);
            AssertNoTickets();
            _f.Restart();
            Assert.AreEqual(Paired, _f.State);
        }

        // The power goes between the active pairing's record and the erasing of the ticket.
        [TestMethod]
        public static void OutdatedTicketsAreErasedAtTheStart()
        {
            _f = new KeeperFixture();
            _f.Peer.DropResponses = -1;
            TestTicket ticket = _f.Issue(1, 7);
            Assert.IsTrue(_f.Take(ticket.File));
            string slot = _f.Record("ticket-a");
            _f.Peer.DropResponses = 0;
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(Paired, _f.State);
            _f.Write("ticket-a", slot);
            _f.Meter.Saps = "";

            _f.Restart();

            Assert.AreEqual(Paired, _f.State);
            AssertNoTickets();
            Assert.IsTrue(_f.NextInbox());
            Assert.AreEqual("", _f.Meter.Saps);
            AssertReport("0300", "00000007", DlmsPeer.ServerTitle, ticket.Id);
        }

        [TestMethod]
        public static void WhatTheStoreDoesNotTakeIsNotActive()
        {
            _f = new KeeperFixture();
            TestTicket ticket = _f.Issue(1, 7);
            _f.Files.CutAfter = 0;
            _f.Meter.Know(ticket);
            _f.Peer.Milliseconds += 10000;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.IsNull(_f.Keeper.Active);
        }

        // Every change of every record on the way: what was told stays true, and the exchange completes.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public static void APowerCutAtAnyWriteDoesNoHarm(bool leavesTraces)
        {
            bool isWhole = false;
            int cut = 0;
            for (; !isWhole; cut++)
            {
                _f = new KeeperFixture();
                _f.Pair(1, 7);
                TestTicket ticket = _f.Issue(2, 8);
                _f.Give(ticket.File);
                _f.Files.CutAfter = cut;
                _f.Files.CutLeavesTraces = leavesTraces;
                Assert.IsTrue(_f.NextInbox());
                isWhole = !_f.Files.IsCut;
                Assert.IsTrue(!isWhole || _f.State == Paired);
                _f.Files.CutAfter = FakeFiles.Never;

                _f.Restart();
                Assert.IsNotNull(_f.Keeper.Active, cut.ToString());
                Assert.IsTrue(_f.Keeper.Epoch == 8 || _f.Keeper.Epoch == 7);
                Assert.IsTrue(_f.NextInbox());
                Assert.AreEqual(Paired, _f.State, cut.ToString());
                Assert.AreEqual((uint)8, _f.Keeper.Epoch, cut.ToString());
                Assert.AreEqual(ticket.Receipt, _f.Record("receipt"));
                AssertReport("0300", "00000008", DlmsPeer.ServerTitle, ticket.Id);
                AssertNoTickets();
            }

            Assert.IsTrue(cut > 20, "seven records");
        }

        [TestMethod]
        public static void ATombstoneThatVerifiesRetiresTheUnit()
        {
            _f = new KeeperFixture();
            TestTicket old = _f.Pair(1, 7);
            _f.Meter.Tombstone = KeeperFixture.TombstoneOf(old, new TestTicket(9, 8));
            Assert.IsTrue(DoubtAndProbe());
            Assert.AreEqual("16", _f.Meter.Saps);
            Assert.AreEqual("5/12", _f.State);
            Assert.IsNull(_f.Keeper.Active);
            Assert.AreEqual("", _f.Record("pairing"));
            Assert.AreNotEqual("", _f.Record("factory"));
            Assert.AreEqual("6 8 ", _f.Events);
            AssertReport("050C", "00000008", DlmsPeer.ServerTitle, Zeros);
            _f.Restart();
            Assert.AreEqual("5/12", _f.State);

            // Back by a new ticket.
            TestTicket ticket = _f.Issue(3, 10);
            Assert.IsTrue(_f.Take(ticket.File));
            Assert.AreEqual(Paired, _f.State);
            Assert.AreEqual((uint)10, _f.Keeper.Epoch);
        }

        // The slot of the ticket that made the pairing has its counter as it was then. Opened again, it would count from
        // there once more.
        [TestMethod]
        public static void ATicketThatTheStoreDoesNotEraseIsNotOpenedAgainAfterTheTombstone()
        {
            _f = new KeeperFixture { Undeletable = "ticket-a" };
            TestTicket old = _f.Pair(1, 7);
            Assert.AreEqual(Paired, _f.State);
            Assert.AreNotEqual("", _f.Record("ticket-a"));
            _f.Meter.Tombstone = KeeperFixture.TombstoneOf(old, new TestTicket(9, 8));
            Assert.IsTrue(DoubtAndProbe());
            Assert.AreEqual("5/12", _f.State);
            Assert.AreEqual("", _f.Record("pairing"));
            for (int i = 0; i < 3; i++)
            {
                Assert.IsTrue(_f.NextInbox());
                Assert.AreEqual("5/12", _f.State);
                Assert.AreEqual("16", _f.Meter.Saps, "nothing is opened any more");
                _f.Restart();
            }

            // A new ticket has its place, and the pairing with it.
            _f.Undeletable = "";
            Assert.IsTrue(_f.Take(_f.Issue(3, 9).File));
            Assert.AreEqual(Paired, _f.State);
            AssertNoTickets();
        }

        [TestMethod]
        public static void NoTicketAndNoOrderOfBeforeTheTombstoneIsTakenAfterIt()
        {
            _f = new KeeperFixture();
            TestTicket old = _f.Pair(1, 7);
            TestTicket between = _f.Issue(2, 8);
            _f.Meter.Tombstone = KeeperFixture.TombstoneOf(old, new TestTicket(9, 9));
            Assert.IsTrue(DoubtAndProbe());
            _f.Meter.Saps = "";
            _f.Restart();
            Assert.IsTrue(_f.Take(old.File));
            Assert.AreEqual("4/3", _f.State);
            AssertReport("0403", old.EpochText, DlmsPeer.ServerTitle, old.Id);
            Assert.IsTrue(_f.Take(between.File));
            Assert.AreEqual("4/3", _f.State);
            Assert.IsTrue(_f.Take(TestTicket.Retire(5, 8)));
            Assert.AreEqual("4/10", _f.State, "the order was overtaken");
            Assert.AreEqual("", _f.Meter.Saps);
            Assert.AreEqual(0, _f.Board.Restarts);
            Assert.AreNotEqual("", _f.Record("factory"));
            AssertNoTickets();

            // At another metering unit they are as good as ever.
            Assert.IsTrue(_f.Take(TestTicket.Retire(5, 8, TestTicket.OtherMeter)));
            Assert.AreEqual("5/13", _f.State);
        }

        // Nor does a pairing with another metering unit let one loose.
        [TestMethod]
        public static void WhileATicketCannotBeErasedNoOtherMeteringUnitIsPairedWith()
        {
            _f = new KeeperFixture { Undeletable = "ticket-b" };
            Assert.IsTrue(_f.Take(new TestTicket(2, 8, TestTicket.OtherMeter).File));
            _f.Pair(1, 7);
            Assert.AreEqual(Paired, _f.State);
            _f.Peer.Title = TestTicket.OtherMeter;
            _f.Peer.Restart();
            _f.Restart();
            Assert.IsTrue(_f.NextInbox());
            Assert.AreEqual("4/8", _f.State);
            Assert.AreEqual("", _f.Meter.Saps);
            Assert.AreEqual((uint)7, _f.Keeper.Epoch);
            _f.Undeletable = "";
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual("42", _f.Meter.Saps, "which this one does not know");
        }

        // What an erasure has left of the records is of no use meanwhile.
        [TestMethod]
        public static void WhileAnErasureIsBegunNothingIsOpened()
        {
            _f = new KeeperFixture { Undeletable = "ticket-a" };
            _f.Pair(1, 7);
            Assert.IsTrue(_f.Take(TestTicket.Retire(5, 8)));
            Assert.AreEqual("5/13", _f.State);
            Assert.IsFalse(new Erasure(_f.Board).Resume());
            _f.Restart();
            Assert.IsTrue(_f.NextInbox());
            Assert.IsTrue(_f.Take(_f.Issue(2, 9).File));
            Assert.IsNull(_f.Keeper.Active);
            Assert.AreEqual("", _f.Meter.Saps);
            Assert.AreNotEqual("", _f.Record("ticket-a"));
            _f.Undeletable = "";
            Assert.IsTrue(new Erasure(_f.Board).Resume());
            AssertNoTickets();
        }

        [TestMethod]
        public static void ATombstoneThatDoesNotVerifyChangesNothing()
        {
            _f = new KeeperFixture();
            TestTicket old = _f.Pair(1, 7);
            string pairing = _f.Record("pairing");
            var next = new TestTicket(9, 8);
            byte[] tombstone = Hex.Parse(KeeperFixture.TombstoneOf(old, next));
            for (int i = -1; i < tombstone.Length; i++)
            {
                if (i >= 0)
                {
                    tombstone[i] ^= 4;
                }

                _f.Meter.Tombstone = i < 0 ? "" : Hex.Format(tombstone, 0, tombstone.Length);
                if (i >= 0)
                {
                    tombstone[i] ^= 4;
                }

                _f.Peer.Milliseconds += 3600000;
                Assert.IsTrue(DoubtAndProbe());
                Assert.AreEqual(Paired, _f.State, i.ToString());
            }

            _f.Meter.Tombstone = KeeperFixture.TombstoneOf(old, old);
            _f.Peer.Milliseconds += 3600000;
            Assert.IsTrue(DoubtAndProbe());
            Assert.AreEqual(Paired, _f.State, "the epoch is not above ours");
            _f.Meter.Tombstone = KeeperFixture.TombstoneOf(next, new TestTicket(10, 9));
            _f.Peer.Milliseconds += 3600000;
            Assert.IsTrue(DoubtAndProbe());
            Assert.AreEqual(Paired, _f.State, "another pairing's");
            Assert.AreEqual(pairing, _f.Record("pairing"));
            Assert.AreEqual("6 ", _f.Events);
        }

        // The unit's own rotation: the tombstone of its old keys must not take the new ones, of which the reply was lost.
        [TestMethod]
        public static void ATombstoneErasesNoTicketOfItsOwnEpochOrNewer()
        {
            _f = new KeeperFixture();
            TestTicket old = _f.Pair(1, 7);
            TestTicket next = _f.Issue(2, 8);
            _f.Meter.DiesAtCommit = true;
            Assert.IsTrue(_f.Take(next.File));
            Assert.AreEqual("4/1", _f.State);
            _f.Peer.DropResponses = 0;
            _f.Meter.Tombstone = KeeperFixture.TombstoneOf(old, next);
            _f.Peer.Milliseconds -= 5000;
            Assert.IsTrue(DoubtAndProbe());
            Assert.AreEqual((uint)7, _f.Keeper.Epoch, "it stays until the ticket has told: nothing is to be closed for it");
            Assert.AreEqual("4/1", _f.State);
            _f.Peer.Milliseconds = _f.Keeper.NextDeadline;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(Paired, _f.State);
            Assert.AreEqual((uint)8, _f.Keeper.Epoch);
        }

        [TestMethod]
        public static void TheTombstoneIsAskedForRarelyAndOnlyWhenTheKeysAreNotTaken()
        {
            _f = new KeeperFixture();
            _f.Pair(1, 7);
            Report(MeteringResult.Ok);
            Report(MeteringResult.NoAnswer);
            Report(MeteringResult.WrongUnit);
            Assert.AreEqual("", ProbesWithin(600000));
            Assert.AreEqual("7 ", _f.Events);

            // Polls go on failing every 32 s.
            Assert.AreEqual("2 62 182 422 ", ProbesWithin(600000, MeteringResult.NotAuthentic));
            Assert.AreEqual("7 6 ", _f.Events, "told once");
            Report(MeteringResult.Ok);
            Assert.AreEqual("", ProbesWithin(4000000));
        }

        [TestMethod]
        public static void WhatIsOverIsNotDoneWhenTheUnitIsStopping()
        {
            _f = new KeeperFixture();
            _f.Give(_f.Issue(1, 7).File);
            _f.Peer.IsStopping = true;
            _f.Peer.DropResponses = -1;
            Assert.IsFalse(_f.NextInbox());
            Assert.IsNull(_f.Keeper.Active);
        }

        [TestMethod]
        public static void AnOrderToRetireThatWasOvertakenIsRefused()
        {
            _f = new KeeperFixture();
            _f.Pair(1, 7);
            Assert.IsTrue(_f.Take(TestTicket.Retire(5, 6)));
            Assert.AreEqual("4/10", _f.State);
            Assert.AreEqual((uint)7, _f.Keeper.Epoch);
            Assert.AreEqual("", _f.Record("ticket-in"));
            Assert.AreEqual(0, _f.Board.Restarts);

            // Nor is one obeyed when a newer ticket waits.
            _f.Peer.DropResponses = -1;
            Assert.IsTrue(_f.Take(_f.Issue(2, 9).File));
            Assert.IsTrue(_f.Take(TestTicket.Retire(6, 8)));
            Assert.AreEqual((uint)7, _f.Keeper.Epoch);
            Assert.AreEqual(0, _f.Board.Restarts);
        }

        [TestMethod]
        [DataRow("", "5/13")]
        [DataRow("4E434231 4E434D0000000001 7A65726F697365", "5/14")]
        public static void AnOrderToEraseIsObeyed(string order, string state)
        {
            _f = new KeeperFixture();
            _f.Pair(1, 7);
            Assert.IsTrue(_f.Take(order.Length > 0 ? order : TestTicket.Retire(5, 7)));
            Assert.AreEqual(state, _f.State);
            Assert.AreEqual(1, _f.Board.Restarts);
            Assert.IsNull(_f.Keeper.Active, "not every board restarts at once");
            Assert.AreEqual("", _f.Record("pairing"));
            Assert.AreEqual(DlmsPeer.ClientTitle + Hex.Repeat("00", 32), _f.Record("factory"), "the proof key alone");
            AssertNoTickets();
            string proof = _f.Record("zeroise");
            Assert.AreEqual(order.Length > 0 ? "02" : "01", proof.Substring(20, 2));
            Assert.AreEqual(order.Length > 0 ? Zeros : Hex.Repeat("05", 16), proof.Substring(22, 32));

            Assert.IsTrue(new Erasure(_f.Board).Resume());
            Assert.AreEqual("", _f.Record("factory"));
            _f.Restart();
            Assert.AreEqual(state, _f.State);
            Assert.IsNull(_f.Keeper.Active);

            // Enrolled again, it is a new unit.
            _f.Write("factory", DlmsPeer.ClientTitle + TestTicket.Dk + Hex.Repeat("00", 32));
            _f.Restart();
            Assert.AreEqual(Unpaired, _f.State);
        }

        [TestMethod]
        public static void AnOrderToEraseThatTheStoreDoesNotTakeWaits()
        {
            _f = new KeeperFixture();
            _f.Pair(1, 7);
            _f.Give(TestTicket.Retire(5, 7));
            _f.Files.CutAfter = 0;
            Assert.IsTrue(_f.NextInbox());
            Assert.AreEqual("4/8", _f.State);
            Assert.AreEqual((uint)7, _f.Keeper.Epoch, "and goes on meanwhile");
            _f.Files.CutAfter = FakeFiles.Never;
            Assert.IsTrue(_f.NextInbox());
            Assert.AreEqual("5/13", _f.State);
        }

        private static string Zeros => Hex.Repeat("00", 16);

        private static void Report(MeteringResult result)
        {
            _f.Keeper.Report(result);
        }

        private static bool DoubtAndProbe()
        {
            Report(MeteringResult.NotAuthentic);
            _f.Peer.Milliseconds += 2000;
            return _f.Keeper.Attend();
        }

        private static string ProbesWithin(int milliseconds)
        {
            return ProbesWithin(milliseconds, MeteringResult.NoAnswer);
        }

        // The seconds at which SAP 16 was asked.
        private static string ProbesWithin(int milliseconds, MeteringResult result)
        {
            long start = _f.Peer.Milliseconds;
            string probes = "";
            for (int second = 0; second < milliseconds / 1000; second++)
            {
                _f.Peer.Milliseconds = start + (second * 1000L);
                if (second % 32 == 0)
                {
                    Report(result);
                }

                int frames = _f.Peer.Frames.Count;
                Assert.IsTrue(_f.Keeper.Attend());
                probes += _f.Peer.Frames.Count > frames ? second.ToString() + " " : "";
            }

            return probes;
        }

        private static void BeginCommit(string slot)
        {
            string record = _f.Record(slot);
            _f.Write(slot, record.Substring(0, 144) + "01" + record.Substring(146));
        }

        private static void AssertNoTickets()
        {
            Assert.AreEqual("", _f.Record("ticket-in"));
            Assert.AreEqual("", _f.Record("ticket-a"));
            Assert.AreEqual("", _f.Record("ticket-b"));
        }

        private static void AssertReport(string state, string epoch, string meterTitle, string id)
        {
            Assert.AreEqual(state + epoch + meterTitle + DlmsPeer.ClientTitle + id, _f.Record("pair-state"));
        }
    }
}
