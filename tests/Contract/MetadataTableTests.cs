using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>No device assembly comes near what the tables of its metadata hold.</summary>
    public static class MetadataTableTests
    {
        private static IEnumerable<TestCaseData> Projects =>
            Device.Build.Projects.Select(project => new TestCaseData(project.Name));

        [TestCaseSource(nameof(Projects))]
        public static void Tables_have_room(string name)
        {
            DeviceProject project = Device.Build.Projects.Single(candidate => candidate.Name == name);

            IReadOnlyList<TableFill> tables = MetadataTables.Measure(Device.Build.Assembly(project).Module, name);

            TestContext.Out.WriteLine($"{name}: {string.Join(", ", tables.OrderByDescending(table => table.Percent).Take(4))}");
            Refused.Nothing(MetadataTables.Check(tables));
        }

        [TestCase("strings")]
        [TestCase("byte code")]
        [TestCase("signatures")]
        [TestCase("virtual methods of a type")]
        [TestCase("static methods of a type")]
        [TestCase("instance methods of a type")]
        [TestCase("static fields of a type")]
        [TestCase("instance fields of a type")]
        [TestCase("arguments of a method")]
        [TestCase("locals of a method")]
        [TestCase("stack of a method")]
        [TestCase("handlers of a method")]
        [TestCase("targets of a switch")]
        public static void A_source_that_fills_a_table_is_refused(string table)
        {
            DeviceAssembly full = Device.FirmwareOf($"#pragma warning disable\nclass Synthetic\n{{\n{Filling(table)}\n}}");
            Refused.Nothing(full.Findings);

            Refused.Exactly(MetadataTables.Check(MetadataTables.Measure(full.Module, "Synthetic")), PlaceOf(table),
                MetadataTables.TableFull, table + " ");
        }

        [TestCase("types", 0x4000)]
        [TestCase("type references", 0x4000)]
        [TestCase("fields", 0x8000)]
        [TestCase("field references", 0x8000)]
        [TestCase("methods", 0x8000)]
        [TestCase("method references", 0x8000)]
        public static void An_assembly_that_fills_a_table_is_refused(string table, int limit)
        {
            int most = limit * 9 / 10;

            TableFill full = MetadataTables.Measure(Filled(table, most + 1), "Synthetic").Single(fill => fill.Table == table);

            Assert.That(full.Used, Is.InRange(most + 1, most + 4), "what else the assembly needs counts too");
            Refused.Exactly(MetadataTables.Check(new[] { full }), "Synthetic", MetadataTables.TableFull,
                $"{table} {full.Used:N0} of {limit:N0}");
            Refused.Nothing(MetadataTables.Check(new[] { full with { Used = most } }));
        }

        private static string PlaceOf(string table)
        {
            return table.EndsWith("method") || table.EndsWith("switch") ? "firmware/Synthetic.cs(4," : "Synthetic";
        }

        // One more than nine tenths of 255 are 230; implicit ones, such as a constructor, count too.
        private static string Filling(string table)
        {
            const int Many = 230;
            return table switch
            {
                "strings" => $"static string M() {{ return \"{new string('x', 58300)}\"; }}",
                "byte code" => $"static int M(int x) {{ {Repeat(15000, _ => "x += x;")} return x; }}",
                "signatures" => $"static readonly byte[] Table = {{ {Repeat(59000, i => $"{i & 255},")} }};",
                "virtual methods of a type" => Repeat(Many, i => $"public virtual void M{i}() {{ }}\n"),
                "static methods of a type" => Repeat(Many, i => $"static void M{i}() {{ }}\n"),
                "instance methods of a type" => Repeat(Many, i => $"void M{i}() {{ }}\n"),
                "static fields of a type" => Repeat(Many, i => $"static int _m{i};\n"),
                "instance fields of a type" => Repeat(Many, i => $"int _m{i};\n"),
                "arguments of a method" => $"static void M({Repeat(Many, i => $"int a{i},")} int last) {{ }}",
                "locals of a method" => $"static void M() {{ {Repeat(Many, i => $"int a{i} = 0; N(ref a{i});")} }} static void N(ref int x) {{ }}",
                "stack of a method" => $"static int M(int x) {{ return {Repeat(Many, _ => "x + (")}x{new string(')', Many)}; }}",
                "handlers of a method" => $"static void M() {{ {Repeat(Many, _ => "try { N(); } finally { N(); }")} }} static void N() {{ }}",
                _ => $"static int M(int x) {{ switch (x) {{ {Repeat(Many, i => $"case {i}: return {i * i % 7};")} default: return x; }} }}",
            };
        }

        private static string Repeat(int count, System.Func<int, string> text)
        {
            return string.Concat(Enumerable.Range(0, count).Select(text));
        }

        // Made by hand: a compiler would take minutes over so many.
        private static ModuleDefinition Filled(string table, int count)
        {
            ModuleDefinition module = ModuleDefinition.CreateModule("Synthetic", ModuleKind.Dll);
            var type = new TypeDefinition("", "Holder", TypeAttributes.Class, module.TypeSystem.Object);
            module.Types.Add(type);
            var method = new MethodDefinition("Uses", MethodAttributes.Static, module.TypeSystem.Void);
            type.Methods.Add(method);
            ILProcessor il = method.Body.GetILProcessor();
            for (int i = 0; i < count; i++)
            {
                Add(table, $"X{i}", module, type, il);
            }

            return module;
        }

        private static void Add(string table, string name, ModuleDefinition module, TypeDefinition type, ILProcessor il)
        {
            TypeReference foreign = module.TypeSystem.Int32;
            switch (table)
            {
                case "types":
                    module.Types.Add(new TypeDefinition("", name, TypeAttributes.Class, module.TypeSystem.Object));
                    break;
                case "type references":
                    il.Emit(OpCodes.Initobj, new TypeReference("", name, module, module.TypeSystem.CoreLibrary));
                    break;
                case "fields":
                    type.Fields.Add(new FieldDefinition(name, FieldAttributes.Static, foreign));
                    break;
                case "field references":
                    il.Emit(OpCodes.Ldsfld, new FieldReference(name, foreign, foreign));
                    break;
                case "methods":
                    type.Methods.Add(new MethodDefinition(name, MethodAttributes.Static, foreign));
                    break;
                default:
                    il.Emit(OpCodes.Call, new MethodReference(name, foreign, foreign));
                    break;
            }
        }
    }
}
