using System;
using NanoComm.Hal;
using NanoComm.Supervision;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class GuardedLoopTests
    {
        private const long TenMinutes = 600000;

        [TestMethod]
        public static void AReactionThatWorksIsPassedThrough()
        {
            var board = new FakeBoard();
            var health = new LoopHealth(board);
            var inner = new Loop { Next = 1234 };
            var guarded = new GuardedReaction("test", inner, health);
            Assert.AreEqual(1234L, guarded.Step(1000));
            Assert.AreEqual(1000L, inner.SteppedAt);
            Assert.AreEqual(0, health.Failures);
            Assert.AreEqual(0, board.Warnings);
        }

        [TestMethod]
        public static void AReactionThatThrowsIsReportedAndLeftAlone()
        {
            var board = new FakeBoard();
            var health = new LoopHealth(board);
            var inner = new Loop { Next = Deadline.Never, FailuresLeft = 1 };
            var guarded = new GuardedReaction("test", inner, health);
            Assert.AreEqual(1000L, guarded.Step(0));
            Assert.AreEqual(1, health.Failures);
            Assert.AreEqual(1, board.Warnings);

            Assert.AreEqual(1000L, guarded.Step(999), "woken early, it still waits");
            Assert.AreEqual(1, inner.Runs);

            Assert.AreEqual(Deadline.Never, guarded.Step(1000));
            Assert.AreEqual(2, inner.Runs);
            Assert.AreEqual(1, health.Failures);
        }

        [TestMethod]
        public static void ThePauseDoublesToAMinute()
        {
            var guarded = new GuardedReaction("test", new Loop { FailuresLeft = 100 }, new LoopHealth(new FakeBoard()));
            long[] pauses = { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000 };
            long now = 5000;
            for (int i = 0; i < pauses.Length; i++)
            {
                long next = guarded.Step(now);
                Assert.AreEqual(pauses[i], next - now, i.ToString());
                now = next;
            }
        }

        [TestMethod]
        public static void TenGoodMinutesAreForgiveness()
        {
            var inner = new Loop();
            var guarded = new GuardedReaction("test", inner, new LoopHealth(new FakeBoard()));
            Fail(guarded, inner, 0);
            Assert.AreEqual(3000L, Fail(guarded, inner, 1000));
            Assert.AreEqual(1000 + TenMinutes + 1000, Fail(guarded, inner, 1000 + TenMinutes));
            Assert.AreEqual(2000 + TenMinutes + 2000, Fail(guarded, inner, 2000 + TenMinutes));
        }

        [TestMethod]
        public static void NineMinutesAreNot()
        {
            var inner = new Loop();
            var guarded = new GuardedReaction("test", inner, new LoopHealth(new FakeBoard()));
            Fail(guarded, inner, 0);
            Assert.AreEqual(TenMinutes - 1 + 2000, Fail(guarded, inner, TenMinutes - 1));
        }

        [TestMethod]
        public static void ASequenceThatThrowsIsStartedAgainAfterThePause()
        {
            var board = new FakeBoard();
            board.Signal.WaitsLeft = 10;
            var health = new LoopHealth(board);
            var inner = new Loop { FailuresLeft = 3, Clock = board.Time };
            new GuardedSequence("test", inner, health, board).Run();
            Assert.AreEqual(4, inner.Runs, "three times it threw, the fourth time it ended");
            Assert.AreEqual(3, health.Failures);
            Assert.AreEqual(1000L + 2000 + 4000, inner.RanAt);
        }

        [TestMethod]
        public static void ASequenceIsNotStartedAgainWhenTheUnitStops()
        {
            var board = new FakeBoard();
            board.Signal.WaitsLeft = 2;
            var inner = new Loop { FailuresLeft = 100, Clock = board.Time };
            new GuardedSequence("test", inner, new LoopHealth(board), board).Run();
            Assert.AreEqual(2, inner.Runs, "the second wait answered that the unit is stopping");
        }

        private static long Fail(GuardedReaction guarded, Loop inner, long now)
        {
            inner.FailuresLeft = 1;
            return guarded.Step(now);
        }

        private sealed class Loop : IReaction, ISteppedSequence
        {
            public int FailuresLeft { get; set; }

            public long Next { get; set; }

            public FakeClock Clock { get; set; }

            public int Runs { get; private set; }

            public long SteppedAt { get; private set; }

            public long RanAt { get; private set; }

            public long Step(long now)
            {
                SteppedAt = now;
                Fail();
                return Next;
            }

            public long Step()
            {
                RanAt = Clock.Milliseconds;
                Fail();
                return Deadline.Ended;
            }

            private void Fail()
            {
                Runs++;
                if (FailuresLeft > 0)
                {
                    FailuresLeft--;
                    throw new InvalidOperationException();
                }
            }
        }
    }
}
