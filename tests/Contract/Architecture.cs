using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace NanoComm.Tests.Contract
{
    /// <summary>Who may know whom: the walls of the house, held up over projects and compiled assemblies.</summary>
    internal static class Architecture
    {
        public const string ForeignReference = nameof(ForeignReference);
        public const string Wall = nameof(Wall);

        private const string Ours = "NanoComm";

        private static readonly Dictionary<string, string[]> AllowedReferences = new()
        {
            ["NanoComm.Hal"] = new[] { "mscorlib" },
            ["NanoComm.Firmware"] = new[] { "mscorlib", "NanoComm.Hal" },
        };

        // A namespace stands for those below it too. "NanoComm" is everything of ours but the namespace itself.
        private static readonly (string From, string[] Never, string Why)[] Walls =
        {
            ("NanoComm.Bytes", new[] { Ours }, "readers and writers know no protocol"),
            ("NanoComm.Dlms", new[] { "NanoComm.Metering", "NanoComm.MeterLink" }, "Dlms knows no meter"),
            ("NanoComm.WiSun", new[] { "NanoComm.Echonet" }, "the module driver carries bytes"),
            ("NanoComm.Audit", new[] { "NanoComm.Echonet", "NanoComm.MeterLink", "NanoComm.Pairing", "NanoComm.RouteB" },
                "the log knows nobody who writes to it"),
            ("NanoComm.Metering", new[]
            {
                "NanoComm.Echonet", "NanoComm.RouteB", "NanoComm.WiSun", "NanoComm.Dlms", "NanoComm.MeterLink",
                "NanoComm.Pairing",
            }, "the read model knows neither side"),
            ("NanoComm.MeterLink", new[] { "NanoComm.Echonet", "NanoComm.RouteB" }, "the utility side knows no terminal"),
            ("NanoComm.Echonet", new[] { "NanoComm.RouteB" }, "the node knows no transport"),
            ("NanoComm.Echonet", CustomerNever, "nothing a terminal sends reaches the metering link (R17, R23)"),
            ("NanoComm.RouteB", CustomerNever, "nothing a terminal sends reaches the metering link (R17, R23)"),
        };

        private static string[] CustomerNever => new[]
        {
            "NanoComm.Dlms", "NanoComm.Crypto", "NanoComm.MeterLink", "NanoComm.Pairing",
        };

        /// <summary>What a project declares that it references.</summary>
        /// <param name="project">The project.</param>
        /// <param name="nameOf">The assembly that a project file makes.</param>
        public static IEnumerable<Finding> CheckReferences(DeviceProject project, Func<string, string> nameOf)
        {
            IEnumerable<string> names = project.References.Select(DeviceProject.SimpleName)
                .Concat(project.ProjectReferences.Select(nameOf));
            return CheckReferences(project.AssemblyName, project.Name, names);
        }

        /// <summary>What an assembly references in fact.</summary>
        public static IEnumerable<Finding> CheckReferences(ModuleDefinition module)
        {
            string name = module.Assembly.Name.Name;
            return CheckReferences(name, name, module.AssemblyReferences.Select(reference => reference.Name));
        }

        /// <summary>What the namespaces of an assembly mention of each other.</summary>
        public static IEnumerable<Finding> CheckWalls(ModuleDefinition module)
        {
            return TypeUse.All(module).Where(use => use.Type is not TypeSpecification)
                .SelectMany(use => Walls.Where(wall => Breaks(use, wall.From, wall.Never))
                    .Select(wall => new Finding(use.Place, Wall,
                        $"{wall.From} must not know {ApiRenderer.TypeName(use.Type)}: {wall.Why}")))
                .Distinct();
        }

        private static IEnumerable<Finding> CheckReferences(string assembly, string place, IEnumerable<string> references)
        {
            return AllowedReferences.TryGetValue(assembly, out string[] allowed)
                ? references.Except(allowed).Select(reference => new Finding(place, ForeignReference,
                    $"references {reference}; {assembly} knows {string.Join(" and ", allowed)} only"))
                : Enumerable.Empty<Finding>();
        }

        private static bool Breaks(TypeUse use, string from, string[] never)
        {
            string used = NamespaceOf(use.Type);
            return IsIn(NamespaceOf(use.User), from) && !IsIn(used, from) && never.Any(wall => IsIn(used, wall));
        }

        private static string NamespaceOf(TypeReference type)
        {
            TypeReference outer = type.GetElementType();
            while (outer.DeclaringType != null)
            {
                outer = outer.DeclaringType;
            }

            return outer.Namespace;
        }

        private static bool IsIn(string name, string wall)
        {
            return name == wall || name.StartsWith(wall + ".", StringComparison.Ordinal);
        }
    }
}
