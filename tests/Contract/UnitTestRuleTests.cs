using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>The unit tests will run under the nanoFramework launcher, which ends silently when they cannot.</summary>
    public static class UnitTestRuleTests
    {
        // The test adapter takes assemblies of this name only; one is not enough, for its string table would overflow.
        private static IReadOnlyList<DeviceProject> UnitTests =>
            Device.Build.Projects.Where(project => project.AssemblyName == "NFUnitTest").ToList();

        [Test]
        public static void Unit_tests_are_as_the_launcher_needs_them()
        {
            Assert.That(UnitTests, Is.Not.Empty);
            Refused.Nothing(UnitTests.SelectMany(tests => UnitTestRules.Check(Device.Build.Assembly(tests).Module)));
        }

        [TestCase("[DataRow(1, \"AB\", true, (byte)2, 5L)] public static void M(int a, string b, bool c, byte d, long e) { }", "")]
        [TestCase("[DataRow(1)] [DataRow(2)] public static void M(int a) { }", "")]
        [TestCase("[DataRow(1.5)] public static void M(double a) { }", "NanoComm.Tests.Some.M")]
        [TestCase("[DataRow(\"a\", null)] public static void M(string a, object b) { }", "NanoComm.Tests.Some.M")]
        [TestCase("[DataRow(new byte[] { 1 })] public static void M(byte[] a) { }", "NanoComm.Tests.Some.M")]
        [TestCase("[DataRow(1, new byte[] { 1 })] public static void M(int a, byte[] b) { }", "NanoComm.Tests.Some.M")]
        [TestCase("[DataRow(Own.One)] public static void M(Own a) { } public enum Own { One }", "NanoComm.Tests.Some.M")]
        [TestCase("[DataRow(NanoComm.Hal.LogLevel.Info)] public static void M(NanoComm.Hal.LogLevel a) { }", "NanoComm.Tests.Some.M")]
        public static void Data_row(string method, string refusedAt)
        {
            IEnumerable<Finding> findings = UnitTestRules.Check(Compile("public static class Some", method))
                .Select(finding => finding with { Place = finding.Place.Split(' ')[^1] });

            if (refusedAt.Length == 0)
            {
                Refused.Nothing(findings);
            }
            else
            {
                Refused.Exactly(findings, refusedAt, UnitTestRules.DataRow, "hex text");
            }
        }

        [Test]
        public static void Test_class_with_instances_is_refused()
        {
            Refused.Exactly(UnitTestRules.Check(Compile("public class Some", "public void M() { }")),
                "NanoComm.Tests.Some", UnitTestRules.TestClass, "static");
        }

        private static Mono.Cecil.ModuleDefinition Compile(string type, string method)
        {
            DeviceAssembly tests = Device.Build.CompileAlone(UnitTests[0], Device.Build.Synthetic("tests/Synthetic.cs",
                $"using nanoFramework.TestFramework;\nnamespace NanoComm.Tests {{ [TestClass] {type} {{ [TestMethod] {method} }} }}"));
            Refused.Nothing(tests.Findings);
            return tests.Module;
        }
    }
}
