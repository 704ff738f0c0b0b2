using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NanoComm.Hal.Host;
using NanoComm.Simulators.WiSun;
using NanoComm.Tests.Host.WiSunSim;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Air
{
    /// <summary>What <c>air</c> tells of its modules, and what its options do to the air, in virtual time.</summary>
    internal static class AirSiteTests
    {
        private const string MeterAddress = ModuleBench.MeterAddress;
        private const string Other = "FE80:0000:0000:0000:021D:1290:0000:0003";

        // SKJOIN that nobody answers takes fifteen seconds.
        private const int Patience = 20_000;

        private static readonly AirSettings Settings = new() { Module = "/m", Dongles = ["/one", "/other"], Seed = 1 };

        [Test]
        public static void Who_joins_is_refused_leaves_and_is_started_anew_is_told_once_and_by_its_port()
        {
            using var bench = new Bench(Settings);
            AirPort one = bench.Site.Ports[1];
            AirPort other = bench.Site.Ports[2];
            bench.SetUp();
            Assert.That(bench.Take(), Is.Empty, "nothing has happened in the air yet");

            bench.Type(one, "SKJOIN " + MeterAddress);
            bench.Type(other, "SKJOIN " + MeterAddress);
            Assert.That(bench.Take(), Is.EqualTo(new[]
            {
                $"joined: dongle /one has joined {MeterAddress}",
                $"refused: dongle /other does not get in at {MeterAddress}",
            }));

            bench.Type(one, "SKREJOIN");
            bench.Type(one, "SKTERM");
            bench.Type(other, "SKJOIN " + MeterAddress);
            Assert.That(bench.Take(), Is.EqualTo(new[]
            {
                $"renewed: dongle /one has renewed its session with {MeterAddress}",
                "left: dongle /one has no session any more: it was ended",
                $"joined: dongle /other has joined {MeterAddress}",
            }));

            // The meter's unit loses its power and comes back: its module is set up by a program that knows of no session.
            bench.Type(bench.Site.Unit, "SKRESET");
            Assert.That(bench.Take(), Is.EqualTo(new[]
            {
                $"restart: module /m is started anew by its host, and knows nothing of its session with {Other} any more",
            }));
            Assert.That(bench.Site.Count().Ports.Select(port => (port.Role, port.Port, port.Peer, port.Sessions)), Is.EqualTo(new[]
            {
                ("module", "/m", null, 2L),
                ("dongle", "/one", null, 1L),
                ("dongle", "/other", MeterAddress, 1L),
            }));
        }

        [Test]
        public static void A_controller_that_is_gone_is_missed_by_the_module_alone()
        {
            using var bench = new Bench(Settings);
            bench.SetUp();
            bench.Type(bench.Site.Ports[1], "SKJOIN " + MeterAddress);
            bench.Type(bench.Site.Ports[1], "SKRESET");
            bench.Take();

            bench.Type(bench.Site.Unit, "SKTERM");
            Assert.That(bench.Take(), Is.EqualTo(new[] { $"left: module /m has no session any more: {ModuleBench.HemsAddress} did not say goodbye" }));
        }

        // From the first frame on; and what is lost is counted.
        [TestCase(1, 0, 0)]
        [TestCase(0, 1, 1)]
        public static void Where_everything_is_lost_nobody_gets_in(double frames, double datagrams, int least)
        {
            using var bench = new Bench(Settings with { FrameLoss = frames, DatagramLoss = datagrams });
            bench.SetUp();
            bench.Type(bench.Site.Ports[1], "SKJOIN " + MeterAddress);
            Assert.That(bench.Take(), Is.EqualTo(new[] { $"refused: dongle /one does not get in at {MeterAddress}" }));
            AirCounts counts = bench.Site.Count();
            Assert.That(counts.Frames, Is.GreaterThan(1));
            Assert.That(counts.DatagramsLost, frames == 1 ? Is.Zero : Is.AtLeast(least));
        }

        [Test]
        public static void One_seed_loses_the_same_and_another_one_others()
        {
            string Lose(int seed)
            {
                using var bench = new Bench(Settings with { Seed = seed, FrameLoss = 0.3, DatagramLoss = 0.3, Delay = 20, Dbm = -90 });
                bench.SetUp();
                bench.Type(bench.Site.Ports[1], "SKJOIN " + MeterAddress);
                return $"{bench.Site.Dbm:F1} dBm, {bench.Site.Count()}";
            }

            Assert.That(Lose(1), Does.StartWith("-90.0 dBm").And.EqualTo(Lose(1)));
            Assert.That(Enumerable.Range(2, 5).Select(Lose).Distinct().Count(), Is.GreaterThan(1));
        }

        /// <summary>An air in virtual time, its modules typed to by hand.</summary>
        private sealed class Bench : IDisposable
        {
            private static readonly string[] Same =
            [
                "SKSREG SFE 0", "SKSETPWD C " + ModuleBench.Password, "SKSETRBID " + ModuleBench.Id, "SKSREG S02 25", "SKSREG S03 8888",
            ];

            private readonly VirtualScheduler _scheduler = new(1);
            private readonly List<string> _told = [];

            public Bench(AirSettings settings)
            {
                Site = new AirSite(new VirtualAirClock(_scheduler), settings);
                Site.Told += (kind, text, _) => _told.Add($"{kind}: {text}");
            }

            public AirSite Site { get; }

            /// <summary>The module lets people in, and the dongles are ready to join it.</summary>
            public void SetUp()
            {
                foreach (AirPort port in Site.Ports)
                {
                    Type(port, Same);
                }

                Type(Site.Unit, "SKSTART");
            }

            public void Type(AirPort port, params string[] lines)
            {
                foreach (string line in lines)
                {
                    port.Module.Receive(Encoding.ASCII.GetBytes(line + "\r\n"));
                }

                _scheduler.RunUntil(_scheduler.Milliseconds + Patience);
            }

            /// <summary>What was told since the last call.</summary>
            public string[] Take()
            {
                string[] told = [.. _told];
                _told.Clear();
                return told;
            }

            public void Dispose() => _scheduler.Dispose();
        }
    }
}
