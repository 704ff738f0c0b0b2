using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using NanoComm.Hal;

namespace NanoComm.PowerPlanning
{
    /// <summary>A board and what it declares.</summary>
    /// <param name="Name">What a planner calls it: its folder below boards, and the class where there are two.</param>
    /// <param name="Declare">Writes its figures.</param>
    public sealed record PowerBoard(string Name, Action<IPowerSheet> Declare)
    {
        private const string Suffix = "Power";
        private const string WholeAssembly = "ILLink.Descriptors.xml keeps this assembly whole.";

        /// <summary>Every board that declares its power: those whose file is compiled into this assembly. A test holds this to
        /// the folders below boards.</summary>
        public static IReadOnlyList<PowerBoard> All { get; } = Find();

        // Of a class NamePower the methods Declare, and DeclareHigh for Name.High.
        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = WholeAssembly)]
        [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = WholeAssembly)]
        private static List<PowerBoard> Find()
        {
            return typeof(PowerBoard).Assembly.GetTypes()
                .Where(type => type.Name.EndsWith(Suffix, StringComparison.Ordinal))
                .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
                .Where(IsDeclaration)
                .Select(method => new PowerBoard(NameOf(method), method.CreateDelegate<Action<IPowerSheet>>()))
                .OrderBy(board => board.Name, StringComparer.Ordinal)
                .ToList();
        }

        private static bool IsDeclaration(MethodInfo method)
        {
            return method.Name.StartsWith(nameof(Declare), StringComparison.Ordinal)
                && method.GetParameters() is [{ } only] && only.ParameterType == typeof(IPowerSheet);
        }

        private static string NameOf(MethodInfo method)
        {
            string board = method.DeclaringType.Name[..^Suffix.Length];
            return method.Name == nameof(Declare) ? board : $"{board}.{method.Name[nameof(Declare).Length..]}";
        }
    }
}
