using System.Collections.Generic;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>Programs are shipped without tests, and the firmware is checked by code that is not its own.</summary>
    public static class SharedCodeTests
    {
        private static IEnumerable<string> Programs => SharedCode.Programs(Repository.Here);

        [TestCaseSource(nameof(Programs))]
        public static void Shipped_program_has_no_test_in_it(string project)
        {
            Refused.Nothing(SharedCode.CheckProgram(Repository.Here, project));
        }

        [Test]
        public static void The_programs_are_found()
        {
            Assert.That(Programs, Is.SupersetOf(new[]
            {
                "boards/Virtual/NanoComm.Virtual.csproj", "tools/nanocomm/NanoComm.Tool.csproj",
            }));
        }

        [TestCase("tools/Simulators/NanoComm.Simulators.csproj")]
        [TestCase("tools/Keys/NanoComm.Keys.csproj")]
        [TestCase("tools/Conformance/NanoComm.Conformance.csproj")]
        public static void Checker_has_no_firmware_in_it(string project)
        {
            Refused.Nothing(SharedCode.CheckChecker(Repository.Here, project));
        }

        [Test]
        public static void Long_way_round_is_refused_too()
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Write("tools/Last/Last.csproj", Project("""
                <ProjectReference Include="..\..\tests\Rig\NanoComm.Rig.csproj" />
                <ProjectReference Include="..\..\firmware\NanoComm.Firmware.csproj" />
                """));
            copy.Write("tools/Middle/Middle.csproj", Project("""<ProjectReference Include="..\Last\Last.csproj" />"""));
            copy.Write("tools/First/First.csproj", Project("""<ProjectReference Include="..\Middle\Middle.csproj" />"""));

            Refused.Exactly(SharedCode.CheckProgram(copy.Repository, "tools/First/First.csproj"), "tools/First/First.csproj",
                SharedCode.ShippedTest, "tests/Rig/NanoComm.Rig.csproj");
            Refused.Exactly(SharedCode.CheckChecker(copy.Repository, "tools/First/First.csproj"), "tools/First/First.csproj",
                SharedCode.CommonOrigin, "firmware/NanoComm.Firmware.csproj");
        }

        private static string Project(string references)
        {
            return $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{references}</ItemGroup></Project>";
        }
    }
}
