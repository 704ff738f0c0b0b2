using System.Linq;
using NanoComm.Simulators.WiSun;
using NUnit.Framework;

namespace NanoComm.Tests.Host.WiSunSim
{
    /// <summary>Every fault does what it says, and nothing more than that.</summary>
    public class FaultTests
    {
        private static readonly string[] Version = ["EVER 1.2.10", "OK"];

        [Test]
        public void GarbageComesAtStart()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            module.Faults.GarbageAtStart = 40;
            module.GlitchPower();
            bench.Run(1000);
            Assert.That(bench.TakeText(module), Has.Length.EqualTo(40));
            bench.Ask(module, "SKSREG SFE 0");
            Assert.That(bench.Ask(module, "SKVER"), Is.EqualTo(Version));
        }

        [Test]
        public void APowerGlitchForgetsEverythingAndPrintsNothing()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            meter.GlitchPower();
            bench.Type(meter, "SKVER");
            bench.Run(200);
            Assert.That(bench.TakeText(meter), Is.Empty, "deaf while it starts");
            Assert.That(meter.SessionPeer, Is.Null);
            Assert.That(bench.Ask(meter, "SKREJOIN"), Is.EqualTo(new[] { "SKREJOIN", "FAIL ER10" }), "echo is on again");
            bench.Send(hems, ModuleBench.MeterAddress, "A");
            Assert.That(bench.Take(meter), Is.Empty);
            Assert.That(meter.PowerUps, Is.EqualTo(1));
        }

        [Test]
        public void AnOkMayBeLost()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            module.Faults.LosesOk = 1;
            Assert.That(bench.Ask(module, "SKVER", 1000), Is.EqualTo(Version[..1]));
            Assert.That(bench.Ask(module, "NOPE"), Is.EqualTo(new[] { "FAIL ER04" }));
        }

        [Test]
        public void AnOkMayBeLateAndIsOvertaken()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            module.Faults.DelaysOk = 700;
            Assert.That(bench.Ask(module, "SKVER", 699), Is.EqualTo(Version[..1]));
            bench.Type(module, "SKLL64 001D129000000001");
            bench.Run(1);
            Assert.That(bench.Take(module), Is.EqualTo(new[] { ModuleBench.MeterAddress, "OK" }));
        }

        [Test]
        public void OkMayComeBeforeTheEvent()
        {
            using var bench = new ModuleBench();
            (_, SimulatedModule hems) = Joined(bench);
            hems.Faults.OkBeforeEvent = true;
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A"),
                Is.EqualTo(new[] { "OK", $"EVENT 21 {ModuleBench.MeterAddress} 00" }));
        }

        [Test]
        public void SendingMayFailOrSolicit([Values("01", "02")] string told)
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            hems.Faults.SendFails = told == "01" ? 1 : 0;
            hems.Faults.SendSolicits = told == "02" ? 1 : 0;
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A"),
                Is.EqualTo(new[] { $"EVENT 21 {ModuleBench.MeterAddress} {told}", "OK" }));
            Assert.That(bench.Take(meter), Is.Empty);
            Assert.That(bench.Ask(hems, "SKREJOIN", 3000)[^1], Does.StartWith("EVENT 25"), "PANA is not the host's");
        }

        [Test]
        public void AStuckParserSwallows()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            module.Faults.SwallowsBytes = 20;
            Assert.That(bench.Ask(module, "SKVER", 1000), Is.Empty);
            Assert.That(bench.Ask(module, "SKVER", 1000), Is.Empty);
            bench.Type(module, "123456", string.Empty);
            Assert.That(bench.Ask(module, "SKVER", 1000), Is.EqualTo(Version));
        }

        [Test]
        public void ADeadModuleIsRevivedByItsResetLineAndNothingElse()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            meter.Faults.DiesAfter = 3_600_000;
            bench.Run(3_500_000);
            Assert.That(bench.Ask(meter, "SKVER"), Is.EqualTo(Version));
            bench.Run(100_000);
            Assert.That(bench.Ask(meter, "SKVER", 1000), Is.Empty);
            Assert.That(bench.Ask(meter, "SKRESET", 100_000), Is.Empty);
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A")[0], Does.EndWith(" 01"));
            Assert.That(bench.Take(meter), Is.Empty);

            meter.Reset.Set(true);
            bench.Run(1000);
            Assert.That(bench.Ask(meter, "SKVER", 1000), Is.Empty, "held");
            meter.Reset.Set(false);
            bench.Run(500);
            Assert.That(bench.Ask(meter, "SKVER"), Has.Member(Version[0]));
            bench.Run(3_600_000);
            Assert.That(bench.Ask(meter, "SKVER"), Is.Empty, "and dies again");
        }

        [Test]
        public void ADeadModuleSaysNothingOfWhatItBegan()
        {
            using var bench = new ModuleBench();
            SimulatedModule hems = bench.AddHems();
            bench.Type(hems, "SKSCAN 2 FFFFFFFF 6");
            bench.Take(hems);
            hems.Faults.IsDead = true;
            bench.Run(100_000);
            Assert.That(bench.Take(hems), Is.Empty);
            hems.GlitchPower();
            bench.Run(100_000);
            Assert.That(bench.Ask(hems, "SKVER"), Has.Member(Version[0]));
            Assert.That(hems.Statistics.Events(0x22), Is.Zero);
        }

        [Test]
        public void SkresetMayNotHelp()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            module.Faults.IgnoresReset = true;
            Assert.That(bench.Ask(module, "SKRESET", 100), Is.EqualTo(new[] { "OK" }));
            Assert.That(bench.Ask(module, "SKSREG S03"), Is.EqualTo(new[] { "ESREG 8888", "OK" }));
        }

        [Test]
        public void TheLimitMayBeHeldOnWhateverOneDoes()
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            hems.Faults.IsLimited = true;
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A"), Is.EqualTo(new[]
            {
                $"EVENT 32 {ModuleBench.HemsAddress}", $"EVENT 21 {ModuleBench.MeterAddress} 01", "OK",
            }));
            Assert.That(bench.Ask(hems, "SKSREG SFB"), Is.EqualTo(new[] { "ESREG 1", "OK" }));
            bench.Ask(hems, "SKRESET", 100);
            bench.Run(3_600_000);
            Assert.That(bench.Ask(hems, "SKSREG SFB"), Has.Member("ESREG 1"));
            hems.Faults.IsLimited = false;
            bench.Take(hems);
            bench.Run(60_000);
            Assert.That(bench.Take(hems), Is.EqualTo(new[] { $"EVENT 33 {ModuleBench.HemsAddress}" }));
            Assert.That(meter.Statistics.DatagramsReceived, Is.Zero);
        }

        [Test]
        public void PanaMayDieAfterDaysUntilARestart([Values] bool isAtMeter)
        {
            using var bench = new ModuleBench();
            (SimulatedModule meter, SimulatedModule hems) = Joined(bench);
            SimulatedModule bad = isAtMeter ? meter : hems;
            bad.Faults.PanaDiesAfter = 2 * 86_400_000;
            bench.Run(bad.Faults.PanaDiesAfter - 5000);
            Assert.That(hems.Statistics.Refreshes, Is.GreaterThan(230));
            Assert.That(meter.Statistics.Events(0x29), Is.Zero);
            bench.Run(1_000_000);
            Assert.That(meter.Statistics.Events(0x29), Is.EqualTo(1));
            Assert.That(hems.Statistics.Events(0x24), Is.EqualTo(1), "the renewal that failed");
            Assert.That(hems.Statistics.Events(0x29), Is.EqualTo(1));
            Assert.That(bench.Ask(hems, "SKJOIN " + ModuleBench.MeterAddress, 60_000)[^1], Does.StartWith("EVENT 24"));
            bad.GlitchPower();
            bad.Faults.PanaDiesAfter = 0;
            bench.Run(1000);
            bench.Type(bad, "SKSREG SFE 0", "SKSETPWD C " + ModuleBench.Password, "SKSETRBID " + ModuleBench.Id,
                "SKSREG S02 25", "SKSREG S03 8888");
            if (isAtMeter)
            {
                bench.Type(meter, "SKSTART");
            }

            bench.Join(hems, meter);
        }

        [Test]
        public void AfterJoiningThereMayBeSilence([Values] bool isAtMeter)
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            SimulatedModule bad = isAtMeter ? meter : hems;
            bad.Faults.IsSilentAfterJoin = true;
            bench.Join(hems, meter);
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A")[0], Does.EndWith(" 00"));
            Assert.That(bench.Send(meter, ModuleBench.HemsAddress, "A")[0], Does.EndWith(" 00"));
            Assert.That(bench.Take(hems).Any(line => line.StartsWith("ERXUDP")), Is.False);
            Assert.That(hems.Statistics.DatagramsReceived + meter.Statistics.DatagramsReceived, Is.Zero);
        }

        [Test]
        public void LinesMayComeInPieces()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            int pieces = 0;
            module.Send += _ => pieces++;
            module.Faults.SplitsLines = 1;
            for (int i = 0; i < 50; i++)
            {
                Assert.That(bench.Ask(module, "SKVER", 1000), Is.EqualTo(Version));
            }

            Assert.That(pieces, Is.GreaterThan(200));
        }

        [Test]
        public void LinesMayBeCutOff()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            module.Faults.TruncatesLines = 1;
            for (int i = 0; i < 50; i++)
            {
                bench.Type(module, "SKVER");
                Assert.That(bench.TakeText(module), Does.Not.Contain("\n"));
            }
        }

        [Test]
        public void BitsMayFlip()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            module.Faults.FlipsBits = 0.1;
            const string Clean = "EVER 1.2.10\r\nOK\r\n";
            int flipped = 0;
            for (int i = 0; i < 100; i++)
            {
                bench.Type(module, "SKVER");
                string said = bench.TakeText(module);
                Assert.That(said, Has.Length.EqualTo(Clean.Length));
                flipped += said.Zip(Clean).Count(pair => pair.First != pair.Second);
            }

            Assert.That(flipped, Is.InRange(100, 240));
        }

        [Test]
        public void EmptyLinesMayComeInBetween()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            module.Faults.StrayLines = 1;
            bench.Type(module, "SKVER");
            Assert.That(bench.TakeText(module), Is.EqualTo("\r\nEVER 1.2.10\r\n\r\nOK\r\n"));
        }

        [Test]
        public void TheEchoMayStayOn()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            module.Faults.AlwaysEchoes = true;
            Assert.That(bench.Ask(module, "SKVER"), Is.EqualTo(new[] { "SKVER", "EVER 1.2.10", "OK" }));
        }

        private static (SimulatedModule Meter, SimulatedModule Hems) Joined(ModuleBench bench)
        {
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);
            return (meter, hems);
        }
    }
}
