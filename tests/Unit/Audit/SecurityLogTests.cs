using NanoComm.Audit;
using NanoComm.Hal;
using NanoComm.Metering;
using NanoComm.Records;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class SecurityLogTests
    {
        // 2025-03-01 12:00:00.
        private const long Noon = 794102400 + 43200;
        private const long Day = 86400;

        [TestMethod]
        public static void ANewUnitHasAnEmptyLog()
        {
            var f = new Fixture();
            Assert.AreEqual(0, f.Entries);
            Assert.IsFalse(f.Log.Get(0, new SecurityLogEntry()));
            Assert.IsFalse(f.Log.Get(-1, new SecurityLogEntry()));
            Assert.AreEqual(0, f.Files.Changes, "reading writes nothing");
        }

        [TestMethod]
        public static void AnEventIsNotedWithItsTimeAndSurvivesARestart()
        {
            var f = new Fixture();
            f.Knows(Noon);
            f.Add(SecurityEvent.Paired);
            f.Restart();
            f.AssertEntries("Paired 1 " + Text(Noon) + " " + Text(Noon));
        }

        [TestMethod]
        public static void TheSameEventOnTheSameDayIsOneEntry()
        {
            var f = new Fixture();
            f.Knows(Noon);
            f.Add(SecurityEvent.NotAuthentic);
            f.Add(SecurityEvent.WrongUnit);
            f.Pass(60);
            f.Add(SecurityEvent.NotAuthentic);
            f.Pass(Day / 2);
            f.Add(SecurityEvent.NotAuthentic);
            f.AssertEntries(
                "NotAuthentic 2 " + Text(Noon) + " " + Text(Noon + 60),
                "WrongUnit 1 " + Text(Noon) + " " + Text(Noon),
                "NotAuthentic 1 " + Text(Noon + 60 + (Day / 2)) + " " + Text(Noon + 60 + (Day / 2)));
        }

        [TestMethod]
        public static void TheDayGoesOnAfterARestart()
        {
            var f = new Fixture();
            f.Knows(Noon);
            f.Add(SecurityEvent.JoinRefused);
            f.Restart();
            f.Knows(Noon + 7);
            f.Add(SecurityEvent.JoinRefused);
            f.AssertEntries("JoinRefused 2 " + Text(Noon) + " " + Text(Noon + 7));
        }

        // Twenty writes for a million events.
        [TestMethod]
        public static void RepeatingAnAttackWritesSeldom()
        {
            var f = new Fixture();
            f.Knows(Noon);
            int writes = 0;
            uint powers = 0;
            for (uint i = 1; i <= 5000; i++)
            {
                int before = f.Files.Changes;
                f.Add(SecurityEvent.DatagramOutsideSession);
                bool written = f.Files.Changes != before;
                bool isPower = (i & (i - 1)) == 0;
                Assert.AreEqual(isPower, written, i.ToString());
                powers += isPower ? 1u : 0;
                writes += written ? 1 : 0;
            }

            Assert.AreEqual(13, writes);
            Assert.AreEqual((uint)13, powers);
            f.AssertEntries("DatagramOutsideSession 5000 " + Text(Noon) + " " + Text(Noon));
            f.Restart();
            f.AssertEntries("DatagramOutsideSession 4096 " + Text(Noon) + " " + Text(Noon));
        }

        // The metering clock is not known when a unit starts.
        [TestMethod]
        public static void WhatHappensBeforeTheClockIsKnownIsDatedOnceItIs()
        {
            var f = new Fixture();
            f.Add(SecurityEvent.Start);
            f.Pass(3);
            f.Add(SecurityEvent.NotAuthentic);
            f.Pass(2);
            f.Add(SecurityEvent.NotAuthentic);
            f.AssertEntries("Start 1 +0 +0", "NotAuthentic 2 +3 +5");
            Assert.AreEqual(Deadline.Never, f.Step(), "nothing is known yet");
            f.AssertEntries("Start 1 +0 +0", "NotAuthentic 2 +3 +5");

            f.Pass(5);
            f.Knows(Noon);
            Assert.AreEqual(Deadline.Never, f.Step());

            f.AssertEntries(
                "Start 1 " + Text(Noon - 10) + " " + Text(Noon - 10),
                "NotAuthentic 2 " + Text(Noon - 7) + " " + Text(Noon - 5));
            int changes = f.Files.Changes;
            f.Step();
            Assert.AreEqual(changes, f.Files.Changes, "once");
            f.Restart();
            f.AssertEntries(
                "Start 1 " + Text(Noon - 10) + " " + Text(Noon - 10),
                "NotAuthentic 2 " + Text(Noon - 7) + " " + Text(Noon - 5));
        }

        [TestMethod]
        public static void DatingFindsTheEntryOfItsDay()
        {
            var f = new Fixture();
            for (int i = 0; i < 3; i++)
            {
                f.Add(SecurityEvent.Start);
                f.Add(SecurityEvent.WrongUnit);
                f.Knows(Noon + (10 * i));
                f.Step();
                f.Restart();
            }

            f.AssertEntries(
                "Start 3 " + Text(Noon) + " " + Text(Noon + 20),
                "WrongUnit 3 " + Text(Noon) + " " + Text(Noon + 20));
        }

        // Seconds since a start that is over are never dated by a later one, nor counted together with its own.
        [TestMethod]
        public static void WhatWasNeverDatedStaysSo()
        {
            var f = new Fixture();
            f.Add(SecurityEvent.Start);
            f.Restart();
            f.Pass(4);
            f.Add(SecurityEvent.Start);
            f.Restart();
            f.Pass(9);
            f.Add(SecurityEvent.Start);
            f.Knows(Noon);
            f.Step();
            f.AssertEntries("Start 1 +0 +0", "Start 1 +4 +4", "Start 1 " + Text(Noon) + " " + Text(Noon));
        }

        // The same attack every day for most of a year, after two events that matter.
        [TestMethod]
        public static void WhenAllPlacesAreTakenTheCommonestEventIsToldLessFinely()
        {
            var f = new Fixture();
            f.Knows(Noon);
            f.Add(SecurityEvent.Paired);
            f.Add(SecurityEvent.BenchOrder);
            for (int i = 0; i < 300; i++)
            {
                f.Add(SecurityEvent.JoinRefused);
                f.Pass(Day);
            }

            Assert.AreEqual(SecurityLog.Capacity, f.Entries);
            f.Restart();
            Assert.AreEqual(SecurityLog.Capacity, f.Entries);
            Assert.AreEqual("Paired 1 " + Text(Noon) + " " + Text(Noon), f.Entry(0));
            Assert.AreEqual("BenchOrder 1 " + Text(Noon) + " " + Text(Noon), f.Entry(1));
            Assert.AreEqual("JoinRefused 239 " + Text(Noon) + " " + Text(Noon + (238 * Day)), f.Entry(2));
            for (int i = 3; i < SecurityLog.Capacity; i++)
            {
                string day = Text(Noon + ((236 + i) * Day));
                Assert.AreEqual("JoinRefused 1 " + day + " " + day, f.Entry(i));
            }
        }

        // A unit that restarts for ever before it knows the time.
        [TestMethod]
        public static void StartsWithoutATimePushNothingOut()
        {
            var f = new Fixture();
            f.Knows(Noon);
            f.Add(SecurityEvent.Retired);
            for (int i = 0; i < 100; i++)
            {
                f.Restart();
                f.Add(SecurityEvent.Start);
            }

            Assert.AreEqual(SecurityLog.Capacity, f.Entries);
            Assert.AreEqual("Retired 1 " + Text(Noon) + " " + Text(Noon), f.Entry(0));
            Assert.AreEqual("Start 38 +0 +0", f.Entry(1));
            f.Add(SecurityEvent.Start);
            Assert.AreEqual("Start 2 +0 +0", f.Entry(SecurityLog.Capacity - 1), "this start's own is still found");
        }

        [TestMethod]
        public static void TheRecordIsAsDocumented()
        {
            var f = new Fixture();
            f.Pass(5);
            f.Add(SecurityEvent.Start);
            f.Knows(0x2F5B3C80);
            f.Add(SecurityEvent.JoinRefused);
            f.Add(SecurityEvent.JoinRefused);
            Assert.AreEqual("01" + "01000000018000000580000005" + "16000000022F5B3C802F5B3C80", f.Record());
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("02")]
        [DataRow("02" + "01000000018000000580000005")]
        [DataRow("01" + "0100000001800000058000")]
        public static void ARecordOfAnotherFormIsNotUsed(string record)
        {
            var f = new Fixture();
            byte[] bytes = Hex.Parse(record);
            Assert.IsTrue(f.Store.Write("audit", bytes, bytes.Length));
            f.Restart();
            Assert.AreEqual(0, f.Entries);
            f.Knows(Noon);
            f.Add(SecurityEvent.Start);
            f.Restart();
            f.AssertEntries("Start 1 " + Text(Noon) + " " + Text(Noon));
        }

        [TestMethod]
        public static void AddingOnlyWakesTheLoopThatWrites()
        {
            var f = new Fixture();
            f.Knows(Noon);
            var wake = new FakeSignal(new FakeClock());
            f.Log.Notify(wake);
            f.Log.Add(SecurityEvent.Start);
            f.Log.Add(SecurityEvent.Paired);
            Assert.AreEqual(2, wake.Sets);
            Assert.AreEqual(0, f.Files.Changes, "nobody waits for the flash");

            Assert.AreEqual(Deadline.Never, f.Step());
            int changes = f.Files.Changes;
            f.Log.Add(SecurityEvent.Paired);
            f.Step();
            Assert.IsTrue(f.Files.Changes > changes, "twice is a power of two");
            changes = f.Files.Changes;
            int sets = wake.Sets;
            f.Log.Add(SecurityEvent.Paired);
            f.Step();
            f.Log.Flush();
            Assert.AreEqual(changes, f.Files.Changes, "three times is none");
            Assert.AreEqual(sets, wake.Sets);

            f.Restart();
            f.AssertEntries(
                "Start 1 " + Text(Noon) + " " + Text(Noon), "Paired 2 " + Text(Noon) + " " + Text(Noon));
        }

        // An attack must not be able to keep a broken store busy.
        [TestMethod]
        public static void WhatTheStoreRefusesIsWrittenWithTheNextEntry()
        {
            var f = new Fixture();
            f.Knows(Noon);
            f.Files.CutAfter = 0;
            f.Add(SecurityEvent.NotAuthentic);
            f.Files.CutAfter = FakeFiles.Never;
            f.Add(SecurityEvent.WrongUnit);
            f.Restart();
            f.AssertEntries(
                "NotAuthentic 1 " + Text(Noon) + " " + Text(Noon), "WrongUnit 1 " + Text(Noon) + " " + Text(Noon));
        }

        [TestMethod]
        public static void EveryPowerCutLeavesTheOldLogOrTheNewOne()
        {
            bool isWhole = false;
            int cut = 0;
            for (; !isWhole; cut++)
            {
                for (int traces = 0; traces < 2; traces++)
                {
                    var f = new Fixture();
                    f.Knows(Noon);
                    f.Add(SecurityEvent.Paired);
                    f.Files.CutAfter = cut;
                    f.Files.CutLeavesTraces = traces == 1;
                    f.Add(SecurityEvent.Retired);
                    isWhole = !f.Files.IsCut;
                    f.Files.CutAfter = FakeFiles.Never;
                    f.Restart();
                    Assert.IsTrue(f.Entries == 2 || (!isWhole && f.Entries == 1), cut.ToString());
                    Assert.AreEqual("Paired 1 " + Text(Noon) + " " + Text(Noon), f.Entry(0));
                }
            }

            Assert.IsTrue(cut > 3);
        }

        private static string Text(long time)
        {
            return time.ToString();
        }

        // docs/orders.md, "Vectors".
        [TestMethod]
        public static void TheDigestIsTheCodeOfTheDurableRecord()
        {
            var f = new Fixture();
            byte[] record = Hex.Parse("01010000000131C3D54431C3D5440C0000000131C3E35431C3E354");
            f.Store.Write("audit", record, record.Length);
            f.Restart();
            f.Knows(Noon);
            f.Log.Add(SecurityEvent.WrongUnit);
            var key = new byte[32];
            for (int i = 0; i < key.Length; i++)
            {
                key[i] = (byte)(0x40 + i);
            }

            var code = new byte[33];
            Assert.AreEqual(2, f.Log.Digest(new PortableMac(key), code, 1), "what is not durable yet is not in it");
            Assert.AreEqual("A20FEA596A76A497275F9FE136D62277094C2A4C95AE8FED807930D72575819C", Hex.Format(code, 1, 32));
            f.Store.Delete("audit");
            Assert.AreEqual(0, f.Log.Digest(new PortableMac(key), code, 1));
        }

        private sealed class Fixture : ITimeSource
        {
            private readonly FakeClock _clock = new FakeClock();
            private readonly SecurityLogEntry _entry = new SecurityLogEntry();
            private long _start;
            private bool _isKnown;

            public Fixture()
            {
                Store = new DurableStore(Files);
                Restart();
            }

            public FakeFiles Files { get; } = new FakeFiles();

            public DurableStore Store { get; }

            public SecurityLog Log { get; private set; }

            public void Restart()
            {
                _isKnown = false;
                _clock.Milliseconds = 0;
                Log = new SecurityLog(Store, _clock, this);
            }

            public void Knows(long now)
            {
                _start = now - (_clock.Milliseconds / 1000);
                _isKnown = true;
            }

            public void Pass(long seconds)
            {
                _clock.Milliseconds += seconds * 1000;
            }

            public void Add(SecurityEvent e)
            {
                Log.Add(e);
                Log.Flush();
            }

            public long Step()
            {
                return Log.Step(_clock.Milliseconds);
            }

            public bool TryTell(long at, out uint seconds)
            {
                seconds = _isKnown ? (uint)(_start + (at / 1000)) : 0;
                return _isKnown;
            }

            public string Record()
            {
                var buffer = new byte[DurableStore.MaxLength];
                int length = Store.Read("audit", buffer);
                return Hex.Format(buffer, 0, length);
            }

            /// <summary>How many entries there are.</summary>
            public int Entries
            {
                get
                {
                    int count = 0;
                    while (Log.Get(count, _entry))
                    {
                        count++;
                    }

                    return count;
                }
            }

            public string Entry(int index)
            {
                Assert.IsTrue(Log.Get(index, _entry));
                return Name(_entry.Event) + " " + _entry.Count.ToString()
                    + (_entry.IsFirstDated ? " " : " +") + _entry.First.ToString()
                    + (_entry.IsLastDated ? " " : " +") + _entry.Last.ToString();
            }

            public void AssertEntries(params string[] entries)
            {
                Assert.AreEqual(entries.Length, Entries);
                for (int i = 0; i < entries.Length; i++)
                {
                    Assert.AreEqual(entries[i], Entry(i));
                }
            }

            // The interpreter's Enum.ToString gives the number.
            private static string Name(SecurityEvent e)
            {
                switch (e)
                {
                    case SecurityEvent.Start:
                        return "Start";
                    case SecurityEvent.Paired:
                        return "Paired";
                    case SecurityEvent.NotAuthentic:
                        return "NotAuthentic";
                    case SecurityEvent.WrongUnit:
                        return "WrongUnit";
                    case SecurityEvent.Retired:
                        return "Retired";
                    case SecurityEvent.BenchOrder:
                        return "BenchOrder";
                    case SecurityEvent.JoinRefused:
                        return "JoinRefused";
                    case SecurityEvent.DatagramOutsideSession:
                        return "DatagramOutsideSession";
                    default:
                        return "?";
                }
            }
        }
    }
}
