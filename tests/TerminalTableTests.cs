using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.RouteB;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class TerminalTableTests
    {
        private const string Ipv4 = "C0A80102";
        private const string LinkLocal = "FE800000000000000000000000000002";

        [TestMethod]
        [DataRow(Ipv4, 0, Ipv4, 0, true)]
        [DataRow(LinkLocal, 2, LinkLocal, 2, true)]
        [DataRow(Ipv4, 0, "C0A80103", 0, false)]
        [DataRow(LinkLocal, 2, LinkLocal, 3, false)]
        [DataRow(LinkLocal, 2, "FE800000000000000000000000000003", 2, false)]
        [DataRow("00000000", 0, "00000000000000000000000000000000", 0, false)]
        public static void ATerminalIsAHostWhateverItsPort(string address, int scope, string other, int otherScope,
            bool isSame)
        {
            var table = new TerminalTable(4);
            Terminal terminal = table.Find(Peer(address, scope, 3610));
            Terminal second = table.Find(Peer(other, otherScope, 50000));
            Assert.AreEqual(isSame, terminal == second);
            Assert.AreEqual(isSame ? 1 : 2, table.Count);
        }

        [TestMethod]
        public static void ThePeerMayBeFilledAgain()
        {
            var table = new TerminalTable(4);
            DatagramPeer peer = Peer(Ipv4, 0, 3610);
            Terminal first = table.Find(peer);
            peer.Address[3] = 9;
            Assert.AreNotSame(first, table.Find(peer));
            Assert.AreSame(first, table.Find(Peer(Ipv4, 0, 3610)));
        }

        [TestMethod]
        public static void TheOneThatWasSilentLongestGivesUpItsPlace()
        {
            var table = new TerminalTable(3);
            Terminal a = table.Find(Host(1));
            Terminal b = table.Find(Host(2));
            Terminal c = table.Find(Host(3));
            table.Find(Host(1));

            Terminal d = table.Find(Host(4));
            Assert.AreEqual(3, table.Count);
            Assert.AreSame(b, d, "host 2 was silent longest");
            Assert.AreSame(a, table.Find(Host(1)));
            Assert.AreSame(c, table.Find(Host(3)));
            Assert.AreSame(d, table.Find(Host(4)));

            Assert.AreSame(a, table.Find(Host(2)), "now it is host 1");
        }

        [TestMethod]
        public static void ANewTerminalStartsWithTheDefaultSelectors()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            var table = new TerminalTable(1);
            Terminal first = table.Find(Host(1));
            Assert.IsTrue(fixture.Set(Epc.History1Day, "05", first));
            Assert.IsTrue(fixture.Set(Epc.History2Time, "07EB021C0C0002", first));
            Assert.IsTrue(fixture.Set(Epc.History3Time, "07EB021C0C0102", first));
            Assert.AreEqual("05", fixture.Get(Epc.History1Day, table.Find(Host(1))), "kept for the same host");

            Terminal second = table.Find(Host(2));
            Assert.AreEqual("FF", fixture.Get(Epc.History1Day, second));
            Assert.AreEqual("FFFFFFFFFFFF01", fixture.Get(Epc.History2Time, second));
            Assert.AreEqual("FFFFFFFFFFFF01", fixture.Get(Epc.History3Time, second));
        }

        private static DatagramPeer Host(int number)
        {
            return Peer("C0A801" + number.ToString("X2"), 0, 3610);
        }

        private static DatagramPeer Peer(string address, int scope, int port)
        {
            byte[] bytes = Hex.Parse(address);
            var peer = new DatagramPeer { AddressLength = bytes.Length, ScopeId = scope, Port = port };
            for (int i = 0; i < bytes.Length; i++)
            {
                peer.Address[i] = bytes[i];
            }

            return peer;
        }
    }
}
