using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.RouteB;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class TerminalTableTests
    {
        private const int Places = 16;
        private const int Unproven = 4;
        private const int Proven = 12;
        private const int OfFamily = 8;
        private const int Idle = 600000;
        private const string Ipv4 = "C0A80102";
        private const string LinkLocal = "FE800000000000000000000000000002";

        [TestMethod]
        [DataRow(Ipv4, 0, Ipv4, 0, true)]
        [DataRow(LinkLocal, 2, LinkLocal, 2, true)]
        [DataRow(Ipv4, 0, "C0A80103", 0, false)]
        [DataRow(Ipv4, 0, "C1A80102", 0, false)]
        [DataRow(LinkLocal, 2, LinkLocal, 3, false)]
        [DataRow(LinkLocal, 2, "FE800000000000000000000000000003", 2, false)]
        [DataRow(LinkLocal, 2, "FE810000000000000000000000000002", 2, false)]
        [DataRow("00000000", 0, "00000000000000000000000000000000", 0, false)]
        public static void ATerminalIsAHostWhateverItsPort(string address, int scope, string other, int otherScope,
            bool isSame)
        {
            TerminalTable table = Make(new EchonetFixture());
            Terminal terminal = Hear(table, Peer(address, scope, 3610), 0);
            Terminal second = Hear(table, Peer(other, otherScope, 50000), 0);
            Assert.AreEqual(isSame, terminal == second);
            Assert.AreEqual(isSame ? 1 : 2, table.Count);
        }

        [TestMethod]
        public static void ThePeerMayBeFilledAgain()
        {
            TerminalTable table = Make(new EchonetFixture());
            DatagramPeer peer = Peer(Ipv4, 0, 3610);
            Terminal first = Hear(table, peer, 0);
            peer.Address[3] = 9;
            Assert.AreNotSame(first, Hear(table, peer, 0));
            Assert.AreSame(first, Hear(table, Peer(Ipv4, 0, 3610), 0));
        }

        [TestMethod]
        public static void OfTheUnprovenTheOneThatWasSilentLongestLeavesWhenItWasAskedAndDidNotAnswer()
        {
            TerminalTable table = Make(new EchonetFixture());
            for (int i = 1; i <= Unproven; i++)
            {
                Assert.IsNull(table.NextToAsk(), "as long as there is room nobody is asked");
                Hear(table, Host(i), i);
            }

            Assert.IsFalse(HasPlace(table, Host(9), Idle), "none was asked, however long they are silent");
            for (int i = 1; i <= Unproven; i++)
            {
                PathTerminal next = table.NextToAsk();
                Assert.IsTrue(next.Is(Host(i)));
                next.AskedAt = Idle + i;
            }

            Assert.IsNull(table.NextToAsk());
            Hear(table, Host(1), Idle + 5);
            Assert.IsFalse(HasPlace(table, Host(9), Idle + 1000), "time to answer");
            Assert.IsTrue(HasPlace(table, Host(9), Idle + 1002), "host 1 asked something since, host 2 did not");
            Assert.IsNull(table.Find(Host(2)));
            Assert.IsTrue(table.Find(Host(1)) != null && table.Find(Host(3)) != null && table.Find(Host(4)) != null);
            Assert.AreEqual(Unproven, table.Count);
            Assert.AreEqual(0, table.ProvenCount);
        }

        [TestMethod]
        public static void AProvenTerminalKeepsPlaceAndSelectorsWhoeverAsks()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            TerminalTable table = Make(fixture);
            Terminal there = Hear(table, Host(1), 0);
            Assert.IsTrue(fixture.Set(Epc.History1Day, "05", there));
            Assert.IsTrue(table.Prove(Host(1), 0));
            for (int i = 2; i < 60; i++)
            {
                Hear(table, Host(i), i * 1000);
                if (i % 3 == 0)
                {
                    table.Prove(Host(i), i * 1000);
                }
            }

            Assert.AreSame(there, table.Find(Host(1)));
            Assert.AreEqual("05", fixture.Get(Epc.History1Day, there));
            Assert.AreEqual(OfFamily, table.ProvenCount);
        }

        [TestMethod]
        [DataRow(8, 4)]
        [DataRow(4, 8)]
        [DataRow(6, 6)]
        public static void FourPlacesAreLeftToEachFamilyAndTwelveAreTakenInAll(int ipv4, int ipv6)
        {
            TerminalTable table = Make(new EchonetFixture());
            for (int i = 0; i < ipv4; i++)
            {
                Assert.IsTrue(table.Prove(Host(i), 0));
            }

            for (int i = 0; i < ipv6; i++)
            {
                Assert.IsTrue(table.Prove(Host6(i), 0));
            }

            Assert.AreEqual(Proven, table.ProvenCount);
            Assert.IsFalse(table.Prove(Host(100), Idle - 1));
            Assert.IsFalse(table.Prove(Host6(100), Idle - 1));
            Assert.IsFalse(table.Find(Host(100)).IsProven || table.Find(Host6(100)).IsProven, "among the unproven");
            Assert.IsTrue(HasPlace(table, Host(200), 0) && HasPlace(table, Host(201), 0));

            Assert.AreEqual(Places, table.Count);
        }

        [TestMethod]
        public static void AnIdlePlaceGoesToANewcomerOfItsFamilyWhereTheFamilyIsFull()
        {
            TerminalTable table = Make(new EchonetFixture());
            Assert.IsTrue(table.Prove(Host6(1), 0));
            for (int i = 1; i <= OfFamily; i++)
            {
                Assert.IsTrue(table.Prove(Host(i), i));
            }

            Assert.IsFalse(table.Prove(Host(100), Idle), "IPv6's is idle, and not for IPv4");
            Hear(table, Host(1), Idle);
            Assert.IsTrue(table.Prove(Host(100), Idle + 2));
            Assert.IsNull(table.Find(Host(2)), "the one that was silent longest");
            Assert.IsTrue(table.Find(Host(1)) != null && table.Find(Host6(1)) != null);
            Assert.IsFalse(table.Prove(Host(101), Idle + 2));
        }

        [TestMethod]
        public static void AnUnprovenTerminalThatProvesItselfKeepsWhatItHasSet()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            TerminalTable table = Make(fixture);
            PathTerminal stranger = table.Meet(Host(1), 0);
            Assert.IsTrue(fixture.Set(Epc.History1Day, "05", stranger));
            PathTerminal place = table.Keep(stranger, Host(1), 0, 0);
            Assert.AreNotSame(stranger, place);
            Assert.AreEqual("05", fixture.Get(Epc.History1Day, place));
            Assert.IsTrue(table.Prove(Host(1), 5));
            Assert.AreSame(place, table.Find(Host(1)));
            Assert.AreEqual("05", fixture.Get(Epc.History1Day, place));
            Assert.AreEqual("FF", fixture.Get(Epc.History1Day, table.Meet(Host(2), 6)), "nothing of it is left to others");
        }

        [TestMethod]
        public static void AHostWithoutAPlaceMaySetNoSelectorAndItIsCounted()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            TerminalTable table = Make(fixture);
            for (int i = 1; i <= Unproven; i++)
            {
                Hear(table, Host(i), 0);
            }

            PathTerminal stranger = table.Meet(Host(9), 1);
            Assert.IsFalse(fixture.Set(Epc.History1Day, "05", stranger));
            Assert.IsFalse(fixture.Set(Epc.History2Time, "07EB021C0C0002", stranger));
            Assert.AreEqual(2, stranger.RefusedSelectors);
            Assert.IsTrue(fixture.Set(Epc.InstallationLocation, "08", stranger), "that is no selector");
            Assert.AreSame(stranger, table.Keep(stranger, Host(9), 0, 1));
            Assert.AreEqual("FF", fixture.Get(Epc.History1Day, stranger));
        }

        [TestMethod]
        public static void WhereEverybodyIsProvenTheNewcomerTakesTheOnePlaceAtOnce()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            var table = new TerminalTable(fixture.Node, PathRules.ForWiSun(10, 20));
            PathTerminal first = table.Meet(Peer(LinkLocal, 0, 3610), 0);
            Assert.IsTrue(first.IsProven);
            Assert.IsTrue(fixture.Set(Epc.History1Day, "05", first));
            PathTerminal second = table.Meet(Host6(9), 0);
            Assert.AreEqual("FF", fixture.Get(Epc.History1Day, second));
            Assert.IsNull(table.Find(Peer(LinkLocal, 0, 3610)));
            Assert.AreEqual(1, table.Count);
        }

        [TestMethod]
        [DataRow(1, 20, 10)]
        [DataRow(2, 20, 10)]
        [DataRow(4, 20, 8)]
        [DataRow(8, 20, 4)]
        public static void EachHasItsShareAndNoMoreThanATerminals(int hosts, int burst, int perSecond)
        {
            // 64 a second of all, 32 of those with a place.
            var table = new TerminalTable(new EchonetFixture().Node, PathRules.ForIp(3610, 10, 20, 64));
            for (int i = 0; i < hosts; i++)
            {
                Assert.IsTrue(table.Prove(i < 4 ? Host(i) : Host6(i), 0));
            }

            for (int i = 0; i < hosts; i++)
            {
                Assert.AreEqual(burst, Taken(table, i < 4 ? Host(i) : Host6(i)), "what was saved up");
            }

            table.Refill(1000);
            for (int i = 0; i < hosts; i++)
            {
                Assert.AreEqual(perSecond, Taken(table, i < 4 ? Host(i) : Host6(i)), "each by itself");
            }

            table.Refill(3600000);
            Assert.AreEqual(burst, Taken(table, Host(0)), "nobody saves up more than a burst");
        }

        [TestMethod]
        public static void HostsThatComeAndGoBringNoBudgetAlong()
        {
            var table = new TerminalTable(new EchonetFixture().Node, PathRules.ForIp(3610, 10, 20, 64));
            int taken = 0;
            for (int i = 0; i < 40; i++)
            {
                Hear(table, Host(i), i * 1000);
                PathTerminal place = table.Find(Host(i));
                if (place != null)
                {
                    place.AskedAt = i * 1000;
                    taken += Taken(table, Host(i));
                }
            }

            Assert.IsTrue(table.Find(Host(39)) != null);

            Assert.AreEqual(Unproven * 20, taken, "what the places had at the start");
        }

        private static int Taken(TerminalTable table, DatagramPeer peer)
        {
            int taken = 0;
            while (table.Find(peer).Takes())
            {
                taken++;
            }

            return taken;
        }

        private static TerminalTable Make(EchonetFixture fixture)
        {
            return new TerminalTable(fixture.Node, PathRules.ForIp(3610, 10, 20, 640));
        }

        private static bool HasPlace(TerminalTable table, DatagramPeer peer, long now)
        {
            return Hear(table, peer, now) == table.Find(peer);
        }

        private static PathTerminal Hear(TerminalTable table, DatagramPeer peer, long now)
        {
            return table.Keep(table.Find(peer) ?? table.Meet(peer, now), peer, 0, now);
        }

        private static DatagramPeer Host(int number)
        {
            return Peer("C0A801" + number.ToString("X2"), 0, 3610);
        }

        private static DatagramPeer Host6(int number)
        {
            return Peer("FE8000000000000000000000000001" + number.ToString("X2"), 1, 3610);
        }

        private static DatagramPeer Peer(string address, int scope, int port)
        {
            byte[] bytes = Hex.Parse(address);
            var peer = new DatagramPeer { AddressLength = bytes.Length, ScopeId = scope, Port = port };
            bytes.CopyTo(peer.Address, 0);
            return peer;
        }
    }
}
