using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>The banned-symbol list keeps threads, clocks, files, sockets, consoles and randomness out of firmware/.</summary>
    public static class BannedApiTests
    {
        private const string Banned = "RS0030";

        [Test]
        public static void Firmware_uses_nothing_banned()
        {
            IReadOnlyList<Finding> findings = BannedApis.Check(Repository.Here,
                Architecture.FirmwareAssemblies.Prepend("NanoComm.Hal").SelectMany(Sources));

            Refused.Nothing(findings.Where(finding => finding.Code != Banned || finding.Place.StartsWith("firmware/")));
        }

        [TestCase("System.Threading.Thread.Sleep(1)", "hal's ILoops and ISignal")]
        [TestCase("new System.Threading.AutoResetEvent(false)", "hal's ILoops and ISignal")]
        [TestCase("_ = System.DateTime.UtcNow", "MeterTime")]
        [TestCase("System.Console.WriteLine()", "hal's ILog")]
        [TestCase("new System.Random()", "hal's IRandomSource")]
        [TestCase("System.Guid.NewGuid()", "hal's IRandomSource")]
        [TestCase("System.IO.File.Delete(\"x\")", "hal's IDurableStore")]
        [TestCase("new System.Net.Sockets.UdpClient()", "hal's IDatagramPort")]
        [TestCase("_ = System.Net.Sockets.Socket.OSSupportsIPv6", "hal's IDatagramPort")]
        [TestCase("_ = System.Environment.TickCount64", "hal's IClock")]
        [TestCase("System.Diagnostics.Debug.WriteLine(\"x\")", "hal's ILog")]
        [TestCase("System.Diagnostics.Stopwatch.StartNew()", "hal's ILog")]
        [TestCase("System.GC.Collect()", "the device decides when")]
        [TestCase("new System.Security.Cryptography.HMACSHA256()", "hal's IBlockCipher")]
        public static void Banned_symbol_is_refused(string statement, string instead)
        {
            IReadOnlyList<Finding> findings = BannedApis.Check(Repository.Here, new[]
            {
                (Device.SyntheticPath, $"class Synthetic\n{{\nvoid M()\n{{\n{statement};\n}}\n}}"),
            });

            Refused.Exactly(findings, Device.SyntheticPath + "(5,", Banned, instead);
        }

        [Test]
        public static void Lock_is_allowed()
        {
            Refused.Nothing(BannedApis.Check(Repository.Here,
                new[] { (Device.SyntheticPath, "class Synthetic { void M(object o) { lock (o) { } } }") }));
        }

        private static IEnumerable<(string Path, string Text)> Sources(string assembly)
        {
            DeviceProject project = Device.Build.Project(assembly);
            return project.Sources.Select(item => item.Path(project.Folder))
                .Select(path => (Repository.Here.Relative(path), File.ReadAllText(path)));
        }
    }
}
