using NanoComm.Records;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class PairingErasureTests
    {
        private const string BenchOrder = "4E434231" + DlmsPeer.ClientTitle + "7A65726F697365";

        [TestMethod]
        public static void AnOrderToRetireErasesTheUnit()
        {
            var f = new KeeperFixture();
            f.Pair(1, 5);
            Assert.IsTrue(f.Take(TestTicket.Retire(2, 5)));
            AssertErased(f, "5/13", 1);
        }

        [TestMethod]
        public static void AnOrderOfABenchErasesTheUnit()
        {
            var f = new KeeperFixture();
            f.Pair(1, 5);
            Assert.IsTrue(f.Take(BenchOrder));
            Assert.AreEqual("10 ", f.Events);
            AssertErased(f, "5/14", 2);
        }

        [TestMethod]
        [DataRow("4E434231" + "0000000000000001" + "7A65726F697365")]
        [DataRow("4E434231" + DlmsPeer.ClientTitle + "7A65726F697366")]
        [DataRow("4E434231" + DlmsPeer.ClientTitle + "7A65726F69736500")]
        [DataRow("4E434231")]
        public static void AnOrderForAnotherUnitErasesNothing(string order)
        {
            var f = new KeeperFixture();
            f.Pair(1, 5);
            string pairing = f.Record("pairing");
            Assert.IsTrue(f.Take(order));
            Assert.AreEqual("4/9", f.State);
            Assert.AreEqual(pairing, f.Record("pairing"));
            Assert.AreEqual("", f.Record("zeroise"));
            Assert.AreEqual(0, f.Board.Restarts);
        }

        // Nothing is erased that there is no record of; the order stays and is taken when the store works again.
        [TestMethod]
        public static void AStoreThatFailsKeepsTheOrder()
        {
            var f = new KeeperFixture();
            f.Pair(1, 5);
            f.Give(BenchOrder);
            f.Files.CutAfter = 0;
            Assert.IsTrue(f.NextInbox());
            f.Files.CutAfter = FakeFiles.Never;
            Assert.AreEqual("4/8", f.State);
            Assert.AreEqual(BenchOrder, f.Record("ticket-in"));
            Assert.IsTrue(f.Record("pairing").Length > 0);

            Assert.IsTrue(f.NextInbox());
            AssertErased(f, "5/14", 2);
        }

        private static void AssertErased(KeeperFixture f, string state, int order)
        {
            Assert.AreEqual(1, f.Board.Restarts);
            Assert.AreEqual(state, f.State, "should the board take its time");
            Assert.IsNull(f.Keeper.Active);
            AssertGone(f);
            Assert.AreEqual(DlmsPeer.ClientTitle + Hex.Repeat("00", 32), f.Record("factory"), "to prove it when it is done");

            Assert.IsTrue(new Erasure(f.Board).Resume());
            f.Restart();

            Assert.AreEqual(state, f.State);
            Assert.IsNull(f.Keeper.Active);
            AssertGone(f);
            Assert.AreEqual("", f.Record("factory"));
            Assert.AreEqual("0201" + DlmsPeer.ClientTitle + "0" + order.ToString(), f.Record("zeroise").Substring(0, 22));
            AssertProved(f.Record("zeroise"));
            f.Restart();
            Assert.AreEqual(state, f.State, "for good");
        }

        // Under the proof key that the factory record had.
        private static void AssertProved(string record)
        {
            var code = new byte[32];
            new PortableMac(new byte[32]).Compute(Hex.Parse(record), 0, 53, code);
            Assert.AreEqual(Hex.Format(code, 0, 32), record.Substring(106));
        }

        private static void AssertGone(KeeperFixture f)
        {
            Assert.AreEqual("", f.Record("pairing"));
            Assert.AreEqual("", f.Record("ticket-a"));
            Assert.AreEqual("", f.Record("ticket-in"));
            Assert.AreEqual("", f.Record("receipt"));
        }
    }
}
