using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>The firmware knows hal and nothing else; its two sides do not know each other.</summary>
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
            Refused.Nothing(Architecture.CheckRooms(Device.Build.Assembly(project).Module));
        }

        [Test]
        public static void A_room_in_another_assembly_than_the_page_puts_it_in_is_refused()
        {
            DeviceAssembly core = Device.FirmwareOf("namespace NanoComm.Echonet { public class Stray { } }");
            Refused.Nothing(core.Findings);

            List<Finding> findings = Architecture.CheckRooms(core.Module).ToList();

            Refused.Exactly(findings.Take(1), "NanoComm.Core", Architecture.ForeignRoom, "has the room Echonet");
            Refused.Exactly(findings.Skip(1), "NanoComm.Core", Architecture.ForeignRoom, "has no room ");
        }

        [TestCase("Core", "hal/Esp32/NanoComm.Hal.Esp32.nfproj", "mscorlib and NanoComm.Hal")]
        [TestCase("Customer", "firmware/Device/Utility/NanoComm.Utility.nfproj",
            "mscorlib and NanoComm.Hal and NanoComm.Core")]
        [TestCase("Utility", "firmware/Device/Customer/NanoComm.Customer.nfproj",
            "mscorlib and NanoComm.Hal and NanoComm.Core")]
        public static void Firmware_that_references_more_than_it_may_is_refused(string name, string other, string known)
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Write("hal/Esp32/NanoComm.Hal.Esp32.nfproj", "<Project />");
            string file = $"firmware/Device/{name}/NanoComm.{name}.nfproj";
            copy.Replace(file, "</Project>",
                $@"<ItemGroup><ProjectReference Include=""../../../{other}"" /></ItemGroup></Project>");
            DeviceProject firmware = DeviceProject.Discover(copy.Repository)
                .Single(project => project.AssemblyName == "NanoComm." + name);

            Refused.Exactly(Architecture.CheckReferences(firmware, NameOf), file, Architecture.ForeignReference,
                $"references {Path.GetFileNameWithoutExtension(other)}; NanoComm.{name} knows {known} only");
        }

        private static string NameOf(string project)
        {
            return Device.Build.Projects.FirstOrDefault(candidate => candidate.Path == project)?.AssemblyName
                ?? Path.GetFileNameWithoutExtension(project);
        }
    }
}
