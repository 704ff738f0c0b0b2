using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>Nothing in the device assemblies compiles and then fails on the interpreter.</summary>
    public static class IlRuleTests
    {
        private static IEnumerable<TestCaseData> Projects =>
            Device.Build.Projects.Select(project => new TestCaseData(project.Name));

        [TestCaseSource(nameof(Projects))]
        public static void Assembly_loads_on_the_interpreter(string name)
        {
            DeviceProject project = Device.Build.Projects.Single(candidate => candidate.Name == name);

            Refused.Nothing(IlRules.Check(Device.Build.Assembly(project).Module));
        }

        [TestCase("class Box<T> { }", "NanoComm.Synthetic.Box`1", IlRules.Generic, "is a generic type")]
        [TestCase("static void M<T>() { }", "firmware/Synthetic.cs(4,22) NanoComm.Synthetic.M", IlRules.Generic, "is a generic method")]
        [TestCase("static System.Func<int> M() { return () => 1; }", "firmware/Synthetic.cs(4,", IlRules.Generic, "uses System.Func`1<int>")]
        [TestCase("static System.Action<int> _call;", "NanoComm.Synthetic._call", IlRules.Generic, "uses System.Action`1<int>")]
        [TestCase("static int[,] M() { return new int[2, 2]; }", "firmware/Synthetic.cs(4,", IlRules.MultidimensionalArray, "uses int[,]")]
        [TestCase("static void M(int[,,] a) { a[1, 2, 3] = 4; }", "firmware/Synthetic.cs(4,", IlRules.MultidimensionalArray, "uses int[,,]")]
        [TestCase("static int[,] _grid;", "NanoComm.Synthetic._grid", IlRules.MultidimensionalArray, "uses int[,]")]
        [TestCase("static int M(int x) { return checked(x + 1); }", "firmware/Synthetic.cs(4,", IlRules.CheckedArithmetic, "add.ovf does not check")]
        [TestCase("static byte M(int x) { checked { return (byte)(x * 3 - 1); } }", "firmware/Synthetic.cs(4,", IlRules.CheckedArithmetic, "conv.ovf.u1")]
        [TestCase("static int M(int[] a, long i) { return a[i]; }", "firmware/Synthetic.cs(4,", IlRules.CheckedArithmetic, "cast it to int")]
        public static void Refuses(string member, string place, string code, string says)
        {
            DeviceAssembly firmware = Device.FirmwareOf($"#pragma warning disable\nnamespace NanoComm {{\nclass Synthetic {{\n{member}\n}} }}");
            Refused.Nothing(firmware.Findings);

            Refused.Exactly(IlRules.Check(firmware.Module), place, code, says);
        }

        [TestCase("static int X = Other.Y;", "class Other { public static int Y = new object().GetHashCode(); }", "NanoComm.Other.Y")]
        [TestCase("static int X = Other.Y();", "class Other { static int Z = new object().GetHashCode(); public static int Y() { return Z; } }", "NanoComm.Other.Y")]
        [TestCase("static object X = new Other();", "class Other { static object Z = new object(); public static object Y() { return Z; } }", "NanoComm.Other..ctor")]
        [TestCase("static int X = Own(); static int Own() { return Far.Reach(); }",
            "static class Far { public static int Reach() { return Other.Y; } } class Other { public static int Y = new object().GetHashCode(); }", "NanoComm.Other.Y")]
        [TestCase("delegate int F(); static F X = () => 1;", "", "NanoComm.Synthetic.<>c.<>9")]
        [TestCase("static string X = string.Empty;", "", "System.String.Empty")]
        public static void Static_initialiser_that_needs_foreign_statics_is_refused(string member, string others, string needs)
        {
            DeviceAssembly firmware = Device.FirmwareOf(
                $"#pragma warning disable\nnamespace NanoComm {{\nclass Synthetic {{\n{member}\n}} {others} }}");
            Refused.Nothing(firmware.Findings);

            Refused.Exactly(IlRules.Check(firmware.Module), "firmware/Synthetic.cs(", IlRules.StaticInitialiser,
                $"the static initialiser of NanoComm.Synthetic needs {needs}");
        }

        [TestCase("static readonly byte[] X = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };")]
        [TestCase("static readonly byte[][] X = { new byte[] { 1, 2, 3 }, new byte[4] };")]
        [TestCase("static int X = Y + 1; static int Y = System.Convert.ToInt32(\"4\");")]
        [TestCase("static int X = Plain.Add(1, Plain.Max); static class Plain { public const int Max = 4; public static int Add(int a, int b) { return a + b; } }")]
        public static void Harmless_static_initialiser_passes(string member)
        {
            DeviceAssembly firmware = Device.FirmwareOf($"#pragma warning disable\nnamespace NanoComm {{\nclass Synthetic {{\n{member}\n}} }}");

            Refused.Nothing(firmware.Findings);
            Refused.Nothing(IlRules.Check(firmware.Module));
        }
    }
}
