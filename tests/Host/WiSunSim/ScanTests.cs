using System;
using System.Linq;
using NanoComm.Simulators.WiSun;
using NUnit.Framework;

namespace NanoComm.Tests.Host.WiSunSim
{
    public class ScanTests
    {
        private const int AllChannelsDuration4 = 28 * 170;

        [Test]
        public void TheBeaconOfTheRightPairingIdIsFound()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Air.Between(meter, hems).Lqi = 0xE1;
            string[] said = bench.Ask(hems, "SKSCAN 2 FFFFFFFF 4", AllChannelsDuration4 - 1);
            Assert.That(said, Is.EqualTo(new[]
            {
                "OK",
                $"EVENT 20 {ModuleBench.HemsAddress}",
                "EPANDESC",
                "  Channel:25",
                "  Channel Page:09",
                "  Pan ID:8888",
                "  Addr:001D129000000001",
                "  LQI:E1",
                "  PairID:" + ModuleBench.PairingId,
            }));
            bench.Run(1);
            Assert.That(bench.Take(hems), Is.EqualTo(new[] { $"EVENT 22 {ModuleBench.HemsAddress}" }));
        }

        [Test]
        public void AnotherPairingIdFindsNothingUnlessItIsNotAskedFor()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Type(hems, "SKSREG S0A 00000000");
            Assert.That(bench.Ask(hems, "SKSCAN 2 FFFFFFFF 4", 10_000),
                Is.EqualTo(new[] { "OK", $"EVENT 22 {ModuleBench.HemsAddress}" }));
            Assert.That(meter.Statistics.Beacons, Is.Zero);
            string[] said = bench.Ask(hems, "SKSCAN 3 FFFFFFFF 4", 10_000);
            Assert.That(said, Has.Member("  Addr:001D129000000001"));
            Assert.That(said.Any(line => line.Contains("PairID")), Is.False, "only mode 2 shows it");
        }

        [Test]
        public void ACoordinatorThatMayNotAnswerIsNotFound()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Type(meter, "SKSREG S15 0");
            Assert.That(bench.Ask(hems, "SKSCAN 2 FFFFFFFF 4", 10_000), Has.Length.EqualTo(2));
            bench.Type(meter, "SKSREG S15 1");
            Assert.That(bench.Ask(hems, "SKSCAN 2 FFFFFFFF 4", 10_000), Has.Member("EPANDESC"));
        }

        [Test]
        public void OnlyTheChannelsOfTheMaskAreScanned()
        {
            using var bench = new ModuleBench();
            bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            Assert.That(bench.Ask(hems, "SKSCAN 2 0000000F 4", (4 * 170) - 1), Is.EqualTo(new[] { "OK" }));
            bench.Run(1);
            Assert.That(bench.Take(hems), Has.Length.EqualTo(1));
            Assert.That(bench.Ask(hems, "SKSCAN 2 00000010 4", 170), Has.Member("  Channel:25"));
        }

        [Test]
        public void OutOfRangeNothingIsFound()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Air.Between(meter, hems).Lqi = 0;
            Assert.That(bench.Ask(hems, "SKSCAN 2 FFFFFFFF 5", 20_000), Has.Length.EqualTo(2));
        }

        [Test]
        public void AnEnergyScanShowsTheLevelOfEachChannel()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            bench.Air.SetEnergy(0x22, 0xA0);
            Assert.That(bench.Ask(module, "SKSCAN 0 00000007 4", 1000), Is.EqualTo(new[]
            {
                "OK", $"EVENT 1F {ModuleBench.HemsAddress}", "EEDSCAN", "21 04 22 A0 23 04",
            }));
        }

        [Test]
        public void DuringAScanNothingElseIsSentOrHeard()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);
            bench.Type(hems, "SKSCAN 2 FFFFFFFF 6");
            Assert.That(bench.Ask(hems, "SKSCAN 2 FFFFFFFF 6"), Is.EqualTo(new[] { "FAIL ER10" }));
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A"), Is.EqualTo(new[] { "FAIL ER10" }));
            Assert.That(bench.Send(meter, ModuleBench.HemsAddress, "A"),
                Is.EqualTo(new[] { $"EVENT 21 {ModuleBench.HemsAddress} 01", "OK" }));
            bench.Run(20_000);
            Assert.That(bench.Send(meter, ModuleBench.HemsAddress, "A")[0], Does.EndWith(" 00"));
        }

        // So do programs of the field: they join at the first beacon.
        [Test]
        public void AJoinDuringAScanWaitsForItsEnd()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Type(hems, "SKSCAN 2 FFFFFFFF 4");
            string[] early = bench.Ask(hems, "SKJOIN " + ModuleBench.MeterAddress, 1000);
            Assert.That(early, Does.Contain("OK"));
            Assert.That(early, Has.None.StartsWith("EVENT 25").And.None.StartsWith("FAIL"));
            Assert.That(hems.SessionPeer, Is.Null);

            bench.Run(10_000);
            string[] said = bench.Take(hems);
            int scanEnd = Array.FindIndex(said, line => line.StartsWith("EVENT 22", StringComparison.Ordinal));
            int joined = Array.FindIndex(said, line => line.StartsWith("EVENT 25", StringComparison.Ordinal));
            Assert.That(scanEnd, Is.Not.Negative.And.LessThan(joined));
            Assert.That(hems.SessionPeer, Is.EqualTo(meter.Address));
        }
    }
}
