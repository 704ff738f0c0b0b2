using System;
using System.Collections.Generic;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>The power of the metering unit goes at every point of an exchange, and at every point of the start after
    /// it.</summary>
    public class ServerPairingCutTests
    {
        private static readonly PairingKeys Old = PairingBench.Pairing(5, 1);
        private static readonly PairingKeys New = PairingBench.Pairing(6, 2);

        [TestCase(true)]
        [TestCase(false)]
        public void AfterAPowerCutAnywhereExactlyOneOfOldAndNewWorks(bool isPaired)
        {
            var before = new PairingBench();
            if (isPaired)
            {
                before.Exchange(Old);
            }

            int operations = Operations(before.Medium, out int writes);
            int cuts = 0;
            for (int operation = 0; operation < operations; operation++)
            {
                foreach (PowerCutMoment moment in Enum.GetValues<PowerCutMoment>())
                {
                    CutOnce(before.Medium, isPaired, operation, moment);
                    cuts++;
                }
            }

            TestContext.Out.WriteLine($"{operations} operations, {writes} of them durable: {cuts} cut points");
            Assert.That(writes, Is.GreaterThan(20));
            Assert.That(operations - writes, Is.GreaterThan(10));
        }

        [Test]
        public void ErasingTheOldKeysGoesOnThroughAnyNumberOfCuts()
        {
            var before = new PairingBench();
            before.Exchange(Old);
            int operations = Operations(before.Medium, out _);
            for (int operation = 0; operation < operations; operation++)
            {
                var medium = new MemoryFiles(before.Medium);
                RunCut(new PairingBench(medium), operation, PowerCutMoment.Before);
                for (int start = 0; ; start++)
                {
                    if (!StartCut(medium, start))
                    {
                        break;
                    }

                    Assert.That(new PairingSlots(new DurableStore(new MemoryFiles(medium))).Active, Is.Not.Null);
                }

                var after = new PairingBench(medium);
                bool isNew = after.State.Slots.CommittedEpoch == New.Epoch;
                Assert.That(ServerCommitTests.Holds(medium, Old.EncryptionKey), Is.EqualTo(!isNew), $"cut at {operation}");
            }
        }

        private static int Operations(MemoryFiles medium, out int writes)
        {
            var bench = new PairingBench(new MemoryFiles(medium));
            int before = bench.Power.Operations;
            writes = -bench.Power.DurableWrites;
            Run(bench, []);
            writes += bench.Power.DurableWrites;
            return bench.Power.Operations - before;
        }

        private static void CutOnce(MemoryFiles before, bool isPaired, int operation, PowerCutMoment moment)
        {
            string where = $"cut {moment} operation {operation}";
            var bench = new PairingBench(new MemoryFiles(before));
            List<uint> counters = RunCut(bench, operation, moment);
            Assert.That(bench.Server.Power.IsOff, where);
            bench.Power.Restore();
            bench.Server.Restart();

            bool isNew = bench.State.Slots.CommittedEpoch == New.Epoch;
            Assert.That(bench.State.Slots.CommittedEpoch, Is.EqualTo(isNew ? 6 : isPaired ? 5 : 0), where);
            Assert.That(bench.Works(New, counters), Is.EqualTo(isNew), where);
            Assert.That(bench.Works(Old), Is.EqualTo(isPaired && !isNew), where);
            Assert.That(ServerCommitTests.Holds(bench.Medium, Old.EncryptionKey), Is.EqualTo(isPaired && !isNew), where);

            Run(bench, counters);
            Assert.That(bench.Works(New, counters), where);
            Assert.That(bench.Works(Old), Is.False, where);
            Assert.That(bench.State.Slots.Receipt, Has.Length.EqualTo(81), where);
            Assert.That(bench.State.Slots.Tombstone, Has.Length.EqualTo(isPaired ? 39 : 0), where);
            Assert.That(counters, Is.Unique, where);
        }

        private static List<uint> RunCut(PairingBench bench, int operation, PowerCutMoment moment)
        {
            var counters = new List<uint>();
            bench.Power.CutAt(operation, moment);
            try
            {
                Run(bench, counters);
            }
            catch (Exception) when (bench.Power.IsOff)
            {
                // The client waits for an answer that does not come.
            }

            return counters;
        }

        // The exchange as a communication unit does it: see whether it is done, else ticket and commit.
        private static void Run(PairingBench bench, List<uint> counters)
        {
            ServerClient active = bench.Client(2, New);
            active.Connect();
            if (active.TakeAare(active.Request(active.Aarq())) == 13)
            {
                Assert.That(bench.Stage(New)[3], Is.Zero);
                Say(bench.Client(3, New), counters, client =>
                {
                    client.Associate();
                    Assert.That(bench.Commit(client, New)[3], Is.Zero);
                });
            }

            counters.AddRange(active.ServerCounters);
            Say(bench.Client(2, New), counters, client =>
            {
                client.Associate();
                Assert.That(client.Get(8192, PairingBench.PairingName, 3), Is.EqualTo(new byte[] { 6, 0, 0, 0, 6 }));
            });
        }

        private static void Say(ServerClient client, List<uint> counters, Action<ServerClient> what)
        {
            try
            {
                what(client);
            }
            finally
            {
                counters.AddRange(client.ServerCounters);
            }
        }

        // False when the start has fewer operations.
        private static bool StartCut(MemoryFiles medium, int operation)
        {
            var power = new PowerSupply();
            power.CutAt(operation, PowerCutMoment.Before);
            try
            {
                using var slots = new PairingSlots(new DurableStore(new PowerCutFiles(medium, power)));
                return false;
            }
            catch (PowerCutException)
            {
                return true;
            }
        }
    }
}
