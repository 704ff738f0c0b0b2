using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace NanoComm.Tests.Contract
{
    /// <summary>What the nanoFramework test launcher demands of a test class without saying so.</summary>
    internal static class UnitTestRules
    {
        public const string TestClass = nameof(TestClass);
        public const string DataRow = nameof(DataRow);

        private const string Attributes = "nanoFramework.TestFramework.";
        private static readonly string[] RowTypes =
        {
            "System.SByte", "System.Byte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32",
            "System.Int64", "System.UInt64", "System.Boolean", "System.String",
        };

        /// <summary>Checks every test class of a module.</summary>
        public static IEnumerable<Finding> Check(ModuleDefinition module)
        {
            foreach (TypeDefinition type in module.GetTypes().Where(type => Has(type, "TestClassAttribute")))
            {
                if (!type.IsAbstract || !type.IsSealed)
                {
                    yield return new Finding(TypeUse.NameOf(type), TestClass,
                        "is to be static: the launcher calls test methods without an instance");
                }

                foreach (MethodDefinition method in type.Methods)
                {
                    foreach (CustomAttribute row in method.CustomAttributes
                        .Where(attribute => attribute.AttributeType.FullName == Attributes + "DataRowAttribute"))
                    {
                        if (!IsPlain(row))
                        {
                            yield return new Finding(TypeUse.PlaceOf(method), DataRow,
                                "takes integers, bool and strings only; anything else ends the launcher without a "
                                + "word: write frames as hex text, enums as numbers");
                        }
                    }
                }
            }
        }

        private static bool IsPlain(CustomAttribute row)
        {
            try
            {
                return row.ConstructorArguments.Single().Value is CustomAttributeArgument[] values
                    && values.All(value => value.Value is CustomAttributeArgument { Value: not null } inner
                        && RowTypes.Contains(inner.Type.FullName));
            }
            catch (AssemblyResolutionException)
            {
                // Only the size of an enum is looked for in its assembly.
                return false;
            }
        }

        private static bool Has(TypeDefinition type, string attribute)
        {
            return type.CustomAttributes.Any(item => item.AttributeType.FullName == Attributes + attribute);
        }
    }
}
