using System.Linq;
using NanoComm.Simulators.WiSun;
using NUnit.Framework;

namespace NanoComm.Tests.Host.WiSunSim
{
    /// <summary>Sessions typed by hand, against the reference line by line.</summary>
    public class CommandTests
    {
        private const string Ok = "OK";

        [Test]
        public void A1AnswersAsTheReferenceSays()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.Add(new ModuleOptions { Mac = ModuleBench.HemsMac });
            bench.Type(module, "SKSREG SFE 0");
            Assert.That(bench.TakeText(module), Is.EqualTo("SKSREG SFE 0\r\nOK\r\n"), "echo is on after a reset");

            Check(bench, module, "SKVER", "EVER 1.2.10", Ok);
            Check(bench, module, "SKAPPVER", "EAPPVER rev26e", Ok);
            Check(bench, module, "SKINFO", $"EINFO {ModuleBench.HemsAddress} 001D129000000002 21 FFFF FFFE", Ok);
            Check(bench, module, "SKSETPWD C " + ModuleBench.Password, Ok);
            Check(bench, module, "SKSETRBID " + ModuleBench.Id, Ok);
            Check(bench, module, "SKSREG S0A", "ESREG " + ModuleBench.PairingId, Ok);
            Check(bench, module, "SKSREG S02 33", Ok);
            Check(bench, module, "SKSREG S02", "ESREG 33", Ok);
            Check(bench, module, "SKSREG S3 8888", Ok);
            Check(bench, module, "SKSREG S03", "ESREG 8888", Ok);
            Check(bench, module, "SKSREG S01", "ESREG 001D129000000002", Ok);
            Check(bench, module, "SKSREG S07", "ESREG 00000000", Ok);
            Check(bench, module, "SKSREG S15", "ESREG 0", Ok);
            Check(bench, module, "SKSREG S16", "ESREG 00000384", Ok);
            Check(bench, module, "SKSREG S17", "ESREG 1", Ok);
            Check(bench, module, "SKSREG SFB", "ESREG 0", Ok);
            Check(bench, module, "SKSREG SFD", "ESREG 0000000000000000", Ok);
            Check(bench, module, "SKLL64 001D129012345678", "FE80:0000:0000:0000:021D:1290:1234:5678");
            Check(bench, module, "SKADDNBR FE80:0000:0000:0000:021D:1290:1234:5678 001D129012345678", Ok);
            Check(bench, module, "SKTABLE 1", "EADDR", ModuleBench.HemsAddress, Ok);
            Check(bench, module, "SKTABLE 2", "ENEIGHBOR",
                "FE80:0000:0000:0000:021D:1290:1234:5678 001D129012345678 FFFF", Ok);
            Check(bench, module, "SKUDPPORT 3 0E1B", Ok);
            Check(bench, module, "SKTABLE E", "EPORT", "3610", "716", "3611", "0", "0", "0", "3610", "0", "0", "0", Ok);
            Check(bench, module, "SKREGDEV FE80:0000:0000:0000:021D:1290:1234:5678", Ok);
            Check(bench, module, "SKRMDEV FE80:0000:0000:0000:021D:1290:1234:5678", Ok);
            Check(bench, module, "SKSETPSK 10 00112233445566778899AABBCCDDEEFF", Ok);
            Check(bench, module, "SKSTART", Ok);
            Check(bench, module, "SKSREG S15", "ESREG 1", Ok);
            Assert.That(module.Statistics.Failures, Is.Zero);
        }

        [Test]
        public void C2AnswersInItsOwnWay()
        {
            using var bench = new ModuleBench();
            SimulatedModule meter = bench.AddMeter();
            SimulatedModule hems = bench.Add(new ModuleOptions
            {
                Mac = ModuleBench.HemsMac,
                Dialect = ModuleDialect.C2,
                FactoryOption = 1,
            });
            Check(bench, hems, "SKSREG SFE 0", "SKSREG SFE 0", Ok);
            Check(bench, hems, "SKINFO", $"EINFO {ModuleBench.HemsAddress} 001D129000000002 21 FFFF 0", Ok);
            Check(bench, hems, "SKSETPWD C " + ModuleBench.Password, Ok);
            Check(bench, hems, "SKSETRBID " + ModuleBench.Id, Ok);
            Check(bench, hems, "SKSCAN 2 FFFFFFFF 4", "FAIL ER05");
            Assert.That(bench.Ask(hems, "SKSCAN 2 FFFFFFFF 4 0", 6000), Is.EqualTo(new[]
            {
                Ok,
                $"EVENT 20 {ModuleBench.HemsAddress} 0",
                "EPANDESC",
                "  Channel:25",
                "  Channel Page:09",
                "  Pan ID:8888",
                "  Addr:001D129000000001",
                "  LQI:80",
                "  Side:0",
                "  PairID:" + ModuleBench.PairingId,
                $"EVENT 22 {ModuleBench.HemsAddress} 0",
            }));
            Check(bench, hems, "SKSREG S2 25", Ok);
            Check(bench, hems, "SKSREG S3 8888", Ok);
            string[] join = bench.Ask(hems, "SKJOIN " + ModuleBench.MeterAddress, 3000);
            Assert.That(join[1], Is.EqualTo($"EVENT 21 {ModuleBench.MeterAddress} 0 02"));
            Assert.That(join[2], Is.EqualTo($"EVENT 02 {ModuleBench.MeterAddress} 0"));
            Assert.That(join[3], Does.Match($"^ERXUDP {ModuleBench.MeterAddress} {ModuleBench.HemsAddress} 02CC 02CC "
                + "001D129000000001 0 0 0028 [0-9A-F]{80}$"));
            Assert.That(join[^1], Is.EqualTo($"EVENT 25 {ModuleBench.MeterAddress} 0"));

            bench.Take(meter);
            Assert.That(bench.Send(hems, ModuleBench.MeterAddress, "hello"),
                Is.EqualTo(new[] { $"EVENT 21 {ModuleBench.MeterAddress} 0 00", Ok }));
            Assert.That(bench.Take(meter).Single(), Does.EndWith(" 1 0005 68656C6C6F"));
            bench.Send(meter, ModuleBench.HemsAddress, "a");
            Assert.That(bench.Take(hems).Single(), Does.EndWith(" 001D129000000001 1 0 0001 61"));
            Check(bench, hems, "SKSREG SA2 1", Ok);
            bench.Send(meter, ModuleBench.HemsAddress, "a");
            Assert.That(bench.Take(hems).Single(), Does.EndWith(" 001D129000000001 80 1 0 0001 61"));
            Check(bench, hems, "SKSTART", "FAIL ER10");
        }

        [TestCase("NOPE", 4)]
        [TestCase("skver", 4)]
        [TestCase("SKVER 1", 5)]
        [TestCase("SKSREG", 5)]
        [TestCase("SKSREG S02 20", 6)]
        [TestCase("SKSREG S02 3D", 6)]
        [TestCase("SKSREG S03 10000", 6)]
        [TestCase("SKSREG S0A 1234567", 6)]
        [TestCase("SKSREG S16 3B", 6)]
        [TestCase("SKSREG S15 2", 6)]
        [TestCase("SKSREG S07 0", 6)]
        [TestCase("SKSREG S99", 6)]
        [TestCase("SKSREG SFE x", 6)]
        [TestCase("SKTERM", 10)]
        [TestCase("SKREJOIN", 10)]
        [TestCase("SKLOAD", 10)]
        [TestCase("SKJOIN FE80::1", 6)]
        [TestCase("SKSCAN 2 FFFFFFFF", 5)]
        [TestCase("SKSCAN 2 FFFFFFFF 6 0", 5)]
        [TestCase("SKSCAN 1 FFFFFFFF 6", 6)]
        [TestCase("SKSCAN 2 FFFFFFF 6", 6)]
        [TestCase("SKSCAN 2 FFFFFFFF F", 6)]
        [TestCase("SKLL64 001D1290123456", 6)]
        [TestCase("SKSETRBID 0123", 6)]
        [TestCase("SKSETPWD 0 A", 6)]
        [TestCase("SKSETPSK 11 00112233445566778899AABBCCDDEEFF", 6)]
        [TestCase("SKUDPPORT 7 0E1A", 6)]
        [TestCase("SKTABLE 9", 6)]
        [TestCase("SKRMDEV FE80:0000:0000:0000:021D:1290:1234:5678", 10)]
        [TestCase("SKSENDTO 1", 5)]
        public void WhatIsWrongFails(string line, int error)
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            Check(bench, module, line, $"FAIL ER{error:D2}");
            Assert.That(module.Statistics.Failures, Is.EqualTo(1));
            Check(bench, module, "SKVER", "EVER 1.2.10", Ok);
        }

        [Test]
        public void ALineThatIsTooLongIsAUartError()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            Check(bench, module, new string('A', 5000), "FAIL ER09");
            Check(bench, module, "SKVER", "EVER 1.2.10", Ok);
        }

        [Test]
        public void AReturnEndsALineAndTheRepliesOfTheProductsOwnCommands()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.Add();
            bench.Write(module, "ROPT\r");
            Assert.That(bench.TakeText(module), Is.EqualTo("ROPT\r\nOK 00\r"));
            bench.Type(module, "SKSREG SFE 0");
            bench.TakeText(module);
            bench.Write(module, "SKVER\r");
            Assert.That(bench.TakeText(module), Is.EqualTo("EVER 1.2.10\r\nOK\r\n"));
            bench.Write(module, "\n");
            Assert.That(bench.TakeText(module), Is.Empty);
            bench.Write(module, "RUART\r\n");
            Assert.That(bench.TakeText(module), Is.EqualTo("OK 00\r"));
            bench.Write(module, "WOPT 02\r");
            Assert.That(bench.TakeText(module), Is.EqualTo("FAIL ER06\r"));
            bench.Type(module, string.Empty);
            Assert.That(bench.TakeText(module), Is.Empty);
        }

        [Test]
        public void FlashWritesAreCountedAndKeepWhatWasWritten()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            bench.Write(module, "WOPT 00\r");
            bench.Run(100);
            bench.Write(module, "WUART 80\r");
            bench.Run(100);
            bench.Type(module, "SKSREG SFF 1", "SKSREG S16 78", "SKSAVE");
            bench.Run(100);
            Assert.That(bench.TakeText(module), Is.EqualTo("OK\rOK\rOK\r\nOK\r\nOK\r\n"));
            Assert.That(module.Statistics.FlashWrites, Is.EqualTo(3));

            module.GlitchPower();
            bench.Run(1000);
            Check(bench, module, "SKSREG S16", "ESREG 00000078", Ok);
            Check(bench, module, "SKSREG S16 79", Ok);
            Check(bench, module, "SKLOAD", Ok);
            Check(bench, module, "SKSREG S16", "ESREG 00000078", Ok);
            bench.Write(module, "ROPT\rRUART\r");
            Assert.That(bench.TakeText(module), Is.EqualTo("OK 00\rOK 80\r"));
            Assert.That(bench.Ask(module, "SKERASE", 100), Is.EqualTo(new[] { Ok }));
            Check(bench, module, "SKLOAD", "FAIL ER10");
            Assert.That(module.Statistics.FlashWrites, Is.EqualTo(4));
        }

        [Test]
        public void AResetLeavesTheMacAndTheFlashAlone()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            bench.Type(module, "SKSREG S01 001D1290000000AA");
            Assert.That(bench.Ask(module, "SKRESET"), Is.Empty);
            bench.Type(module, "SKINFO");
            bench.Run(100);
            Assert.That(bench.TakeText(module), Is.EqualTo("OK\r\nSKINFO\r\n"
                + "EINFO FE80:0000:0000:0000:021D:1290:0000:00AA 001D1290000000AA 21 FFFF FFFE\r\nOK\r\n"));
            Check(bench, module, "SKSREG S0A", "SKSREG S0A", "ESREG CCDDEEFF", Ok);
        }

        [Test]
        public void SendToEchoesItsHeaderAndNeverItsData()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            bench.Type(module, "SKSREG SFE 1");
            bench.TakeText(module);
            string header = $"SKSENDTO 1 {ModuleBench.MeterAddress} 0E1A 0 0005 ";
            bench.Write(module, header + "\r\n\0 A");
            bench.Run(1000);
            Assert.That(bench.TakeText(module),
                Is.EqualTo(header + $"\r\nEVENT 21 {ModuleBench.MeterAddress} 02\r\nOK\r\n"));
        }

        [Test]
        public void AShortPayloadBlocksTheParserUntilTheCountIsMet()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            bench.Write(module, $"SKSENDTO 1 {ModuleBench.MeterAddress} 0E1A 0 0010 12345678");
            bench.Type(module, "SKVER");
            bench.Run(60_000);
            Assert.That(bench.TakeText(module), Is.Empty);
            bench.Type(module, string.Empty);
            Assert.That(bench.Ask(module, "SKVER", 1000),
                Is.EqualTo(new[] { $"EVENT 21 {ModuleBench.MeterAddress} 02", Ok, "EVER 1.2.10", Ok }));
        }

        [TestCase("0", "0E1A", "1", "0001", "FAIL ER06")]
        [TestCase("7", "0E1A", "1", "0001", "FAIL ER06")]
        [TestCase("1", "0000", "1", "0001", "FAIL ER06")]
        [TestCase("1", "0E1A", "3", "0001", "FAIL ER06")]
        [TestCase("1", "0E1A", "0", "0000", "FAIL ER06")]
        [TestCase("1", "0E1A", "0", "04D1", "FAIL ER06")]
        [TestCase("3", "0E1A", "0", "0001", "FAIL ER10")]
        [TestCase("1", "0E1A", "1", "0001", "FAIL ER10")]
        public void SendToFailsAsSoonAsItCanBeSeen(string handle, string port, string security, string length,
            string said)
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            bench.Write(module, $"SKSENDTO {handle} {ModuleBench.MeterAddress} {port} {security} {length} ");
            bench.Write(module, "x");
            bench.Run(10);
            Assert.That(bench.Take(module), Is.EqualTo(new[] { said }));
        }

        [TestCase(ModuleDialect.A1, "1 0 0005 ")]
        [TestCase(ModuleDialect.C2, "1 0005 ")]
        public void TheOtherDialectHasTheWrongNumberOfArguments(ModuleDialect dialect, string rest)
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems(dialect);
            bench.Write(module, $"SKSENDTO 1 {ModuleBench.MeterAddress} 0E1A {rest}");
            Assert.That(bench.Take(module), Is.EqualTo(new[] { "FAIL ER05" }));
        }

        [Test]
        public void WhatComesWhileTheModuleIsBusyWaitsAndTooMuchIsLost()
        {
            using var bench = new ModuleBench();
            SimulatedModule module = bench.AddHems();
            bench.Type(module, "SKSAVE");
            for (int i = 0; i < 1000; i++)
            {
                bench.Type(module, "SKVER");
            }

            bench.Run(1000);
            Assert.That(module.Statistics.Overrun, Is.EqualTo(7000 + 1 - 2048), "the LF of SKSAVE waits too");
            Assert.That(bench.Take(module).Count(line => line == "EVER 1.2.10"), Is.EqualTo(2047 / 7));
        }

        private static void Check(ModuleBench bench, SimulatedModule module, string line, params string[] expected)
        {
            Assert.That(bench.Ask(module, line), Is.EqualTo(expected), line);
        }
    }
}
