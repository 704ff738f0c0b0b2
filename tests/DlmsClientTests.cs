using NanoComm.Dlms;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class DlmsClientTests
    {
        private const string Time = "090C 07EA0B16 FF 160500 FF FDE4 00";

        [TestMethod]
        public static void AssociationThenClockThenRelease()
        {
            var f = new DlmsFixture();
            f.Peer.Script.Add("C401C100" + Time);
            AssertOk(f, f.Associate());
            Assert.IsTrue(f.Client.IsAssociated);
            GetItem clock = DlmsFixture.ClockTime();
            AssertOk(f, f.Client.Get(clock));
            Assert.AreEqual(Hex.Compact(Time), DlmsFixture.Text(clock));
            Assert.AreEqual("C001C100080000010000FF0200", (string)f.Peer.Requests[0]);
            AssertOk(f, f.Client.Release());
            Assert.IsFalse(f.Client.IsAssociated);
            Assert.IsFalse(f.Peer.IsConnected);
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

        internal static GetItem[] MinutePoll()
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
