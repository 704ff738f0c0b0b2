using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.RouteB;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class TerminalTableTests
    {
        private const int PerSecond = 10;
        private const int Burst = 20;
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
            var table = new TerminalTable(new EchonetFixture().Node, Rules(4));
            Terminal terminal = Hear(table, Peer(address, scope, 3610));
            Terminal second = Hear(table, Peer(other, otherScope, 50000));
            Assert.AreEqual(isSame, terminal == second);
            Assert.AreEqual(isSame ? 1 : 2, table.Count);
        }

        [TestMethod]
        public static void ThePeerMayBeFilledAgain()
        {
            var table = new TerminalTable(new EchonetFixture().Node, Rules(4));
            DatagramPeer peer = Peer(Ipv4, 0, 3610);
            Terminal first = Hear(table, peer);
            peer.Address[3] = 9;
            Assert.AreNotSame(first, Hear(table, peer));
            Assert.AreSame(first, Hear(table, Peer(Ipv4, 0, 3610)));
        }

        [TestMethod]
        public static void TheOneThatWasSilentLongestGivesUpItsPlace()
        {
            var table = new TerminalTable(new EchonetFixture().Node, Rules(3));
            Terminal first = Hear(table, Host(1));
            Hear(table, Host(2));
            Terminal third = Hear(table, Host(3));
            Hear(table, Host(1));

            Terminal fourth = Hear(table, Host(4));
            Assert.AreEqual(3, table.Count);
            Assert.AreSame(Stranger(table), table.Find(Host(2)), "host 2 was silent longest");
            Assert.AreSame(first, table.Find(Host(1)));
            Assert.AreSame(third, table.Find(Host(3)));
            Assert.AreSame(fourth, table.Find(Host(4)));

            Hear(table, Host(2));
            Assert.AreSame(Stranger(table), table.Find(Host(3)), "now it is host 3: looking is not hearing");
            Assert.AreSame(first, table.Find(Host(1)));
            Assert.AreSame(fourth, table.Find(Host(4)));
        }

        [TestMethod]
        public static void ANewTerminalStartsWithTheDefaultSelectors()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            var table = new TerminalTable(fixture.Node, Rules(1));
            Terminal first = Hear(table, Host(1));
            Assert.IsTrue(fixture.Set(Epc.History1Day, "05", first));
            Assert.IsTrue(fixture.Set(Epc.History2Time, "07EB021C0C0002", first));
            Assert.IsTrue(fixture.Set(Epc.History3Time, "07EB021C0C0102", first));
            Assert.AreEqual("05", fixture.Get(Epc.History1Day, Hear(table, Host(1))), "kept for the same host");

            Terminal second = Hear(table, Host(2));
            Assert.AreEqual("FF", fixture.Get(Epc.History1Day, second));
            Assert.AreEqual("FFFFFFFFFFFF01", fixture.Get(Epc.History2Time, second));
            Assert.AreEqual("FFFFFFFFFFFF01", fixture.Get(Epc.History3Time, second));
        }

        [TestMethod]
        public static void AHostThatIsNotKeptTakesNoPlace()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            var table = new TerminalTable(fixture.Node, Rules(1));
            Terminal first = Hear(table, Host(1));
            Assert.IsTrue(fixture.Set(Epc.History1Day, "05", first));

            Terminal passing = table.Find(Host(2));
            Assert.IsTrue(fixture.Set(Epc.History1Day, "06", passing));
            Assert.AreEqual("FF", fixture.Get(Epc.History1Day, table.Find(Host(3))), "nothing left of the one before");
            Assert.AreSame(first, table.Find(Host(1)));
            Assert.AreEqual("05", fixture.Get(Epc.History1Day, first));
            Assert.AreEqual(1, table.Count);
        }

        [TestMethod]
        public static void ATerminalThatAsksTooMuchIsHeldToItsRate()
        {
            var table = new TerminalTable(new EchonetFixture().Node, Rules(2));
            Hear(table, Host(1));
            Hear(table, Host(2));
            Assert.AreEqual(Burst, Admitted(table, Host(1), 1000, 100), "the burst at once");
            Assert.AreEqual(0, Admitted(table, Host(1), 1000, 100));
            Assert.AreEqual(PerSecond, Admitted(table, Host(1), 2000, 100), "then so many a second");
            Assert.AreEqual(1, Admitted(table, Host(1), 2000 + (1000 / PerSecond), 100));
            Assert.AreEqual(Burst, Admitted(table, Host(2), 2100, 100), "each by itself");
            Assert.AreEqual(Burst, Admitted(table, Host(1), 3600000, 100), "nobody saves up more than a burst");
        }

        [TestMethod]
        public static void ANewTerminalDoesNotPayForTheOneBefore()
        {
            var table = new TerminalTable(new EchonetFixture().Node, Rules(1));
            Hear(table, Host(1));
            Assert.AreEqual(Burst, Admitted(table, Host(1), 1000, 100));
            Hear(table, Host(2));
            Assert.AreEqual(Burst, Admitted(table, Host(2), 1000, 100));
        }

        [TestMethod]
        public static void AHostWithoutAPlaceIsAlwaysAdmitted()
        {
            var table = new TerminalTable(new EchonetFixture().Node, Rules(1));
            Assert.AreEqual(100, Admitted(table, Host(1), 1000, 100));
            Hear(table, Host(1));
            Assert.AreEqual(Burst, Admitted(table, Host(1), 1000, 100), "from now on it has a rate");
            Assert.AreEqual(100, Admitted(table, Host(2), 1000, 100));
        }

        private static int Admitted(TerminalTable table, DatagramPeer peer, long now, int requests)
        {
            int admitted = 0;
            for (int i = 0; i < requests; i++)
            {
                admitted += table.Admits(table.Find(peer), now) ? 1 : 0;
            }

            return admitted;
        }

        private static PathRules Rules(int terminals)
        {
            return new PathRules(5000, terminals, PerSecond, Burst);
        }

        // What every host without a place is given.
        private static Terminal Stranger(TerminalTable table)
        {
            return table.Find(Host(0xFF));
        }

        private static Terminal Hear(TerminalTable table, DatagramPeer peer)
        {
            PathTerminal terminal = table.Find(peer);
            table.Keep(terminal);
            return terminal;
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
