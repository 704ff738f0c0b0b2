using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>What is delivered is used. A use by tests alone does not count, but for the equipment they are made with.</summary>
    public static class DeadMemberTests
    {
        private const string Program = "NanoComm.Esp32RouteB";

        private static readonly string[] OnDevices = { "NanoComm.Hal.Esp32", Program, "NanoComm.Esp32Ethernet" };

        // Folder below artifacts/bin, and assembly.
        private static readonly (string Folder, string Assembly)[] Delivered =
        {
            ("NanoComm.Hal", "NanoComm.Hal"), ("NanoComm.Firmware", "NanoComm.Firmware"), ("NanoComm.Keys", "NanoComm.Keys"),
            ("NanoComm.CommandLine", "NanoComm.CommandLine"), ("NanoComm.Hal.Host", "NanoComm.Hal.Host"),
            ("NanoComm.Simulators", "NanoComm.Simulators"), ("NanoComm.PowerPlanning", "NanoComm.PowerPlanning"),
            ("NanoComm.Fleet", "NanoComm.Fleet"), ("NanoComm.Tool", "nanocomm"), ("NanoComm.Virtual", "nanocomm-virtual"),
        };

        // Simulators have faults, and a virtual clock, that only a test asks for.
        private static readonly string[] Equipment = { "NanoComm.Hal.Host.", "NanoComm.Simulators." };

        private static readonly Dictionary<string, string> Exempt = new()
        {
            ["NanoComm.Dlms.Acse.ResponderRequirements"] = "a table of the Green Book, whole",
            ["NanoComm.Dlms.DataAccessResult.DataBlockUnavailable"] = "a table of the Green Book, whole",
            ["NanoComm.Dlms.DataAccessResult.LongGetAborted"] = "a table of the Green Book, whole",
            ["NanoComm.Dlms.DataAccessResult.ObjectUnavailable"] = "a table of the Green Book, whole",
            ["NanoComm.Fleet.FleetUnit.Meter"] = "the tests look at its registers",
            ["NanoComm.Hal.Esp32.MainThreadWatch._timer"] = "keeps its timer from being collected",
            ["NanoComm.Hal.Esp32.Esp32SerialLine._poll"] = "keeps its timer from being collected",
            ["NanoComm.Hal.Host.LinuxSockets.Message.NameLength"] = "the kernel reads it",
            ["NanoComm.Hal.Host.LinuxSockets.Message.PartCount"] = "the kernel reads it",
            ["NanoComm.Keys.BatchReader.Of"] = "tests read many small texts",
            ["NanoComm.Keys.Ledger.Database"] = "the tests look at the plan of each of its statements",
            ["NanoComm.Keys.ServerAddress.Settings"] = "the tests look at what an address means",
            ["NanoComm.MeterLink.MeteringLoop.Read"] = "for the A-route part that shares the link",
            ["NanoComm.MeterLink.ProfileRequest..ctor"] = "for the A-route part that shares the link",
            ["NanoComm.MeterLink.ProfileRequest.FiveMinutes"] = "for the A-route part that shares the link",
            ["NanoComm.MeterLink.ProfileRequest.QuarterHours"] = "for the A-route part that shares the link",
            ["NanoComm.MeterLink.ProfileRequest.Result"] = "for the A-route part that shares the link",
            ["NanoComm.Records.DurableRecord.IsPersonal"] = "docs/pairing.md and the tests are held to them",
            ["NanoComm.Tool.MqttSession.End"] = "the tests end it, as a signal does",
        };

        [Test]
        public static void Everything_that_is_delivered_is_used()
        {
            Dictionary<string, int> tests = DeadMembers.Identifiers(Texts("tests"));
            var dead = new DeadMembers(
                Delivered.Select(Read).Concat(OnDevices
                    .Select(name => Device.Build.Assembly(Device.Build.Project(name)).Module)).ToList(),
                name => Equipment.Any(name.StartsWith) && tests.ContainsKey(name.Split('.')[^1]));

            List<Finding> findings = dead.Find()
                .Concat(dead.FindConstants(DeadMembers.Identifiers(Texts("firmware", "hal", "boards", "tools")))).ToList();

            Refused.Nothing(findings.Where(finding => !Exempt.ContainsKey(finding.Place)));
            Assert.That(Exempt.Keys.Except(findings.Select(finding => finding.Place)), Is.Empty, "exempt, and no longer in need of it");
        }

        [TestCase("static void Unused() { }", "NanoComm.Part.Unused", "is a method that nothing calls")]
        [TestCase("static void Loop() { Loop(); }", "NanoComm.Part.Loop", "is a method that nothing calls")]
        [TestCase("public int Unused => 1;", "NanoComm.Part.Unused", "is a property that nothing uses")]
        [TestCase("public int Unread { get; set; } void Set() { Unread = 1; } public override string ToString() { Set(); return null; }",
            "NanoComm.Part.Unread", "is written and never read")]
        [TestCase("public int Unset { get; set; } public override string ToString() { return Unset.ToString(); }",
            "NanoComm.Part.Unset", "has a set accessor that nothing uses")]
        [TestCase("int _unread; public override string ToString() { _unread = 1; return null; }", "NanoComm.Part._unread",
            "is a field that nothing reads")]
        [TestCase("class Inner { }", "NanoComm.Part.Inner", "is a type that nothing uses")]
        [TestCase("public Part(int x) { } public Part() { }", "NanoComm.Part..ctor", "is a method that nothing calls")]
        [TestCase("event System.EventHandler Heard;", "NanoComm.Part.Heard", "is an event that nobody follows")]
        public static void A_member_that_nothing_uses_is_refused(string member, string place, string says)
        {
            Refused.Exactly(new DeadMembers(new[] { Compile(member) }, _ => false).Find(), place, DeadMembers.Dead, says);
        }

        [Test]
        public static void A_member_that_tests_may_use_passes_with_what_it_uses()
        {
            const string Member = "static void Fault() { Do(); } static void Do() { } static int Other => 1;";

            IEnumerable<Finding> findings = new DeadMembers(new[] { Compile(Member) }, name => name == "NanoComm.Part.Fault").Find();

            Assert.That(findings.Select(finding => finding.Place), Is.EqualTo(new[] { "NanoComm.Part.Other" }));
        }

        [TestCase("public override string ToString() { return null; }")]
        [TestCase("int _count; public override string ToString() { return _count++.ToString(); }")]
        [TestCase("delegate int Made(); Made _made = () => 4; public override string ToString() { return _made().ToString(); }")]
        public static void A_member_that_is_used_passes(string member)
        {
            Refused.Nothing(new DeadMembers(new[] { Compile(member) }, _ => false).Find());
        }

        [Test]
        public static void A_constant_whose_name_stands_once_is_refused()
        {
            const string Member = "const int Used = 1; const int Told = 4; const int Unused = 2; enum Mode { None, Lost } Mode _mode; "
                + "public override string ToString() { return _mode + Used.ToString() + $\"{Told}\"; }";

            IEnumerable<Finding> findings = new DeadMembers(new[] { Compile(Member) }, _ => false)
                .FindConstants(DeadMembers.Identifiers(new[] { Member }));

            Assert.That(findings.Select(finding => finding.Place),
                Is.EquivalentTo(new[] { "NanoComm.Part.Unused", "NanoComm.Part.Mode.Lost" }));
        }

        private static ModuleDefinition Compile(string member)
        {
            DeviceAssembly program = Device.Build.CompileAlone(Device.Build.Project(Program), Device.Build.Synthetic("Synthetic.cs",
                $"#pragma warning disable\nnamespace NanoComm {{ class Part {{ static void Main() {{ new Part().ToString(); }}\n{member}\n}} }}"));
            Refused.Nothing(program.Findings);
            return program.Module;
        }

        private static ModuleDefinition Read((string Folder, string Assembly) item)
        {
            return ModuleDefinition.ReadModule(Repository.Here.Absolute(
                $"artifacts/bin/{item.Folder}/{Repository.Metadata("Configuration")}/{item.Assembly}.dll"));
        }

        private static IEnumerable<string> Texts(params string[] folders)
        {
            return folders.SelectMany(folder => Repository.Here.Files(folder, ".cs")).Select(File.ReadAllText);
        }
    }
}
