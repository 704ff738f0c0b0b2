using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Mono.Cecil;

namespace NanoComm.Tests.Contract
{
    /// <summary>Renders what an assembly shows to others in the form of the listings.</summary>
    internal static class ApiRenderer
    {
        private static readonly Dictionary<string, string> Keywords = new()
        {
            ["System.Void"] = "void",
            ["System.Object"] = "object",
            ["System.String"] = "string",
            ["System.Boolean"] = "bool",
            ["System.Char"] = "char",
            ["System.SByte"] = "sbyte",
            ["System.Byte"] = "byte",
            ["System.Int16"] = "short",
            ["System.UInt16"] = "ushort",
            ["System.Int32"] = "int",
            ["System.UInt32"] = "uint",
            ["System.Int64"] = "long",
            ["System.UInt64"] = "ulong",
            ["System.Single"] = "float",
            ["System.Double"] = "double",
        };

        /// <summary>Every public or protected type of a module.</summary>
        public static IEnumerable<ApiType> Render(ModuleDefinition module)
        {
            return module.GetTypes().Where(IsVisible).Select(Render);
        }

        /// <summary>A type's name as the listings write it inside a signature.</summary>
        public static string TypeName(TypeReference type)
        {
            return type switch
            {
                ArrayType array => $"{TypeName(array.ElementType)}[{new string(',', array.Rank - 1)}]",
                GenericInstanceType instance =>
                    $"{FullName(instance.ElementType)}<{string.Join(", ", instance.GenericArguments.Select(TypeName))}>",
                TypeSpecification wrapped => TypeName(wrapped.ElementType),
                GenericParameter parameter => parameter.Name,
                _ => Keywords.GetValueOrDefault(type.FullName, FullName(type)),
            };
        }

        private static ApiType Render(TypeDefinition type)
        {
            string name = FullName(type);
            if (type.IsEnum)
            {
                FieldDefinition underlying = type.Fields.Single(field => !field.IsStatic);
                return new ApiType(name, "enum", new[] { TypeName(underlying.FieldType) },
                    type.Fields.Where(field => field.IsStatic)
                        .Select(field => $"{field.Name}={Literal(field.Constant)}").ToList());
            }

            if (type.BaseType?.FullName == "System.MulticastDelegate")
            {
                MethodDefinition invoke = type.Methods.Single(method => method.Name == "Invoke");
                return new ApiType(name, "delegate", Array.Empty<string>(),
                    new[] { $"delegate {TypeName(invoke.ReturnType)} {name}({Parameters(invoke.Parameters, "")})" });
            }

            return new ApiType(name, Kind(type), Bases(type).ToList(), Members(type).ToList());
        }

        private static string Kind(TypeDefinition type)
        {
            return type.IsInterface ? "interface"
                : type.IsValueType ? "struct"
                : type.IsAbstract && type.IsSealed ? "static class"
                : type.IsAbstract ? "abstract class"
                : type.IsSealed ? "sealed class"
                : "class";
        }

        private static IEnumerable<string> Bases(TypeDefinition type)
        {
            string baseName = type.BaseType?.FullName;
            IEnumerable<string> interfaces = type.Interfaces.Select(item => TypeName(item.InterfaceType));
            return baseName is null or "System.Object" or "System.ValueType"
                ? interfaces
                : interfaces.Prepend(TypeName(type.BaseType));
        }

        private static IEnumerable<string> Members(TypeDefinition type)
        {
            foreach (FieldDefinition field in type.Fields.Where(field => IsVisible(field.IsPublic, field.IsFamily)))
            {
                string access = field.IsFamily ? "protected " : "";
                yield return field.HasConstant
                    ? $"{access}const {TypeName(field.FieldType)} {field.Name} = {Literal(field.Constant)}"
                    : access + (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "")
                        + $"{TypeName(field.FieldType)} {field.Name}";
            }

            foreach (PropertyDefinition property in type.Properties)
            {
                List<MethodDefinition> accessors = new[] { property.GetMethod, property.SetMethod }
                    .Where(accessor => accessor != null && IsVisible(accessor)).ToList();
                if (accessors.Count > 0)
                {
                    MethodDefinition first = accessors.FirstOrDefault(accessor => accessor.IsPublic) ?? accessors[0];
                    string name = property.HasParameters
                        ? $"this[{Parameters(property.Parameters, "")}]"
                        : property.Name;
                    string list = string.Concat(accessors.Select(accessor => accessor.IsGetter ? "get; " : "set; "));
                    yield return $"{Modifier(first)}{TypeName(property.PropertyType)} {name} {{ {list}}}";
                }
            }

            // The listings leave the modifiers of events out.
            foreach (EventDefinition item in type.Events.Where(item => IsVisible(item.AddMethod)))
            {
                yield return $"event {TypeName(item.EventType)} {item.Name}";
            }

            foreach (MethodDefinition method in type.Methods.Where(IsVisible))
            {
                if (method.IsConstructor)
                {
                    yield return $"{Modifier(method)}new({Parameters(method.Parameters, "")})";
                }
                else if (!method.IsGetter && !method.IsSetter && !method.IsAddOn && !method.IsRemoveOn)
                {
                    string receiver = Has(method, "System.Runtime.CompilerServices.ExtensionAttribute") ? "this " : "";
                    yield return $"{Modifier(method)}{TypeName(method.ReturnType)} {method.Name}"
                        + $"({Parameters(method.Parameters, receiver)})";
                }
            }
        }

        private static string Modifier(MethodDefinition method)
        {
            string access = method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "";
            string kind = method.DeclaringType.IsInterface ? ""
                : method.IsStatic ? "static "
                : method.IsAbstract ? (method.IsNewSlot ? "abstract " : "abstract override ")
                : method.IsFinal ? (method.IsNewSlot ? "" : "sealed override ")
                : method.IsVirtual ? (method.IsNewSlot ? "virtual " : "override ")
                : "";
            return (Has(method, "System.ObsoleteAttribute") ? "[obsolete] " : "") + access + kind;
        }

        private static string Parameters(IEnumerable<ParameterDefinition> parameters, string receiver)
        {
            return receiver + string.Join(", ", parameters.Select(Parameter));
        }

        private static string Parameter(ParameterDefinition parameter)
        {
            string prefix = parameter.ParameterType.IsByReference ? (parameter.IsOut ? "out " : "ref ")
                : Has(parameter, "System.ParamArrayAttribute") ? "params "
                : "";
            string value = parameter.HasConstant ? " = " + Literal(parameter.Constant) : "";
            CustomAttribute text = Find(parameter, "System.Runtime.CompilerServices.CallerArgumentExpressionAttribute");
            string filled = text == null ? "" : $" [text of {text.ConstructorArguments[0].Value}]";
            return $"{prefix}{TypeName(parameter.ParameterType)} {parameter.Name}{value}{filled}";
        }

        private static string Literal(object value)
        {
            return value switch
            {
                null => "null",
                string text => $"\"{text}\"",
                char character => $"'{(int)character}'",
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            };
        }

        private static string FullName(TypeReference type)
        {
            return type.FullName.Replace('/', '.');
        }

        private static bool Has(ICustomAttributeProvider provider, string attribute)
        {
            return Find(provider, attribute) != null;
        }

        private static CustomAttribute Find(ICustomAttributeProvider provider, string attribute)
        {
            return provider.CustomAttributes.FirstOrDefault(item => item.AttributeType.FullName == attribute);
        }

        private static bool IsVisible(TypeDefinition type)
        {
            return type.IsNested
                ? (type.IsNestedPublic || type.IsNestedFamily) && IsVisible(type.DeclaringType)
                : type.IsPublic;
        }

        private static bool IsVisible(MethodDefinition method)
        {
            return IsVisible(method.IsPublic, method.IsFamily || method.IsFamilyOrAssembly);
        }

        private static bool IsVisible(bool isPublic, bool isProtected)
        {
            return isPublic || isProtected;
        }
    }
}
