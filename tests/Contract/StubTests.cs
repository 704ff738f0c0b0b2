using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>The stubs declare what the real packages have, as they have it.</summary>
    public static class StubTests
    {
        private const string Place = "tests/Contract/Stubs/System.Threading";

        // What the synthetic declarations below are held against.
        private static readonly ApiListing Listing = ApiListing.Read(@"assembly System.Threading  (references: mscorlib)

class T.Base
  new()

sealed class T.Thing : T.Base, System.IDisposable
  const int Limit = 16
  new(int size = 8)
  int Size { get; }
  void Dispose()
  void Write(byte[] buffer)
  void Write(byte[] buffer, int offset)

enum T.Mode : byte
  Off=0, On=1

interface T.IPart
  int Count { get; }
  void Run(ref int x, out string y)

delegate void T.Handler(object sender, System.EventArgs e)
".Split('\n'));

        private static IEnumerable<string> Names => Device.Build.StubNames;

        [TestCaseSource(nameof(Names))]
        public static void Stub_agrees_with_its_listing(string name)
        {
            DeviceAssembly stub = Device.Build.Library(name);

            Refused.Nothing(stub.Findings);
            Refused.Nothing(StubRules.Check(stub.Module, Device.Build.Listings));
        }

        [Test]
        public static void Everything_a_listing_references_has_a_listing()
        {
            Assert.That(Device.Build.Listings.Values.SelectMany(listing => listing.References).Distinct(),
                Is.SubsetOf(Device.Build.Listings.Keys.Append(CoreLibrary.Name)));
        }

        [TestCase("public enum Mode : byte { Off = 0, On = 1 }", "", "")]
        [TestCase("public interface IPart { int Count { get; } void Run(ref int x, out string y); }", "", "")]
        [TestCase("public delegate void Handler(object sender, System.EventArgs e);", "", "")]
        [TestCase("public sealed class Thing : Base, System.IDisposable { public const int Limit = 16; public extern Thing(int size = 8); "
            + "public extern int Size { get; } public extern void Dispose(); }", "", "")]
        [TestCase("public struct Other { }", StubRules.UnknownType, "T.Other is not in System.Threading")]
        [TestCase("public sealed class Thing : Base { public extern Thing(int size = 8); public extern void Flush(); }",
            StubRules.UnknownMember, "T.Thing: 'void Flush()' is not in System.Threading; there: nothing of that name")]
        [TestCase("public sealed class Thing : Base { public extern Thing(int size = 8); public extern int Size { get; set; } }",
            StubRules.UnknownMember, "T.Thing: 'int Size { get; set; }' is not in System.Threading; there: int Size { get; }")]
        [TestCase("public sealed class Thing : Base { public extern Thing(int size = 9); }", StubRules.UnknownMember, "new(int size = 9)")]
        [TestCase("public sealed class Thing : Base { public const int Limit = 17; private Thing() { } }",
            StubRules.UnknownMember, "const int Limit = 17")]
        [TestCase("public sealed class Thing : Base { private Thing() { } public extern void Write(byte[] buffer); }",
            StubRules.MissingMember, "declare 'void Write(byte[] buffer, int offset)' too")]
        [TestCase("public interface IPart { int Count { get; } }", StubRules.MissingMember, "void Run(ref int x, out string y)")]
        [TestCase("public class Thing : Base { private Thing() { } }", StubRules.DifferentType, "declared as class; in System.Threading it is: sealed class")]
        [TestCase("public sealed class Thing { private Thing() { } }", StubRules.DifferentType, "without its base class T.Base")]
        [TestCase("public sealed class Thing : Base, System.ICloneable { private Thing() { } public extern object Clone(); }",
            StubRules.DifferentType, "with the base System.ICloneable")]
        [TestCase("public enum Mode : byte { On = 2 }", StubRules.UnknownMember, "T.Mode: 'On=2' is not in System.Threading; there: On=1")]
        [TestCase("public enum Mode { On = 1 }", StubRules.DifferentType, "with the base int")]
        [TestCase("public delegate int Handler(object sender, System.EventArgs e);", StubRules.UnknownMember, "delegate int T.Handler(")]
        public static void Declaration_is_held_against_the_listing(string declaration, string code, string says)
        {
            DeviceAssembly stub = Device.Build.CompileStub("System.Threading", new[]
            {
                Device.Build.Synthetic("Stub.cs", $"namespace T {{ public class Base {{ public extern Base(); }} {declaration} }}"),
            });
            Refused.Nothing(stub.Findings);

            IEnumerable<Finding> findings = StubRules.Check(stub.Module,
                new Dictionary<string, ApiListing> { [Listing.Assembly] = Listing });

            if (code.Length == 0)
            {
                Refused.Nothing(findings);
            }
            else
            {
                Refused.Exactly(findings, Place, code, says);
            }
        }

        [Test]
        public static void Stub_of_an_assembly_without_a_listing_is_refused()
        {
            DeviceAssembly stub = Device.Build.CompileStub("System.Xml",
                new[] { Device.Build.Synthetic("Stub.cs", "public class Document { }") });

            Refused.Exactly(StubRules.Check(stub.Module, Device.Build.Listings),
                "tests/Contract/Stubs/System.Xml", StubRules.UnknownAssembly, "no listing");
        }
    }
}
