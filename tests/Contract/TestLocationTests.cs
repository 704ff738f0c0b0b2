using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>Every test of the device projects has a source location in the test adapter.</summary>
    public static class TestLocationTests
    {
        private const string Path = "tests/Unit/Device/Customer/NFUnitTest.Customer.nfproj";
        private const string Listed = @"<Compile Include=""..\..\Echonet\EchonetFrameTests.cs"" />";

        private static IEnumerable<TestCaseData> Projects =>
            UnitTests(Repository.Here).Select(project => new TestCaseData(project.Name));

        [TestCaseSource(nameof(Projects))]
        public static void Every_test_is_found_where_it_stands(string name)
        {
            DeviceProject project = Device.Build.Projects.Single(candidate => candidate.Name == name);

            Refused.Nothing(TestLocations.CheckList(Repository.Here, project));
            Refused.Nothing(TestLocations.Check(Repository.Here, project, Device.Build.Assembly(project).Module));
        }

        [TestCase(@"<Import Project=""List.projitems"" />", TestLocations.Import, "imports a .projitems")]
        [TestCase(@"<Compile Include=""$(MSBuildThisFileDirectory)..\..\Echonet\EchonetFrameTests.cs"" />", TestLocations.NotLiteral,
            "compiles tests/Unit/Echonet/EchonetFrameTests.cs and does not have it")]
        [TestCase(@"<Compile  Include=""..\..\Echonet\EchonetFrameTests.cs"" />", TestLocations.NotLiteral, "in these letters")]
        [TestCase(@"<Compile Include=""..\..\Echonet\EchonetFrametests.cs"" />", TestLocations.NotThere,
            "lists tests/Unit/Echonet/EchonetFrametests.cs, which is not there")]
        public static void A_list_that_the_adapter_cannot_read_is_refused(string by, string code, string says)
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            if (code == TestLocations.Import)
            {
                copy.Write("tests/Unit/Device/Customer/List.projitems", "<Project />");
                copy.Replace(Path, "</Project>", by + "</Project>");
            }
            else
            {
                copy.Replace(Path, Listed, by);
            }

            DeviceProject project = UnitTests(copy.Repository).Single(candidate => candidate.Name == Path);

            Refused.Exactly(TestLocations.CheckList(copy.Repository, project), Path, code, says);
        }

        [Test]
        public static void A_test_that_an_earlier_file_hides_is_refused()
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            string[] methods = Device.Build.Assembly(Device.Build.Projects.Single(candidate => candidate.Name == Path)).Module
                .GetType("NanoComm.Tests.EchonetFrameTests").Methods.Select(method => $" {method.Name}(").ToArray();
            copy.Write("tests/Unit/First.cs", $"// class EchonetFrameTests {string.Concat(methods)}");
            copy.Replace(Path, Listed, @"<Compile Include=""..\..\First.cs"" />" + Listed);
            DeviceProject project = UnitTests(copy.Repository).Single(candidate => candidate.Name == Path);

            IEnumerable<Finding> findings = TestLocations.Check(copy.Repository, project,
                Device.Build.Assembly(Device.Build.Projects.Single(candidate => candidate.Name == Path)).Module);

            Refused.Exactly(findings, "tests/Unit/Echonet/EchonetFrameTests.cs(", TestLocations.Elsewhere,
                "the test adapter shows tests/Unit/First.cs for it");
        }

        private static IEnumerable<DeviceProject> UnitTests(Repository repository)
        {
            return DeviceProject.Discover(repository).Where(project => project.AssemblyName == "NFUnitTest");
        }
    }
}
