using System;
using System.Collections.Generic;
using System.Linq;
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
        public const string StaticInitialiser = nameof(StaticInitialiser);

        /// <summary>Runs every rule over a module.</summary>
        public static IReadOnlyList<Finding> Check(ModuleDefinition module)
        {
            return Generics(module)
                .Concat(MultidimensionalArrays(module))
                .Concat(Checked(module))
                .Concat(StaticInitialisers(module))
                .Distinct()
                .ToList();
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
