using NanoComm.Hal;
using NanoComm.RouteB;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class AdmissionPartsTests
    {
        private const int Host = 12345;
        private const int Other = 54321;

        [TestMethod]
        public static void TheNumberOfAHostIsItsAddressAndScopeWhateverItsPort()
        {
            var hash = new HostHash(new FakeRandom());
            int number = hash.Of(Peer("FE800000000000000000000000000002", 1, 3610));
            Assert.AreEqual(number, hash.Of(Peer("FE800000000000000000000000000002", 1, 50000)));
            Assert.AreNotEqual(number, hash.Of(Peer("FE800000000000000000000000000002", 2, 3610)));
            Assert.AreNotEqual(number, hash.Of(Peer("FE800000000000000000000000000003", 1, 3610)));
            Assert.AreNotEqual(number, hash.Of(Peer("FE800000000000010000000000000002", 1, 3610)));
            Assert.AreNotEqual(0, hash.Of(Peer("00000000", 0, 3610)));
        }

        [TestMethod]
        public static void AHostThatFloodsTakesOneBucketOfThirtyTwo()
        {
            var budget = new StrangerBudget(32, 4, new FakeRandom());
            budget.Refill(0, 0);
            Assert.AreEqual(4, Taken(budget, Host, 100));
            budget.Refill(1000, 1000);
            Assert.AreEqual(1, Taken(budget, Host, 100));
            int taken = 0;
            for (int other = 1; other < 2000; other++)
            {
                taken += Taken(budget, other * 0x10001, 1);
            }

            Assert.AreEqual(31 * 4, taken, "everybody else has the other buckets, and no more than these");
        }

        [TestMethod]
        public static void WhoSharesABucketWithAFloodDoesNotForLong()
        {
            var budget = new StrangerBudget(32, 4, new FakeRandom());
            int shared = 0;
            for (int i = 0; i < 20; i++)
            {
                budget.Refill(10000, i * 10000);
                Taken(budget, Host, 100);
                shared += Taken(budget, Other, 1) == 0 ? 1 : 0;
            }

            Assert.IsTrue(shared < 5, shared.ToString());
        }

        [TestMethod]
        public static void ABudgetOfNothingTakesNothing()
        {
            var budget = new StrangerBudget(0, 4, new FakeRandom());
            budget.Refill(100000, 100000);
            Assert.AreEqual(0, Taken(budget, Host, 1));
        }

        // A board's, and a PC's.
        [TestMethod]
        [DataRow(40, 20, 40, 4, 4)]
        [DataRow(4000, 2000, 1000, 125, 10)]
        public static void WhatAPathTakesFollowsFromItsFigure(int perSecond, int half, int burst, int strangerBurst,
            int greetings)
        {
            PathRules rules = PathRules.ForIp(3610, 200, 1000, perSecond);
            Assert.AreEqual(half, rules.PlacesPerSecond);
            Assert.AreEqual(half, rules.StrangersPerSecond);
            Assert.AreEqual(burst, rules.Burst);
            Assert.AreEqual(strangerBurst, rules.StrangerBurst);
            Assert.AreEqual(greetings, rules.GreetingsPerSecond);
        }

        [TestMethod]
        public static void TwoRightAnswersInARowAreAProof()
        {
            var proofs = new Proofs(3, new FakeRandom());
            int first = proofs.Begin(Host, 0);
            Assert.AreEqual((int)ProofOutcome.Next, (int)proofs.Take(Host, first, 4999));
            int second = proofs.Next(Host, 4999);
            Assert.AreNotEqual(first, second);
            Assert.AreEqual((int)ProofOutcome.Proven, (int)proofs.Take(Host, second, 9998));
            Assert.AreEqual((int)ProofOutcome.None, (int)proofs.Take(Host, second, 9998), "once");
            Assert.AreEqual(Proofs.NoTid, proofs.Begin(Host, 69997), "and not asked again at once, place or not");
            Assert.AreNotEqual(Proofs.NoTid, proofs.Begin(Host, 69998));
        }

        [TestMethod]
        public static void AWrongAnswerEndsTheAttemptAndOneTooLateOrOfAnotherIsNone()
        {
            var proofs = new Proofs(3, new FakeRandom());
            int tid = proofs.Begin(Host, 0);
            Assert.AreEqual(Proofs.NoTid, proofs.Begin(Host, 4999), "a question is out");
            Assert.AreEqual((int)ProofOutcome.None, (int)proofs.Take(Other, tid, 0), "not who was asked");
            Assert.AreEqual((int)ProofOutcome.None, (int)proofs.Take(Host, tid ^ 1, 0));
            Assert.AreEqual((int)ProofOutcome.None, (int)proofs.Take(Host, tid, 0), "nobody tries all 65,536");

            tid = proofs.Begin(Host, 1);
            Assert.AreNotEqual(Proofs.NoTid, tid);
            Assert.AreEqual((int)ProofOutcome.None, (int)proofs.Take(Host, tid, 5001));
        }

        [TestMethod]
        public static void AQuestionIsNotDrivenOutBeforeItCanBeAnswered()
        {
            // Two places in the table, and many hosts.
            var proofs = new Proofs(1, new FakeRandom());
            int tid = proofs.Begin(Host, 0);
            for (int host = 1; host < 100; host++)
            {
                proofs.Begin(host * 0x10001, 999);
            }

            Assert.AreEqual((int)ProofOutcome.Next, (int)proofs.Take(Host, tid, 999));
            proofs.Next(Host, 999);
            int asked = 0;
            for (int host = 1; host < 100; host++)
            {
                asked += proofs.Begin(host * 0x10001, 1999) == Proofs.NoTid ? 0 : 1;
            }

            Assert.AreEqual(2, asked, "but then");
        }

        [TestMethod]
        public static void WhatGoesToTheUnprovenIsFourTimesTheirOwnAndAThousandASecond()
        {
            var budget = new ReflectionBudget();
            Assert.IsTrue(budget.Spends(22, 88 + 1000));
            Assert.IsFalse(budget.Spends(22, 89));
            Assert.IsTrue(budget.Spends(0, 88), "what was not spent is saved");
            Assert.IsFalse(budget.Spends(0, 1));
            budget.Refill(500);
            Assert.IsFalse(budget.Spends(0, 501));
            Assert.IsTrue(budget.Spends(0, 500));
            budget.Refill(3600000);
            Assert.IsFalse(budget.Spends(0, 1001), "a second is saved up and no more");
            Assert.IsTrue(budget.Spends(0, 1000));
        }

        [TestMethod]
        public static void EachIsToldOnceAMinuteAndNotTooManyASecond()
        {
            var greetings = new Greetings(4);
            DatagramPeer peer = Peer("C0A80102", 0, 3610);
            Assert.IsTrue(greetings.Add(peer, Host, 1, false, 1000));
            Assert.IsFalse(greetings.Add(peer, Host, 1, false, 1000), "it waits already");
            Assert.IsTrue(greetings.Add(Peer("FE800000000000000000000000000002", 7, 1), Other, 2, false, 1000));
            Assert.IsTrue(greetings.NextDeadline <= 1000);
            Assert.AreEqual(1, greetings.Take(1000, peer));
            Assert.AreEqual(-1, greetings.Take(1249, peer));
            Assert.AreEqual(1250L, greetings.NextDeadline);
            Assert.AreEqual(2, greetings.Take(1250, peer));
            Assert.AreEqual("FE800000000000000000000000000002", Hex.Format(peer.Address, 0, peer.AddressLength));
            Assert.AreEqual(7L, peer.ScopeId);
            Assert.AreEqual(Deadline.Never, greetings.NextDeadline);

            Assert.IsFalse(greetings.Add(peer, Host, 1, false, 61000));
            Assert.IsTrue(greetings.Add(peer, Host, 1, false, 61250));
            Assert.IsFalse(greetings.Add(peer, Other, 1, false, 61250));
        }

        // A controller that was started anew announces itself once more, and is not left without a meter.
        [TestMethod]
        public static void WhoAnnouncesItselfAgainWithinTheMinuteIsToldWhenItIsOver()
        {
            var greetings = new Greetings(4);
            DatagramPeer peer = Peer("C0A80102", 0, 3610);
            greetings.Add(peer, Host, 1, true, 1000);
            Assert.AreEqual(1, greetings.Take(1000, peer));
            Assert.IsTrue(greetings.Add(peer, Host, 2, true, 3000));
            Assert.IsFalse(greetings.Add(peer, Host, 2, true, 4000), "it waits already");
            Assert.IsTrue(greetings.Add(peer, Other, 3, true, 5000));
            Assert.AreEqual(3, greetings.Take(5000, peer), "who is due goes first");
            Assert.AreEqual(61250L, greetings.NextDeadline);
            Assert.AreEqual(-1, greetings.Take(61249, peer));
            Assert.AreEqual(2, greetings.Take(61250, peer));
            Assert.AreEqual(Deadline.Never, greetings.NextDeadline);
        }

        [TestMethod]
        public static void NobodyIsForgottenForTheOthersAndWhoFindsNoRoomWaitsForHisNextAnnouncement()
        {
            var greetings = new Greetings(4);
            DatagramPeer peer = Peer("C0A80102", 0, 3610);
            int told = 0;
            for (int moment = 0; moment < 240; moment++)
            {
                Assert.IsTrue(greetings.Add(peer, 1000 + moment, 0, false, moment * 250));
                told += greetings.Take(moment * 250, peer) + 1;
            }

            Assert.AreEqual(240, told);
            Assert.IsFalse(greetings.Add(peer, 1000, 0, false, 59999), "the first of 240 others");
            for (int i = 0; i < 100; i++)
            {
                Assert.IsTrue(greetings.Add(peer, 5000 + i, 0, false, 59999));
            }

            Assert.IsFalse(greetings.Add(peer, 6000, 0, false, 59999));
            Assert.AreEqual(100, greetings.Count);
        }

        private static int Taken(StrangerBudget budget, int host, int times)
        {
            int taken = 0;
            for (int i = 0; i < times; i++)
            {
                taken += budget.Takes(host) ? 1 : 0;
            }

            return taken;
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
