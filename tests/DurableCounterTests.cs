using NanoComm.Dlms;
using NanoComm.Hal;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class DurableCounterTests
    {
        private const string Name = "counter-1";

        [TestMethod]
        public static void WithoutRecordNothingIsGivenOut()
        {
            var counter = new DurableCounter(new DurableStore(new FakeFiles()), Name);
            Assert.IsFalse(counter.Next(out uint _));
        }

        [TestMethod]
        public static void NewKeyStartsAtRandom31Bits()
        {
            var store = new DurableStore(new FakeFiles());
            Assert.IsTrue(DurableCounter.Create(store, Name, new DlmsPeer { RandomByte = 0xFE }));
            Assert.IsTrue(new DurableCounter(store, Name).Next(out uint value));
            Assert.AreEqual((uint)0x7EFF0001, value);
        }

        [TestMethod]
        public static void OneWriteReservesABlockAndARestartSkipsTheRest()
        {
            var store = new DurableStore(new FakeFiles());
            Write(store, "00000010");
            var counter = new DurableCounter(store, Name);
            for (uint expected = 0x10; expected < 0x410; expected++)
            {
                Assert.IsTrue(counter.Next(out uint value));
                Assert.AreEqual(expected, value);
                Assert.AreEqual("00000410", Read(store));
            }

            Assert.IsTrue(counter.Next(out uint next));
            Assert.AreEqual((uint)0x410, next);
            Assert.AreEqual("00000810", Read(store));
            Assert.IsTrue(new DurableCounter(store, Name).Next(out next));
            Assert.AreEqual((uint)0x810, next);
        }

        [TestMethod]
        public static void TheLastValueIsNeverGivenOut()
        {
            var store = new DurableStore(new FakeFiles());
            Write(store, "FFFFFFFD");
            var counter = new DurableCounter(store, Name);
            Assert.IsTrue(counter.Next(out uint value));
            Assert.AreEqual(0xFFFFFFFD, value);
            Assert.AreEqual("FFFFFFFF", Read(store));
            Assert.IsTrue(counter.Next(out value));
            Assert.AreEqual(0xFFFFFFFE, value);
            Assert.IsFalse(counter.Next(out value));
            Assert.IsFalse(counter.Next(out value));
            Assert.IsFalse(new DurableCounter(store, Name).Next(out value));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("000010")]
        [DataRow("0000001000")]
        public static void RecordOfAnotherLengthIsNone(string record)
        {
            var store = new DurableStore(new FakeFiles());
            Write(store, record);
            Assert.IsFalse(new DurableCounter(store, Name).Next(out uint _));
        }

        [TestMethod]
        public static void WhatCouldNotBeReservedIsNotGivenOut()
        {
            var store = new RefusingStore { Record = Hex.Parse("00000010") };
            var counter = new DurableCounter(store, Name);
            store.IsFull = true;
            Assert.IsFalse(counter.Next(out uint _));
            Assert.IsFalse(counter.Next(out uint _));
            store.IsFull = false;
            Assert.IsTrue(counter.Next(out uint value));
            Assert.AreEqual((uint)0x10, value);
            store.IsFull = true;
            for (int i = 1; i < DurableCounter.BlockSize; i++)
            {
                Assert.IsTrue(counter.Next(out value));
            }

            Assert.IsFalse(counter.Next(out uint _));
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
                    Assert.IsTrue(last >= 0x10 + 2100 - 1);
                }
            }
        }

        // Uses values over two blocks, as far as the power lasts; each above all before.
        private static long Use(FakeFiles files, long last)
        {
            var counter = new DurableCounter(new DurableStore(files), Name);
            for (int i = 0; i < 2100 && counter.Next(out uint value); i++)
            {
                Assert.IsTrue(value > last);
                last = value;
            }

            return last;
        }

        private static void Write(IDurableStore store, string record)
        {
            byte[] bytes = Hex.Parse(record);
            Assert.IsTrue(store.Write(Name, bytes, bytes.Length));
        }

        private static string Read(IDurableStore store)
        {
            var buffer = new byte[16];
            int length = store.Read(Name, buffer);
            return Hex.Format(buffer, 0, length);
        }
    }
}
