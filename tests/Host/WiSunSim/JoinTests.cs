using System.Linq;
using NanoComm.Simulators.WiSun;
using NUnit.Framework;

namespace NanoComm.Tests.Host.WiSunSim
{
    public class JoinTests
    {
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
            Assert.That(bench.Take(meter).Where(line => line.StartsWith("EVENT") && !line.StartsWith("EVENT 21")),
                Is.EqualTo(new[] { $"EVENT 01 {ModuleBench.HemsAddress}", $"EVENT 25 {ModuleBench.HemsAddress}" }));
            Assert.That(hems.SessionPeer, Is.EqualTo(meter.Address));
            Assert.That(meter.SessionPeer, Is.EqualTo(hems.Address));
        }

        [Test]
        public void DataPassesBothWaysInASession()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            bench.Join(hems, meter);

            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "ABC"),
                Is.EqualTo(new[] { $"EVENT 21 {ModuleBench.MeterAddress} 00", "OK" }));
            Assert.That(bench.Take(meter), Is.EqualTo(new[]
            {
                $"ERXUDP {ModuleBench.HemsAddress} {ModuleBench.MeterAddress} 0E1A 0E1A 001D129000000002 1 0003 414243",
            }));
            Assert.That(bench.Send(meter, ModuleBench.HemsAddress, "abc"), Has.Length.EqualTo(2));
            Assert.That(bench.Take(hems), Is.EqualTo(new[]
            {
                $"ERXUDP {ModuleBench.MeterAddress} {ModuleBench.HemsAddress} 0E1A 0E1A 001D129000000001 1 0003 616263",
            }));
        }
    }
}
