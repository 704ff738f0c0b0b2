using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>The firmware knows hal and nothing else.</summary>
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
