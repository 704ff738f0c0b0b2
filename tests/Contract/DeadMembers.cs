using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// Members that no program reaches. From each entry point every reference in the IL is followed; a virtual method
    /// that overrides or implements counts as reached when its type is, for who calls it is not to be seen. Constants
    /// are not in the IL where they are used: for them the sources are searched for their name.
    /// </summary>
    internal sealed class DeadMembers
    {
        public const string Dead = nameof(Dead);

        private static readonly Regex Name = new(@"[\p{L}_]\w*");

        private readonly Dictionary<string, TypeDefinition> _types = new();
        private readonly Dictionary<string, MethodDefinition> _methods = new();
        private readonly HashSet<TypeDefinition> _liveTypes = new();
        private readonly HashSet<MethodDefinition> _liveMethods = new();
        private readonly HashSet<string> _readFields = new();
        private readonly Queue<MethodDefinition> _open = new();

        /// <summary>Follows what the programs among some modules reach.</summary>
        /// <param name="modules">Everything that is delivered; of a type that two of them have, one is followed.</param>
        /// <param name="isUsed">Whether a type or member, by its whole name, is used by others than these programs.</param>
        public DeadMembers(IReadOnlyList<ModuleDefinition> modules, Func<string, bool> isUsed)
        {
            foreach (TypeDefinition type in modules.SelectMany(module => module.GetTypes()))
            {
                if (_types.TryAdd(type.FullName, type))
                {
                    foreach (MethodDefinition method in type.Methods)
                    {
                        _methods.TryAdd(KeyOf(method), method);
                    }
                }
            }

            foreach (MethodDefinition main in modules.Select(module => module.EntryPoint).Where(main => main != null))
            {
                Reach(main);
            }

            foreach (TypeDefinition type in _types.Values)
            {
                ReachUsed(type, isUsed);
            }

            while (_open.TryDequeue(out MethodDefinition method))
            {
                Follow(method);
            }
        }

        /// <summary>Types, methods, properties, events and fields that nothing reaches.</summary>
        public IEnumerable<Finding> Find()
        {
            return _types.Values.Where(type => !IsMade(type)
                    && (type.DeclaringType == null || _liveTypes.Contains(type.DeclaringType)))
                .SelectMany(Find);
        }

        /// <summary>Constants and enum members whose name no source has but the line that declares it; an enum's zero is
        /// what its variables are at first, and needs no name elsewhere.</summary>
        /// <param name="identifiers">How often each name stands in the sources that are delivered.</param>
        public IEnumerable<Finding> FindConstants(IReadOnlyDictionary<string, int> identifiers)
        {
            return _types.Values.SelectMany(type => type.Fields).Where(field => field.HasConstant && !field.Name.Contains('<') && !IsMade(field))
                .ToLookup(field => field.Name)
                .Where(group => identifiers.GetValueOrDefault(group.Key) <= group.Count())
                .SelectMany(group => group)
                .Where(field => !field.DeclaringType.IsEnum || Convert.ToInt64(field.Constant) != 0)
                .Select(field => Report(field.DeclaringType, field, "is a constant that nothing uses"));
        }

        /// <summary>How often each name stands in some sources, comments not among them.</summary>
        public static Dictionary<string, int> Identifiers(IEnumerable<string> texts)
        {
            return texts.SelectMany(text => SyntaxFactory.ParseTokens(text)).SelectMany(Names)
                .GroupBy(name => name)
                .ToDictionary(group => group.Key, group => group.Count());
        }

        // What an interpolated text refers to stands inside of the one token that it is.
        private static IEnumerable<string> Names(SyntaxToken token)
        {
            return token.IsKind(SyntaxKind.IdentifierToken) ? new[] { token.ValueText }
                : token.Text.StartsWith('$') || token.Text.StartsWith("@$", StringComparison.Ordinal)
                    ? Name.Matches(token.Text).Select(match => match.Value)
                : Enumerable.Empty<string>();
        }

        private IEnumerable<Finding> Find(TypeDefinition type)
        {
            if (!_liveTypes.Contains(type))
            {
                // A class of constants is never in the IL.
                return type.Fields.Any() && type.Fields.All(field => field.HasConstant || field.Name == "value__")
                    ? Enumerable.Empty<Finding>()
                    : new[] { Report(type, null, "is a type that nothing uses") };
            }

            return type.BaseType?.FullName == "System.MulticastDelegate"
                ? Enumerable.Empty<Finding>()
                : Methods(type).Concat(Properties(type)).Concat(Events(type)).Concat(Fields(type));
        }

        private IEnumerable<Finding> Methods(TypeDefinition type)
        {
            return type.Methods
                .Where(method => !IsMade(method) && !method.IsGetter && !method.IsSetter && !method.IsAddOn && !method.IsRemoveOn
                    && !(method.IsConstructor && method.Parameters.Count == 0)
                    && !_liveMethods.Contains(method))
                .Select(method => Report(type, method, "is a method that nothing calls"));
        }

        private IEnumerable<Finding> Properties(TypeDefinition type)
        {
            foreach (PropertyDefinition property in type.Properties.Where(property => !IsMade(property)))
            {
                bool read = property.GetMethod != null && _liveMethods.Contains(property.GetMethod);
                bool written = property.SetMethod != null && _liveMethods.Contains(property.SetMethod);
                bool initialised = property.SetMethod?.ReturnType is RequiredModifierType;
                if (!read && property.GetMethod != null)
                {
                    yield return Report(type, property, written ? "is written and never read" : "is a property that nothing uses");
                }
                else if (!written && property.SetMethod != null && !initialised)
                {
                    yield return Report(type, property, "has a set accessor that nothing uses");
                }
            }
        }

        private IEnumerable<Finding> Events(TypeDefinition type)
        {
            return type.Events.Where(item => !_liveMethods.Contains(item.AddMethod))
                .Select(item => Report(type, item, "is an event that nobody follows"));
        }

        private IEnumerable<Finding> Fields(TypeDefinition type)
        {
            return type.Fields
                .Where(field => !field.HasConstant && !IsMade(field) && !type.IsEnum && !field.Name.Contains('<')
                    && !type.Events.Any(item => item.Name == field.Name)
                    && !_readFields.Contains(KeyOf(field)))
                .Select(field => Report(type, field, "is a field that nothing reads"));
        }

        private void ReachUsed(TypeDefinition type, Func<string, bool> isUsed)
        {
            string name = TypeUse.NameOf(type);
            if (isUsed(name))
            {
                Reach(type);
            }

            // Accessors go by the name of what they belong to, and a constructor by that of its type.
            foreach (MethodDefinition method in type.Methods.Where(method => isUsed(method.IsConstructor ? name
                : $"{name}.{(method.IsSpecialName ? method.Name[(method.Name.IndexOf('_') + 1)..] : method.Name)}")))
            {
                Reach(method);
            }

            foreach (FieldDefinition field in type.Fields.Where(field => isUsed($"{name}.{field.Name}")))
            {
                _readFields.Add(KeyOf(field));
            }
        }

        private void Reach(TypeReference reference)
        {
            foreach (TypeReference part in Parts(reference))
            {
                if (_types.TryGetValue(part.GetElementType().FullName, out TypeDefinition type) && _liveTypes.Add(type))
                {
                    ReachAll(type);
                }
            }
        }

        private void ReachAll(TypeDefinition type)
        {
            Reach(type.BaseType);
            Reach(type.DeclaringType);
            foreach (InterfaceImplementation item in type.Interfaces)
            {
                Reach(item.InterfaceType);
            }

            ReachAttributes(type);
            foreach (ICustomAttributeProvider part in type.Properties.Cast<ICustomAttributeProvider>().Concat(type.Fields))
            {
                ReachAttributes(part);
            }

            foreach (MethodDefinition method in type.Methods.Where(method =>
                method.HasOverrides || (method.IsConstructor && method.IsStatic)
                || (method.IsVirtual && !type.IsInterface && (method.IsFinal || !method.IsNewSlot || Implements(type, method)))))
            {
                Reach(method);
            }
        }

        // A virtual method that an interface asks for and that a class may still override.
        private bool Implements(TypeDefinition type, MethodDefinition method)
        {
            return type.Interfaces.Any(item => !_types.TryGetValue(item.InterfaceType.GetElementType().FullName, out TypeDefinition own)
                || own.Methods.Any(asked => asked.Name == method.Name && asked.Parameters.Count == method.Parameters.Count));
        }

        private void Reach(MethodReference reference)
        {
            if (reference is GenericInstanceMethod generic)
            {
                foreach (TypeReference argument in generic.GenericArguments)
                {
                    Reach(argument);
                }
            }

            Reach(reference.DeclaringType);
            if (_methods.TryGetValue(KeyOf(reference), out MethodDefinition method) && _liveMethods.Add(method))
            {
                _open.Enqueue(method);
            }
        }

        private void Follow(MethodDefinition method)
        {
            ReachAttributes(method);
            Reach(method.ReturnType);
            foreach (ParameterDefinition parameter in method.Parameters)
            {
                Reach(parameter.ParameterType);
            }

            if (method.IsPInvokeImpl)
            {
                ReadAll(method);
            }

            if (!method.HasBody)
            {
                return;
            }

            foreach (VariableDefinition variable in method.Body.Variables)
            {
                Reach(variable.VariableType);
            }

            foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
            {
                Reach(handler.CatchType);
            }

            foreach (Instruction instruction in method.Body.Instructions)
            {
                Follow(instruction);
            }
        }

        // What the system is given, it reads.
        private void ReadAll(MethodDefinition method)
        {
            foreach (FieldDefinition field in method.Parameters.SelectMany(parameter => Parts(parameter.ParameterType))
                .Select(type => _types.GetValueOrDefault(type.FullName)).Where(type => type != null).SelectMany(type => type.Fields))
            {
                _readFields.Add(KeyOf(field));
            }
        }

        private void Follow(Instruction instruction)
        {
            switch (instruction.Operand)
            {
                case TypeReference type:
                    Reach(type);
                    break;
                case MethodReference method:
                    Reach(method);
                    break;
                case FieldReference field:
                    Reach(field.DeclaringType);
                    Reach(field.FieldType);
                    if (instruction.OpCode.Code is not (Code.Stfld or Code.Stsfld))
                    {
                        _readFields.Add(KeyOf(field));
                    }

                    break;
            }
        }

        private void ReachAttributes(ICustomAttributeProvider provider)
        {
            foreach (CustomAttribute attribute in provider.CustomAttributes)
            {
                Reach(attribute.Constructor);
                foreach (TypeReference type in attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>())
                {
                    Reach(type);
                }
            }
        }

        private static IEnumerable<TypeReference> Parts(TypeReference type)
        {
            return type switch
            {
                null => Enumerable.Empty<TypeReference>(),
                GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
                RequiredModifierType modified => Parts(modified.ElementType),
                TypeSpecification wrapped => Parts(wrapped.ElementType),
                _ => new[] { type },
            };
        }

        private static string KeyOf(FieldReference field)
        {
            return $"{field.DeclaringType.GetElementType().FullName}::{field.Name}";
        }

        // The parameters of a generic method are written otherwise where it is called.
        private static string KeyOf(MethodReference method)
        {
            bool generic = method is GenericInstanceMethod || method.HasGenericParameters
                || method.DeclaringType is GenericInstanceType || method.DeclaringType.HasGenericParameters;
            string parameters = generic
                ? method.Parameters.Count.ToString()
                : string.Join(",", method.Parameters.Select(parameter => parameter.ParameterType.FullName));
            return $"{method.DeclaringType.GetElementType().FullName}::{method.Name}({parameters})";
        }

        // What the compiler makes, a record's members among it.
        private static bool IsMade(ICustomAttributeProvider provider)
        {
            return (provider is IMemberDefinition member && (member.Name.StartsWith('<')
                    || (member.DeclaringType != null && IsMade(member.DeclaringType))))
                || provider.CustomAttributes.Any(attribute =>
                    attribute.AttributeType.FullName is "System.Runtime.CompilerServices.CompilerGeneratedAttribute"
                        or "System.CodeDom.Compiler.GeneratedCodeAttribute"
                    || attribute.AttributeType.FullName == "Microsoft.CodeAnalysis.EmbeddedAttribute");
        }

        private static Finding Report(TypeDefinition type, IMemberDefinition member, string what)
        {
            string name = TypeUse.NameOf(type) + (member == null ? "" : "." + member.Name);
            return new Finding(name, Dead, what);
        }
    }
}
