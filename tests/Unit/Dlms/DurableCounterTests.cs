using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Records;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class DurableCounterTests
    {
        private const string Name = "key-1";
        private const int Offset = 3;
        private const int Length = 8;

        // The record of a key, as it were: "AABBCC", the counter, "DD".
        private const string Before = "AABBCC";
        private const string After = "DD";

        // A few more than the first two blocks have.
        private const int Uses = (3 * DurableCounter.BlockSize) + 30;

        [TestMethod]
        public static void WithoutRecordNothingIsGivenOut()
        {
            Assert.IsFalse(Counter(new DurableStore(new FakeFiles())).Next(out uint _));
        }

        [TestMethod]
        public static void NewKeyStartsAtRandom31Bits()
        {
            byte[] record = Hex.Parse(Before + "00000000" + After);
            DurableCounter.Start(new DlmsPeer { RandomByte = 0xFE }, record, Offset);
            Assert.AreEqual(Before + "7EFF0001" + After, Hex.Format(record, 0, Length));
        }

        [TestMethod]
        public static void OneWriteReservesABlockAndARestartSkipsTheRest()
        {
            var store = new DurableStore(new FakeFiles());
            Write(store, "00000010");
            DurableCounter counter = Counter(store);
            for (uint expected = 0x10; expected < 0x410; expected++)
            {
                Assert.IsTrue(counter.Next(out uint value));
                Assert.AreEqual(expected, value);
                Assert.AreEqual("00000410", Read(store));
            }

            Assert.IsTrue(counter.Next(out uint next));
            Assert.AreEqual((uint)0x410, next);
            Assert.AreEqual("00000C10", Read(store));
            Assert.IsTrue(Counter(store).Next(out next));
            Assert.AreEqual((uint)0xC10, next);
        }

        [TestMethod]
        public static void EachBlockUsedUpDoublesTheNextAndARestartBeginsWithTheFirst()
        {
            var store = new DurableStore(new FakeFiles());
            Write(store, "00000010");
            DurableCounter counter = Counter(store);
            uint reserved = 0x10;
            for (int block = DurableCounter.BlockSize; block <= 4 * DurableCounter.BlockSize; block *= 2)
            {
                Assert.IsTrue(counter.Next(out uint value));
                Assert.AreEqual(reserved, value);
                reserved += (uint)block;
                Assert.AreEqual(reserved, Reserved(store));
                Use(counter, block - 1);
            }

            Assert.IsTrue(Counter(store).Next(out uint next));
            Assert.AreEqual(reserved, next);
            Assert.AreEqual(reserved + DurableCounter.BlockSize, Reserved(store));
        }

        [TestMethod]
        public static void ABootLoopBurnsABlockABoot()
        {
            var store = new DurableStore(new FakeFiles());
            Write(store, "00000010");
            for (int boot = 0; boot < 20; boot++)
            {
                Use(Counter(store), 30);
            }

            Assert.AreEqual((uint)(0x10 + (20 * DurableCounter.BlockSize)), Reserved(store));
        }

        [TestMethod]
        public static void TheLastValueIsNeverGivenOut()
        {
            var store = new DurableStore(new FakeFiles());
            Write(store, "FFFFFFFD");
            DurableCounter counter = Counter(store);
            Assert.IsTrue(counter.Next(out uint value));
            Assert.AreEqual(0xFFFFFFFD, value);
            Assert.AreEqual("FFFFFFFF", Read(store));
            Assert.IsTrue(counter.Next(out value));
            Assert.AreEqual(0xFFFFFFFE, value);
            Assert.IsFalse(counter.Next(out value));
            Assert.IsFalse(counter.Next(out value));
            Assert.IsFalse(Counter(store).Next(out value));
        }

        // 1,500 are left: the second block would have 2,048.
        [TestMethod]
        public static void TheLastBlockEndsWhereTheCounterDoes()
        {
            var store = new DurableStore(new FakeFiles());
            Write(store, "FFFFFA23");
            DurableCounter counter = Counter(store);
            Use(counter, 1499);
            Assert.AreEqual("FFFFFFFF", Read(store));
            Assert.IsTrue(counter.Next(out uint value));
            Assert.AreEqual(0xFFFFFFFE, value);
            Assert.IsFalse(counter.Next(out value));
            Assert.IsFalse(Counter(store).Next(out value));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("00000010")]
        [DataRow("AABBCC00000010")]
        [DataRow("AABBCC00000010DDEE")]
        public static void RecordOfAnotherLengthIsNone(string record)
        {
            var store = new DurableStore(new FakeFiles());
            WriteRecord(store, record);
            Assert.IsFalse(Counter(store).Next(out uint _));
        }

        // The key was erased: its record must not come back.
        [TestMethod]
        public static void ARecordThatIsGoneIsNotWrittenAnew()
        {
            var store = new DurableStore(new FakeFiles());
            Write(store, "00000010");
            DurableCounter counter = Counter(store);
            Use(counter, DurableCounter.BlockSize);
            Assert.IsTrue(store.Delete(Name));
            Assert.IsFalse(counter.Next(out uint _));
            Assert.AreEqual(-1, store.Read(Name, new byte[16]));
        }

        // Nor is a record taken for ours whose counter is behind: it is another key's, or was restored.
        [TestMethod]
        public static void ARecordThatWentBackIsNotGoneOnWith()
        {
            var store = new DurableStore(new FakeFiles());
            Write(store, "00000010");
            DurableCounter counter = Counter(store);
            Use(counter, DurableCounter.BlockSize);
            Write(store, "0000040F");
            Assert.IsFalse(counter.Next(out uint _));
            Assert.AreEqual("0000040F", Read(store));
        }

        [TestMethod]
        public static void ItFollowsItsKeyIntoAnotherRecord()
        {
            const string another = "key-2";
            var store = new DurableStore(new FakeFiles());
            Write(store, "00000010");
            DurableCounter counter = Counter(store);
            Use(counter, 3);
            byte[] shorter = Hex.Parse(Before + "00000410");
            Assert.IsTrue(store.Write(another, shorter, shorter.Length));
            counter.Follow(another, shorter.Length);
            Assert.IsTrue(store.Delete(Name));
            Assert.IsTrue(counter.Next(out uint value));
            Assert.AreEqual((uint)0x13, value, "what was reserved stays reserved");
            Use(counter, DurableCounter.BlockSize - 4);
            Assert.IsTrue(counter.Next(out value));
            Assert.AreEqual((uint)0x410, value);
            Assert.AreEqual(7, store.Read(another, shorter));
            Assert.AreEqual(Before + "00000C10", Hex.Format(shorter, 0, 7));
        }

        [TestMethod]
        public static void WhatCouldNotBeReservedIsNotGivenOut()
        {
            var store = new RefusingStore { Record = Hex.Parse(Before + "00000010" + After) };
            DurableCounter counter = Counter(store);
            store.IsFull = true;
            Assert.IsFalse(counter.Next(out uint _));
            Assert.IsFalse(counter.Next(out uint _));
            store.IsFull = false;
            Assert.IsTrue(counter.Next(out uint value));
            Assert.AreEqual((uint)0x10, value);
            store.IsFull = true;
            Use(counter, DurableCounter.BlockSize - 1);
            Assert.IsFalse(counter.Next(out uint _));
        }

        // What such a write reserved is lost. Were it doubled each time, such a store would use the key up within hours.
        [TestMethod]
        public static void AReservationThatFailedBeginsWithTheFirstBlockAgain()
        {
            var store = new RefusingStore { Record = Hex.Parse(Before + "00000010" + After) };
            DurableCounter counter = Counter(store);
            Use(counter, 3 * DurableCounter.BlockSize);
            store.IsPessimist = true;
            uint reserved = 0x10 + (7 * DurableCounter.BlockSize);
            for (int i = 0; i < 5; i++)
            {
                Assert.IsFalse(counter.Next(out uint _));
                Assert.AreEqual(reserved, BigEndian.ReadU32(store.Record, Offset));
                reserved += DurableCounter.BlockSize;
            }

            store.IsPessimist = false;
            Assert.IsTrue(counter.Next(out uint value));
            Assert.AreEqual(reserved - DurableCounter.BlockSize, value);
            Assert.AreEqual(reserved, BigEndian.ReadU32(store.Record, Offset));
        }

        [TestMethod]
        public static void NoPowerCutGivesAValueTwice()
        {
            for (int cut = 0; cut < 12; cut++)
            {
                for (int traces = 0; traces < 2; traces++)
                {
                    var files = new FakeFiles();
                    Write(new DurableStore(files), "00000010");
                    long last = 0x0F;
                    files.CutAfter = cut;
                    files.CutLeavesTraces = traces == 1;
                    last = Use(files, last);
                    files.CutAfter = FakeFiles.Never;
                    last = Use(files, last);
                    Assert.IsTrue(last >= 0x10 + Uses - 1);
                }
            }
        }

        private static DurableCounter Counter(IDurableStore store)
        {
            return new DurableCounter(store, Name, Length, Offset);
        }

        private static void Use(DurableCounter counter, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Assert.IsTrue(counter.Next(out uint _));
            }
        }

        // Uses values into the third block, as far as the power lasts; each above all before.
        private static long Use(FakeFiles files, long last)
        {
            DurableCounter counter = Counter(new DurableStore(files));
            for (int i = 0; i < Uses && counter.Next(out uint value); i++)
            {
                Assert.IsTrue(value > last);
                last = value;
            }

            return last;
        }

        private static void Write(IDurableStore store, string counter)
        {
            WriteRecord(store, Before + counter + After);
        }

        private static void WriteRecord(IDurableStore store, string record)
        {
            byte[] bytes = Hex.Parse(record);
            Assert.IsTrue(store.Write(Name, bytes, bytes.Length));
        }

        private static uint Reserved(IDurableStore store)
        {
            return BigEndian.ReadU32(Hex.Parse(Read(store)), 0);
        }

        // The counter; the rest of the record is always as it was.
        private static string Read(IDurableStore store)
        {
            var buffer = new byte[16];
            Assert.AreEqual(Length, store.Read(Name, buffer));
            string record = Hex.Format(buffer, 0, Length);
            Assert.AreEqual(Before, record.Substring(0, 2 * Offset));
            Assert.AreEqual(After, record.Substring(2 * (Offset + 4)));
            return record.Substring(2 * Offset, 8);
        }
    }
}
