using NanoComm.Hal;
using NanoComm.Policy;
using NanoComm.Records;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class RouteBPolicyTests
    {
        private const RouteParts AllButPoint = RouteParts.WiSun | RouteParts.Ip | RouteParts.Wifi;

        private static readonly byte[] Host = new byte[] { 192, 168, 1, 20 };
        private static readonly byte[] OtherHost = new byte[] { 192, 168, 1, 21 };

        [TestMethod]
        public static void NobodyIsListedAtFirst()
        {
            RouteBPolicy policy = Make(out FakeBoard _);

            Assert.AreEqual(0, policy.CountListed(false));
            Assert.IsTrue(policy.Admits(RoutePath.Ip, Peer(Host)));
            Assert.AreEqual(0, policy.TerminalsOf(RoutePath.Ip));
            Assert.AreEqual(0, policy.RequestsPerSecondOf(RoutePath.WiSun));
            Assert.IsFalse(policy.IsRouteBOpen);
            Assert.IsNull(policy.ReadWifi());
        }

        [TestMethod]
        public static void WhoIsCutOffIsNotAdmittedUntilReadmitted()
        {
            RouteBPolicy policy = Make(out FakeBoard board);
            int before = policy.Generation;

            Assert.AreEqual((int)PolicyResult.Done, (int)policy.CutOff(RoutePath.Ip, Host, 0, 4));
            Assert.AreNotEqual(before, policy.Generation);
            Assert.IsFalse(policy.Admits(RoutePath.Ip, Peer(Host)));
            Assert.IsTrue(policy.Admits(RoutePath.Ip, Peer(OtherHost)));
            Assert.IsTrue(policy.Admits(RoutePath.WiSun, Peer(Host)), "another path");
            Assert.IsFalse(new RouteBPolicy(board.Store, AllButPoint, false).Admits(RoutePath.Ip, Peer(Host)), "after a restart");

            Assert.AreEqual((int)PolicyResult.Done, (int)policy.CutOff(RoutePath.Ip, Host, 0, 4));
            Assert.AreEqual(1, policy.CountListed(false), "twice is once");

            Assert.AreEqual((int)PolicyResult.Done, (int)policy.Readmit(RoutePath.Ip, Host, 0, 4));
            Assert.IsTrue(policy.Admits(RoutePath.Ip, Peer(Host)));
            Assert.AreEqual(0, policy.CountListed(false));
        }

        [TestMethod]
        public static void WhereAListAdmitsNobodyElseIsAdmitted()
        {
            RouteBPolicy policy = Make(out FakeBoard board);
            var list = new byte[] { 4, 192, 168, 1, 20, 4, 192, 168, 1, 21 };

            Assert.AreEqual((int)PolicyResult.Done, (int)policy.AdmitOnly(RoutePath.Ip, list, 0, 2, list.Length));
            Assert.IsTrue(policy.Admits(RoutePath.Ip, Peer(Host)));
            Assert.IsFalse(policy.Admits(RoutePath.Ip, Peer(new byte[] { 192, 168, 1, 22 })));
            Assert.IsTrue(policy.Admits(RoutePath.WiSun, Peer(new byte[16])), "another path");

            policy.CutOff(RoutePath.Ip, OtherHost, 0, 4);
            Assert.IsFalse(policy.Admits(RoutePath.Ip, Peer(OtherHost)), "cut off, though listed before");
            Assert.IsTrue(policy.Admits(RoutePath.Ip, Peer(Host)));
            Assert.AreEqual(2, policy.CountListed(true));

            Assert.AreEqual((int)PolicyResult.Done, (int)policy.AdmitOnly(RoutePath.Ip, list, 0, 0, 0));
            Assert.IsTrue(new RouteBPolicy(board.Store, AllButPoint, false).Admits(RoutePath.Ip, Peer(new byte[] { 192, 168, 1, 22 })));
            Assert.IsFalse(policy.Admits(RoutePath.Ip, Peer(OtherHost)), "the other list stays");
        }

        [TestMethod]
        public static void TheListsHaveAnEnd()
        {
            RouteBPolicy policy = Make(out FakeBoard _);
            var address = new byte[16];
            for (int i = 0; i < RouteBPolicy.MostListed; i++)
            {
                address[15] = (byte)i;
                Assert.AreEqual((int)PolicyResult.Done, (int)policy.CutOff(RoutePath.WiSun, address, 0, 16));
            }

            address[15] = 0xFF;
            Assert.AreEqual((int)PolicyResult.NoPlace, (int)policy.CutOff(RoutePath.WiSun, address, 0, 16));
            Assert.IsTrue(policy.Admits(RoutePath.WiSun, Peer(address)));
            Assert.AreEqual((int)PolicyResult.Done, (int)policy.Readmit(RoutePath.WiSun, address, 0, 0), "everybody");
            Assert.AreEqual(0, policy.CountListed(false));
        }

        [TestMethod]
        [DataRow(2, 4, true)]
        [DataRow(2, 16, true)]
        [DataRow(1, 16, true)]
        [DataRow(1, 4, false)]
        [DataRow(2, 5, false)]
        [DataRow(2, 0, false)]
        public static void AnAddressHasTheLengthOfItsPath(int path, int length, bool isGood)
        {
            RouteBPolicy policy = Make(out FakeBoard _);

            int result = (int)policy.CutOff((RoutePath)path, new byte[16], 0, length);

            Assert.AreEqual(isGood ? (int)PolicyResult.Done : (int)PolicyResult.Malformed, result);
        }

        [TestMethod]
        public static void LimitsAreKept()
        {
            RouteBPolicy policy = Make(out FakeBoard board);

            Assert.AreEqual((int)PolicyResult.Done, (int)policy.SetLimits(RoutePath.Ip, 3, 500));
            var again = new RouteBPolicy(board.Store, AllButPoint, false);
            Assert.AreEqual(3, again.TerminalsOf(RoutePath.Ip));
            Assert.AreEqual(500, again.RequestsPerSecondOf(RoutePath.Ip));
            Assert.AreEqual(0, again.TerminalsOf(RoutePath.WiSun));
        }

        [TestMethod]
        public static void WhatTheStoreDoesNotTakeIsNotInEffect()
        {
            var files = new FakeFiles();
            RouteBPolicy policy = Make(files, out FakeBoard _);
            int before = policy.Generation;
            files.CutAfter = 0;

            Assert.AreEqual((int)PolicyResult.StoreFailed, (int)policy.CutOff(RoutePath.Ip, Host, 0, 4));
            Assert.IsTrue(policy.Admits(RoutePath.Ip, Peer(Host)));
            Assert.AreEqual(before, policy.Generation);
        }

        [TestMethod]
        public static void APathThatTheBoardHasNotIsRefused()
        {
            var policy = new RouteBPolicy(new DurableStore(new FakeFiles()), RouteParts.WiSun, false);

            Assert.AreEqual((int)PolicyResult.NoPath, (int)policy.CutOff(RoutePath.Ip, Host, 0, 4));
            Assert.AreEqual((int)PolicyResult.NoPath, (int)policy.SetLimits(RoutePath.Ip, 1, 1));
            byte[] network = Network(0, 3, "home", "open sesame");
            Assert.AreEqual((int)PolicyResult.NoPath, (int)policy.SetWifi(network, 0, network.Length));
        }

        [TestMethod]
        [DataRow(0, 3, "home", "12345678", 0)]
        [DataRow(0, 5, "h", "12345678", 0)]
        [DataRow(0, 0, "home", "", 5)]
        [DataRow(0, 1, "home", "12345", 5)]
        [DataRow(0, 2, "home", "12345678", 5)]
        [DataRow(0, 3, "home", "1234567", 4)]
        [DataRow(0, 3, "", "12345678", 4)]
        [DataRow(0, 6, "home", "12345678", 4)]
        [DataRow(2, 3, "home", "12345678", 4)]
        [DataRow(0, 3, "home", "1234567\n", 4)]
        [DataRow(1, 3, "home", "12345678", 6)]
        public static void AWifiNetworkIsTakenOrRefusedByName(int role, int security, string ssid, string phrase, int result)
        {
            RouteBPolicy policy = Make(out FakeBoard board);
            byte[] network = Network(role, security, ssid, phrase);

            Assert.AreEqual(result, (int)policy.SetWifi(network, 0, network.Length));

            WifiNetwork read = new RouteBPolicy(board.Store, AllButPoint, false).ReadWifi();
            Assert.AreEqual(result == 0, read != null);
            if (read != null)
            {
                Assert.AreEqual(security, (int)read.Security);
                Assert.AreEqual(ssid.Length, read.Ssid.Length);
                Assert.AreEqual((int)phrase[7], (int)read.Passphrase[7]);
                Assert.AreEqual(-1, read.ToString().IndexOf(ssid == "h" ? "12345678" : ssid));
                read.Forget();
                Assert.AreEqual(0, (int)read.Passphrase[7]);
                Assert.AreEqual((int)PolicyResult.Done, (int)policy.ForgetWifi());
                Assert.IsNull(policy.ReadWifi());
            }
        }

        [TestMethod]
        public static void AnotherPassphraseKeepsTheNetwork()
        {
            RouteBPolicy policy = Make(out FakeBoard _);
            byte[] phrase = Bytes("another one");
            Assert.AreEqual((int)PolicyResult.NoPath, (int)policy.SetWifiPassphrase(phrase, 0, phrase.Length));
            byte[] network = Network(0, 3, "home", "a long one, to be shortened");
            policy.SetWifi(network, 0, network.Length);

            Assert.AreEqual((int)PolicyResult.Done, (int)policy.SetWifiPassphrase(phrase, 0, phrase.Length));

            WifiNetwork read = policy.ReadWifi();
            Assert.AreEqual(4, read.Ssid.Length);
            Assert.AreEqual(phrase.Length, read.Passphrase.Length);
            Assert.AreEqual((int)phrase[0], (int)read.Passphrase[0]);
            Assert.AreEqual((int)PolicyResult.Malformed, (int)policy.SetWifiPassphrase(phrase, 0, 7));
        }

        [TestMethod]
        public static void ABenchsNetworkCountsOnlyWithoutFactoryKeys()
        {
            RouteBPolicy policy = Make(out FakeBoard board);
            byte[] network = Network(0, 3, "bench", "12345678");
            board.Store.Write(RecordCatalogue.BenchWifi, network, network.Length);
            Assert.IsNotNull(policy.ReadWifi());

            Assert.IsFalse(policy.IgnoresBenchWifi);

            var enrolled = new RouteBPolicy(board.Store, AllButPoint, true);

            Assert.IsNull(enrolled.ReadWifi());
            Assert.IsTrue(enrolled.IgnoresBenchWifi);
        }

        [TestMethod]
        public static void TheBRouteIsOpenedAndClosed()
        {
            RouteBPolicy policy = Make(out FakeBoard board);
            byte[] pair = Bytes("0123456789ABCDEF0123456789ABCDEFPassw0rd0123");

            Assert.AreEqual((int)PolicyResult.Malformed, (int)policy.OpenRouteB(pair, 0, pair.Length - 1));
            Assert.AreEqual((int)PolicyResult.Done, (int)policy.OpenRouteB(pair, 0, pair.Length));
            Assert.IsTrue(policy.IsRouteBOpen);
            Assert.IsNotNull(RouteBCredentials.Read(board.Store));

            byte[] network = Network(0, 3, "home", "12345678");
            policy.SetWifi(network, 0, network.Length);
            Assert.IsTrue(policy.CloseAll());
            Assert.IsFalse(policy.IsRouteBOpen);
            Assert.IsNull(policy.ReadWifi());
        }

        [TestMethod]
        public static void WhoSubscribesIsWoken()
        {
            RouteBPolicy policy = Make(out FakeBoard board);
            policy.Subscribe(board.Signal);
            int before = board.Signal.Sets;

            policy.SetLimits(RoutePath.Ip, 1, 1);

            Assert.AreEqual(before + 1, board.Signal.Sets);
        }

        private static RouteBPolicy Make(out FakeBoard board)
        {
            return Make(new FakeFiles(), out board);
        }

        private static RouteBPolicy Make(FakeFiles files, out FakeBoard board)
        {
            board = new FakeBoard { Store = new DurableStore(files) };
            return new RouteBPolicy(board.Store, AllButPoint, false);
        }

        private static DatagramPeer Peer(byte[] address)
        {
            var peer = new DatagramPeer { AddressLength = address.Length };
            for (int i = 0; i < address.Length; i++)
            {
                peer.Address[i] = address[i];
            }

            return peer;
        }

        private static byte[] Bytes(string text)
        {
            var bytes = new byte[text.Length];
            for (int i = 0; i < text.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }

        private static byte[] Network(int role, int security, string ssid, string phrase)
        {
            // A NUL ends a string on the device.
            byte[] text = Bytes("   " + ssid + " " + phrase);
            text[0] = (byte)role;
            text[1] = (byte)security;
            text[2] = (byte)ssid.Length;
            text[3 + ssid.Length] = (byte)phrase.Length;
            return text;
        }
    }
}
