using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoComm.Tests.Contract
{
    /// <summary>One mention of a type in an assembly.</summary>
    /// <param name="Type">The type mentioned, unwrapped no further.</param>
    /// <param name="User">The type that mentions it.</param>
    /// <param name="Member">The field or method that mentions it; null when the type itself does.</param>
    /// <param name="At">The instruction that mentions it; null when a signature does.</param>
    internal sealed record TypeUse(TypeReference Type, TypeDefinition User, IMemberDefinition Member, Instruction At)
    {
        /// <summary>Where.</summary>
        public string Place => Member switch
        {
            MethodDefinition method => PlaceOf(method, At),
            null => NameOf(User),
            _ => $"{NameOf(User)}.{Member.Name}",
        };

        /// <summary>Every mention in a module: bases, signatures, locals, handlers, attributes and instructions, each
        /// followed by the types it is made of.</summary>
        public static IEnumerable<TypeUse> All(ModuleDefinition module)
        {
            return module.GetTypes().SelectMany(Of);
        }

        /// <summary>The source place of a method or one of its instructions.</summary>
        /// <returns>path(line,col) and the method's name; the name only when no line is known.</returns>
        public static string PlaceOf(MethodDefinition method, Instruction at = null)
        {
            string name = $"{NameOf(method.DeclaringType)}.{method.Name}";
            SequencePoint point = method.DebugInformation.SequencePoints
                .Where(candidate => !candidate.IsHidden && (at == null || candidate.Offset <= at.Offset))
                .OrderBy(candidate => at == null ? candidate.Offset : -candidate.Offset)
                .FirstOrDefault();
            return point == null ? name : $"{point.Document.Url}({point.StartLine},{point.StartColumn}) {name}";
        }

        /// <summary>A type's name in findings.</summary>
        public static string NameOf(TypeReference type)
        {
            return type.FullName.Replace('/', '.');
        }

        private static IEnumerable<TypeUse> Of(TypeDefinition user)
        {
            IEnumerable<TypeReference> declared = user.Interfaces.Select(item => item.InterfaceType)
                .Append(user.BaseType)
                .Concat(Attributes(user));

            // A field that the compiler made shows what the method it belongs to shows with a line.
            IEnumerable<TypeUse> fields = user.Fields.Where(field => !field.Name.StartsWith('<')).SelectMany(field =>
                Uses(Attributes(field).Append(field.FieldType), user, field));
            return Uses(declared, user, null)
                .Concat(fields)
                .Concat(user.Methods.SelectMany(method => Of(method, user)));
        }

        private static IEnumerable<TypeUse> Of(MethodDefinition method, TypeDefinition user)
        {
            IEnumerable<TypeReference> signature = Signature(method).Concat(Attributes(method));
            if (!method.HasBody)
            {
                return Uses(signature, user, method);
            }

            IEnumerable<TypeReference> body = method.Body.Variables.Select(variable => variable.VariableType)
                .Concat(method.Body.ExceptionHandlers.Select(handler => handler.CatchType));
            return Uses(signature.Concat(body), user, method)
                .Concat(method.Body.Instructions.SelectMany(instruction =>
                    Uses(Operand(instruction.Operand), user, method, instruction)));
        }

        private static IEnumerable<TypeReference> Operand(object operand)
        {
            return operand switch
            {
                TypeReference type => new[] { type },
                FieldReference field => new[] { field.DeclaringType, field.FieldType },
                GenericInstanceMethod generic => Signature(generic).Concat(generic.GenericArguments),
                MethodReference method => Signature(method),
                _ => Enumerable.Empty<TypeReference>(),
            };
        }

        private static IEnumerable<TypeReference> Signature(MethodReference method)
        {
            return method.Parameters.Select(parameter => parameter.ParameterType)
                .Append(method.ReturnType)
                .Append(method.DeclaringType);
        }

        private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider)
        {
            return provider.CustomAttributes.Select(attribute => attribute.AttributeType);
        }

        private static IEnumerable<TypeUse> Uses(IEnumerable<TypeReference> types, TypeDefinition user,
            IMemberDefinition member, Instruction at = null)
        {
            return types.Where(type => type != null).SelectMany(Unwrap)
                .Select(type => new TypeUse(type, user, member, at));
        }

        private static IEnumerable<TypeReference> Unwrap(TypeReference type)
        {
            yield return type;
            IEnumerable<TypeReference> inner = type switch
            {
                GenericInstanceType generic => generic.GenericArguments.Append(generic.ElementType),
                TypeSpecification wrapped => new[] { wrapped.ElementType },
                _ => Enumerable.Empty<TypeReference>(),
            };
            foreach (TypeReference part in inner.SelectMany(Unwrap))
            {
                yield return part;
            }
        }
    }
}
