using NanoComm.WiSun;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class DatagramQueueTests
    {
        [TestMethod]
        public static void TheOldestComesFirstAndStaysAtTheBeginning()
        {
            var queue = new DatagramQueue(8, 3);
            Assert.IsTrue(Put(queue, "0102", 7, 70));
            Assert.IsTrue(Put(queue, "030405", 8, 80));
            AssertFirst(queue, "0102", 7, 70);
            queue.Drop();
            AssertFirst(queue, "030405", 8, 80);
            Assert.IsTrue(Put(queue, "06", 9, 90));
            queue.Drop();
            AssertFirst(queue, "06", 9, 90);
            queue.Drop();
            Assert.AreEqual(0, queue.Count);
            Assert.AreEqual(0, queue.End);
        }

        [TestMethod]
        public static void WhatDoesNotFitIsRefused()
        {
            var queue = new DatagramQueue(4, 2);
            Assert.IsTrue(queue.Fits(4));
            Assert.IsFalse(queue.Fits(5));
            Assert.IsTrue(Put(queue, "010203", 0, 0));
            Assert.IsFalse(Put(queue, "0405", 0, 0), "room");
            Assert.IsTrue(Put(queue, "04", 0, 0));
            Assert.IsFalse(Put(queue, "", 0, 0), "number");
            Assert.AreEqual(2, queue.Count);
            AssertFirst(queue, "010203", 0, 0);
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public static void WhatIsBeingWrittenMovesAlong(bool all)
        {
            var queue = new DatagramQueue(8, 3);
            Put(queue, "01", 0, 0);
            Put(queue, "0203", 0, 0);
            queue.Bytes[queue.End] = 0xA1;
            if (all)
            {
                queue.Clear();
            }
            else
            {
                queue.Drop();
            }

            queue.Bytes[queue.End + 1] = 0xA2;
            queue.Keep(2, 5, 50);
            if (!all)
            {
                AssertFirst(queue, "0203", 0, 0);
                queue.Drop();
            }

            AssertFirst(queue, "A1A2", 5, 50);
        }

        private static bool Put(DatagramQueue queue, string data, int mark, long now)
        {
            byte[] bytes = Hex.Parse(data);
            return queue.Put(bytes, bytes.Length, mark, now);
        }

        private static void AssertFirst(DatagramQueue queue, string data, int mark, int time)
        {
            Assert.AreEqual(data, Hex.Format(queue.Bytes, 0, queue.FirstLength));
            Assert.AreEqual(mark, queue.FirstMark);
            Assert.AreEqual(time, (int)queue.FirstTime);
        }
    }
}
