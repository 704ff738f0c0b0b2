using System;
using NanoComm.Records;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class DurableStoreTests
    {
        private const string Old = "0102030405";
        private const string New = "A1A2A3";

        [TestMethod]
        public static void WhatWasNeverWrittenIsNotThere()
        {
            var store = new DurableStore(new FakeFiles());
            Assert.AreEqual(-1, store.Read("a", new byte[8]));
            Assert.AreEqual(-1, store.LengthOf("a"));
            Assert.IsTrue(store.Delete("a"));
        }

        [TestMethod]
        public static void TheLengthIsThatOfTheNewestWholeRecord()
        {
            var files = new FakeFiles();
            var store = new DurableStore(files);
            Write(store, "a", Old);
            Assert.AreEqual(5, store.LengthOf("a"));
            files.Rename("a.rec", "kept");
            Write(store, "a", New);
            Write(store, "a", New);
            files.Rename("a.rec", "a.new");
            files.Rename("kept", "a.rec");
            Assert.AreEqual(3, store.LengthOf("a"), "it had not taken its place yet");
            files.Find("a.new")[10] ^= 1;
            Assert.AreEqual(5, store.LengthOf("a"), "it is not whole");
            files.Find("a.rec")[10] ^= 1;
            Assert.AreEqual(-1, store.LengthOf("a"));
            Assert.IsTrue(store.Write("b", new byte[0], 0));
            Assert.AreEqual(0, store.LengthOf("b"));
        }

        [TestMethod]
        public static void TheLayoutOnTheMediumIsFixed()
        {
            var files = new FakeFiles();
            Write(new DurableStore(files), "location", "08");
            byte[] file = files.Find("location.rec");
            Assert.AreEqual(1, files.Count);

            // "NCR1", generation 1, one byte, and the CRC-32 of it all.
            Assert.AreEqual("4E43523100000001000108" + "208BDBA3", Hex.Format(file, 0, file.Length));
        }

        [TestMethod]
        public static void ARecordIsReplacedAsAWhole()
        {
            var files = new FakeFiles();
            var store = new DurableStore(files);
            Write(store, "a", Old);
            Write(store, "b", "BB");
            Write(store, "a", New);
            Assert.AreEqual(New, Read(store, "a"));
            Assert.AreEqual("BB", Read(store, "b"));

            var restarted = new DurableStore(files);
            Assert.AreEqual(New, Read(restarted, "a"));
            Assert.IsTrue(restarted.Delete("a"));
            Assert.AreEqual("none", Read(restarted, "a"));
            Assert.AreEqual("BB", Read(restarted, "b"));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(1024)]
        public static void EveryLengthUpToTheLongestIsKept(int length)
        {
            var content = new byte[DurableStore.MaxLength + 1];
            for (int i = 0; i < content.Length; i++)
            {
                content[i] = (byte)(i * 7);
            }

            var store = new DurableStore(new FakeFiles());
            Assert.IsTrue(store.Write("a", content, length));
            var buffer = new byte[length];
            Assert.AreEqual(length, store.Read("a", buffer));
            Assert.AreEqual(Hex.Format(content, 0, length), Hex.Format(buffer, 0, length));
            if (length > 0)
            {
                Assert.AreEqual(-1, store.Read("a", new byte[length - 1]), "longer than the buffer");
            }
        }

        [TestMethod]
        [DataRow(-1)]
        [DataRow(9)]
        [DataRow(1025)]
        public static void ALengthOutOfRangeIsAProgrammingError(int length)
        {
            var store = new DurableStore(new FakeFiles());
            var content = new byte[length == 9 ? 8 : 2000];
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => store.Write("a", content, length));
        }

        [TestMethod]
        [DataRow("a", true)]
        [DataRow("azAZ", false)]
        [DataRow("az-09", true)]
        [DataRow("abcdefghijklmnop", true)]
        [DataRow("abcdefghijklmnopq", false)]
        [DataRow("", false)]
        [DataRow("a.b", false)]
        [DataRow("../a", false)]
        [DataRow("a b", false)]
        public static void NamesAreShortAndPlain(string name, bool good)
        {
            var store = new DurableStore(new FakeFiles());
            if (good)
            {
                Write(store, name, Old);
                Assert.AreEqual(Old, Read(store, name));
                return;
            }

            Assert.ThrowsException(typeof(ArgumentException), () => store.Read(name, new byte[8]));
            Assert.ThrowsException(typeof(ArgumentException), () => store.Write(name, new byte[8], 8));
            Assert.ThrowsException(typeof(ArgumentException), () => store.Delete(name));
        }

        [TestMethod]
        public static void ADamagedRecordIsNotThere()
        {
            var files = new FakeFiles();
            var store = new DurableStore(files);
            Write(store, "a", Old);
            byte[] file = files.Find("a.rec");
            for (int bit = 0; bit < file.Length * 8; bit++)
            {
                file[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.AreEqual("none", Read(store, "a"), bit.ToString());
                file[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            Assert.AreEqual(Old, Read(store, "a"));
        }

        [TestMethod]
        public static void APowerCutDuringAReplacementLeavesTheOldOrTheNew()
        {
            // Writing the replacement, deleting the current record, renaming.
            for (int cut = 0; cut <= 3; cut++)
            {
                AssertAllOrNothing(cut, false);
                AssertAllOrNothing(cut, true);
            }
        }

        [TestMethod]
        public static void ASecondPowerCutDuringTheNextReplacementLosesNothingEither()
        {
            // The first cut leaves a replacement that did not take its place yet: settling it takes two more changes.
            for (int cut = 0; cut <= 5; cut++)
            {
                AssertSecondCut(cut, false);
                AssertSecondCut(cut, true);
            }
        }

        // As a volume that copies in place of renaming, has no room, and deletes the source all the same.
        [TestMethod]
        public static void ARenameThatLosesTheFileLosesNoRecord()
        {
            var files = new FakeFiles();
            var store = new DurableStore(files);
            Write(store, "a", Old);
            files.LosesOnRename = 1;
            Write(store, "a", New);
            Assert.AreEqual(New, Read(new DurableStore(files), "a"));

            // What is left under the first name takes its place at the next write; that rename may fail too.
            files.LosesOnRename = 1;
            Write(store, "a", "77");
            Assert.AreEqual("77", Read(new DurableStore(files), "a"));
            Write(store, "a", "78");
            Assert.AreEqual("78", Read(new DurableStore(files), "a"));
            Assert.AreEqual(1, files.Count);
        }

        [TestMethod]
        public static void ADeletedRecordDoesNotComeBack()
        {
            for (int firstCut = 0; firstCut <= 3; firstCut++)
            {
                for (int cut = 0; cut <= 5; cut++)
                {
                    var files = new FakeFiles();
                    Write(new DurableStore(files), "a", Old);
                    Interrupt(files, firstCut, false);
                    new DurableStore(files).Write("a", Hex.Parse(New), 3);
                    Restore(files);
                    string before = Read(new DurableStore(files), "a");

                    Interrupt(files, cut, true);
                    bool gone = new DurableStore(files).Delete("a");
                    Restore(files);
                    string after = Read(new DurableStore(files), "a");
                    Assert.IsTrue(gone ? after == "none" : after == before || after == "none", after);

                    Assert.IsTrue(new DurableStore(files).Delete("a"));
                    Assert.AreEqual("none", Read(new DurableStore(files), "a"));
                }
            }
        }

        private static void AssertAllOrNothing(int cut, bool traces)
        {
            var files = new FakeFiles();
            Write(new DurableStore(files), "a", Old);
            Interrupt(files, cut, traces);
            bool written = new DurableStore(files).Write("a", Hex.Parse(New), 3);
            bool wasCut = files.IsCut;
            Restore(files);

            Assert.AreEqual(!wasCut, written, cut.ToString());
            string left = Read(new DurableStore(files), "a");
            Assert.IsTrue(left == New || (!written && left == Old), cut.ToString() + " " + left);

            Write(new DurableStore(files), "a", "77");
            Assert.AreEqual("77", Read(new DurableStore(files), "a"));
        }

        private static void AssertSecondCut(int cut, bool traces)
        {
            var files = new FakeFiles();
            Write(new DurableStore(files), "a", Old);
            Interrupt(files, 1, false);
            Assert.IsFalse(new DurableStore(files).Write("a", Hex.Parse(New), 3));
            Restore(files);
            Assert.AreEqual(New, Read(new DurableStore(files), "a"), "the replacement was whole");

            Interrupt(files, cut, traces);
            bool written = new DurableStore(files).Write("a", Hex.Parse("77"), 1);
            Restore(files);
            string left = Read(new DurableStore(files), "a");
            Assert.IsTrue(left == "77" || (!written && left == New), cut.ToString() + " " + left);
        }

        private static void Interrupt(FakeFiles files, int after, bool traces)
        {
            files.CutAfter = after;
            files.CutLeavesTraces = traces;
        }

        private static void Restore(FakeFiles files)
        {
            files.CutAfter = FakeFiles.Never;
        }

        private static void Write(DurableStore store, string name, string content)
        {
            byte[] bytes = Hex.Parse(content);
            Assert.IsTrue(store.Write(name, bytes, bytes.Length));
        }

        private static string Read(DurableStore store, string name)
        {
            var buffer = new byte[DurableStore.MaxLength];
            int length = store.Read(name, buffer);
            return length < 0 ? "none" : Hex.Format(buffer, 0, length);
        }
    }
}
