using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>Orders as one unit sees them: taken once, answered, and nothing else.</summary>
    [TestClass]
    public static class OrderKeeperTests
    {
        // Events: done, refused, unreadable.
        private const string Done = "12 ";
        private const string Refused = "13 ";
        private const string Unreadable = "14 ";

        private static OrderFixture _f;

        [TestMethod]
        public static void AnOrderInTheBoxIsDoneAndItsAnswerHandedOver()
        {
            _f = new OrderFixture();
            _f.Seconds = 834921300;
            var order = new TestOrder("10", 200, OrderFixture.Credentials);
            Assert.IsTrue(_f.Post(order));
            string said = order.Answer("00", "07EA0610FF0A230000800000");
            string answer = said + OrderFixture.CodeOf(said);
            Assert.AreEqual(Hex.Compact(OrderFixture.Credentials), _f.Pairing.Record("route-b"));
            Assert.AreEqual(answer, _f.Box.LastAnswer);
            Assert.AreEqual("", _f.Box.Order);
            Assert.AreEqual(order.Head + "0200" + answer, _f.Record);
            Assert.AreEqual(Done, _f.Events);
        }

        [TestMethod]
        public static void TheBoxIsAskedEveryFiveMinutesAndAtOnceWhenTheLoopReads()
        {
            _f = new OrderFixture();
            Assert.IsTrue(_f.Keeper.NextDeadline <= _f.Pairing.Peer.Milliseconds, "associated since the exchange");
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(1, _f.Box.Polls);
            long asked = _f.Pairing.Peer.Milliseconds;
            for (int i = 0; i < 29; i++)
            {
                _f.Pairing.Peer.Milliseconds += 10000;
                Assert.IsTrue(_f.Keeper.Attend());
            }

            Assert.AreEqual(1, _f.Box.Polls);
            Assert.IsTrue(_f.Pairing.Keeper.NextDeadline >= asked + 300000);
            Assert.AreEqual(asked + 300000, _f.Keeper.NextDeadline);
            _f.Pairing.Peer.Milliseconds = asked + 300000;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(2, _f.Box.Polls);
            Assert.AreEqual(0, _f.Box.Reads, "nothing waits");

            _f.Restart();
            Assert.AreEqual(_f.Pairing.Keeper.NextDeadline, _f.Keeper.NextDeadline, "not before the loop has the line");
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(2, _f.Box.Polls);
            _f.Read();
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(3, _f.Box.Polls);
            Assert.AreEqual("", _f.Events);
        }

        [TestMethod]
        public static void AnOrderByHandIsAnsweredToTheMeteringUnitToo()
        {
            _f = new OrderFixture();
            var order = new TestOrder("11", 200);
            Assert.IsTrue(_f.Give(order.File));
            Assert.AreEqual("", _f.Pairing.Record("ticket-in"));
            Assert.AreEqual(order.Head + "0200", _f.Record.Substring(0, 60));
            Assert.AreEqual(_f.Record.Substring(60), _f.Box.LastAnswer, "at once");
            Assert.AreEqual("3/0", _f.Pairing.State);
        }

        [TestMethod]
        public static void WhatCannotBeHandedOverIsTriedAgainAfterFiveMinutes()
        {
            _f = new OrderFixture();
            _f.Box.ActionResult = "02";
            var order = new TestOrder("11", 200);
            Assert.IsTrue(_f.Post(order));
            Assert.AreEqual("0100", _f.State);
            Assert.AreEqual(1, _f.Box.Answers);
            string answer = _f.Record.Substring(60);
            Assert.IsTrue(_f.NextTurn());
            Assert.AreEqual("0100", _f.State);
            _f.Restart();
            _f.Box.ActionResult = "00";
            _f.Seconds = 834921300;
            _f.Read();
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(answer, _f.Box.LastAnswer, "byte for byte");
            Assert.AreEqual("0200", _f.State);
            int answers = _f.Box.Answers;
            Assert.IsTrue(_f.NextTurn());
            Assert.AreEqual(answers, _f.Box.Answers);
        }

        // The box has said that it took the answer, and has lost it.
        [TestMethod]
        public static void AnOrderThatComesAgainGetsTheSameAnswerAndNoEffect()
        {
            _f = new OrderFixture();
            _f.Box.LosesAnswers = true;
            var order = new TestOrder("10", 200, OrderFixture.Credentials);
            Assert.IsTrue(_f.Post(order));
            string answer = _f.Box.LastAnswer;
            Assert.IsTrue(_f.Policy.CloseRouteB() == Policy.PolicyResult.Done);
            _f.Box.LastAnswer = "";
            _f.Seconds = 834921300;
            string record = _f.Record;
            int changes = _f.Pairing.Files.Changes;
            Assert.IsTrue(_f.NextTurn());
            Assert.AreEqual(answer, _f.Box.LastAnswer);
            Assert.AreEqual(record, _f.Record);
            Assert.AreEqual(changes, _f.Pairing.Files.Changes, "nothing is written");
            Assert.AreEqual("", _f.Pairing.Record("route-b"));
            Assert.AreEqual(Done, _f.Events);
            _f.Box.LosesAnswers = false;
            Assert.IsTrue(_f.Give(order.File), "by hand, too");
            Assert.AreEqual("", _f.Box.Order);
        }

        [TestMethod]
        [DataRow("10", "", "04")]
        [DataRow("10", "303132", "04")]
        [DataRow("11", "00", "04")]
        [DataRow("12", "0003 046E616D65 0838373635343332", "04")]
        [DataRow("12", "0000 046E616D65 083837363534333231", "05")]
        [DataRow("12", "0001 046E616D65 083837363534333231", "05")]
        [DataRow("12", "0002 046E616D65 083837363534333231", "05")]
        [DataRow("12", "0103 046E616D65 083837363534333231", "06")]
        [DataRow("13", "01", "04")]
        [DataRow("14", "0201", "04")]
        [DataRow("14", "03010001", "06")]
        [DataRow("14", "02010001 03010001", "06")]
        [DataRow("15", "02", "04")]
        [DataRow("15", "0204C0A80102", "04")]
        [DataRow("15", "0205C0A8010203 00", "04")]
        [DataRow("15", "0204C0A80102 083837363534333231", "06")]
        [DataRow("15", "0110FE800000000000000000000000000001 00", "04")]
        [DataRow("16", "0204C0A801", "04")]
        [DataRow("17", "0202 04C0A80102", "04")]
        [DataRow("17", "0211", "04")]
        [DataRow("18", "00", "04")]
        [DataRow("01", "", "03")]
        [DataRow("02", "", "03")]
        [DataRow("0F", "", "03")]
        [DataRow("19", "", "03")]
        [DataRow("FF", "", "03")]
        public static void WhatIsRefusedChangesNothingAndUsesItsNumberUp(string kind, string body, string result)
        {
            _f = new OrderFixture();
            var order = new TestOrder(kind, 200, body);
            Assert.IsTrue(_f.Post(order));
            Assert.AreEqual("02" + result, _f.State);
            Assert.AreEqual(order.Answer(result), _f.Box.LastAnswer.Substring(0, 84));
            Assert.AreEqual(Refused, _f.Events);
            Assert.AreEqual("", _f.Pairing.Record("route-b") + _f.Pairing.Record("wifi") + _f.Pairing.Record("policy")
                + _f.Pairing.Record("zeroise"));
            Assert.AreEqual("3/0", _f.Pairing.State);
            Assert.IsTrue(_f.Post(new TestOrder("11", 200) { Id = TestTicket.Dk }), "another one of this number");
            Assert.AreEqual("01", _f.Box.LastAnswer.Substring(58, 2));
        }

        [TestMethod]
        [DataRow("12", "0003 046E616D65 083837363534333231", "wifi", "0003046E616D65083837363534333231")]
        [DataRow("14", "02050010", "policy", "01000000050010")]
        [DataRow("14", "01070003 02050010", "policy", "01070003050010")]
        [DataRow("15", "0204C0A80102 00", "policy", "01000000000000 0204C0A80102000000000000000000000000")]
        [DataRow("15", "0110FE80000000000000021D129012345678", "policy", "01000000000000 0110FE80000000000000021D129012345678")]
        [DataRow("17", "0201 04C0A80102", "policy", "01000000000000 8204C0A80102000000000000000000000000")]
        [DataRow("16", "0200", "policy", "01000000000000")]
        public static void WhatIsOrderedIsDone(string kind, string body, string record, string content)
        {
            _f = new OrderFixture();
            Assert.IsTrue(_f.Post(new TestOrder(kind, 200, body)));
            Assert.AreEqual("0200", _f.State);
            Assert.AreEqual(Hex.Compact(content), _f.Pairing.Record(record));
            Assert.AreEqual(Done, _f.Events);
        }

        [TestMethod]
        public static void WhoIsCutOffIsLetInAgain()
        {
            _f = new OrderFixture();
            Assert.IsTrue(_f.Post(new TestOrder("15", 200, "0204C0A80102 00")));
            Assert.IsTrue(_f.Post(new TestOrder("16", 201, "0204C0A80102")));
            Assert.AreEqual("01000000000000", _f.Pairing.Record("policy"));
            Assert.AreEqual(Done + Done, _f.Events);
        }

        // What everybody needs to come in is made anew with it, or neither is done.
        [TestMethod]
        public static void CuttingOffTakesANewSecretWithIt()
        {
            _f = new OrderFixture();
            Assert.IsTrue(_f.Post(new TestOrder("12", 200, "0003 046E616D65 083837363534333231")));
            Assert.IsTrue(_f.Post(new TestOrder("15", 201, "0204C0A80102 0938373635343332317F")));
            Assert.AreEqual("0204", _f.State);
            Assert.AreEqual("", _f.Pairing.Record("policy"));
            Assert.IsTrue(_f.Post(new TestOrder("15", 202, "0204C0A80102 09383736353433323130")));
            Assert.AreEqual("0200", _f.State);
            Assert.AreEqual("0003046E616D6509383736353433323130", _f.Pairing.Record("wifi"));
            Assert.AreEqual("0204C0A80102000000000000000000000000", _f.Pairing.Record("policy").Substring(14));
            string address = "0110FE80000000000000021D129012345678";
            Assert.IsTrue(_f.Post(new TestOrder("15", 203, address + OrderFixture.Credentials)));
            Assert.AreEqual("0200", _f.State);
            Assert.AreEqual(Hex.Compact(OrderFixture.Credentials), _f.Pairing.Record("route-b"));
            Assert.AreEqual(address, _f.Pairing.Record("policy").Substring(50));

            // The list is full.
            for (uint i = 0; i < 14; i++)
            {
                Assert.IsTrue(_f.Post(new TestOrder("15", 210 + i, "0204C0A803" + Hex.Format(new byte[] { (byte)i }, 0, 1) + "00")));
            }

            Assert.AreEqual("0200", _f.State);
            Assert.IsTrue(_f.Post(new TestOrder("15", 230, "0204C0A80110 09393736353433323130")));
            Assert.AreEqual("0207", _f.State);
            Assert.AreEqual("0003046E616D6509383736353433323130", _f.Pairing.Record("wifi"), "the passphrase stays");
            Assert.IsTrue(_f.Post(new TestOrder("15", 231, "0204C0A80102 09393736353433323130")));
            Assert.AreEqual("0200", _f.State, "who is cut off already has a place");
            Assert.AreEqual("0003046E616D6509393736353433323130", _f.Pairing.Record("wifi"));
        }

        [TestMethod]
        public static void AReportChangesNothingAndIsAnsweredWithTheState()
        {
            _f = new OrderFixture();
            int changes = _f.Pairing.Files.Changes;
            var order = new TestOrder("18", 200);
            Assert.IsTrue(_f.Post(order));
            string said = order.Answer("00") + "01" + "00000064" + "AABB" + OrderFixture.CodeOf("").Substring(0, 2);
            Assert.AreEqual(said + OrderFixture.CodeOf(said), _f.Box.LastAnswer);
            Assert.IsTrue(changes < _f.Pairing.Files.Changes);
            Assert.AreEqual("", _f.Pairing.Record("policy"));
        }

        [TestMethod]
        [DataRow(199)]
        [DataRow(200)]
        [DataRow(100)]
        [DataRow(1)]
        public static void AnOrderThatIsNotAboveTheLastIsOvertaken(int number)
        {
            _f = new OrderFixture();
            Assert.IsTrue(_f.Post(new TestOrder("11", 200)));
            string record = _f.Record;
            var order = new TestOrder("10", (uint)number, OrderFixture.Credentials) { Id = TestTicket.Dk };
            Assert.IsTrue(_f.Post(order));
            Assert.AreEqual(record, _f.Record);
            string said = order.Answer("01");
            Assert.AreEqual(said + OrderFixture.CodeOf(said), _f.Box.LastAnswer);
            Assert.AreEqual("", _f.Pairing.Record("route-b"));
            Assert.AreEqual(Done + Refused, _f.Events);
        }

        [TestMethod]
        [DataRow(100)]
        [DataRow(99)]
        public static void AnOrderThatIsNotAboveThePairingIsOvertaken(int number)
        {
            _f = new OrderFixture();
            Assert.IsTrue(_f.Post(new TestOrder("10", (uint)number, OrderFixture.Credentials)));
            Assert.AreEqual("", _f.Record);
            Assert.AreEqual("01", _f.Box.LastAnswer.Substring(58, 2));
            Assert.AreEqual("", _f.Pairing.Record("route-b"));
            Assert.IsTrue(_f.Post(new TestOrder("11", 101)), "its number was not used up");
            Assert.AreEqual("0200", _f.State);
        }

        [TestMethod]
        public static void AnOrderForAnotherMeteringUnitIsRefused()
        {
            _f = new OrderFixture();
            var order = new TestOrder("10", 200, OrderFixture.Credentials) { MeterTitle = TestTicket.OtherMeter };
            Assert.IsTrue(_f.Post(order));
            Assert.AreEqual("", _f.Record);
            Assert.AreEqual(order.Answer("09"), _f.Box.LastAnswer.Substring(0, 84));
            Assert.AreEqual("", _f.Pairing.Record("route-b"));
            Assert.AreEqual(Refused, _f.Events);
        }

        [TestMethod]
        public static void AnUnpairedUnitObeysNobody()
        {
            _f = new OrderFixture(false);
            Assert.IsTrue(_f.Give(new TestOrder("10", 200, OrderFixture.Credentials).File));
            Assert.AreEqual("", _f.Pairing.Record("ticket-in"));
            Assert.AreEqual("", _f.Record);
            Assert.AreEqual("", _f.Pairing.Record("route-b"));
            Assert.AreEqual(Refused, _f.Events);
            Assert.AreEqual("0/0", _f.Pairing.State, "of the pairing nothing is told");
        }

        // Nobody knows it yet, or it was damaged on the way.
        [TestMethod]
        public static void WithoutAClockAnOrderWithAnEndIsTaken()
        {
            _f = new OrderFixture();
            Assert.IsTrue(_f.Post(new TestOrder("11", 200) { NotAfter = 1 }));
            Assert.AreEqual("0200", _f.State);
            _f.Seconds = 834921300;
            Assert.IsTrue(_f.Post(new TestOrder("11", 201) { NotAfter = 1 }));
            Assert.AreEqual("0202", _f.State);
            Assert.AreEqual(Done + Refused, _f.Events);
        }

        [TestMethod]
        public static void AnythingButZerosBehindTheBodyIsMalformed()
        {
            _f = new OrderFixture();
            Assert.IsTrue(_f.Post(new TestOrder("11", 200) { Padding = "01" }));
            Assert.AreEqual("0204", _f.State);
            Assert.IsTrue(_f.Post(new TestOrder("11", 201) { Length = "6F" }), "111 bytes do not fit");
            Assert.AreEqual("0204", _f.State);
            Assert.IsTrue(_f.Post(new TestOrder("11", 202) { Length = "FF" }));
            Assert.AreEqual("0204", _f.State);
            Assert.IsTrue(_f.Post(new TestOrder("10", 203, OrderFixture.Credentials + Hex.Repeat("00", 66))));
            Assert.AreEqual("0204", _f.State, "110 bytes fit, and are too many for this");
        }

        [TestMethod]
        public static void AnOrderThatWasAlteredIsNoneAndToldOnce()
        {
            _f = new OrderFixture();
            string file = new TestOrder("10", 200, OrderFixture.Credentials).File;
            string told = "";
            for (int i = 0; i < file.Length; i += 26)
            {
                char digit = file[i] == '0' ? '1' : '0';
                _f.Box.Order = file.Substring(0, i) + digit + file.Substring(i + 1);
                Assert.IsTrue(_f.NextTurn());
                told += Unreadable;
                Assert.AreEqual(told, _f.Events, i.ToString());
                Assert.IsTrue(_f.NextTurn());
                Assert.AreEqual(told, _f.Events, "the same bytes");
            }

            Assert.AreEqual("", _f.Record);
            Assert.AreEqual("", _f.Pairing.Record("route-b"));
            Assert.AreEqual(0, _f.Box.Answers);
            Assert.IsTrue(_f.Post(new TestOrder("11", 200)));
            Assert.AreEqual("0200", _f.State);
        }

        [TestMethod]
        public static void APartOfAnOrderOrMoreThanOneIsNone()
        {
            _f = new OrderFixture();
            string file = new TestOrder("10", 200, OrderFixture.Credentials).File;
            string[] files =
            {
                "4E", "4E434F31", file.Substring(0, 218), file.Substring(0, 436), file + "00", file + file, file + file + file,
            };
            for (int i = 0; i < files.Length; i++)
            {
                _f.Box.Order = files[i];
                Assert.IsTrue(_f.NextTurn());
            }

            Assert.AreEqual(Hex.Repeat(Unreadable, files.Length), _f.Events);
            Assert.AreEqual("", _f.Record);
            Assert.AreEqual(0, _f.Box.Answers);
        }

        [TestMethod]
        public static void AnOrderOfAnotherUnitIsNone()
        {
            _f = new OrderFixture();
            Assert.IsTrue(_f.Post(new TestOrder("11", 200) { UnitTitle = "4E434D0000000002" }));
            Assert.AreEqual(Unreadable, _f.Events);
            Assert.AreEqual("", _f.Record);
        }

        // In its version of before, an order that was called a ticket erased a unit.
        [TestMethod]
        public static void ARelabelledOrderIsNoTicketAndARelabelledTicketNoOrder()
        {
            _f = new OrderFixture();
            var order = new TestOrder("02", 200);
            Assert.IsTrue(_f.Give("4E43543100D5" + order.Sealed + "0000"));
            Assert.AreEqual("4/9", _f.Pairing.State);
            Assert.AreEqual("", _f.Pairing.Record("zeroise"));
            Assert.AreEqual("3 ", _f.Events);
            _f.Events = "";
            string retire = TestTicket.Retire(7, 300);
            Assert.IsTrue(_f.Give("4E434F31" + retire.Substring(8)));
            _f.Box.Order = "4E434F31" + retire.Substring(8);
            Assert.IsTrue(_f.NextTurn());
            _f.Box.Order = retire;
            Assert.IsTrue(_f.NextTurn());
            Assert.AreEqual(Unreadable + Unreadable, _f.Events, "the first two are the same");
            Assert.AreEqual("", _f.Pairing.Record("zeroise"));
            Assert.AreEqual("", _f.Record);
            Assert.IsNotNull(_f.Pairing.Keeper.Active);
        }

        [TestMethod]
        public static void WithoutFactoryKeysNothingOpens()
        {
            _f = new OrderFixture();
            _f.Pairing.Store.Delete("factory");
            Assert.IsTrue(_f.Post(new TestOrder("11", 200)));
            Assert.AreEqual(Unreadable, _f.Events);
            Assert.AreEqual("", _f.Record);
        }

        // A bench gave the unit other keys, and not by an erasure: what was taken cannot be opened, and nothing waits for it.
        [TestMethod]
        public static void WhatWasTakenUnderOtherKeysStaysUndone()
        {
            _f = new OrderFixture();
            var order = new TestOrder("10", 200, OrderFixture.Credentials);
            _f.Pairing.Write("order", order.Head + "0000" + order.Sealed);
            _f.Pairing.Write("factory", DlmsPeer.ClientTitle + Hex.Repeat("11", 48));
            _f.Restart();
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual("0000", _f.State);
            Assert.AreEqual("", _f.Pairing.Record("route-b"));
            Assert.IsTrue(_f.Keeper.NextDeadline > _f.Pairing.Peer.Milliseconds);
        }

        // Taken in time, and the clock known meanwhile.
        [TestMethod]
        public static void WhatWasTakenIsCarriedOutAfterItsEnd()
        {
            _f = new OrderFixture();
            var order = new TestOrder("10", 200, OrderFixture.Credentials) { NotAfter = 1 };
            _f.Pairing.Write("order", order.Head + "0000" + order.Sealed);
            _f.Restart();
            _f.Seconds = 834921300;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual("0100", _f.State);
            Assert.AreEqual(Hex.Compact(OrderFixture.Credentials), _f.Pairing.Record("route-b"));
        }

        // Between its commit and what the metering unit says to that nobody knows which pairing is the last.
        [TestMethod]
        public static void DuringAnExchangeOrdersWait()
        {
            _f = new OrderFixture();
            TestTicket ticket = _f.Pairing.Issue(2, 150);
            _f.Pairing.Meter.ForgedCommit = "0200";
            Assert.IsTrue(_f.Pairing.Take(ticket.File));
            Assert.IsTrue(_f.Pairing.Keeper.IsExchanging);
            _f.Read();
            var order = new TestOrder("10", 200, OrderFixture.Credentials);
            _f.Box.Order = order.File;
            _f.Pairing.Give(order.File);
            int polls = _f.Box.Polls;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(polls, _f.Box.Polls);
            Assert.AreEqual(order.File, _f.Pairing.Record("ticket-in"));
            Assert.AreEqual("", _f.Record);

            _f.Pairing.Meter.ForgedCommit = "";
            _f.Pairing.Peer.Milliseconds += 600000;
            Assert.IsTrue(_f.Keeper.Attend(), "the exchange is done, and the box asked");
            Assert.AreEqual((uint)150, _f.Pairing.Keeper.Epoch);
            Assert.IsFalse(_f.Pairing.Keeper.IsExchanging);
            Assert.AreEqual("0200", _f.State);
            Assert.AreEqual("", _f.Box.Order);
            Assert.IsTrue(_f.Give(order.File));
            Assert.AreEqual("", _f.Pairing.Record("ticket-in"));
        }

        // A ticket that waits for another metering unit is no exchange with this one.
        [TestMethod]
        public static void ATicketForAnotherMeteringUnitDoesNotKeepOrdersBack()
        {
            _f = new OrderFixture();
            Assert.IsTrue(_f.Pairing.Take(new TestTicket(2, 150, TestTicket.OtherMeter).File));
            Assert.IsFalse(_f.Pairing.Keeper.IsExchanging);
            _f.Read();
            Assert.IsTrue(_f.Post(new TestOrder("11", 200)));
            Assert.AreEqual("0200", _f.State);
        }

        [TestMethod]
        public static void WhatTheStoreDoesNotTakeIsTriedAgainAndToldOnce()
        {
            _f = new OrderFixture();
            _f.Box.Order = new TestOrder("10", 200, OrderFixture.Credentials).File;
            _f.Pairing.Files.CutAfter = 0;
            int warnings = _f.Pairing.Board.Warnings;
            Assert.IsTrue(_f.NextTurn());
            Assert.IsTrue(_f.NextTurn());
            Assert.AreEqual(0, _f.Box.Answers);
            Assert.AreEqual("", _f.Events);
            Assert.AreEqual(warnings + 1, _f.Pairing.Board.Warnings);
            _f.Pairing.Files.CutAfter = FakeFiles.Never;
            Assert.AreEqual("", _f.Pairing.Record("route-b"));
            Assert.IsTrue(_f.NextTurn());
            Assert.AreEqual("0200", _f.State);
            Assert.AreEqual(Done, _f.Events);
        }

        // By hand it waits in the inbox, and does not wear the flash.
        [TestMethod]
        public static void ByHandItWaitsForTheStore()
        {
            _f = new OrderFixture();
            _f.NextTurn();
            string file = new TestOrder("11", 200).File;
            _f.Pairing.Give(file);
            _f.Pairing.Files.CutAfter = 0;
            _f.Pairing.Peer.Milliseconds += 10000;
            Assert.IsTrue(_f.Keeper.Attend());
            int changes = _f.Pairing.Files.Changes;
            _f.Pairing.Peer.Milliseconds += 10000;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual(changes, _f.Pairing.Files.Changes);
            _f.Pairing.Files.CutAfter = FakeFiles.Never;
            Assert.AreEqual(file, _f.Pairing.Record("ticket-in"));
            Assert.IsTrue(_f.NextTurn());
            _f.Pairing.Peer.Milliseconds += 10000;
            Assert.IsTrue(_f.Keeper.Attend());
            Assert.AreEqual("0200", _f.State);
        }

        [TestMethod]
        public static void WhatTheStoreDoesNotTakeOfTheEffectIsTheAnswer()
        {
            _f = new OrderFixture();
            _f.Pairing.Write("route-b", OrderFixture.Credentials);
            _f.Pairing.Undeletable = "route-b";
            Assert.IsTrue(_f.Post(new TestOrder("11", 200)));
            Assert.AreEqual("0208", _f.State);
            Assert.AreEqual("08", _f.Box.LastAnswer.Substring(58, 2));
            Assert.AreEqual(Refused, _f.Events);
            _f.Pairing.Undeletable = "";
            Assert.IsTrue(_f.NextTurn());
            Assert.IsTrue(_f.Pairing.Record("route-b").Length > 0, "taken is final");
        }

        // A cut at every change of the files, leaving traces or not: not taken, or taken and answered.
        [TestMethod]
        [DataRow(false, false)]
        [DataRow(true, false)]
        [DataRow(false, true)]
        [DataRow(true, true)]
        public static void APowerCutAtAnyWriteLeavesItNotTakenOrTakenAndAnswered(bool leavesTraces, bool isGone)
        {
            int cuts = 0;
            bool isCut = true;
            for (int after = 0; isCut; after++)
            {
                _f = new OrderFixture();
                _f.NextTurn();
                var order = new TestOrder("10", 200, OrderFixture.Credentials);
                _f.Box.Order = order.File;
                FakeFiles files = _f.Pairing.Files;
                files.CutAfter = after;
                files.CutLeavesTraces = leavesTraces;
                _f.NextTurn();
                isCut = files.IsCut;
                files.CutAfter = FakeFiles.Never;
                bool wasAnswered = _f.Box.LastAnswer.Length > 0;
                bool wasTaken = _f.Record.Length > 0;
                Assert.IsTrue(wasTaken || !wasAnswered, after.ToString());
                Assert.IsTrue(wasTaken || _f.Pairing.Record("route-b").Length == 0, after.ToString());

                // What is not taken may go; what was taken may not.
                _f.Box.Order = isGone ? "" : _f.Box.Order;
                string answer = _f.Box.LastAnswer;
                _f.Restart();
                _f.Seconds = 834921300;
                Assert.IsTrue(_f.Keeper.Attend());
                bool isInEffect = _f.Pairing.Record("route-b").Length > 0;
                Assert.AreEqual(wasTaken, isInEffect, after.ToString());
                _f.Read();
                Assert.IsTrue(_f.Keeper.Attend());
                Assert.IsTrue(_f.NextTurn());
                bool isTaken = wasTaken || !isGone;
                Assert.AreEqual(isTaken ? "0200" : "", _f.State, after.ToString());
                Assert.AreEqual(isTaken, _f.Box.LastAnswer.Length > 0, after.ToString());
                Assert.IsTrue(!wasAnswered || answer == _f.Box.LastAnswer, after.ToString());
                Assert.AreEqual("", _f.Box.Order, after.ToString());
                cuts += isCut ? 1 : 0;
            }

            Assert.IsTrue(cuts > 8, cuts.ToString());
        }

        // Two at once: the box has the lower one, the higher one comes by hand.
        [TestMethod]
        public static void OfTwoAtOnceTheHigherStays()
        {
            _f = new OrderFixture();
            var lower = new TestOrder("11", 200);
            _f.Box.Order = lower.File;
            _f.Pairing.Give(new TestOrder("10", 201, OrderFixture.Credentials).File);
            Assert.IsTrue(_f.NextTurn());
            Assert.AreEqual("000000C9", _f.Record.Substring(0, 8));
            Assert.IsTrue(_f.Pairing.Record("route-b").Length > 0);
            Assert.AreEqual(lower.Answer("01"), _f.Box.LastAnswer.Substring(0, 84));
            Assert.AreEqual("", _f.Box.Order);
        }

        [TestMethod]
        public static void AfterTheTombstoneRouteAndWifiAreClosedBeforeThePairingGoes()
        {
            _f = new OrderFixture();
            Assert.IsTrue(_f.Post(new TestOrder("10", 200, OrderFixture.Credentials)));
            Assert.IsTrue(_f.Post(new TestOrder("12", 201, "0003 046E616D65 083837363534333231")));
            Assert.IsTrue(_f.Post(new TestOrder("15", 202, "0204C0A80102 00")));
            _f.Pairing.Meter.Tombstone = KeeperFixture.TombstoneOf(new TestTicket(1, OrderFixture.Epoch), new TestTicket(9, 300));
            _f.Pairing.Undeletable = "wifi";
            Probe();
            Assert.IsNotNull(_f.Pairing.Keeper.Active, "the store has not done all of it");
            Assert.AreEqual("4/8", _f.Pairing.State);
            Assert.AreEqual("", _f.Pairing.Record("route-b"));
            _f.Pairing.Undeletable = "";
            Probe();
            Assert.IsNull(_f.Pairing.Keeper.Active);
            Assert.AreEqual("5/12", _f.Pairing.State);
            Assert.AreEqual("", _f.Pairing.Record("wifi") + _f.Pairing.Record("policy"));
            Assert.AreEqual("", _f.Pairing.Record("pairing"));
        }

        private static void Probe()
        {
            _f.Pairing.Keeper.Report(MeterLink.MeteringResult.NotAuthentic);
            _f.Pairing.Peer.Milliseconds += 3600000;
            Assert.IsTrue(_f.Keeper.Attend());
        }
    }
}
