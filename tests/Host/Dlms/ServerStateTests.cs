using System;
using System.Collections.Generic;
using NUnit.Framework;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Host.Dlms
{
    public class ServerStateTests
    {
        [Test]
        public void CountersAreReservedAheadAndNeverUsedTwice()
        {
            var files = new MemoryFiles();
            var seen = new HashSet<uint>();
            for (int start = 0; start < 5; start++)
            {
                KeyRecord keys = new ServerBench(null, files).State.Pairing;
                for (int i = 0; i < 1500; i++)
                {
                    Assert.That(keys.TryTakeCounter(out uint counter), Is.True);
                    Assert.That(seen.Add(counter), Is.True, $"{counter} twice");
                }
            }
        }

        // A folder without a unit is told from one that lost its identity, whenever the power was cut.
        [Test]
        public void AUnitWhoseMakingWasCutShortSaysSo([Values] PowerCutMoment moment)
        {
            int change = 0;
            bool isWhole = false;
            while (!isWhole)
            {
                var medium = new MemoryFiles();
                var power = new PowerSupply();
                power.CutAt(change++, moment);
                isWhole = TryMake(new DurableStore(new PowerCutFiles(medium, power)));

                var store = new DurableStore(medium);
                bool isUnit = MeteringUnitState.Load(store) != null;
                bool isNew = store.Read("slot-a", new byte[DurableStore.MaxLength]) < 0;
                Assert.That(isUnit || isNew || MeteringUnitState.IsCutShort(store), $"cut at change {change}");
                Assert.That(isUnit && MeteringUnitState.IsCutShort(store), Is.False, "a unit is never made anew");
                Assert.That(TryMake(store) && MeteringUnitState.Load(store) != null, $"not made after a cut at change {change}");
            }

            Assert.That(change, Is.GreaterThan(10));
        }

        private static bool TryMake(IDurableStore store)
        {
            try
            {
                var bench = new ServerBench();
                return MeteringUnitState.Make(store, ServerBench.ServerTitle, "S1", bench.Pairing, bench.Utility) != null;
            }
            catch (PowerCutException)
            {
                return false;
            }
        }

        [Test]
        public void TheLastCounterIsNeverSent()
        {
            // The record as its documentation lays it out, the reserved counter at its end.
            var store = new DurableStore(new MemoryFiles());
            byte[] record = [0, 0, 0, 7, .. new byte[8 + 16 + 32], 0xFF, 0xFF, 0xFF, 0xFD];
            store.Write("slot-a", record, record.Length);
            KeyRecord keys = KeyRecord.Load(store, "slot-a");

            Assert.That(keys.TryTakeCounter(out uint counter), Is.True);
            Assert.That(counter, Is.EqualTo(0xFFFFFFFD));
            Assert.That(keys.TryTakeCounter(out counter), Is.True);
            Assert.That(counter, Is.EqualTo(0xFFFFFFFE));
            Assert.That(keys.TryTakeCounter(out _), Is.False);
            Assert.That(KeyRecord.Load(store, "slot-a").TryTakeCounter(out _), Is.False, "nor after a restart");
        }

        [Test]
        public void NothingIsSentUnderACounterThatTheStoreDidNotTake()
        {
            var store = new RefusingStore();
            var bench = new ServerBench();
            MeteringUnitState state = MeteringUnitState.Make(store, ServerBench.ServerTitle, "S1", bench.Pairing, null);
            store.Refuses = true;
            var server = new MeteringUnitServer(bench.Energy, state, bench.Clock, new SeededRandom(1));
            var client = new ServerClient(server, 2, bench.Pairing, ServerBench.ServerTitle);
            client.Connect();

            Assert.That(client.TakeAare(client.Request(client.Aarq())), Is.EqualTo(1), "no association");
            store.Refuses = false;
            client.Associate();
        }

        [Test]
        public void TheSamePairingAgainDoesNotStartItsCounterAgain()
        {
            var bench = new ServerBench();
            bench.State.Pairing.TryTakeCounter(out _);

            Assert.That(bench.State.Pair(bench.Pairing), Is.True);
            bench.State.Pairing.TryTakeCounter(out uint counter);
            Assert.That(counter, Is.EqualTo(1));
        }

        [Test]
        public void SwitchIdentityAndLogSurviveARestart()
        {
            var bench = new ServerBench();
            bench.State.SetGranularity(15);
            bench.State.Events.Add(ServerBench.Start, SecurityEventCode.AccessDenied);
            bench.Server.Restart();

            Assert.That(bench.State.Granularity, Is.EqualTo(15));
            Assert.That(bench.State.SerialNumber, Is.EqualTo("SIM000000001"));
            Assert.That(bench.State.SystemTitle, Is.EqualTo(ServerBench.ServerTitle));
            Assert.That(bench.Count(SecurityEventCode.AccessDenied), Is.EqualTo(1));
        }

        [TestCase("")]
        [TestCase("SIM0000000001")]
        [TestCase("計量部")]
        public void ASerialNumberThatNoUnitHasIsRefused(string serial)
        {
            var store = new DurableStore(new MemoryFiles());

            Assert.Throws<ArgumentException>(
                () => MeteringUnitState.Make(store, ServerBench.ServerTitle, serial, null, null));
        }

        [Test]
        public void TheLogCannotBeFloodedNorTheStoreWornOut()
        {
            var files = new PowerCutFiles();
            var bench = new ServerBench(null, files);
            bench.State.Events.Add(bench.Energy.Instant, SecurityEventCode.Committed);
            int changes = files.Power.DurableWrites;
            for (int i = 0; i < 100_000; i++)
            {
                bench.State.Events.Add(bench.Energy.Instant.AddSeconds(i % 3600),
                    (SecurityEventCode)((int)SecurityEventCode.AuthenticationFailed + (i % 4)));
            }

            Assert.That(bench.Count(SecurityEventCode.Committed), Is.EqualTo(1), "still there");
            Assert.That(bench.Count(SecurityEventCode.AuthenticationFailed), Is.EqualTo(25_000));
            Assert.That(files.Power.DurableWrites - changes, Is.LessThan(4 * 16 * 4));
            bench.Server.Restart();
            Assert.That(bench.Count(SecurityEventCode.AuthenticationFailed), Is.InRange(12_500, 25_000));
        }

        [Test]
        public void TheLogIsReadNewestFirst()
        {
            var bench = new ServerBench();
            bench.State.Events.Add(bench.Energy.Instant, SecurityEventCode.AccessDenied);
            bench.State.Events.Add(bench.Energy.Instant, SecurityEventCode.AccessDenied);
            ServerClient client = bench.Associated();

            byte[] rows = client.Get(7, "0.0.99.98.0.255", 2);
            Assert.That(rows[..6], Is.EqualTo(new byte[] { 1, 3, 2, 3, 9, 12 }));
            Assert.That(rows[18..25], Is.EqualTo(new byte[] { 17, 2, 6, 0, 0, 0, 1 }), "associated");
            Assert.That(rows[41..48], Is.EqualTo(new byte[] { 17, 7, 6, 0, 0, 0, 2 }), "denied, twice");
            Assert.That(rows[64..71], Is.EqualTo(new byte[] { 17, 1, 6, 0, 0, 0, 1 }), "power up");
        }

        [Test]
        public void APowerCutAnywhereLeavesOldOrNewAndNoCounterTwice()
        {
            int points = 0;
            foreach (PowerCutMoment moment in Enum.GetValues<PowerCutMoment>())
            {
                for (int cut = 0; ; cut++)
                {
                    if (!Live(cut, moment))
                    {
                        break;
                    }

                    points++;
                }
            }

            TestContext.Out.WriteLine($"{points} cut points");
            Assert.That(points, Is.GreaterThan(100));
        }

        // One life with a power cut, and the one after it. False when the cut came too late to happen.
        private static bool Live(int cut, PowerCutMoment moment)
        {
            var files = new PowerCutFiles();
            files.Power.CutAt(cut, moment);
            var counters = new HashSet<uint>();
            ServerBench bench = null;
            var next = new PairingKeys(8, Convert.FromHexString("4E43430000000009"), ServerBench.Key(0x20),
                ServerBench.Key(0x60));
            bool isCut = false;
            byte granularity = 30;
            bool isPairedAnew = false;
            try
            {
                bench = new ServerBench(null, files);
                for (int i = 0; i < 3; i++)
                {
                    Talk(bench, bench.Client(), counters);
                    bench.Server.Restart();
                }

                bench.State.SetGranularity(5);
                granularity = 5;
                bench.State.Pair(next);
                isPairedAnew = true;
            }
            catch (PowerCutException)
            {
                isCut = true;
            }

            files.Power.Restore();
            var after = new ServerBench(null, files);
            string where = $"cut {cut}, {moment}";
            Assert.That(after.State.SystemTitle, Is.EqualTo(ServerBench.ServerTitle), where);
            Assert.That(after.State.Granularity, Is.AnyOf(granularity, (byte)5), where);
            bool isNew = after.State.Pairing.IsSame(next);
            Assert.That(isNew || after.State.Pairing.IsSame(after.Pairing), Is.True, where);
            Assert.That(isNew || !isPairedAnew, Is.True, where);
            var survivor = new ServerClient(after.Server, 2, isNew ? next : after.Pairing,
                ServerBench.ServerTitle) { Counter = 0x10000 };
            Talk(after, survivor, isNew ? [] : counters);
            return isCut;
        }

        private static void Talk(ServerBench bench, ServerClient client, HashSet<uint> counters)
        {
            try
            {
                client.Associate();
                client.Get(8, "0.0.1.0.0.255", 2);
            }
            finally
            {
                foreach (uint counter in client.ServerCounters)
                {
                    Assert.That(counters.Add(counter), Is.True, $"counter {counter} twice");
                }
            }
        }

        private sealed class RefusingStore : IDurableStore
        {
            private readonly DurableStore _store = new(new MemoryFiles());

            public bool Refuses { get; set; }

            public int Read(string name, byte[] buffer)
            {
                return _store.Read(name, buffer);
            }

            public int LengthOf(string name)
            {
                return _store.LengthOf(name);
            }

            public bool Write(string name, byte[] buffer, int length)
            {
                return !Refuses && _store.Write(name, buffer, length);
            }

            public bool Delete(string name)
            {
                return !Refuses && _store.Delete(name);
            }
        }
    }
}
