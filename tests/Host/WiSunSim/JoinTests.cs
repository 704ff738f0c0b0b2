using System.Collections.Generic;
using System.Linq;
using NanoComm.Simulators.WiSun;
using NUnit.Framework;

namespace NanoComm.Tests.Host.WiSunSim
{
    public class JoinTests
    {
        private const int Lifetime = 60;

        [Test]
        public void JoiningShowsWhatRecordedJoinsShow()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();

            string[] said = bench.Ask(hems, "SKJOIN " + ModuleBench.MeterAddress, 3000);

            const string From = $"ERXUDP {ModuleBench.MeterAddress} {ModuleBench.HemsAddress} 02CC 02CC "
                + "001D129000000001 0 ";
            const string Sent = $"EVENT 21 {ModuleBench.MeterAddress} 00";
            Assert.That(said.Select(line => line.StartsWith(From) ? line[..(From.Length + 4)] : line), Is.EqualTo(
                new[]
                {
                    "OK",
                    $"EVENT 21 {ModuleBench.MeterAddress} 02",
                    $"EVENT 02 {ModuleBench.MeterAddress}",
                    From + "0028", Sent,
                    From + "0068", Sent,
                    From + "0054", Sent,
                    From + "0058", Sent,
                    $"EVENT 25 {ModuleBench.MeterAddress}",
                }));
            Assert.That(Events(bench.Take(meter)),
                Is.EqualTo(new[] { $"01 {ModuleBench.HemsAddress}", $"25 {ModuleBench.HemsAddress}" }));
            Assert.That(hems.SessionPeer, Is.EqualTo(meter.Address));
            Assert.That(meter.SessionPeer, Is.EqualTo(hems.Address));
        }

        [TestCase(FailedJoinEvent.Event24, "24 " + ModuleBench.HemsAddress)]
        [TestCase(FailedJoinEvent.Nothing)]
        public void AWrongPasswordIsRejected(FailedJoinEvent shown, params string[] meterEvents)
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter(new ModuleOptions
            {
                Mac = ModuleBench.MeterMac,
                FactoryOption = 1,
                FailedJoin = shown,
            });
            SimulatedModule hems = bench.AddHems();
            bench.Type(hems, "SKSETPWD C 0123456789AA");
            string[] said = bench.Ask(hems, "SKJOIN " + ModuleBench.MeterAddress, 30_000);
            Assert.That(Events(said)[^1], Is.EqualTo("24 " + ModuleBench.MeterAddress));
            Assert.That(Events(bench.Take(meter)).Skip(1), Is.EqualTo(meterEvents));
            Assert.That(hems.SessionPeer ?? meter.SessionPeer, Is.Null);
            Assert.That(meter.Statistics.Rejected, Is.EqualTo(1));
            bench.Type(hems, "SKSETPWD C " + ModuleBench.Password);
            bench.Join(hems, meter);
        }

        [Test]
        public void AWrongIdFailsEvenWhereTheMeterIsKnown()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Type(hems, "SKSETRBID F" + ModuleBench.Id[1..]);
            string[] said = bench.Ask(hems, "SKJOIN " + ModuleBench.MeterAddress, 60_000);
            Assert.That(Events(said)[^1], Is.EqualTo("24 " + ModuleBench.MeterAddress));
            Assert.That(meter.SessionPeer, Is.Null);
            Assert.That(Events(bench.Take(meter))[^1], Is.EqualTo("24 " + ModuleBench.HemsAddress));
        }

        [Test]
        public void NobodyThereFailsAfterFifteenSeconds()
        {
            using var bench = new ModuleBench();
            SimulatedModule hems = bench.AddHems();
            string[] said = bench.Ask(hems, "SKJOIN " + ModuleBench.MeterAddress, 14_999);
            Assert.That(said.Skip(1), Is.All.EqualTo($"EVENT 21 {ModuleBench.MeterAddress} 02"));
            Assert.That(bench.Ask(hems, "SKJOIN " + ModuleBench.MeterAddress), Is.EqualTo(new[] { "FAIL ER10" }));
            bench.Run(1);
            Assert.That(bench.Take(hems), Is.EqualTo(new[] { $"EVENT 24 {ModuleBench.MeterAddress}" }));
        }

        [Test]
        public void ASecondHemsIsRefusedWhileTheFirstIsInAndMayJoinThen()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule first = bench.AddHems();
            SimulatedModule second = bench.AddHems(mac: 0x001D_1290_0000_0003);
            bench.Join(first, meter);

            string[] said = bench.Ask(second, "SKJOIN " + ModuleBench.MeterAddress, 30_000);
            Assert.That(Events(said)[^1], Is.EqualTo("24 " + ModuleBench.MeterAddress));
            Assert.That(meter.Statistics.Refused, Is.GreaterThan(0));
            Assert.That(meter.SessionPeer, Is.EqualTo(first.Address));
            Assert.That(bench.Send(first, ModuleBench.MeterAddress, "A")[0], Does.EndWith(" 00"));

            bench.Ask(first, "SKTERM", 3000);
            bench.Join(second, meter);
        }

        [Test]
        public void TheSameHemsMayJoinAfreshDuringItsSession()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);
            bench.Ask(hems, "SKRESET", 100);
            bench.Type(hems, "SKSREG SFE 0", "SKSETPWD C " + ModuleBench.Password, "SKSETRBID " + ModuleBench.Id,
                "SKSREG S02 25", "SKSREG S03 8888");
            bench.Join(hems, meter);
            bench.Send(hems, ModuleBench.MeterAddress, "A");
            Assert.That(bench.Take(meter), Has.Length.EqualTo(1));
        }

        [Test]
        public void TheClientRenewsItsSessionAtEightyPercent()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Type(meter, $"SKSREG S16 {Lifetime:X}");
            bench.Join(hems, meter);
            bench.Run((Lifetime * 800) - 3500);
            Assert.That(hems.Statistics.Refreshes, Is.Zero);
            bench.Take(hems);
            bench.Run(3000);
            Assert.That(Events(bench.Take(hems)), Is.EqualTo(new[] { "25 " + ModuleBench.MeterAddress }));
            Assert.That(Events(bench.Take(meter)), Is.EqualTo(new[] { "25 " + ModuleBench.HemsAddress }));
            bench.Send(hems, ModuleBench.MeterAddress, "A");
            Assert.That(bench.Take(meter)[^1], Does.EndWith(" 1 0001 41"));
            bench.Run(3_600_000);
            Assert.That(hems.Statistics.Refreshes, Is.EqualTo(meter.Statistics.Refreshes).And.GreaterThan(70));
            Assert.That(meter.Statistics.Events(0x29), Is.Zero);
        }

        [Test]
        public void WithoutRenewalTheSessionExpiresAtBothEnds()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Type(meter, $"SKSREG S16 {Lifetime:X}");
            bench.Type(hems, "SKSREG S17 0");
            bench.Join(hems, meter);
            bench.Run(Lifetime * 1000);
            Assert.That(bench.Take(hems), Is.EqualTo(new[] { $"EVENT 29 {ModuleBench.MeterAddress}" }));
            Assert.That(bench.Take(meter), Is.EqualTo(new[] { $"EVENT 29 {ModuleBench.HemsAddress}" }));
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A"), Is.EqualTo(new[] { "FAIL ER10" }));
            Assert.That(bench.Ask(hems, "SKREJOIN"), Is.EqualTo(new[] { "FAIL ER10" }));
            bench.Join(hems, meter);
        }

        [Test]
        public void RejoinRenewsAtOnce()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);
            string[] said = bench.Ask(hems, "SKREJOIN", 3000);
            Assert.That(said[0], Is.EqualTo("OK"));
            Assert.That(said[^1], Is.EqualTo($"EVENT 25 {ModuleBench.MeterAddress}"));
            Assert.That(meter.Statistics.Refreshes, Is.EqualTo(1));
            Assert.That(meter.Statistics.Sessions, Is.EqualTo(1));
        }

        [Test]
        public void EitherEndMayEndTheSession([Values] bool isByClient)
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);
            SimulatedModule one = isByClient ? hems : meter;
            SimulatedModule other = isByClient ? meter : hems;
            Assert.That(Events(bench.Ask(one, "SKTERM", 3000)), Is.EqualTo(new[] { "27 " + other.Address }));
            Assert.That(Events(bench.Take(other)), Is.EqualTo(new[] { "26 " + one.Address, "27 " + one.Address }));
            Assert.That(hems.SessionPeer ?? meter.SessionPeer, Is.Null);
        }

        [Test]
        public void EndingASessionWithNobodyEndsItAnyway([Values] bool isByClient)
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);
            bench.Air.Between(meter, hems).Lqi = 0;
            SimulatedModule one = isByClient ? hems : meter;
            string[] said = bench.Ask(one, "SKTERM", 60_000);
            Assert.That(Events(said)[^1], Does.StartWith("28 "));
            Assert.That(one.SessionPeer, Is.Null);
        }

        [Test]
        public void StartingTheCoordinatorAgainForgetsTheSession()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);
            bench.Type(meter, "SKSTART");
            Assert.That(meter.SessionPeer, Is.Null);
            bench.Send(hems, ModuleBench.MeterAddress, "A");
            Assert.That(bench.Take(meter), Is.EqualTo(new[] { "OK" }), "what it cannot decipher it does not show");
            Assert.That(meter.Statistics.Undecipherable, Is.EqualTo(1));
            bench.Join(hems, meter);
        }

        [Test]
        public void JoiningGetsThroughABadAir()
        {
            using var bench = new ModuleBench(5);
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            AirLink link = bench.Air.Between(meter, hems);
            link.DatagramLoss = 0.2;
            link.FrameLoss = 0.2;
            link.DelayMilliseconds = 30;
            int joined = 0;
            for (int i = 0; i < 100; i++)
            {
                bench.Ask(hems, "SKJOIN " + ModuleBench.MeterAddress, 20_000);
                joined += hems.SessionPeer != null ? 1 : 0;
            }

            Assert.That(joined, Is.GreaterThan(80));
            Assert.That(bench.Air.DatagramsLost, Is.GreaterThan(100));
        }

        // Without EVENT 21, which come with every PANA message.
        private static string[] Events(IEnumerable<string> said)
        {
            return said.Where(line => line.StartsWith("EVENT ") && !line.StartsWith("EVENT 21"))
                .Select(line => line["EVENT ".Length..]).ToArray();
        }
    }
}
