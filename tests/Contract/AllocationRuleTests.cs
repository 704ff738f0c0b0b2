using Mono.Cecil;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>The firmware's steady parts allocate nothing.</summary>
    public static class AllocationRuleTests
    {
        [Test]
        public static void Steady_parts_allocate_nothing()
        {
            ModuleDefinition firmware = Device.Firmware.Module;

            Refused.Nothing(AllocationRules.Check(firmware));
            Assert.That(AllocationRules.Stale(firmware), Is.Empty,
                "exempt from the rule, and no longer in need of it");
        }

        [TestCase("static object M() { return new object(); }", "newobj")]
        [TestCase("static byte[] M() { return new byte[4]; }", "newarr")]
        [TestCase("static object M() { return 4; }", "box")]
        [TestCase("static string M(int x) { return x.ToString(); }", "call")]
        [TestCase("static string M(string x) { return x + x; }", "call")]
        public static void An_allocation_is_refused(string member, string says)
        {
            DeviceAssembly firmware = Device.FirmwareOf(
                $"#pragma warning disable\nnamespace NanoComm.Metering {{\nclass Synthetic {{\n{member}\n}} }}");
            Refused.Nothing(firmware.Findings);

            Refused.Exactly(AllocationRules.Check(firmware.Module), "firmware/Synthetic.cs(4,", AllocationRules.Allocation, says);
        }

        [TestCase("object _o = new object();")]
        [TestCase("static void M() { throw new System.ArgumentException(); }")]
        [TestCase("static int M(string x) { return x.Length; }")]
        public static void A_constructor_and_a_throw_may_allocate(string member)
        {
            DeviceAssembly firmware = Device.FirmwareOf(
                $"#pragma warning disable\nnamespace NanoComm.Metering {{\nclass Synthetic {{\n{member}\n}} }}");
            Refused.Nothing(firmware.Findings);

            Refused.Nothing(AllocationRules.Check(firmware.Module));
        }
    }
}
