using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>The firmware is as docs/architecture.md has it: no arrow more, none less; requirements R17 and R23 too.</summary>
    public static class ArrowTableTests
    {
        private const string Target = "public class Target { public static object S; public const int C = 1; }";

        [Test]
        public static void Firmware_is_as_the_page_has_it()
        {
            Refused.Nothing(ArrowTable.Of(Repository.Here).Check(Device.Firmware));
        }

        [TestCase("Echonet", "Dlms")]
        [TestCase("Echonet.Objects", "Pairing.Keys")]
        [TestCase("Bytes", "Supervision")]
        public static void An_arrow_that_is_not_in_the_table_is_refused_in_every_way_through(string from, string to)
        {
            DeviceAssembly firmware = Device.FirmwareOf($@"#pragma warning disable
namespace NanoComm.{to} {{ {Target} }}
namespace NanoComm.{from}
{{
    using NanoComm.{to};
    class ByNew {{ object M() {{ return new Target(); }} }}
    class ByStatic {{ object M() {{ return Target.S; }} }}
    class ByParameter {{ void M(Target[] t) {{ }} }}
    class ByField {{ Target _t; }}
    class ByBase : Target {{ }}
    class ByConstant {{ int M() {{ return Target.C; }} }}
    class Outer {{ class ByNesting {{ object M() {{ return typeof(Target); }} }} }}
}}");
            Refused.Nothing(firmware.Findings);
            string room = from.Split('.')[0];
            string other = to.Split('.')[0];

            List<Finding> findings = Table($"| `{room}` | |", $"| `{other}` | |").Check(firmware).ToList();

            Refused.Exactly(findings, "", ArrowTable.Arrow,
                $"{room} must not know NanoComm.{to}.Target: take this use out, or add `{other}` to the row `{room}` of docs/architecture.md");
            Assert.That(findings.Select(finding => finding.Place.Split(' ')[^1]), Is.EquivalentTo(new[]
            {
                $"NanoComm.{from}.ByNew.M", $"NanoComm.{from}.ByStatic.M", $"NanoComm.{from}.ByParameter.M",
                $"NanoComm.{from}.ByField._t", $"NanoComm.{from}.ByBase", $"NanoComm.{from}.ByBase..ctor",
                $"NanoComm.{from}.Outer.ByNesting.M", "firmware/Synthetic.cs(5,1)",
            }));
        }

        [Test]
        public static void An_arrow_in_the_table_is_open()
        {
            Refused.Nothing(Table("| `RouteB` | `Echonet`, `hal` |", "| `Echonet` | |", "| `unit` | `RouteB` |").Check(Using()));
        }

        [Test]
        public static void An_arrow_in_the_table_that_no_code_uses_is_refused()
        {
            Refused.Exactly(
                Table("| `RouteB` | `Echonet`, `hal` |", "| `Echonet` | `hal` |", "| `unit` | `RouteB` |").Check(Using()),
                "docs/architecture.md(5)", ArrowTable.Unused, "nothing in Echonet uses hal: take `hal` out of the row `Echonet`");
        }

        [Test]
        public static void A_room_without_a_row_is_refused()
        {
            Refused.Exactly(Table("| `RouteB` | `Echonet`, `hal` |", "| `unit` | `RouteB` |").Check(Using()),
                "docs/architecture.md", ArrowTable.NoRow, "add a row `Echonet`");
        }

        [Test]
        public static void A_row_without_a_room_is_refused()
        {
            Refused.Exactly(
                Table("| `RouteB` | `Echonet`, `hal` |", "| `Echonet` | |", "| `unit` | `RouteB` |", "| `Cellar` | |").Check(Using()),
                "docs/architecture.md(7)", ArrowTable.NoRow, "no room Cellar: take the row `Cellar` out");
        }

        [TestCase("| `Echonet` | `Dlms` |", "Echonet -> Dlms")]
        [TestCase("| `Echonet` | `Middle` |", "Echonet -> Middle -> Dlms")]
        public static void An_arrow_that_never_comes_is_refused_in_the_table_itself(string row, string way)
        {
            Refused.Exactly(Table("| `Middle` | `Dlms` |", "| `Dlms` | |", row).CheckNever(), "docs/architecture.md(10)",
                ArrowTable.Never, $"Echonet never comes to know Dlms, and the table above lets it: {way}");
        }

        [Test]
        public static void A_page_without_the_tables_is_refused()
        {
            Assert.That(() => new ArrowTable(new[] { "# A page" }),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("docs/architecture.md has no table"));
        }

        private static DeviceAssembly Using()
        {
            DeviceAssembly firmware = Device.FirmwareOf(@"#pragma warning disable
namespace NanoComm.Echonet { public class Node { } }
namespace NanoComm.RouteB { public class Path { Echonet.Node _node; NanoComm.Hal.IClock _clock; } }
namespace NanoComm { class Whole { NanoComm.RouteB.Path _path; } }");
            Refused.Nothing(firmware.Findings);
            return firmware;
        }

        private static ArrowTable Table(params string[] rows)
        {
            return new ArrowTable(new[] { "## Who may know whom", "| room | knows |", "|---|---|" }.Concat(rows).Concat(new[]
            {
                "", "## Arrows that never come", "| room | never |", "| `Echonet` | `Dlms` |",
            }).ToArray());
        }
    }
}
