using Microsoft.CodeAnalysis;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>No durable record is forgotten.</summary>
    public static class RecordRuleTests
    {
        [Test]
        public static void Every_record_that_the_firmware_uses_is_in_the_catalogue_by_its_owner()
        {
            var rules = new RecordRules(Device.FirmwareSources);

            Refused.Nothing(rules.Findings);
            Assert.That(rules.Names, Is.Not.Empty);
            Assert.That(rules.Unused, Is.Empty, "in the catalogue, and in no store");
        }

        [TestCase("static void M(IDurableStore store) { store.Delete(\"forgotten\"); }",
            RecordRules.UnknownRecord, "'forgotten'")]
        [TestCase("const string Name = \"forgotten\"; static int M(IDurableStore s) { return s.LengthOf(Name); }",
            RecordRules.UnknownRecord, "'forgotten'")]
        [TestCase("readonly string _name; Synthetic(string name) { _name = name; }"
            + " static object Make() { return new Synthetic(\"forgotten\"); }"
            + " bool M(IDurableStore store) { return store.Delete(_name); }", RecordRules.UnknownRecord, "'forgotten'")]
        [TestCase("static bool M(IDurableStore s) { return s.Delete(RecordCatalogue.FactoryKeys); }",
            RecordRules.ForeignRecord, "'factory'")]
        [TestCase("static bool M(IDurableStore s, string a) { string b = a + \"-b\"; return s.Delete(b); }",
            RecordRules.HiddenName, "'b'")]
        public static void A_record_that_is_not_is_refused(string member, string code, string says)
        {
            SyntaxTree source = Device.Build.Synthetic(Device.SyntheticPath, "using NanoComm.Hal; using NanoComm.Records;\n"
                + $"namespace NanoComm.WiSun {{\nclass Synthetic {{\n{member}\n}} }}");

            var rules = new RecordRules(Device.FirmwareSources.AddSyntaxTrees(source));

            Refused.Exactly(rules.Findings, "firmware/Synthetic.cs(4,", code, says);
        }
    }
}
