using NanoComm.Records;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class ErasureTests
    {
        private const string OwnTitle = "4E43430000000001";
        private const string MeterTitle = "4E434D0000000002";
        private const string OrderId = "A0A1A2A3A4A5A6A7A8A9AAABACADAEAF";
        private const string Time = "07E90301FF0C000000800000";
        private const string ProofKey = "C0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF";
        private const string Factory = OwnTitle + "B0B1B2B3B4B5B6B7B8B9BABBBCBDBEBF" + ProofKey;
        private const int CodeAt = 53;
        private const int CodeLength = 32;

        // Without the code: version, phase, own title, order, order id, epoch, metering unit, time, what.
        private const string Begun = "0200" + OwnTitle + "01" + OrderId + "0A0B0C0D" + MeterTitle + Time + "003F";
        private const string Done = "0201" + OwnTitle + "01" + OrderId + "0A0B0C0D" + MeterTitle + Time + "003F";

        // All but the proof.
        private static readonly string[] Records = Names();

        [TestMethod]
        public static void NothingHappensWithoutAnOrder()
        {
            var unit = new Unit();
            int changes = unit.Files.Changes;
            Assert.IsFalse(unit.Boot());
            Assert.AreEqual(changes, unit.Files.Changes);
            Assert.IsTrue(unit.IsComplete);
        }

        [TestMethod]
        public static void AfterTheOrderOnlyItsProofIsLeft()
        {
            var unit = new Unit();

            Assert.IsTrue(unit.Order());

            Assert.AreEqual(1, unit.Restarts);
            Assert.AreEqual(1, unit.RecordsLeft, "at once");
            Assert.AreEqual(OwnTitle + ProofKey, unit.Read("factory"), "what proves that it is done, when it is");
            Assert.AreEqual(Begun, unit.Proof(), "which loops that still run may undo");
            Assert.IsTrue(unit.IsProofAuthentic);

            // One of them saves the location once more.
            unit.Put("location", "08");
            Assert.IsTrue(unit.Boot());
            Assert.AreEqual(0, unit.RecordsLeft);
            Assert.AreEqual(0, unit.FilesLeft, "no older copy either");
            Assert.IsFalse(unit.Radio.IsDeployed);
            Assert.AreEqual(Done, unit.Proof());
            Assert.IsTrue(unit.IsProofAuthentic);

            Assert.IsFalse(unit.Boot(), "once");
            ErasureRecord record = ErasureRecord.Read(unit.Store);
            Assert.IsTrue(record.IsDone);
            Assert.AreEqual((int)ErasureOrderKind.Ticket, (int)record.Order);
        }

        [TestMethod]
        public static void TheProofSaysWhatWasThere()
        {
            var unit = new Unit { HasRadio = false };
            for (int i = 0; i < Records.Length; i++)
            {
                unit.Store.Delete(Records[i]);
            }

            unit.Put("factory", Factory);
            unit.Put("ticket-b", "01");
            unit.Put("ticket-in", "02");
            Assert.IsTrue(unit.Bench());
            Assert.IsTrue(unit.Boot());
            Assert.AreEqual("0201" + OwnTitle + "02" + "00000000000000000000000000000000" + "00000000"
                + "0000000000000000" + "FFFFFFFFFFFFFFFFFFFFFFFF" + "0012", unit.Proof());
            Assert.IsTrue(unit.IsProofAuthentic);
        }

        // A unit paired on a bench has nothing to prove it by.
        [TestMethod]
        public static void WithoutFactoryKeysItErasesAndProvesNothing()
        {
            var unit = new Unit();
            unit.Store.Delete("factory");
            Assert.IsTrue(unit.Bench());
            Assert.IsTrue(unit.Boot());
            Assert.AreEqual(0, unit.RecordsLeft);
            Assert.AreEqual("0201" + "0000000000000000" + "02", unit.Proof().Substring(0, 22));
            Assert.AreEqual(Hex.Repeat("00", CodeLength), unit.Code());
        }

        // What the radio or the store refuses is not called erased, and spares nothing else.
        [TestMethod]
        public static void WhatRefusesIsAskedAgainAtTheNextStart()
        {
            var unit = new Unit();
            unit.Radio.Refuses = true;
            Assert.IsTrue(unit.Order());
            Assert.AreEqual(OwnTitle + ProofKey, unit.Read("factory"));
            Assert.AreEqual(1, unit.RecordsLeft);
            Assert.IsFalse(unit.Boot());
            Assert.AreEqual(Begun, unit.Proof());
            Assert.IsTrue(unit.Warnings > 0);

            unit.Radio.Refuses = false;
            Assert.IsTrue(unit.Boot());
            Assert.AreEqual(Done, unit.Proof());
            Assert.IsTrue(unit.IsProofAuthentic);
        }

        [TestMethod]
        public static void AStoreThatTakesNoRecordKeepsEverything()
        {
            var unit = new Unit();
            unit.Files.CutAfter = 0;
            Assert.IsFalse(unit.Order());
            unit.Files.CutAfter = FakeFiles.Never;
            Assert.AreEqual(0, unit.Restarts);
            Assert.IsTrue(unit.IsComplete);
            Assert.IsFalse(unit.Boot());
        }

        // The proof key may be gone by then: the first code stands.
        [TestMethod]
        public static void AnOrderGivenTwiceIsOne()
        {
            var unit = new Unit();
            Assert.IsTrue(unit.Order());
            Assert.IsTrue(unit.Bench());
            Assert.IsTrue(unit.Boot());
            Assert.AreEqual(Done, unit.Proof());
            Assert.IsTrue(unit.IsProofAuthentic);
        }

        [TestMethod]
        public static void AUnitThatIsUsedAgainCanBeErasedAgain()
        {
            var unit = new Unit();
            Assert.IsTrue(unit.Order());
            Assert.IsTrue(unit.Boot());
            unit.Put("factory", Factory);
            Assert.IsFalse(unit.Boot(), "the old proof is no order");
            Assert.IsTrue(unit.Bench());
            Assert.IsTrue(unit.Boot());
            Assert.AreEqual("0201" + OwnTitle + "02", unit.Proof().Substring(0, 22));
            Assert.AreEqual(0, unit.RecordsLeft);
        }

        // What an altered byte makes of a record that says "begun" is no proof.
        [TestMethod]
        public static void ARecordOfWhatWasBegunIsNoProofWithAnotherPhase()
        {
            var unit = new Unit();
            unit.Cut(6, false);
            unit.Order();
            unit.Restore();
            Assert.IsFalse(unit.IsComplete);
            Assert.AreEqual(Begun, unit.Proof());
            Assert.IsTrue(unit.IsProofAuthentic);
            unit.Put("zeroise", Done + unit.Code());
            Assert.IsFalse(unit.IsProofAuthentic);
        }

        // By the firmware before, whose code was made for the phase to come: begun there, it is finished and proved here.
        [TestMethod]
        public static void AnErasureThatTheFirmwareBeforeHasBegunIsFinished()
        {
            var unit = new Unit();
            unit.Put("zeroise", "0100" + Begun.Substring(4) + Hex.Repeat("11", CodeLength));
            unit.Store.Delete("pairing");
            Assert.IsTrue(unit.Boot());
            Assert.AreEqual(Done, unit.Proof());
            Assert.IsTrue(unit.IsProofAuthentic);
            Assert.AreEqual(0, unit.RecordsLeft);
        }

        // The power goes when all is proved, and before the proof key is gone.
        [TestMethod]
        public static void TheProofKeyGoesLast()
        {
            var unit = new Unit();
            Assert.IsTrue(unit.Order());
            Assert.IsTrue(unit.Boot());
            unit.Put("factory", OwnTitle + ProofKey);
            Assert.IsFalse(unit.Boot());
            Assert.AreEqual(0, unit.RecordsLeft);
            Assert.AreEqual(Done, unit.Proof());
        }

        // Before, in and after each change that the store makes, and again while it goes on.
        [TestMethod]
        public static void WhereverThePowerIsCutTheRestIsErasedAndTheProofIsWhole()
        {
            int cuts = 0;
            for (int first = 0; TryCut(first, FakeFiles.Never); first++)
            {
                cuts++;
                for (int second = first % 12; TryCut(first, second); second += 12)
                {
                    cuts++;
                }
            }

            OutputHelper.WriteLine(cuts.ToString() + " power cuts");
            Assert.IsTrue(cuts > 60);
        }

        private static string[] Names()
        {
            DurableRecord[] all = RecordCatalogue.All();
            var names = new string[all.Length - 1];
            int count = 0;
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].Name != RecordCatalogue.Erasure)
                {
                    names[count++] = all[i].Name;
                }
            }

            return names;
        }

        // False once neither cut has happened.
        private static bool TryCut(int first, int second)
        {
            bool wasCut = false;
            for (int traces = 0; traces < 2; traces++)
            {
                var unit = new Unit();
                unit.Cut(first, traces == 1);
                unit.Order();
                bool isFirst = unit.Files.IsCut;
                unit.Restore();
                unit.AssertInvariant();

                unit.Cut(second, traces == 1);
                unit.Boot();
                bool isSecond = unit.Files.IsCut;
                unit.Restore();
                unit.AssertInvariant();

                unit.Boot();
                unit.AssertInvariant();
                if (unit.Proof().Length == 0)
                {
                    Assert.IsTrue(unit.Order(), "the order is still there, and is taken again");
                    Assert.IsTrue(unit.Boot());
                }

                Assert.AreEqual(Done, unit.Proof());
                Assert.IsTrue(unit.IsProofAuthentic);
                Assert.AreEqual(0, unit.RecordsLeft);
                Assert.AreEqual(0, unit.FilesLeft);
                wasCut |= second == FakeFiles.Never ? isFirst : isSecond;
            }

            return wasCut;
        }

        private sealed class Unit
        {
            private FakeBoard _board;

            public Unit()
            {
                Store = new DurableStore(Files);
                for (int i = 0; i < Records.Length; i++)
                {
                    Put(Records[i], Records[i] == "factory" ? Factory : "5EC2E8");
                }

                HasRadio = true;
                Restart();
            }

            public FakeFiles Files { get; } = new FakeFiles();

            public DurableStore Store { get; }

            public FakeWifi Radio { get; } = new FakeWifi();

            public bool HasRadio { get; set; }

            public int Restarts
            {
                get { return _board.Restarts; }
            }

            public int Warnings
            {
                get { return _board.Warnings; }
            }

            public bool IsComplete
            {
                get { return RecordsLeft == Records.Length && Radio.IsDeployed && Proof().Length == 0; }
            }

            public int RecordsLeft
            {
                get
                {
                    var buffer = new byte[DurableStore.MaxLength];
                    int left = 0;
                    for (int i = 0; i < Records.Length; i++)
                    {
                        left += Store.Read(Records[i], buffer) >= 0 ? 1 : 0;
                    }

                    return left;
                }
            }

            // Torn and older copies too.
            public int FilesLeft
            {
                get
                {
                    int left = 0;
                    for (int i = 0; i < Records.Length; i++)
                    {
                        left += Files.Find(Records[i] + ".rec") == null ? 0 : 1;
                        left += Files.Find(Records[i] + ".new") == null ? 0 : 1;
                    }

                    return left;
                }
            }

            public bool IsProofAuthentic
            {
                get
                {
                    byte[] proof = Hex.Parse(Proof() + Code());
                    var code = new byte[CodeLength];
                    new PortableMac(Hex.Parse(ProofKey)).Compute(proof, 0, CodeAt, code);
                    return Hex.Format(code, 0, CodeLength) == Code();
                }
            }

            public void Put(string name, string content)
            {
                byte[] bytes = Hex.Parse(content);
                Assert.IsTrue(Store.Write(name, bytes, bytes.Length));
            }

            public void Cut(int after, bool traces)
            {
                Files.CutAfter = after;
                Files.CutLeavesTraces = traces;
            }

            public void Restore()
            {
                Files.CutAfter = FakeFiles.Never;
            }

            public bool Order()
            {
                Restart();
                return Begin(new ErasureOrder(ErasureOrderKind.Ticket)
                {
                    Id = Hex.Parse(OrderId), Epoch = 0x0A0B0C0D, MeterTitle = Hex.Parse(MeterTitle), Time = Hex.Parse(Time),
                });
            }

            public bool Bench()
            {
                Restart();
                return Begin(new ErasureOrder(ErasureOrderKind.Bench));
            }

            public bool Boot()
            {
                Restart();
                return new Erasure(_board).Resume();
            }

            // The record without its code; "" for none.
            public string Proof()
            {
                string all = Read("zeroise");
                return all.Length == 0 ? "" : all.Substring(0, 2 * CodeAt);
            }

            public string Code()
            {
                return Read("zeroise").Substring(2 * CodeAt);
            }

            // Nothing erased without a record of it, and no record that says all while anything is left.
            public void AssertInvariant()
            {
                string proof = Proof();
                Assert.IsTrue(proof.Length > 0 || IsComplete);
                bool hasProofKeyAlone = RecordsLeft == 1 && Read("factory") == OwnTitle + ProofKey;
                Assert.IsTrue(proof != Done || (!Radio.IsDeployed && (FilesLeft == 0 || hasProofKeyAlone)));
                Assert.IsTrue(proof.Length == 0 || IsProofAuthentic);
            }

            private bool Begin(ErasureOrder order)
            {
                return new Erasure(_board).Begin(order);
            }

            public string Read(string name)
            {
                var buffer = new byte[DurableStore.MaxLength];
                int length = Store.Read(name, buffer);
                return length < 0 ? "" : Hex.Format(buffer, 0, length);
            }

            private void Restart()
            {
                _board = new FakeBoard { Store = new DurableStore(Files), Wifi = HasRadio ? Radio : null };
            }
        }
    }
}
