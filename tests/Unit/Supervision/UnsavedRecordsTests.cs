using NanoComm.Hal;
using NanoComm.Supervision;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class UnsavedRecordsTests
    {
        [TestMethod]
        public static void EveryRecordIsSteppedAndTheEarliestDeadlineCounts()
        {
            var first = new Saver { Next = Deadline.Never };
            var second = new Saver { Next = 700 };
            var third = new Saver { Next = 900 };
            Assert.AreEqual(700, new UnsavedRecords(first, second, third).Step(5));
            Assert.AreEqual(5, first.SteppedAt);
            Assert.AreEqual(5, second.SteppedAt);
            Assert.AreEqual(5, third.SteppedAt);
            Assert.AreEqual(Deadline.Never, new UnsavedRecords(first).Step(6));
        }

        private sealed class Saver : IReaction
        {
            public long Next { get; set; }

            public long SteppedAt { get; private set; }

            public long Step(long now)
            {
                SteppedAt = now;
                return Next;
            }
        }
    }
}
