using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// The tables that the metadata processor makes of an assembly, and what their indices and counts can hold. Some
    /// limits stop the processor, some are cut off without a word. Sizes in bytes are upper bounds: the processor leaves
    /// out names that the interpreter has anyhow, and lays a signature over another where it fits.
    /// </summary>
    internal static class MetadataTables
    {
        public const string TableFull = nameof(TableFull);

        /// <summary>What of a table may be used, in percent.</summary>
        private const int Allowed = 90;

        // A string is found by an offset of two bytes, of which the interpreter keeps the highest 860 and one for the
        // names that it has itself (nf-interpreter, StringTable.cpp: iMax; StringTableData.cpp: c_CLR_StringTable_Size).
        private const int Strings = 65535 - 860;

        // Offsets of two bytes, FFFF for none (metadata-processor, nanoByteCodeTable.cs; nanoCLR_Types.h: CLR_OFFSET,
        // CLR_SIG). The processor stops at the end of the byte code, and starts again at 0 in the signatures.
        private const int ByteCode = 65535;
        private const int Signatures = 65535;

        // In an instruction two bits of the two bytes say which table a type is in, and one for a field or a method
        // (nanoCLR_Types.h: CLR_UncompressTypeToken, CLR_UncompressFieldToken, CLR_UncompressMethodToken).
        private const int Types = 0x4000;
        private const int Members = 0x8000;

        // Counts in one byte: CLR_RECORD_TYPEDEF, CLR_RECORD_METHODDEF; the targets of a switch and the handlers of a
        // method (metadata-processor, CodeWriter.cs). Only the methods of a type are checked by the processor.
        private const int Counted = 255;

        /// <summary>What is above the part that may be used.</summary>
        public static IEnumerable<Finding> Check(IEnumerable<TableFill> tables)
        {
            return tables.Where(table => table.Used * 100L > table.Limit * (long)Allowed)
                .Select(table => new Finding(table.Place, TableFull,
                    $"{table}: {Allowed} % is what this rule allows; split it, or take out what it does not need"));
        }

        /// <summary>The tables of an assembly, and the fullest counts of its types and methods.</summary>
        /// <param name="module">The assembly.</param>
        /// <param name="name">What findings call it: several device projects make an assembly of one name.</param>
        public static IReadOnlyList<TableFill> Measure(ModuleDefinition module, string name)
        {
            List<TypeDefinition> types = module.GetTypes().Where(type => type.Name != "<Module>").ToList();
            List<MethodDefinition> methods = types.SelectMany(type => type.Methods).ToList();
            List<MemberReference> references = References(types, methods).ToList();
            var tables = new List<TableFill>
            {
                new(name, "strings", StringBytes(module, types, references), Strings),
                new(name, "byte code", methods.Sum(ByteCodeOf), ByteCode),
                new(name, "signatures", SignatureBytes(types, methods, references), Signatures),
                new(name, "types", types.Count, Types),
                new(name, "type references", TypeReferences(module).Count(), Types),
                new(name, "fields", types.Sum(type => Fields(type).Count()), Members),
                new(name, "field references", Distinct<FieldReference>(references), Members),
                new(name, "methods", methods.Count, Members),
                new(name, "method references", Distinct<MethodReference>(references), Members),
            };
            tables.AddRange(types.SelectMany(CountsOf).Concat(methods.SelectMany(CountsOf))
                .GroupBy(count => count.Table).Select(group => group.MaxBy(count => count.Used)));
            return tables;
        }

        private static IEnumerable<TableFill> CountsOf(TypeDefinition type)
        {
            string place = TypeUse.NameOf(type);
            yield return new(place, "virtual methods of a type", type.Methods.Count(method => method.IsVirtual), Counted);
            yield return new(place, "static methods of a type", type.Methods.Count(method => method.IsStatic), Counted);
            yield return new(place, "instance methods of a type",
                type.Methods.Count(method => !method.IsVirtual && !method.IsStatic), Counted);
            yield return new(place, "static fields of a type", Fields(type).Count(field => field.IsStatic), Counted);
            yield return new(place, "instance fields of a type", Fields(type).Count(field => !field.IsStatic), Counted);
        }

        private static IEnumerable<TableFill> CountsOf(MethodDefinition method)
        {
            string place = TypeUse.PlaceOf(method);
            yield return new(place, "arguments of a method", method.Parameters.Count + (method.HasThis ? 1 : 0), Counted);
            if (method.HasBody)
            {
                yield return new(place, "locals of a method", method.Body.Variables.Count, Counted);
                yield return new(place, "stack of a method", method.Body.MaxStackSize, Counted);
                yield return new(place, "handlers of a method", method.Body.ExceptionHandlers.Count, Counted);
                yield return new(place, "targets of a switch", method.Body.Instructions
                    .Select(instruction => (instruction.Operand as Instruction[])?.Length ?? 0).DefaultIfEmpty().Max(), Counted);
            }
        }

        // A constant is written where it is used.
        private static IEnumerable<FieldDefinition> Fields(TypeDefinition type)
        {
            return type.Fields.Where(field => !field.HasConstant);
        }

        // Tokens and far branches take two bytes in place of four, a switch counts in one byte.
        private static int ByteCodeOf(MethodDefinition method)
        {
            if (!method.HasBody)
            {
                return 0;
            }

            int handlers = method.Body.ExceptionHandlers.Count;
            return method.Body.Instructions.Sum(instruction => instruction.GetSize() - instruction.OpCode.OperandType switch
            {
                OperandType.InlineString or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                    or OperandType.InlineBrTarget => 2,
                OperandType.InlineSwitch => 3 + 2 * ((Instruction[])instruction.Operand).Length,
                _ => 0,
            }) + (handlers == 0 ? 0 : 12 * handlers + 1);
        }

        private static int StringBytes(ModuleDefinition module, List<TypeDefinition> types, List<MemberReference> references)
        {
            IEnumerable<string> names = types.SelectMany(type => new[] { type.Namespace, type.Name }
                    .Concat(Fields(type).Select(field => field.Name))
                    .Concat(type.Methods.Select(method => method.Name)))
                .Concat(TypeReferences(module).SelectMany(type => new[] { type.Namespace, type.Name }))
                .Concat(references.Select(member => member.Name))
                .Concat(module.AssemblyReferences.Select(assembly => assembly.Name));
            IEnumerable<string> texts = types.SelectMany(Attributes).SelectMany(attribute => attribute.ConstructorArguments)
                .SelectMany(Values).OfType<string>()
                .Concat(types.SelectMany(type => type.Methods).SelectMany(Instructions).Select(item => item.Operand).OfType<string>());
            return names.Concat(texts).Distinct().Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
        }

        // Each kind of signature once: what it is made of, as a text, and how many bytes it takes.
        private static int SignatureBytes(List<TypeDefinition> types, List<MethodDefinition> methods, List<MemberReference> references)
        {
            IEnumerable<(string, int)> all = methods.Concat(references.OfType<MethodReference>())
                .Select(method => (
                    $"{method.HasThis} {method.ReturnType.FullName}({List(method.Parameters.Select(parameter => parameter.ParameterType))})",
                    2 + Bytes(method.ReturnType) + method.Parameters.Sum(parameter => Bytes(parameter.ParameterType))));
            all = all.Concat(methods.Where(method => method.HasBody && method.Body.HasVariables).Select(method => (
                List(method.Body.Variables.Select(variable => variable.VariableType)),
                method.Body.Variables.Sum(variable => Bytes(variable.VariableType)))));
            all = all.Concat(types.SelectMany(Fields).Concat(references.OfType<FieldReference>()).Select(field => (
                "field " + field.FieldType.FullName, 1 + Bytes(field.FieldType))));
            all = all.Concat(types.SelectMany(Fields).Where(field => field.InitialValue.Length > 0).Select(field => (
                Convert.ToHexString(field.InitialValue), 2 + field.InitialValue.Length)));
            all = all.Concat(types.Where(type => type.HasInterfaces).Select(type => (
                "interfaces " + List(type.Interfaces.Select(item => item.InterfaceType)), 1 + 2 * type.Interfaces.Count)));
            all = all.Concat(types.SelectMany(Attributes).Select(attribute => (
                "attribute " + string.Join(",", attribute.ConstructorArguments.SelectMany(Values)),
                2 + attribute.ConstructorArguments.Sum(Bytes))));
            return all.Distinct().Sum(signature => signature.Item2);
        }

        private static string List(IEnumerable<TypeReference> types)
        {
            return string.Join(",", types.Select(type => type.FullName));
        }

        // One byte for the kind, up to two for which class, as long as there are fewer than 4,096 of them.
        private static int Bytes(TypeReference type)
        {
            return type switch
            {
                TypeSpecification wrapped => 1 + Bytes(wrapped.ElementType),
                { IsPrimitive: true } or { MetadataType: MetadataType.Void or MetadataType.String or MetadataType.Object } => 1,
                _ => 3,
            };
        }

        private static int Bytes(CustomAttributeArgument argument)
        {
            return argument.Value switch
            {
                CustomAttributeArgument[] several => 1 + several.Sum(Bytes),
                CustomAttributeArgument inner => Bytes(inner),
                long or ulong or double => 9,
                int or uint or float => 5,
                bool or byte or sbyte => 2,
                _ => 3,
            };
        }

        private static IEnumerable<object> Values(CustomAttributeArgument argument)
        {
            return argument.Value switch
            {
                CustomAttributeArgument[] several => several.SelectMany(Values),
                CustomAttributeArgument inner => Values(inner),
                TypeReference type => new object[] { type.FullName },
                _ => new[] { argument.Value },
            };
        }

        private static IEnumerable<CustomAttribute> Attributes(TypeDefinition type)
        {
            return type.CustomAttributes
                .Concat(type.Fields.SelectMany(field => field.CustomAttributes))
                .Concat(type.Methods.SelectMany(method => method.CustomAttributes));
        }

        private static IEnumerable<Instruction> Instructions(MethodDefinition method)
        {
            return method.HasBody ? method.Body.Instructions : Enumerable.Empty<Instruction>();
        }

        private static IEnumerable<TypeReference> TypeReferences(ModuleDefinition module)
        {
            return TypeUse.All(module).Select(use => use.Type)
                .Where(type => type is not (TypeDefinition or TypeSpecification or GenericParameter))
                .DistinctBy(type => type.FullName);
        }

        private static IEnumerable<MemberReference> References(List<TypeDefinition> types, List<MethodDefinition> methods)
        {
            return methods.SelectMany(Instructions).Select(instruction => instruction.Operand).OfType<MemberReference>()
                .Concat(types.SelectMany(Attributes).Select(attribute => attribute.Constructor))
                .Where(member => member is not (TypeReference or IMemberDefinition));
        }

        private static int Distinct<T>(List<MemberReference> references)
            where T : MemberReference
        {
            return references.OfType<T>().DistinctBy(member => member.FullName).Count();
        }
    }
}
