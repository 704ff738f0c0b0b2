using System;
using NanoComm.Dlms;
using NanoComm.Pairing;
using NanoComm.Records;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class ActivePairingTests
    {
        private const string Record = "pairing";
        private const uint Epoch = 0x81020304;

        [TestMethod]
        public static void AUnitIsNotPairedToBeginWith()
        {
            Assert.IsNull(Read(new FakeFiles()));
        }

        [TestMethod]
        public static void WhatWasInstalledIsReadBack()
        {
            var files = new FakeFiles();
            Assert.IsTrue(Install(files));

            ActivePairing pairing = Read(files);

            Assert.AreEqual(Epoch, pairing.Epoch);
            AssertBytes(DlmsPeer.ServerTitle, pairing.MeterTitle);
            AssertBytes(DlmsPeer.ServerTitle, pairing.Security.ServerTitle);
            AssertBytes(DlmsPeer.ClientTitle, pairing.Security.ClientTitle);
            AssertBytes(DlmsPeer.Gak, pairing.Security.Gak);
            Assert.IsTrue(pairing.Security.Counter.Next(out uint counter));
            Assert.AreEqual((uint)0x5A5B5C5D, counter, "random to begin with");
            Assert.IsTrue(Read(files).Security.Counter.Next(out counter));
            Assert.AreEqual((uint)0x5A5B605D, counter, "and never twice");
        }

        // Both keys and titles are in their places: the peer has them of its own.
        [TestMethod]
        public static void WhatWasInstalledOpensAnAssociation()
        {
            var files = new FakeFiles();
            Assert.IsTrue(Install(files));
            var f = new DlmsFixture();
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Client.Associate(DlmsFixture.Active, Read(files).Security));
        }

        [TestMethod]
        public static void APairingIsInstalledOnceOnly()
        {
            var files = new FakeFiles();
            Assert.IsTrue(Install(files));
            string record = Text(files, Record);

            bool again = ActivePairing.Install(new DurableStore(files), new DlmsPeer(), 7,
                Hex.Parse("1111111111111111"), Hex.Parse("2222222222222222"), new byte[16], new byte[16]);

            Assert.IsFalse(again);
            Assert.AreEqual(record, Text(files, Record), "keys and counter");
            Assert.AreEqual(Epoch, Read(files).Epoch);
        }

        // The format outlives firmware versions.
        [TestMethod]
        public static void TheRecordIsAsDocumented()
        {
            var files = new FakeFiles();
            Assert.IsTrue(Install(files));
            Assert.AreEqual(
                "81020304" + DlmsPeer.ServerTitle + DlmsPeer.ClientTitle + DlmsPeer.Guek + DlmsPeer.Gak + "5A5B5C5D",
                Text(files, Record));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(4)]
        [DataRow(52)]
        [DataRow(55)]
        [DataRow(57)]
        [DataRow(1024)]
        public static void ARecordOfAnotherLengthIsNoPairing(int length)
        {
            var files = new FakeFiles();
            Assert.IsTrue(Install(files));
            Assert.IsTrue(new DurableStore(files).Write(Record, new byte[length], length));
            Assert.IsNull(Read(files));
            Assert.IsTrue(Install(files), "and does not stand in the way of one");
            Assert.AreEqual(Epoch, Read(files).Epoch);
        }

        [TestMethod]
        public static void ACorruptRecordIsNoPairing()
        {
            var files = new FakeFiles();
            Assert.IsTrue(Install(files));
            byte[] file = files.Find(Record + ".rec");
            for (int i = 0; i < file.Length; i += 5)
            {
                file[i] ^= 0x10;
                Assert.IsNull(Read(files), i.ToString());
                file[i] ^= 0x10;
            }

            Assert.AreEqual(Epoch, Read(files).Epoch);
        }

        // The record may be erased while the pairing is in use: it stays erased, and nothing more is sent in its name.
        [TestMethod]
        public static void WithoutItsRecordNothingIsSent()
        {
            var files = new FakeFiles();
            Assert.IsTrue(Install(files));
            ActivePairing pairing = Read(files);
            Assert.IsTrue(new DurableStore(files).Delete(Record));
            var f = new DlmsFixture();
            DlmsResult result = f.Client.Associate(DlmsFixture.Active, pairing.Security);
            Assert.AreEqual((int)DlmsResult.SecurityError, (int)result);
            Assert.AreEqual((int)DlmsDetail.NoCounter, (int)f.Client.Detail);
            Assert.IsNull(Read(files));
        }

        // Wherever the power is cut: paired with a counter, or not paired; and what was not can still be.
        [TestMethod]
        public static void NoPowerCutLeavesHalfAPairing()
        {
            int cut = 0;
            bool isWhole = false;
            for (; !isWhole && cut < 20; cut++)
            {
                for (int traces = 0; traces < 2; traces++)
                {
                    var files = new FakeFiles { CutAfter = cut, CutLeavesTraces = traces == 1 };
                    bool installed = Install(files);
                    isWhole = !files.IsCut;
                    files.CutAfter = FakeFiles.Never;
                    ActivePairing pairing = Read(files);
                    Assert.IsTrue(pairing != null || !installed, "what was told is durable");
                    if (pairing == null)
                    {
                        Assert.IsTrue(Install(files));
                        pairing = Read(files);
                    }

                    Assert.AreEqual(Epoch, pairing.Epoch);
                    Assert.IsTrue(pairing.Security.Counter.Next(out uint _));
                }
            }

            Assert.IsTrue(isWhole);
            Assert.IsTrue(cut > 2, "a record is more than two changes");
        }

        [TestMethod]
        public static void AStoreThatTakesNothingLeavesTheUnitUnpaired()
        {
            var files = new FakeFiles { CutAfter = 0 };
            Assert.IsFalse(Install(files));
            Assert.AreEqual(0, files.Count);
            Assert.IsNull(Read(files));
        }

        [TestMethod]
        [DataRow(7, 8, 16, 16)]
        [DataRow(9, 8, 16, 16)]
        [DataRow(8, 0, 16, 16)]
        [DataRow(8, 9, 16, 16)]
        [DataRow(8, 8, 15, 16)]
        [DataRow(8, 8, 32, 16)]
        [DataRow(8, 8, 16, 17)]
        [DataRow(8, 8, 16, 0)]
        public static void AWrongLengthIsAnError(int meterTitle, int ownTitle, int guek, int gak)
        {
            var files = new FakeFiles();
            Assert.ThrowsException(typeof(ArgumentException), () => ActivePairing.Install(new DurableStore(files),
                new DlmsPeer(), 0, new byte[meterTitle], new byte[ownTitle], new byte[guek], new byte[gak]));
            Assert.AreEqual(0, files.Count);
        }

        private static bool Install(FakeFiles files)
        {
            return ActivePairing.Install(new DurableStore(files), new DlmsPeer(), Epoch,
                Hex.Parse(DlmsPeer.ServerTitle), Hex.Parse(DlmsPeer.ClientTitle), Hex.Parse(DlmsPeer.Guek),
                Hex.Parse(DlmsPeer.Gak));
        }

        private static ActivePairing Read(FakeFiles files)
        {
            return ActivePairing.Read(new FakeBoard { Store = new DurableStore(files) });
        }

        private static string Text(FakeFiles files, string name)
        {
            var buffer = new byte[64];
            int length = new DurableStore(files).Read(name, buffer);
            return length < 0 ? "" : Hex.Format(buffer, 0, length);
        }

        private static void AssertBytes(string expected, byte[] bytes)
        {
            Assert.AreEqual(expected, Hex.Format(bytes, 0, bytes.Length));
        }
    }
}
