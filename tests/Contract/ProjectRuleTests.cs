using System.Collections.Generic;
using System.IO;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>The project files say what is in the folders, and agree with each other.</summary>
    public static class ProjectRuleTests
    {
        private const string Hal = "hal/NanoComm.Hal.nfproj";

        [Test]
        public static void Every_source_is_listed_once()
        {
            Refused.Nothing(ProjectRules.CheckSources(Repository.Here));
        }

        [Test]
        public static void Package_versions_agree()
        {
            Refused.Nothing(ProjectRules.CheckPackages(Repository.Here, Device.Build.Projects));
        }

        [Test]
        public static void Firmware_has_no_conditional_compilation()
        {
            Refused.Nothing(ProjectRules.CheckNoConditionals(Repository.Here));
        }

        [Test]
        public static void Solution_builds_device_projects_under_Device_only()
        {
            Refused.Nothing(ProjectRules.CheckSolution(Repository.Here, Device.Build.Projects));
        }

        [TestCase("$([System.IO.Path]::GetFileName('x'))' == ''")]
        [TestCase("'$(Configuration)' &lt; 'Release'")]
        public static void Condition_beyond_the_evaluator_is_refused_not_guessed(string condition)
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Replace(Hal, "</Project>", $"<PropertyGroup Condition=\"{condition}\" /></Project>");

            Assert.That(() => DeviceProject.Discover(copy.Repository),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("NanoComm.Hal.nfproj: condition not understood"));
        }

        [Test]
        public static void Source_that_no_list_has_is_refused()
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Write("firmware/Echonet/Forgotten.cs", "");

            Refused.Exactly(ProjectRules.CheckSources(copy.Repository), "firmware/Echonet/Forgotten.cs",
                ProjectRules.NotListed, "add it to firmware/core.projitems or firmware/customer.projitems");
        }

        [Test]
        public static void Source_listed_twice_is_refused()
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Replace(Hal, "</Project>", "<ItemGroup><Compile Include=\"IClock.cs\" /></ItemGroup></Project>");

            Refused.Exactly(ProjectRules.CheckSources(copy.Repository), "hal/IClock.cs", ProjectRules.ListedTwice,
                "in hal/hal.projitems and hal/NanoComm.Hal.nfproj");
        }

        [Test]
        public static void Unit_test_that_no_device_project_has_is_refused()
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Write("tests/Unit/Echonet/ForgottenTests.cs", "");

            Refused.Exactly(ProjectRules.CheckSources(copy.Repository), "tests/Unit/Echonet/ForgottenTests.cs",
                ProjectRules.NotListed, "tests/Unit/Device/Customer/NFUnitTest.Customer.nfproj");
        }

        [TestCase("Echonet/EchonetFrameTests.cs", true)]
        [TestCase("Fakes/FakeFiles.cs", false)]
        public static void Unit_test_projects_share_fakes_only(string source, bool isRefused)
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            string path = "tests/Unit/Device/Utility/NFUnitTest.Utility.nfproj";
            string entry = $@"<Compile Include=""..\..\{source.Replace('/', '\\')}"" />";
            if (!System.IO.File.ReadAllText(copy.Repository.Absolute(path)).Contains(entry))
            {
                copy.Replace(path, "</Project>", $"<ItemGroup>{entry}</ItemGroup></Project>");
            }

            IEnumerable<Finding> findings = ProjectRules.CheckSources(copy.Repository);
            if (isRefused)
            {
                Refused.Exactly(findings, "tests/Unit/" + source, ProjectRules.ListedTwice, path);
            }
            else
            {
                Refused.Nothing(findings);
            }
        }

        [Test]
        public static void Listed_source_that_is_not_there_is_refused()
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Replace("hal/hal.projitems", "</Project>",
                "<ItemGroup><Compile Include=\"$(MSBuildThisFileDirectory)Gone.cs\" /></ItemGroup></Project>");

            Refused.Exactly(ProjectRules.CheckSources(copy.Repository), "hal/hal.projitems", ProjectRules.NotThere,
                "lists hal/Gone.cs");
        }

        [Test]
        public static void Package_of_another_version_is_refused()
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Write("hal/packages.config",
                "<packages><package id=\"nanoFramework.CoreLibrary\" version=\"1.0.0\" targetFramework=\"netnano1.0\" /></packages>");

            Refused.Exactly(ProjectRules.CheckPackages(copy.Repository, DeviceProject.Discover(copy.Repository)),
                "hal/packages.config", ProjectRules.PackageVersion, "nanoFramework.CoreLibrary 1.0.0; nanoFramework.Packages.props says 1.");
        }

        [TestCase("$(NF_CoreLibrary)", "1.17.11", "has the form")]
        [TestCase("$(NF_CoreLibrary)", "$(NF_System_Text)", "takes the version from $(NF_CoreLibrary)")]
        [TestCase("mscorlib.dll", "System.Text.dll", "ends in mscorlib.dll")]
        [TestCase("nanoFramework.CoreLibrary.$(NF_CoreLibrary)", "nanoFramework.Core.$(NF_Core)", "needs NF_Core in")]
        public static void Hint_path_that_bypasses_the_version_file_is_refused(string text, string by, string says)
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Replace(Hal, text, by);

            Refused.Exactly(ProjectRules.CheckPackages(copy.Repository, DeviceProject.Discover(copy.Repository)),
                Hal, ProjectRules.HintPath, says);
        }

        [Test]
        public static void Conditional_compilation_in_firmware_is_refused()
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Write("firmware/Split.cs", "// both homes\n  # if NANOFRAMEWORK_1_0\n#endif\n");

            Refused.Exactly(ProjectRules.CheckNoConditionals(copy.Repository), "firmware/Split.cs(2,1)",
                ProjectRules.Conditional, "behind a hal interface");
        }

        [TestCase("Debug|Any CPU", "is to be built under Device, and only there")]
        [TestCase("", "NanoComm.New.nfproj is not in the solution")]
        public static void Device_project_outside_the_Device_configuration_is_refused(string configuration, string says)
        {
            const string Id = "{00000000-0000-0000-0000-000000000001}";
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Write("boards/New/NanoComm.New.nfproj", "<Project />");
            if (configuration.Length > 0)
            {
                copy.Replace("nanoComm.sln", "\nGlobal",
                    $"\nProject(\"{{0}}\") = \"New\", \"boards\\New\\NanoComm.New.nfproj\", \"{Id}\"\nEndProject\n"
                    + $"Global\n{Id}.{configuration}.Build.0 = {configuration}\n");
            }

            Refused.Exactly(ProjectRules.CheckSolution(copy.Repository, DeviceProject.Discover(copy.Repository)),
                "nanoComm.sln", ProjectRules.Solution, says);
        }

        [Test]
        public static void Host_project_under_the_Device_configuration_is_refused()
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Replace("nanoComm.sln", ".Release|Any CPU.Build.0", ".Device|Any CPU.Build.0");

            Refused.Exactly(ProjectRules.CheckSolution(copy.Repository, DeviceProject.Discover(copy.Repository)),
                "nanoComm.sln", ProjectRules.Solution, "NanoComm.Hal.csproj is built under Device; that is for .nfproj only");
        }
    }
}
