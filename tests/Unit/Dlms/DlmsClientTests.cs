using NanoComm.Dlms;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class DlmsClientTests
    {
        private const string Time = "090C 07EA0B16 FF 160500 FF FDE4 00";

        [TestMethod]
        public static void AssociationThenClock()
        {
            var f = new DlmsFixture();
            f.Peer.Script.Add("C401C100" + Time);
            AssertOk(f, f.Associate());
            Assert.IsTrue(f.IsAssociated);
            GetItem clock = DlmsFixture.ClockTime();
            AssertOk(f, f.Client.Get(clock));
            Assert.AreEqual(Hex.Compact(Time), DlmsFixture.Text(clock));
            Assert.AreEqual("C001C100080000010000FF0200", (string)f.Peer.Requests[0]);
        }

        [TestMethod]
        public static void AssociationAndMinutePollAreCheap()
        {
            var f = new DlmsFixture();
            AssertOk(f, f.Associate());
            int association = f.Peer.BytesToPeer + f.Peer.BytesFromPeer;
            Assert.IsTrue(association <= 420, association.ToString());
            GetItem[] items = MinutePoll();
            f.Peer.Script.Add("C403C108 00" + Time + "000600000001 000600000002 000600000003 000600000004 00120005"
                + "00120006 00 0101 0203" + Time + "0600000007 0600000008");
            AssertOk(f, f.Client.GetWithList(items));
            int poll = f.Peer.BytesToPeer + f.Peer.BytesFromPeer - association;
            Assert.IsTrue(poll <= 270, poll.ToString());
            Assert.AreEqual("0600000001", DlmsFixture.Text(items[1]));
            Assert.AreEqual("01010203" + Hex.Compact(Time) + "06000000070600000008", DlmsFixture.Text(items[7]));
            OutputHelper.WriteLine("association " + association.ToString() + ", poll " + poll.ToString() + " bytes");
        }

        [TestMethod]
        public static void AnApduIsDeliveredAsItIs()
        {
            var f = new DlmsFixture();
            AssertOk(f, f.Associate());
            Assert.IsTrue(f.IsAssociated);
            f.Peer.Raw = "C701C1" + Hex.Repeat("11", 200);
            byte[] apdu = Hex.Parse("00DD" + Hex.Repeat("A5", 150) + "00");
            uint counter = f.Counter;

            AssertOk(f, f.Client.Deliver(4, apdu, 1, 151, out int length));

            Assert.AreEqual("DD" + Hex.Repeat("A5", 150), (string)f.Peer.Requests[0]);
            Assert.AreEqual(f.Peer.Raw, Hex.Format(f.Client.Returned, 0, length));
            Assert.AreEqual(counter, f.Counter, "nothing is ciphered");
            Assert.IsFalse(f.IsAssociated);
            Assert.AreEqual((int)DlmsResult.NotAssociated, (int)f.Client.Get(DlmsFixture.ClockTime()));
        }

        [TestMethod]
        [DataRow("D80105", (int)DlmsResult.Refused, (int)DlmsDetail.Exception, 0x0105)]
        [DataRow("D80101", (int)DlmsResult.Refused, (int)DlmsDetail.Exception, 0x0101)]
        [DataRow("0E010600", (int)DlmsResult.Refused, (int)DlmsDetail.ServiceError, 0x0600)]
        [DataRow("D801", (int)DlmsResult.ProtocolError, (int)DlmsDetail.Malformed, 0xD8)]
        public static void ADeliveryCanBeRefused(string answer, int result, int detail, int code)
        {
            var f = new DlmsFixture();
            f.Peer.Raw = answer;
            Assert.AreEqual(result, (int)f.Client.Deliver(4, new byte[] { 0xDD }, 0, 1, out int _));
            Assert.AreEqual(detail, (int)f.Client.Detail);
            Assert.AreEqual(code, f.Client.DetailCode);
        }

        [TestMethod]
        public static void ADeliveryWithoutAnswerSaysSo()
        {
            var f = new DlmsFixture();
            f.Peer.DropResponses = -1;
            Assert.AreEqual((int)DlmsResult.NoAnswer, (int)f.Client.Deliver(4, new byte[] { 0xDD }, 0, 1, out int length));
            Assert.AreEqual(0, length);
        }

        [TestMethod]
        public static void PublicAssociationIsPlain()
        {
            var f = new DlmsFixture();
            f.Peer.Script.Add("C401C1000A0341 4243");
            AssertOk(f, f.Client.Associate(DlmsFixture.Public, null));
            Assert.IsTrue(((string)f.Peer.Frames[1]).IndexOf(
                "E6E600601DA109060760857405080101BE10040E01000000065F1F04000012150400") == 16);
            var name = new GetItem(new CosemDescriptor(1, 0, 0, 42, 0, 0, 2));
            AssertOk(f, f.Client.Get(name));
            Assert.AreEqual("0A03414243", DlmsFixture.Text(name));
            Assert.AreEqual("C001C1000100002A0000FF0200", (string)f.Peer.Requests[0]);
            Assert.AreEqual((uint)0x100, f.Counter);
        }

        [TestMethod]
        public static void NothingIsSentWithoutAssociation()
        {
            var f = new DlmsFixture();
            Assert.AreEqual((int)DlmsResult.NotAssociated, (int)f.Client.Get(DlmsFixture.ClockTime()));
            Assert.AreEqual((int)DlmsResult.NotAssociated, (int)f.Client.GetWithList(MinutePoll()));
            Assert.AreEqual(0, f.Peer.Frames.Count);
        }

        [TestMethod]
        public static void BlocksAreJoined()
        {
            DlmsFixture f = Associated();
            f.Peer.Script.Add("C402C1 00 00000001 00 03 090611");
            f.Peer.Script.Add("C402C1 00 00000002 00 01 22");
            f.Peer.Script.Add("C402C1 01 00000003 00 04 33445566");
            GetItem item = DlmsFixture.ClockTime();
            AssertOk(f, f.Client.Get(item));
            Assert.AreEqual("0906112233445566", DlmsFixture.Text(item));
            Assert.AreEqual("C002C100000001", (string)f.Peer.Requests[1]);
            Assert.AreEqual("C002C100000002", (string)f.Peer.Requests[2]);
        }

        [TestMethod]
        public static void ListInBlocksIsJoined()
        {
            DlmsFixture f = Associated();
            f.Peer.Script.Add("C402C1 00 00000001 00 05 02 00 1101 00");
            f.Peer.Script.Add("C402C1 01 00000002 00 02 1102");
            GetItem[] items = { DlmsFixture.ClockTime(), DlmsFixture.Register(1) };
            AssertOk(f, f.Client.GetWithList(items));
            Assert.AreEqual("1101", DlmsFixture.Text(items[0]));
            Assert.AreEqual("1102", DlmsFixture.Text(items[1]));
            Assert.AreEqual("C003C10200080000010000FF020000030100010800FF0200", (string)f.Peer.Requests[0]);
        }

        [TestMethod]
        public static void RefusedItemsOfAListAreRefusedAlone()
        {
            DlmsFixture f = Associated();
            f.Peer.Script.Add("C403C102 0104 00 1102");
            GetItem[] items = { DlmsFixture.ClockTime(), DlmsFixture.Register(1) };
            AssertOk(f, f.Client.GetWithList(items));
            Assert.AreEqual((int)DataAccessResult.ObjectUndefined, (int)items[0].Result);
            Assert.IsNull(items[0].Buffer);
            Assert.AreEqual("1102", DlmsFixture.Text(items[1]));
        }

        [TestMethod]
        public static void RowsAreHandedOutAsTheyCome()
        {
            var f = new DlmsFixture();
            f.Settings.MaxData = 16;
            f.Make();
            AssertOk(f, f.Associate());
            f.Peer.Script.Add("C402C1 00 00000001 00 06 0103 0202 1101");
            f.Peer.Script.Add("C402C1 00 00000002 00 08 120102 0202 1102 12");
            f.Peer.Script.Add("C402C1 01 00000003 00 09 0304 0202 1103 120506");
            var range = new RangeSelector();
            Hex.Parse("07EA0B16FF160000FF800000").CopyTo(range.From, 0);
            Hex.Parse("07EA0B16FF170000FF800000").CopyTo(range.To, 0);
            GetItem profile = DlmsFixture.MinuteProfile(range);
            AssertOk(f, f.Client.GetRows(profile, f));
            Assert.AreEqual("02021101120102 02021102120304 02021103120506 ", f.Rows);
            Assert.AreEqual((int)DataAccessResult.Success, (int)profile.Result);
            Assert.AreEqual(
                Hex.Compact("C001C1 0007 0100630200FF 02 01 01 0204 0204 120008 09060000010000FF 0F02 120000"
                + "090C07EA0B16FF160000FF800000 090C07EA0B16FF170000FF800000 0100"),
                (string)f.Peer.Requests[0]);
        }

        [TestMethod]
        public static void RowsOfOneResponse()
        {
            DlmsFixture f = Associated();
            f.Peer.Script.Add("C401C1 00 0102 1101 1102");
            f.Peer.Script.Add("C401C2 00 0100");
            f.Peer.Script.Add("C401C3 01 0D");
            GetItem profile = DlmsFixture.MinuteProfile(new EntrySelector { FromEntry = 2, ToEntry = 3 });
            AssertOk(f, f.Client.GetRows(profile, f));
            Assert.AreEqual("1101 1102 ", f.Rows);
            Assert.AreEqual(
                "C001C100070100630200FF020102020406000000020600000003120001120000", (string)f.Peer.Requests[0]);
            AssertOk(f, f.Client.GetRows(profile, f));
            Assert.AreEqual((int)DlmsResult.Refused, (int)f.Client.GetRows(profile, f));
            Assert.AreEqual((int)DataAccessResult.ScopeOfAccessViolated, (int)profile.Result);
            Assert.IsTrue(f.IsAssociated);
        }

        [TestMethod]
        [DataRow("C401C1 0105", (int)DlmsDetail.DataAccessResult, 5)]
        [DataRow("C402C1 01 00000001 01 0E", (int)DlmsDetail.DataAccessResult, 14)]
        public static void RefusalLeavesTheAssociation(string answer, int detail, int code)
        {
            DlmsFixture f = Associated();
            f.Peer.Script.Add(answer);
            f.Peer.Script.Add("C401C2001101");
            GetItem item = DlmsFixture.ClockTime();
            AssertRefused(f, item, detail, code);
            Assert.IsNull(item.Buffer);
            AssertOk(f, f.Client.Get(item));
            Assert.AreEqual("1101", DlmsFixture.Text(item));
        }

        // Anybody can send it, as often as he likes: with the association kept, he would be believed for ever.
        [TestMethod]
        [DataRow("!D80202", (int)DlmsDetail.Exception, 0x0202)]
        [DataRow("!D80105", (int)DlmsDetail.Exception, 0x0105)]
        [DataRow("!0E050102", (int)DlmsDetail.ServiceError, 0x0102)]
        public static void ARefusalThatNothingProtectsEndsTheAssociation(string answer, int detail, int code)
        {
            DlmsFixture f = Associated();
            f.Peer.Script.Add(answer);
            f.Peer.Script.Add("C401C1001101");
            AssertRefused(f, DlmsFixture.ClockTime(), detail, code);
            Assert.IsFalse(f.IsAssociated);
            AssertOk(f, f.Associate());
        }

        [TestMethod]
        [DataRow("C4", (int)DlmsDetail.Malformed)]
        [DataRow("C401", (int)DlmsDetail.Malformed)]
        [DataRow("C401C1", (int)DlmsDetail.Malformed)]
        [DataRow("C401C100", (int)DlmsDetail.Malformed)]
        [DataRow("C401C10011", (int)DlmsDetail.Malformed)]
        [DataRow("C401C100110100", (int)DlmsDetail.Malformed)]
        [DataRow("C401C1021101", (int)DlmsDetail.Malformed)]
        [DataRow("C401C101", (int)DlmsDetail.Malformed)]
        [DataRow("C401C1010500", (int)DlmsDetail.Malformed)]
        [DataRow("C401C2001101", (int)DlmsDetail.Mismatch)]
        [DataRow("C403C101001101", (int)DlmsDetail.Malformed)]
        [DataRow("C404C1001101", (int)DlmsDetail.Malformed)]
        [DataRow("C402C1 01 00000001 00 03 1101", (int)DlmsDetail.Malformed)]
        [DataRow("C402C1 01 00000001 00 01 1101", (int)DlmsDetail.Malformed)]
        [DataRow("C402C1 01 00000000 00 02 1101", (int)DlmsDetail.Mismatch)]
        [DataRow("C402C1 01 00000002 00 02 1101", (int)DlmsDetail.Mismatch)]
        [DataRow("C402C1 00 00000001 00 00", (int)DlmsDetail.Malformed)]
        [DataRow("C402C1 01 00000001 00 00", (int)DlmsDetail.Malformed)]
        [DataRow("C402C1 01 00000001 02 02 1101", (int)DlmsDetail.Malformed)]
        [DataRow("C402C1 01 00000001 00 84FFFFFFFF 1101", (int)DlmsDetail.Malformed)]
        public static void NonsenseEndsTheAssociation(string answer, int detail)
        {
            DlmsFixture f = Associated();
            f.Peer.Script.Add(answer);
            GetItem item = DlmsFixture.ClockTime();
            Assert.AreEqual((int)DlmsResult.ProtocolError, (int)f.Client.Get(item), answer);
            Assert.AreEqual(detail, (int)f.Client.Detail, answer);
            Assert.IsNull(item.Buffer);
            Assert.IsFalse(f.IsAssociated);
            AssertOk(f, f.Associate());
        }

        [TestMethod]
        [DataRow("C403C103 001101 001102 001103")]
        [DataRow("C403C101 001101")]
        [DataRow("C403C102 001101 00")]
        [DataRow("C403C102 001101 021102")]
        [DataRow("C403C102 001101 0100")]
        [DataRow("C403C102 001101 001102 00")]
        [DataRow("C401C100 001101")]
        public static void ListMustAnswerEachItem(string answer)
        {
            DlmsFixture f = Associated();
            f.Peer.Script.Add(answer);
            GetItem[] items = { DlmsFixture.ClockTime(), DlmsFixture.Register(1) };
            Assert.AreEqual((int)DlmsResult.ProtocolError, (int)f.Client.GetWithList(items), answer);
            Assert.IsNull(items[0].Buffer);
            Assert.IsNull(items[1].Buffer);
        }

        [TestMethod]
        public static void DataBeyondTheBufferIsRefused()
        {
            var f = new DlmsFixture();
            f.Settings.MaxData = 8;
            f.Make();
            AssertOk(f, f.Associate());
            f.Peer.Script.Add("C402C1 00 00000001 00 05 0907112233");
            f.Peer.Script.Add("C402C1 01 00000002 00 04 44556677");
            Assert.AreEqual((int)DlmsResult.ProtocolError, (int)f.Client.Get(DlmsFixture.ClockTime()));
            Assert.AreEqual((int)DlmsDetail.TooLong, (int)f.Client.Detail);
        }

        [TestMethod]
        public static void RequestBeyondTheServersLimitIsNotSent()
        {
            var f = new DlmsFixture();
            f.Peer.InitiateResponse = "0800065F1F0400001215004B0007";
            AssertOk(f, f.Associate());
            f.Peer.Script.Add("C401C1001101");
            AssertOk(f, f.Client.Get(DlmsFixture.ClockTime()));
            int sent = f.Peer.Frames.Count;
            Assert.AreEqual((int)DlmsResult.ProtocolError, (int)f.Client.GetWithList(MinutePoll()));
            Assert.AreEqual((int)DlmsDetail.TooLong, (int)f.Client.Detail);
            Assert.AreEqual(sent, f.Peer.Frames.Count);
        }

        [TestMethod]
        public static void ServicesThatWereNotNegotiatedAreNotAskedFor()
        {
            var f = new DlmsFixture();
            f.Peer.InitiateResponse = "0800065F1F040000001004000007";
            AssertOk(f, f.Associate());
            int sent = f.Peer.Frames.Count;
            GetItem profile = DlmsFixture.MinuteProfile(new EntrySelector());
            Assert.AreEqual((int)DlmsResult.Refused, (int)f.Client.Get(profile));
            Assert.AreEqual((int)DlmsDetail.Conformance, (int)f.Client.Detail);
            Assert.AreEqual(sent, f.Peer.Frames.Count);
            Assert.IsTrue(f.IsAssociated);
        }

        // Each value stays until the next call, also one that came in blocks.
        [TestMethod]
        public static void WithoutListsOneIsReadAfterTheOther()
        {
            DlmsFixture f = WithoutLists();
            f.Peer.Script.Add("C401C1 00 1101");
            f.Peer.Script.Add("C401C2 01 04");
            f.Peer.Script.Add("C402C3 00 00000001 00 03 0A0341");
            f.Peer.Script.Add("C402C3 01 00000002 00 02 4243");
            f.Peer.Script.Add("C401C4 00 1204D2");
            var items = new GetItem[]
            {
                DlmsFixture.ClockTime(), DlmsFixture.Register(1), DlmsFixture.Register(2), DlmsFixture.Register(3),
            };
            AssertOk(f, f.Client.GetWithList(items));
            Assert.AreEqual("1101", DlmsFixture.Text(items[0]));
            Assert.IsNull(items[1].Buffer);
            Assert.AreEqual((int)DataAccessResult.ObjectUndefined, (int)items[1].Result);
            Assert.AreEqual("0A03414243", DlmsFixture.Text(items[2]));
            Assert.AreEqual("1204D2", DlmsFixture.Text(items[3]));
            Assert.AreEqual("C001C1" + DlmsFixture.Clock + "00", (string)f.Peer.Requests[0]);

            // The buffer is free again.
            f.Peer.Script.Add("C402C5 00 00000001 00 03 0A0341");
            f.Peer.Script.Add("C402C5 01 00000002 00 02 4243");
            AssertOk(f, f.Client.Get(items[0]));
            Assert.AreEqual("0A03414243", DlmsFixture.Text(items[0]));
        }

        [TestMethod]
        [DataRow("!D80105", (int)DlmsResult.Refused)]
        [DataRow("!D80101", (int)DlmsResult.NotAssociated)]
        [DataRow("C401C7 00 1101", (int)DlmsResult.ProtocolError)]
        public static void WithoutListsAFailureLeavesNothingHalfRead(string answer, int result)
        {
            DlmsFixture f = WithoutLists();
            f.Peer.Script.Add("C401C1 00 1101");
            f.Peer.Script.Add(answer);
            var items = new GetItem[] { DlmsFixture.ClockTime(), DlmsFixture.Register(1), DlmsFixture.Register(2) };
            Assert.AreEqual(result, (int)f.Client.GetWithList(items));
            Assert.AreEqual(2, f.Peer.Requests.Count);
            Assert.IsNull(items[0].Buffer);
            Assert.IsFalse(f.IsAssociated);
        }

        [TestMethod]
        public static void WithoutListsMoreThanTheBufferHoldsIsTooLong()
        {
            DlmsFixture f = WithoutLists();
            string value = "00 0981C8" + Hex.Repeat("A5", 200);
            for (int i = 1; i <= 11; i++)
            {
                f.Peer.Script.Add("C401C" + (i < 10 ? i.ToString() : i == 10 ? "A" : "B") + value);
            }

            var items = new GetItem[11];
            for (int i = 0; i < items.Length; i++)
            {
                items[i] = DlmsFixture.Register((byte)i);
            }

            Assert.AreEqual((int)DlmsResult.ProtocolError, (int)f.Client.GetWithList(items));
            Assert.AreEqual((int)DlmsDetail.TooLong, (int)f.Client.Detail);
        }

        [TestMethod]
        [DataRow("0800055F1F040000121504000007")]
        [DataRow("0800065F1F0400001215000B0007")]
        [DataRow("0800065F1F040000121504000008")]
        [DataRow("0800065F1F0400001215040000")]
        [DataRow("0800065F1F04000012150400000700")]
        public static void InitiateResponseMustBeWellFormed(string initiate)
        {
            var f = new DlmsFixture();
            f.Peer.InitiateResponse = initiate;
            Assert.AreEqual((int)DlmsResult.ProtocolError, (int)f.Associate());
            Assert.AreEqual((int)DlmsDetail.Malformed, (int)f.Client.Detail);
        }

        [TestMethod]
        [DataRow("C701C1 00 00", (int)DlmsResult.Ok, 0, "")]
        [DataRow("C701C1 00 01 00 1105", (int)DlmsResult.Ok, 0, "1105")]
        [DataRow("C701C1 00 01 01 03", (int)DlmsResult.Refused, 3, "")]
        [DataRow("C701C1 03 00", (int)DlmsResult.Refused, 3, "")]
        [DataRow("C701C1 00", (int)DlmsResult.ProtocolError, 0, "")]
        [DataRow("C701C1 00 02", (int)DlmsResult.ProtocolError, 0, "")]
        [DataRow("C701C1 00 01 02 1105", (int)DlmsResult.ProtocolError, 0, "")]
        [DataRow("C701C1 00 01 00", (int)DlmsResult.ProtocolError, 0, "")]
        [DataRow("C701C2 00 00", (int)DlmsResult.ProtocolError, 0, "")]
        [DataRow("C702C1 00 00", (int)DlmsResult.ProtocolError, 0, "")]
        public static void Methods(string answer, int expected, int code, string returned)
        {
            DlmsFixture f = Associated();
            f.Peer.Script.Add(answer);
            var method = new CosemDescriptor(7, 1, 0, 99, 2, 0, 1);
            DlmsResult result = f.Client.Act(method, Hex.Parse("0F00"), 2, out int offset, out int length);
            Assert.AreEqual(expected, (int)result, answer);
            Assert.AreEqual(code, f.Client.DetailCode, answer);
            Assert.AreEqual(returned, result == DlmsResult.Ok ? Hex.Format(f.Client.Returned, offset, length) : "");
            Assert.AreEqual("C301C100070100630200FF01010F00", (string)f.Peer.Requests[0]);
        }

        [TestMethod]
        public static void ServerThatRestartedIsNoticed()
        {
            DlmsFixture f = Associated();
            f.Peer.Restart();
            Assert.AreEqual((int)DlmsResult.NotAssociated, (int)f.Client.Get(DlmsFixture.ClockTime()));
            Assert.AreEqual((int)DlmsDetail.Disconnected, (int)f.Client.Detail);
            AssertOk(f, f.Associate());
            f.Peer.Script.Add("!D80101");
            Assert.AreEqual((int)DlmsResult.NotAssociated, (int)f.Client.Get(DlmsFixture.ClockTime()));
            Assert.AreEqual((int)DlmsDetail.Exception, (int)f.Client.Detail);
            Assert.IsFalse(f.IsAssociated);
            AssertOk(f, f.Associate());
        }

        [TestMethod]
        public static void SilenceAndStoppingAreSaid()
        {
            DlmsFixture f = Associated();
            f.Peer.DropRequests = -1;
            Assert.AreEqual((int)DlmsResult.NoAnswer, (int)f.Client.Get(DlmsFixture.ClockTime()));
            Assert.AreEqual((int)DlmsResult.NoAnswer, (int)f.Associate());
            f.Peer.IsStopping = true;
            Assert.AreEqual((int)DlmsResult.Stopping, (int)f.Associate());
            f.Peer.IsStopping = false;
            f.Peer.DropRequests = 0;
            AssertOk(f, f.Associate());
            f.Peer.DropRequests = -1;
            f.Peer.IsStopping = true;
            Assert.AreEqual((int)DlmsResult.Stopping, (int)f.Client.Get(DlmsFixture.ClockTime()));
        }

        private static DlmsFixture WithoutLists()
        {
            var f = new DlmsFixture();
            f.Peer.InitiateResponse = "0800065F1F040000101504000007";
            AssertOk(f, f.Associate());
            return f;
        }

        private static void AssertRefused(DlmsFixture f, GetItem item, int detail, int code)
        {
            Assert.AreEqual((int)DlmsResult.Refused, (int)f.Client.Get(item));
            Assert.AreEqual(detail, (int)f.Client.Detail);
            Assert.AreEqual(code, f.Client.DetailCode);
        }

        private static DlmsFixture Associated()
        {
            var f = new DlmsFixture();
            AssertOk(f, f.Associate());
            return f;
        }

        private static GetItem[] MinutePoll()
        {
            return new GetItem[]
            {
                DlmsFixture.ClockTime(),
                DlmsFixture.Register(1),
                DlmsFixture.Register(2),
                new GetItem(new CosemDescriptor(3, 1, 0, 1, 7, 0, 2)),
                new GetItem(new CosemDescriptor(3, 1, 0, 2, 7, 0, 2)),
                new GetItem(new CosemDescriptor(3, 1, 0, 31, 7, 0, 2)),
                new GetItem(new CosemDescriptor(3, 1, 0, 71, 7, 0, 2)),
                DlmsFixture.MinuteProfile(new EntrySelector()),
            };
        }

        private static void AssertOk(DlmsFixture f, DlmsResult result)
        {
            Assert.AreEqual((int)DlmsResult.Ok, (int)result,
                ((int)f.Client.Detail).ToString() + "/" + f.Client.DetailCode.ToString());
        }
    }
}
