using System;
using System.Collections.Generic;
using System.Text;
using NanoComm.Simulators.WiSun;
using NUnit.Framework;

namespace NanoComm.Tests.Host.WiSunSim
{
    /// <summary>Whatever a host sends: no exception, no growth, and the module works afterwards.</summary>
    public class FuzzTests
    {
        private const int Inputs = 1_000_000;

        [Test]
        public void NoInputBreaksAModule([Values] ModuleDialect dialect)
        {
            var random = new Random(7 + (int)dialect);
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems(dialect);
            long said = 0;
            hems.Send += bytes => said += bytes.Length;
            byte[][] corpus = Corpus(dialect);
            long before = GC.GetTotalMemory(true);
            for (int i = 0; i < Inputs / 2; i++)
            {
                hems.Receive(Mutate(corpus[random.Next(corpus.Length)], random));
                if (random.Next(16) == 0)
                {
                    bench.Run(random.Next(200));
                    bench.TakeText(hems);
                    bench.TakeText(meter);
                }
            }

            bench.Run(600_000);
            bench.TakeText(hems);
            bench.TakeText(meter);
            Assert.That(GC.GetTotalMemory(true) - before, Is.LessThan(2_000_000));
            Assert.That(said, Is.GreaterThan(Inputs));
            Assert.That(hems.Statistics.Commands, Is.GreaterThan(Inputs / 10));
            Assert.That(hems.Statistics.Commands - hems.Statistics.Failures, Is.GreaterThan(Inputs / 100),
                "mutations that are still commands");

            hems.GlitchPower();
            bench.Run(1000);
            bench.Type(hems, "SKSREG SFE 0", "SKSETPWD C " + ModuleBench.Password, "SKSETRBID " + ModuleBench.Id,
                "SKSREG S02 25", "SKSREG S03 8888");
            bench.Type(meter, "SKSTART");
            bench.Join(hems, meter);
        }

        [Test]
        public void NoPanaMessageBreaksAModule()
        {
            var random = new Random(9);
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.AddHems();
            SimulatedModule thief = bench.AddHems(mac: 0x001D_1290_0000_0003);
            var recorded = new List<byte[]>();
            bench.Air.Sent += frame =>
            {
                if (frame.DestinationPort == 716)
                {
                    recorded.Add((byte[])frame.Payload.Clone());
                }
            };
            bench.Join(hems, meter);
            bench.Ask(hems, "SKREJOIN", 3000);
            bench.Ask(hems, "SKTERM", 3000);
            byte[][] corpus = recorded.ToArray();
            bench.Join(hems, meter);
            bench.Send(thief, ModuleBench.MeterAddress, "A", 0);
            bench.Send(thief, ModuleBench.HemsAddress, "A", 0);
            for (int i = 0; i < 20_000; i++)
            {
                byte[] message = Mutate(corpus[random.Next(corpus.Length)], random);
                string to = random.Next(2) == 0 ? ModuleBench.MeterAddress : ModuleBench.HemsAddress;
                thief.Receive(Encoding.Latin1.GetBytes($"SKSENDTO 2 {to} 02CC 0 {message.Length:X4} "));
                thief.Receive(message);
                bench.Run(50);
                bench.TakeText(thief);
                bench.TakeText(meter);
                bench.TakeText(hems);
            }

            Assert.That(meter.SessionPeer, Is.EqualTo(hems.Address), "nobody got in or threw anybody out");
            bench.Send(hems, ModuleBench.MeterAddress, "A");
            Assert.That(bench.Take(meter)[^1], Does.EndWith(" 1 0001 41"));
        }

        private static byte[][] Corpus(ModuleDialect dialect)
        {
            string side = dialect == ModuleDialect.C2 ? " 0" : string.Empty;
            string[] lines =
            [
                "SKSREG SFE 0\r\n", "SKSREG SFE 1\r\n", "SKSREG S02 25\r\n", "SKSREG S03 8888\r\n", "SKSREG S0A\r\n",
                "SKSREG SFD\r\n", "SKINFO\r\n", "SKVER\r\n", "SKAPPVER\r\n", "SKRESET\r\n", "SKSTART\r\n",
                $"SKJOIN {ModuleBench.MeterAddress}\r\n", "SKREJOIN\r\n", "SKTERM\r\n",
                $"SKPING {ModuleBench.MeterAddress}\r\n", $"SKSCAN 2 FFFFFFFF 0{side}\r\n",
                $"SKSCAN 0 FFFFFFFF 0{side}\r\n", $"SKSCAN 3 0000FFFF 4{side}\r\n", "SKLL64 001D129000000001\r\n",
                $"SKADDNBR {ModuleBench.MeterAddress} 001D129000000001\r\n", $"SKSETPWD C {ModuleBench.Password}\r\n",
                $"SKSETRBID {ModuleBench.Id}\r\n", "SKSETPSK 10 00112233445566778899AABBCCDDEEFF\r\n",
                $"SKREGDEV {ModuleBench.MeterAddress}\r\n", $"SKRMDEV {ModuleBench.MeterAddress}\r\n",
                "SKUDPPORT 3 1234\r\n", "SKTABLE 1\r\n", "SKTABLE 2\r\n", "SKTABLE E\r\n", "SKSAVE\r\n", "SKLOAD\r\n",
                "SKERASE\r\n", "ROPT\r", "WOPT 00\r", "WOPT 01\r", "RUART\r", "WUART 00\r", "\r\n", "\r", "\n",
                $"SKSENDTO 1 {ModuleBench.MeterAddress} 0E1A 2{side} 0005 12345",
                $"SKSENDTO 1 {ModuleBench.MeterAddress} 0E1A 0{side} 0010 0123456789\r\n\r\n\r\n",
            ];
            return Array.ConvertAll(lines, Encoding.Latin1.GetBytes);
        }

        private static byte[] Mutate(byte[] original, Random random)
        {
            var bytes = new List<byte>(original);
            for (int i = random.Next(3); i > 0 && bytes.Count > 0; i--)
            {
                int at = random.Next(bytes.Count);
                switch (random.Next(5))
                {
                    case 0:
                        bytes[at] ^= (byte)(1 << random.Next(8));
                        break;
                    case 1:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 2:
                        bytes.RemoveRange(at, random.Next(bytes.Count - at) + 1);
                        break;
                    case 3:
                        bytes.InsertRange(at, bytes.GetRange(at, random.Next(bytes.Count - at) + 1));
                        break;
                    default:
                        bytes.Insert(at, (byte)random.Next(256));
                        break;
                }
            }

            return bytes.Count > 0 ? bytes.ToArray() : [0];
        }
    }
}
