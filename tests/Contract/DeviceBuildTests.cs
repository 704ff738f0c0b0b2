using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>The device sources compile against the nanoFramework 1.x API and language.</summary>
    public static class DeviceBuildTests
    {
        // Discovered, not listed: but these are what everything else is about.
        private static readonly string[] Essential = Architecture.FirmwareAssemblies.Append("NanoComm.Hal").ToArray();

        private static IEnumerable<TestCaseData> Projects =>
            Device.Build.Projects.Select(project => new TestCaseData(project.Name));

        [Test]
        public static void Device_projects_are_found()
        {
            Assert.That(Device.Build.Projects.Select(project => project.AssemblyName), Is.SupersetOf(Essential));
        }

        [TestCaseSource(nameof(Projects))]
        public static void Project_compiles_for_the_device(string name)
        {
            DeviceProject project = Device.Build.Projects.Single(candidate => candidate.Name == name);

            Refused.Nothing(Device.Build.Assembly(project).Findings);
        }

        [TestCase("using System.Collections.Generic;", "static object M() { return new List<int>(); }",
            1, "CS0234", "no generic collections")]
        [TestCase("", "static int M(int? x) { return 0; }", 5, "CS0518", "System.Nullable`1' is not defined or imported (no T?")]
        [TestCase("", "static (int A, int B) M() { return (1, 2); }", 5, "CS8179", "no tuples")]
        [TestCase("", "static string M(string s) { return s.Replace(\"a\", \"b\"); }", 5, "CS1061", "string has no Replace")]
        [TestCase("", "static bool M(System.Threading.AutoResetEvent e) { return e.WaitOne(5); }",
            5, "CS7036", "WaitOne(milliseconds, false)")]
        [TestCase("", "record R(int X);", 5, "CS0518", "no records")]
        [TestCase("", "static string M(string s) { return s[1..2]; }", 5, "CS0518", "no ranges")]
        [TestCase("", "static System.Span<byte> M() { return default; }", 5, "CS0234", "Span")]
        [TestCase("using System.Linq;", "", 1, "CS0234", "no LINQ")]
        [TestCase("", "static async void M() { }", 5, "CS0518", "System.Runtime.CompilerServices.Async")]
        [TestCase("", "static System.Collections.IEnumerable M() { yield return 1; }", 5, "CS0518", "no yield")]
        [TestCase("", "static decimal M() { return 1; }", 5, "CS0518", "System.Decimal")]
        [TestCase("", "static volatile int _x = 1; static int M() { return _x; }", 5, "CS0518", "IsVolatile")]
        [TestCase("", "static object M() { return new NanoComm.Hal.Esp32.Board(); }", 5, "CS0234", "ask the IBoard")]
        [TestCase("", "static void M() { int unused = 1; }", 5, "CS0219", "never used")]
        [TestCase("", "public static string Name => System.Environment.MachineName;", 5, "CS0234", "Environment")]
        [TestCase("", "static int M(string s) { return s?.Length ?? 0; }", 5, "CS0518", "a bool beside it")]
        public static void Compiler_refuses(string usings, string member, int line, string code, string says)
        {
            DeviceAssembly firmware = Device.FirmwareOf(Source(usings, member));

            Assert.That(firmware.Reference, Is.Null, "it compiled");
            Refused.Exactly(firmware.Findings.Where(finding => finding.Place.StartsWith(Device.SyntheticPath + "(" + line)),
                $"{Device.SyntheticPath}({line},", code, says);
            Refused.Exactly(firmware.Findings, Device.SyntheticPath + "(", code, says);
        }

        [Test]
        public static void What_the_device_language_has_compiles()
        {
            DeviceAssembly firmware = Device.FirmwareOf(Source("using System;", @"
                public delegate bool Test(int value);
                public static byte[] Table { get; } = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
                public static string Say(object o) => o switch { null => ""none"", int i when i > 3 => $""{i:X2}"", _ => o.ToString() };
                public static bool Any(int[] all, Test test) { foreach (int one in all) { if (test(one)) { return true; } } return false; }
                public static bool Big(int[] all, int limit) { bool Over(int x) => x > limit; return Any(all, Over) || Any(all, x => x < -limit); }
                public static void Try(IDisposable part) { try { using var held = part; lock (Table) { } } catch (Exception e) when (e.Message != null) { throw; } }
                public static string Text(this object o) => o?.ToString() ?? string.Empty;"));

            Refused.Nothing(firmware.Findings);
            Refused.Nothing(IlRules.Check(firmware.Module));
        }

        [Test]
        public static void Undeclared_reference_is_refused()
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Replace("firmware/Device/Core/NanoComm.Core.nfproj", "ProjectReference", "Ignored");
            var build = new DeviceBuild(copy.Repository);

            DeviceAssembly firmware = build.CompileAlone(build.Project("NanoComm.Core"),
                build.Synthetic(Device.SyntheticPath, "using NanoComm.Hal;\nnamespace NanoComm { }"));

            Refused.Exactly(firmware.Findings, Device.SyntheticPath, "CS0234", "'Hal'");
        }

        [Test]
        public static void Unknown_package_is_refused()
        {
            using TemporaryCopy copy = TemporaryCopy.OfDeviceSources();
            copy.Replace("hal/NanoComm.Hal.nfproj", "</Project>",
                "<ItemGroup><Reference Include=\"System.Xml\" /></ItemGroup></Project>");
            var build = new DeviceBuild(copy.Repository);

            DeviceAssembly hal = build.CompileAlone(build.Project("NanoComm.Hal"), build.Synthetic("hal/Synthetic.cs", ""));

            Refused.Exactly(hal.Findings, "hal/NanoComm.Hal.nfproj", DeviceBuild.UnknownPackage, "System.Xml");
        }

        // The member begins on line 5.
        private static string Source(string usings, string member)
        {
            return $"{usings}\nnamespace NanoComm\n{{\npublic static class Synthetic {{\n{member}\n}}\n}}\n";
        }
    }
}
