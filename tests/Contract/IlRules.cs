using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoComm.Tests.Contract
{
    /// <summary>What compiles for nanoFramework 1.x and then fails on its interpreter, found in the IL.</summary>
    internal static class IlRules
    {
        public const string Generic = nameof(Generic);
        public const string MultidimensionalArray = nameof(MultidimensionalArray);
        public const string CheckedArithmetic = nameof(CheckedArithmetic);
        public const string TooManyMethods = nameof(TooManyMethods);
        public const string StaticInitialiser = nameof(StaticInitialiser);
        public const string TooManyStrings = nameof(TooManyStrings);

        // The metadata format counts a type's methods in a byte.
        private const int MaxMethods = 255;

        // The metadata format finds a string by an offset of two bytes. What the table takes is estimated here, so some
        // room is left.
        private const int MaxStringTable = 60000;

        /// <summary>Runs every rule over a module.</summary>
        public static IReadOnlyList<Finding> Check(ModuleDefinition module)
        {
            return Generics(module)
                .Concat(MultidimensionalArrays(module))
                .Concat(Checked(module))
                .Concat(LargeTypes(module))
                .Concat(StaticInitialisers(module))
                .Concat(LargeStringTable(module, MaxStringTable))
                .Distinct()
                .ToList();
        }

        /// <summary>An assembly has one table for its names and its texts, each once, ended by a zero.</summary>
        /// <param name="module">The assembly.</param>
        /// <param name="limit">Bytes that the table may take.</param>
        public static IEnumerable<Finding> LargeStringTable(ModuleDefinition module, int limit)
        {
            int length = StringTableLength(module);
            if (length > limit)
            {
                yield return new Finding(module.Name, TooManyStrings, $"has {length:N0} bytes of names and texts; the "
                    + $"metadata format holds 65,535, and this rule {limit:N0}: split the assembly, or write less text");
            }
        }

        /// <summary>What that table takes in bytes, about.</summary>
        public static int StringTableLength(ModuleDefinition module)
        {
            return Strings(module).Distinct().Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
        }

        private static IEnumerable<string> Strings(ModuleDefinition module)
        {
            return module.GetTypes().SelectMany(type => new[] { type.Namespace, type.Name }
                    .Concat(type.Fields.Select(field => field.Name))
                    .Concat(type.Methods.Select(method => method.Name))
                    .Concat(type.CustomAttributes.Concat(type.Methods.SelectMany(method => method.CustomAttributes))
                        .SelectMany(Texts)))
                .Concat(module.GetTypeReferences().SelectMany(type => new[] { type.Namespace, type.Name }))
                .Concat(module.GetMemberReferences().Select(member => member.Name))
                .Concat(Instructions(module).Select(pair => pair.Instruction.Operand).OfType<string>());
        }

        private static IEnumerable<string> Texts(CustomAttribute attribute)
        {
            return attribute.ConstructorArguments.SelectMany(Texts);
        }

        private static IEnumerable<string> Texts(CustomAttributeArgument argument)
        {
            return argument.Value switch
            {
                string text => new[] { text },
                CustomAttributeArgument inner => Texts(inner),
                CustomAttributeArgument[] several => several.SelectMany(Texts),
                _ => Enumerable.Empty<string>(),
            };
        }

        private static IEnumerable<Finding> Generics(ModuleDefinition module)
        {
            const string Instead = "generics crash at load on nanoFramework: use an interface, an array or an own delegate";
            foreach (TypeDefinition type in module.GetTypes())
            {
                if (type.HasGenericParameters)
                {
                    yield return new Finding(TypeUse.NameOf(type), Generic, $"is a generic type; {Instead}");
                }

                foreach (MethodDefinition method in type.Methods.Where(method => method.HasGenericParameters))
                {
                    yield return new Finding(TypeUse.PlaceOf(method), Generic, $"is a generic method; {Instead}");
                }
            }

            foreach (TypeUse use in TypeUse.All(module).Where(use => use.Type is GenericInstanceType))
            {
                yield return new Finding(use.Place, Generic, $"uses {ApiRenderer.TypeName(use.Type)}; {Instead}");
            }

            foreach ((MethodDefinition method, Instruction instruction) in Instructions(module))
            {
                if (instruction.Operand is GenericInstanceMethod called)
                {
                    yield return new Finding(TypeUse.PlaceOf(method, instruction), Generic,
                        $"calls the generic method {called.Name}; {Instead}");
                }
            }
        }

        private static IEnumerable<Finding> MultidimensionalArrays(ModuleDefinition module)
        {
            return TypeUse.All(module)
                .Where(use => use.Type is ArrayType array && !array.IsVector)
                .Select(use => new Finding(use.Place, MultidimensionalArray, $"uses {ApiRenderer.TypeName(use.Type)}; "
                    + "it crashes at load on nanoFramework: use one dimension and compute the index"));
        }

        private static IEnumerable<Finding> Checked(ModuleDefinition module)
        {
            return Instructions(module)
                .Where(item => item.Instruction.OpCode.Name.Contains(".ovf", StringComparison.Ordinal))
                .Select(item => new Finding(TypeUse.PlaceOf(item.Method, item.Instruction), CheckedArithmetic,
                    $"{item.Instruction.OpCode.Name} does not check on nanoFramework: compare before calculating"
                    + " (a long as array index or length is checked arithmetic too: cast it to int)"));
        }

        private static IEnumerable<Finding> LargeTypes(ModuleDefinition module)
        {
            return module.GetTypes()
                .Where(type => type.Methods.Count > MaxMethods)
                .Select(type => new Finding(TypeUse.NameOf(type), TooManyMethods,
                    $"has {type.Methods.Count} methods, accessors and constructors included; "
                    + $"the metadata processor takes {MaxMethods}: split the type"));
        }

        // Static constructors run before Main in metadata order, unused types too. So nothing that runs inside one,
        // followed through every own method it calls, may touch the statics of another type that has a static
        // constructor itself: a static field, a static method, or a new instance of it. Static fields of library types
        // count as initialised by one, because their declarations cannot show whether they are. Array data is no
        // static of anyone: it is loaded by token.
        private static IEnumerable<Finding> StaticInitialisers(ModuleDefinition module)
        {
            return module.GetTypes().SelectMany(type => type.Methods)
                .Where(method => method.IsConstructor && method.IsStatic)
                .SelectMany(initialiser => Reachable(initialiser).SelectMany(method => method.Body.Instructions
                    .Where(instruction => TouchesForeignStatics(instruction, initialiser.DeclaringType))
                    .Select(instruction => new Finding(TypeUse.PlaceOf(method, instruction), StaticInitialiser,
                        $"the static initialiser of {TypeUse.NameOf(initialiser.DeclaringType)} needs "
                        + $"{Show((MemberReference)instruction.Operand)}, which may not be initialised yet: static "
                        + "constructors run in metadata order on nanoFramework; use a constant, or create it in a constructor"))));
        }

        private static IReadOnlyCollection<MethodDefinition> Reachable(MethodDefinition start)
        {
            var found = new HashSet<MethodDefinition> { start };
            var open = new Queue<MethodDefinition>(found);
            while (open.TryDequeue(out MethodDefinition method))
            {
                foreach (MethodDefinition called in method.Body.Instructions.Select(instruction => instruction.Operand)
                    .OfType<MethodReference>().Select(reference => reference as MethodDefinition ?? Own(reference))
                    .Where(called => called is { HasBody: true } && found.Add(called)))
                {
                    open.Enqueue(called);
                }
            }

            return found;
        }

        private static MethodDefinition Own(MethodReference reference)
        {
            return reference.DeclaringType is TypeDefinition type
                ? type.Methods.FirstOrDefault(method => method.FullName == reference.FullName)
                : null;
        }

        private static bool TouchesForeignStatics(Instruction instruction, TypeDefinition initialised)
        {
            if (instruction.Operand is not MemberReference member || member.DeclaringType == null
                || member.DeclaringType == initialised)
            {
                return false;
            }

            bool field = instruction.OpCode.Code is Code.Ldsfld or Code.Ldsflda or Code.Stsfld;
            return member.DeclaringType is TypeDefinition own
                ? HasStaticConstructor(own) && (field || instruction.OpCode.Code == Code.Newobj
                    || member is MethodDefinition { IsStatic: true })
                : field;
        }

        private static bool HasStaticConstructor(TypeDefinition type)
        {
            return type.Methods.Any(method => method.IsConstructor && method.IsStatic);
        }

        private static IEnumerable<(MethodDefinition Method, Instruction Instruction)> Instructions(ModuleDefinition module)
        {
            return module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
                .SelectMany(method => method.Body.Instructions.Select(instruction => (method, instruction)));
        }

        private static string Show(MemberReference member)
        {
            return $"{TypeUse.NameOf(member.DeclaringType)}.{member.Name}";
        }
    }
}
