using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using NanoComm.Hal.Host;
using NanoComm.Rig;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using NUnit.Framework;
using static NanoComm.Tests.Scenarios.ExchangeSite;
using Ticket = NanoComm.Keys.Ticket;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The exchange through power cuts: one at every point there is, and many at points left to chance.</summary>
    [Parallelizable]
    internal static class ExchangeCutTests
    {
        private const int OldUnit = 1;
        private const int NewUnit = 2;
        private const uint OldEpoch = 100;
        private const uint NewEpoch = 200;

        [Test]
        public static void A_power_cut_at_any_point_leaves_the_old_pairing_or_the_new_one_and_the_exchange_completes(
            [Values] PowerSide side, [Values] bool areBothCut)
        {
            Scene scene = Scene.Make();
            (int durable, int messages) = Count(scene, side);
            int points = 0;
            var time = Stopwatch.StartNew();
            foreach (PowerCutMoment moment in Enum.GetValues<PowerCutMoment>())
            {
                for (int operation = 0; operation < durable + messages; operation++)
                {
                    Cut(new Scene(scene), side, areBothCut, operation, moment);
                    points++;
                }
            }

            TestContext.Out.WriteLine($"{side}{(areBothCut ? " and the other side" : "")}: {durable} durable operations, "
                + $"{messages} messages, {points} cut points in {time.Elapsed.TotalSeconds:0.0} s");
            Assert.That(durable, Is.GreaterThan(15));
            Assert.That(messages, Is.GreaterThan(10));
        }

        [TestCase(1, 1000)]
        public static void Exchanges_in_a_row_with_random_faults_never_part_the_two_sides(int seed, int count)
        {
            const int units = 3;
            var random = new Random(seed);
            var site = new ExchangeSite(seed);
            var watch = new CounterWatch();
            var run = new ExchangeRun(site.Point, watch, seed);
            MemoryFiles[] files = Enumerable.Range(1, units).Select(MakeUnit).ToArray();
            var used = new List<(int Unit, Ticket Ticket)>();
            var time = Stopwatch.StartNew();
            uint epoch = 0;
            run.Prepare = unit => MakeFaults(unit, site.Point, run, random);
            for (int i = 0; i < count; i++)
            {
                int number = 1 + random.Next(units);
                epoch += 1 + (uint)random.Next(3);
                Ticket ticket = site.Issue(number, epoch);
                PairingKeys keys = site.KeysOf(ticket);
                watch.Know(keys);
                run.IsShared = random.Next(3) == 0;
                if (used.Count > 0 && random.Next(4) == 0)
                {
                    // An old ticket, to whoever it was for: nothing comes of it.
                    (int replayed, Ticket old) = used[random.Next(used.Count)];
                    Give(files[replayed - 1], old);
                }

                Give(files[number - 1], ticket);
                run.Complete(files[number - 1], keys);
                used.Add((number, ticket));
                int other = 1 + random.Next(units);
                Assert.That(run.WouldRead(files[other - 1]), Is.EqualTo(other == number), $"exchange {i}");
                Assert.That(watch.UsedTwice, Is.Empty, $"exchange {i}");
                Assert.That(watch.Strange, Is.Empty, $"exchange {i}");
            }

            TestContext.Out.WriteLine($"{count} exchanges, {run.Cuts} power cuts, {watch.Count} counters, last epoch "
                + $"{epoch}, in {time.Elapsed.TotalSeconds:0.0} s");
            Assert.That(run.Cuts, Is.GreaterThan(count / 4));
        }

        // The points that an exchange without a cut passes.
        private static (int Durable, int Messages) Count(Scene scene, PowerSide side)
        {
            var copy = new Scene(scene);
            var run = new ExchangeRun(copy.Point, copy.Watch(), 1);
            PowerSupply power = side == PowerSide.Unit ? run.UnitPower : copy.Point.Power;
            (int durable, int messages) = (power.DurableWrites, power.MessagesSent);
            run.Complete(copy.NewFiles, copy.NewKeys);
            return (power.DurableWrites - durable, power.MessagesSent - messages);
        }

        private static void Cut(Scene scene, PowerSide side, bool areBothCut, int operation, PowerCutMoment moment)
        {
            CounterWatch watch = scene.Watch();
            var run = new ExchangeRun(scene.Point, watch, 1) { IsShared = areBothCut };
            PowerSupply power = side == PowerSide.Unit ? run.UnitPower : scene.Point.Power;
            power.CutAt(operation, moment);
            bool wasCommitted = false;
            run.Restarted = () =>
            {
                bool isCommitted = scene.Point.Server.State.Slots.CommittedEpoch == NewEpoch;
                Assert.That(scene.Point.Server.State.Pairing.IsSame(isCommitted ? scene.NewKeys : scene.OldKeys));
                Assert.That(run.WouldRead(scene.OldFiles), Is.EqualTo(!isCommitted), "the old unit");
                Assert.That(isCommitted || !wasCommitted);
                wasCommitted = isCommitted;
            };
            string where = $"{side}, both: {areBothCut}, cut {moment} operation {operation}";
            try
            {
                run.Complete(scene.NewFiles, scene.NewKeys);
            }
            catch (Exception problem) when (problem is not AssertionException)
            {
                throw new InvalidOperationException(where, problem);
            }

            Assert.That(run.Cuts, Is.EqualTo(1), where);
            Assert.That(run.WouldRead(scene.OldFiles), Is.False, where);
            Assert.That(watch.UsedTwice, Is.Empty, where);
            Assert.That(watch.Strange, Is.Empty, where);
            Assert.That(Record(scene.NewFiles, "receipt"), Is.EqualTo(scene.Point.Server.State.Slots.Receipt), where);
            foreach (string left in new[] { "ticket-in", "ticket-a", "ticket-b" })
            {
                Assert.That(Record(scene.NewFiles, left), Is.Empty, where);
            }
        }

        // In one life of a unit.
        private static void MakeFaults(SimulatedUnit unit, MeteringPoint point, ExchangeRun run, Random random)
        {
            const int operations = 90;
            foreach (LineFaults line in new[] { unit.Line.ToFar, unit.Line.ToNear })
            {
                switch (random.Next(8))
                {
                    case 0:
                        line.BitError = 1e-4;
                        break;
                    case 1:
                        line.Drop = 1e-3;
                        break;
                    case 2:
                        line.Double = 1e-3;
                        break;
                    case 3:
                        line.Cut = 2e-2;
                        break;
                }
            }

            if (random.Next(3) == 0)
            {
                run.UnitPower.CutAt(random.Next(operations), (PowerCutMoment)random.Next(3));
            }

            if (random.Next(3) == 0)
            {
                point.Power.CutAt(random.Next(operations), (PowerCutMoment)random.Next(3));
            }
        }

        /// <summary>An exchange about to begin: the old unit is paired and reads, the new one has its ticket.</summary>
        private sealed class Scene
        {
            public Scene(Scene other)
                : this(other.Point.Files, other.OldFiles, other.NewFiles, other.OldKeys, other.NewKeys)
            {
            }

            private Scene(MemoryFiles meterFiles, MemoryFiles oldFiles, MemoryFiles newFiles, PairingKeys oldKeys,
                PairingKeys newKeys)
            {
                Point = new MeteringPoint(1, Start, new MemoryFiles(meterFiles));
                OldFiles = new MemoryFiles(oldFiles);
                NewFiles = new MemoryFiles(newFiles);
                OldKeys = oldKeys;
                NewKeys = newKeys;
            }

            public MeteringPoint Point { get; }

            public MemoryFiles OldFiles { get; }

            public MemoryFiles NewFiles { get; }

            public PairingKeys OldKeys { get; }

            public PairingKeys NewKeys { get; }

            public static Scene Make()
            {
                var site = new ExchangeSite(1);
                MemoryFiles oldFiles = MakeUnit(OldUnit);
                MemoryFiles newFiles = MakeUnit(NewUnit);
                Ticket first = site.Issue(OldUnit, OldEpoch);
                Ticket second = site.Issue(NewUnit, NewEpoch);
                Give(oldFiles, first);
                Give(newFiles, second);
                var watch = new CounterWatch();
                watch.Know(site.KeysOf(first));
                new ExchangeRun(site.Point, watch, 1).Complete(oldFiles, site.KeysOf(first));
                return new Scene(site.Point.Files, oldFiles, newFiles, site.KeysOf(first), site.KeysOf(second));
            }

            public CounterWatch Watch()
            {
                var watch = new CounterWatch();
                watch.Know(OldKeys);
                watch.Know(NewKeys);
                return watch;
            }
        }
    }
}
