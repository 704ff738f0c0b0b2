using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>Requirements R17 and R23, and the rest of the walls, hold in the compiled assemblies.</summary>
    public static class ArchitectureTests
    {
        private static IEnumerable<TestCaseData> Projects =>
            Device.Build.Projects.Select(project => new TestCaseData(project.Name));

        [TestCaseSource(nameof(Projects))]
        public static void References_are_those_allowed(string name)
        {
            DeviceProject project = Device.Build.Projects.Single(candidate => candidate.Name == name);

            Refused.Nothing(Architecture.CheckReferences(project, NameOf));
            Refused.Nothing(Architecture.CheckReferences(Device.Build.Assembly(project).Module));
        }

        [Test]
        public static void Firmware_keeps_its_walls()
        {
            Refused.Nothing(Architecture.CheckWalls(Device.Build.Assembly(Device.Build.Project("NanoComm.Firmware")).Module));
        }

        [TestCase("NanoComm.Echonet", "NanoComm.Dlms")]
        [TestCase("NanoComm.Echonet", "NanoComm.Crypto.Gcm")]
        [TestCase("NanoComm.Echonet.Objects", "NanoComm.Pairing")]
        [TestCase("NanoComm.Echonet", "NanoComm.RouteB")]
        [TestCase("NanoComm.RouteB", "NanoComm.Dlms")]
        [TestCase("NanoComm.RouteB", "NanoComm.Crypto")]
        [TestCase("NanoComm.RouteB", "NanoComm.Pairing")]
        [TestCase("NanoComm.Dlms", "NanoComm.Metering")]
        [TestCase("NanoComm.WiSun", "NanoComm.Echonet")]
        [TestCase("NanoComm.Bytes", "NanoComm.Supervision")]
        [TestCase("NanoComm.Bytes", "NanoComm")]
        [TestCase("NanoComm.Metering", "NanoComm.Echonet")]
        [TestCase("NanoComm.Metering", "NanoComm.RouteB")]
        public static void Wall_stops_every_way_through(string from, string to)
        {
            DeviceAssembly firmware = Device.FirmwareOf($@"
#pragma warning disable
namespace {to} {{ class Target {{ public static object S; }} }}
namespace {from}
{{
    using {to};
    class ByNew {{ object M() {{ return new Target(); }} }}
    class ByStatic {{ object M() {{ return Target.S; }} }}
    class ByParameter {{ void M(Target[] t) {{ }} }}
    class ByField {{ Target _t; }}
    class ByBase : Target {{ }}
    class Outer {{ class ByNesting {{ object M() {{ return typeof(Target); }} }} }}
}}");
            Refused.Nothing(firmware.Findings);

            List<Finding> findings = Architecture.CheckWalls(firmware.Module).ToList();

            Refused.Exactly(findings, "", Architecture.Wall, $"must not know {to}.Target");
            Assert.That(findings.Select(finding => finding.Place.Split(' ')[^1]), Is.EquivalentTo(new[]
            {
                $"{from}.ByNew.M", $"{from}.ByStatic.M", $"{from}.ByParameter.M", $"{from}.ByField._t",
                $"{from}.ByBase", $"{from}.ByBase..ctor", $"{from}.Outer.ByNesting.M",
            }));
        }

        [TestCase("NanoComm.RouteB", "NanoComm.Echonet")]
        [TestCase("NanoComm.Echonet", "NanoComm.Metering")]
        [TestCase("NanoComm.MeterLink", "NanoComm.Dlms")]
        [TestCase("NanoComm.Echonet", "NanoComm.EchonetTools")]
        public static void Permitted_way_is_open(string from, string to)
        {
            DeviceAssembly firmware = Device.FirmwareOf(
                $"namespace {to} {{ class Target {{ }} }}\nnamespace {from} {{ using {to}; class A {{ object M() {{ return new Target(); }} }} }}");

            Refused.Nothing(firmware.Findings);
            Refused.Nothing(Architecture.CheckWalls(firmware.Module));
        }

        [Test]
        public static void Firmware_that_references_more_than_hal_is_refused()
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Write("hal/Esp32/NanoComm.Hal.Esp32.nfproj", "<Project />");
            copy.Replace("firmware/NanoComm.Firmware.nfproj", "</Project>",
                @"<ItemGroup><ProjectReference Include=""..\hal\Esp32\NanoComm.Hal.Esp32.nfproj"" /></ItemGroup></Project>");
            DeviceProject firmware = DeviceProject.Discover(copy.Repository)
                .Single(project => project.AssemblyName == "NanoComm.Firmware");

            Refused.Exactly(Architecture.CheckReferences(firmware, NameOf), "firmware/NanoComm.Firmware.nfproj",
                Architecture.ForeignReference, "references NanoComm.Hal.Esp32; NanoComm.Firmware knows mscorlib and NanoComm.Hal only");
        }

        private static string NameOf(string project)
        {
            return Device.Build.Projects.FirstOrDefault(candidate => candidate.Path == project)?.AssemblyName
                ?? Path.GetFileNameWithoutExtension(project);
        }
    }
}
