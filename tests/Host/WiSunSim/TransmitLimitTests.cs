using System.Linq;
using NanoComm.Simulators.WiSun;
using NUnit.Framework;

namespace NanoComm.Tests.Host.WiSunSim
{
    /// <summary>Whoever is not heard sends everything four times, and reaches the limit soon.</summary>
    public class TransmitLimitTests
    {
        private const int Limit = 360_000;
        private static readonly string Full = new('x', 1232);

        [Test]
        public void SixMinutesWithinAnHourAreTheLimit()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);
            bench.Air.Between(meter, hems).Lqi = 0;
            long start = bench.Scheduler.Milliseconds;
            SendUntilLimited(bench, hems);
            Assert.That(hems.TransmitMillisecondsOfHour, Is.InRange(Limit, Limit + 600));
            Assert.That(bench.Scheduler.Milliseconds - start, Is.LessThan(3_600_000));
            Assert.That(bench.Ask(hems, "SKSREG SFB"), Is.EqualTo(new[] { "ESREG 1", "OK" }));
            Assert.That(bench.Ask(hems, "SKSREG SFD")[0], Is.EqualTo($"ESREG {hems.TransmitMilliseconds:X16}"));

            bench.Air.Between(meter, hems).Lqi = 0x80;
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A")[0], Does.EndWith(" 01"));
            Assert.That(meter.Statistics.DatagramsReceived, Is.Zero);

            bench.Run(start + 3_540_000 - bench.Scheduler.Milliseconds);
            Assert.That(hems.IsLimited, Is.True);
            bench.Take(hems);
            bench.Run(180_000);
            Assert.That(hems.IsLimited, Is.False);
            Assert.That(bench.Take(hems), Has.Member($"EVENT 33 {ModuleBench.HemsAddress}"));
        }

        [Test]
        public void JoiningAgainAndSkresetDoNotHelpAndPowerDoes()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);
            bench.Air.Between(meter, hems).Lqi = 0;
            SendUntilLimited(bench, hems);
            bench.Ask(hems, "SKTERM", 60_000);
            Assert.That(hems.IsLimited, Is.True);
            bench.Ask(hems, "SKRESET", 100);
            Assert.That(hems.IsLimited, Is.True);
            hems.GlitchPower();
            Assert.That(hems.IsLimited, Is.False);
        }

        [Test]
        public void WithoutTheLimitTheAccountIsKeptAllTheSame()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);
            bench.Air.Between(meter, hems).Lqi = 0;
            bench.Type(hems, "SKSREG SFA 0");
            for (int i = 0; i < 800; i++)
            {
                Send(bench, hems);
            }

            Assert.That(hems.TransmitMillisecondsOfHour, Is.GreaterThan(Limit));
            Assert.That(hems.IsLimited, Is.False);
            bench.Ask(hems, "SKSREG SFA 1");
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "A")[0], Does.StartWith("EVENT 32"));
        }

        [Test]
        public void SendingMayBeRefusedInsteadOfFailing()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.Add(new ModuleOptions { RefusesWhileLimited = true });
            bench.Type(module, "SKSREG SFE 0");
            module.Faults.IsLimited = true;
            Assert.That(bench.Send(module, ModuleBench.MeterAddress, "A", 0)[^1], Is.EqualTo("FAIL ER10"));
        }

        private static void SendUntilLimited(ModuleBench bench, SimulatedModule hems)
        {
            for (int i = 0; i < 800 && !hems.IsLimited; i++)
            {
                Send(bench, hems);
            }

            Assert.That(bench.Take(hems).Count(line => line == $"EVENT 32 {ModuleBench.HemsAddress}"), Is.EqualTo(1));
        }

        private static void Send(ModuleBench bench, SimulatedModule hems)
        {
            bench.Write(hems, $"SKSENDTO 1 {ModuleBench.MeterAddress} 0E1A 1 04D0 {Full}");
            bench.Run(600);
        }
    }
}
