using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace NanoComm.Tests.Contract
{
    /// <summary>Which assemblies the device projects may know. Inside the firmware: <see cref="ArrowTable"/>.</summary>
    internal static class Architecture
    {
        public const string ForeignReference = nameof(ForeignReference);

        private static readonly Dictionary<string, string[]> AllowedReferences = new()
        {
            ["NanoComm.Hal"] = new[] { "mscorlib" },
            ["NanoComm.Firmware"] = new[] { "mscorlib", "NanoComm.Hal" },
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

        private static IEnumerable<Finding> CheckReferences(string assembly, string place, IEnumerable<string> references)
        {
            return AllowedReferences.TryGetValue(assembly, out string[] allowed)
                ? references.Except(allowed).Select(reference => new Finding(place, ForeignReference,
                    $"references {reference}; {assembly} knows {string.Join(" and ", allowed)} only"))
                : Enumerable.Empty<Finding>();
        }
    }
}
