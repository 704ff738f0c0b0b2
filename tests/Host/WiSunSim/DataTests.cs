using System.Linq;
using System.Text;
using NanoComm.Simulators.WiSun;
using NUnit.Framework;

namespace NanoComm.Tests.Host.WiSunSim
{
    public class DataTests
    {
        [Test]
        public void DataPassesBothWaysInASession()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "ABC"),
                Is.EqualTo(new[] { $"EVENT 21 {ModuleBench.MeterAddress} 00", "OK" }), "EVENT 21 comes before OK");
            Assert.That(bench.Take(meter), Is.EqualTo(new[]
            {
                $"ERXUDP {ModuleBench.HemsAddress} {ModuleBench.MeterAddress} 0E1A 0E1A 001D129000000002 1 0003 414243",
            }));
            bench.Send(meter, ModuleBench.HemsAddress, "abc");
            Assert.That(bench.Take(hems), Is.EqualTo(new[]
            {
                $"ERXUDP {ModuleBench.MeterAddress} {ModuleBench.HemsAddress} 0E1A 0E1A 001D129000000001 1 0003 616263",
            }));
            Assert.That(bench.Ask(hems, "SKSREG S07"), Has.Member("ESREG 00000001"));
        }

        [Test]
        public void BinaryDataComesAsItIs()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            bench.Write(meter, "WOPT 00\r");
            bench.Run(100);
            bench.TakeText(meter);
            bench.Send(hems, ModuleBench.MeterAddress, "A\r\n\0\xFF Z");
            Assert.That(bench.TakeText(meter), Does.EndWith(" 1 0007 A\r\n\0\xFF Z\r\n"));
        }

        [Test]
        public void PlainDataSaysSo()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            SimulatedModule stranger = bench.AddHems(mac: 0x001D_1290_0000_0003);
            bench.Send(hems, ModuleBench.MeterAddress, "A", 0);
            Assert.That(bench.Take(meter)[^1], Does.EndWith(" 0 0001 41"));
            bench.Send(hems, ModuleBench.MeterAddress, "A", 2);
            Assert.That(bench.Take(meter)[^1], Does.EndWith(" 1 0001 41"), "2 encrypts where it can");
            Assert.That(bench.Send(stranger, ModuleBench.MeterAddress, "A", 2)[0], Does.EndWith(" 02"));
            bench.Send(stranger, ModuleBench.MeterAddress, "A", 2);
            Assert.That(bench.Take(meter)[^1], Does.EndWith(" 001D129000000003 0 0001 41"));
            Assert.That(bench.Send(stranger, ModuleBench.MeterAddress, "A", 1), Is.EqualTo(new[] { "FAIL ER10" }));
        }

        [Test]
        public void MulticastReachesWhoHasTheKey()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            SimulatedModule stranger = bench.AddHems(mac: 0x001D_1290_0000_0003);
            const string All = "FF02:0000:0000:0000:0000:0000:0000:0001";
            Assert.That(bench.Send(meter, All, "A"), Is.EqualTo(new[] { $"EVENT 21 {All} 00", "OK" }));
            Assert.That(bench.Take(hems).Single(),
                Is.EqualTo($"ERXUDP {ModuleBench.MeterAddress} {All} 0E1A 0E1A 001D129000000001 1 0001 41"));
            Assert.That(bench.Take(stranger), Is.Empty);
            bench.Send(meter, All, "A", 0);
            Assert.That(bench.Take(stranger).Single(), Does.EndWith(" 0 0001 41"));
        }

        [Test]
        public void AnUnknownNeighbourIsLookedForInsteadOfTheDatagram()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A", 0), Is.EqualTo(new[]
            {
                $"EVENT 21 {ModuleBench.MeterAddress} 02", "OK", $"EVENT 02 {ModuleBench.MeterAddress}",
            }));
            Assert.That(bench.Take(meter), Is.EqualTo(new[] { $"EVENT 01 {ModuleBench.HemsAddress}" }));
            bench.Send(hems, ModuleBench.MeterAddress, "A", 0);
            Assert.That(bench.Take(meter), Has.Length.EqualTo(1));
        }

        [Test]
        public void NeighboursMayBeForgotten()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter(new ModuleOptions
            {
                Mac = ModuleBench.MeterMac,
                FactoryOption = 1,
                NeighbourLifetime = 30_000,
            });
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);
            Assert.That(bench.Send(meter, ModuleBench.HemsAddress, "A")[0], Does.EndWith(" 00"));
            bench.Run(30_000);
            Assert.That(bench.Send(meter, ModuleBench.HemsAddress, "A")[0], Does.EndWith(" 02"));
            Assert.That(bench.Send(meter, ModuleBench.HemsAddress, "A")[0], Does.EndWith(" 00"));
        }

        [Test]
        public void NobodyThereIsNoticed()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            bench.Air.Between(meter, hems).Lqi = 0;
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A"),
                Is.EqualTo(new[] { $"EVENT 21 {ModuleBench.MeterAddress} 01", "OK" }));
        }

        [TestCase("SKSREG S02 26")]
        [TestCase("SKSREG S03 8889")]
        public void AnotherChannelOrPanIsNobodyThere(string change)
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            bench.Type(hems, change);
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A")[0], Does.EndWith(" 01"));
            Assert.That(bench.Take(meter), Is.Empty);
        }

        [Test]
        public void LostFramesAreRepeatedAndLostDatagramsAreNot()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            AirLink link = bench.Air.Between(meter, hems);
            link.FrameLoss = 0.3;
            Assert.That(Exchange(bench, hems, meter, 300), Is.GreaterThan(290));
            link.FrameLoss = 0;
            link.DatagramLoss = 0.3;
            Assert.That(Exchange(bench, hems, meter, 300), Is.InRange(170, 250));
            Assert.That(hems.Statistics.DatagramsSent, Is.GreaterThan(590), "the sender does not know");
        }

        [Test]
        public void AFullDatagramTakesItsTime()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            long arrived = 0;
            meter.Send += _ => arrived = bench.Scheduler.Milliseconds;
            long sent = bench.Scheduler.Milliseconds;
            bench.Send(hems, ModuleBench.MeterAddress, new string('x', 1232));
            Assert.That(arrived - sent, Is.InRange(110, 130));
            Assert.That(Encoding.Latin1.GetBytes(bench.TakeText(meter)), Has.Length.GreaterThan(2464));
            bench.Air.Between(meter, hems).DelayMilliseconds = 500;
            sent = bench.Scheduler.Milliseconds;
            bench.Send(hems, ModuleBench.MeterAddress, "x");
            Assert.That(arrived - sent, Is.InRange(500, 530));
        }

        [Test]
        public void TwoThatSendAtOnceWaitForEachOther()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            long last = 0;
            bench.Write(hems, $"SKSENDTO 1 {ModuleBench.MeterAddress} 0E1A 1 04D0 {new string('x', 1232)}");
            bench.Write(meter, $"SKSENDTO 1 {ModuleBench.HemsAddress} 0E1A 1 04D0 {new string('x', 1232)}");
            hems.Send += _ => last = bench.Scheduler.Milliseconds;
            long start = bench.Scheduler.Milliseconds;
            bench.Run(1000);
            Assert.That(last - start, Is.InRange(220, 260));
            Assert.That(bench.Take(meter).Count(line => line.StartsWith("ERXUDP")), Is.EqualTo(1));
        }

        [Test]
        public void AJammedChannelSendsNothing()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            bench.Air.Jam(0x25, true);
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A")[0], Does.EndWith(" 01"));
            bench.Air.Jam(0x25, false);
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A")[0], Does.EndWith(" 00"));
            Assert.That(bench.Take(meter), Has.Length.EqualTo(1));
        }

        [Test]
        public void APortWithoutListenerHearsNothing()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            bench.Send(hems, ModuleBench.MeterAddress, "A", 1, "0E1B");
            Assert.That(bench.Take(meter), Is.Empty);
            Assert.That(meter.Statistics.NoListener, Is.EqualTo(1));
            bench.Type(meter, "SKUDPPORT 3 0E1B");
            bench.Take(meter);
            bench.Send(hems, ModuleBench.MeterAddress, "A", 1, "0E1B");
            Assert.That(bench.Take(meter).Single(), Does.Contain(" 0E1A 0E1B "));
        }

        [Test]
        public void PingIsAnsweredUnlessItIsForbidden()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            Assert.That(bench.Ask(hems, "SKPING " + ModuleBench.MeterAddress, 1000),
                Is.EqualTo(new[] { "OK", $"EPONG {ModuleBench.MeterAddress}" }));
            Assert.That(bench.Take(meter), Is.EqualTo(new[] { $"EVENT 05 {ModuleBench.HemsAddress}" }));
            bench.Type(meter, "SKSREG SA1 0");
            Assert.That(bench.Ask(hems, "SKPING " + ModuleBench.MeterAddress, 1000), Is.EqualTo(new[] { "OK" }));
        }

        [Test]
        public void LinkQualityAndPowerAreOneThing()
        {
            var link = new AirLink { Dbm = -80 };
            Assert.That(link.Lqi, Is.EqualTo(0x58));
            Assert.That(link.Dbm, Is.EqualTo(-80).Within(0.2));
            link.Attenuate(29);
            Assert.That(link.Lqi, Is.Zero, "out of range");
        }

        private static (SimulatedModule Meter, SimulatedModule Hems) Joined(ModuleBench bench)
        {
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);
            return (meter, hems);
        }

        private static int Exchange(ModuleBench bench, SimulatedModule from, SimulatedModule to, int count)
        {
            bench.Take(to);
            for (int i = 0; i < count; i++)
            {
                bench.Send(from, to.Address.ToString(), "A");
            }

            return bench.Take(to).Count(line => line.StartsWith("ERXUDP") && line.EndsWith(" 41"));
        }
    }
}
