using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoComm.Tests.Contract
{
    /// <summary>What compiling an assembly gave: its image, or the reasons why there is none.</summary>
    internal sealed class DeviceAssembly
    {
        private readonly Lazy<ModuleDefinition> _module;

        /// <summary>Takes the result of a compilation.</summary>
        /// <param name="name">Name of the assembly.</param>
        /// <param name="findings">Everything the compiler, and the build before it, refuses.</param>
        /// <param name="image">The assembly, or null.</param>
        /// <param name="symbols">Its portable PDB, or null.</param>
        /// <param name="sources">What was compiled.</param>
        public DeviceAssembly(string name, IReadOnlyList<Finding> findings, byte[] image, byte[] symbols,
            IEnumerable<CSharpSyntaxTree> sources)
        {
            Name = name;
            Sources = sources.ToList();
            Findings = findings;
            Reference = image == null ? null : MetadataReference.CreateFromImage(image);
            _module = new Lazy<ModuleDefinition>(() => ReadModule(name, findings, image, symbols));
        }

        /// <summary>Name of the assembly.</summary>
        public string Name { get; }

        /// <summary>Why it does not compile; empty when it does.</summary>
        public IReadOnlyList<Finding> Findings { get; }

        /// <summary>What was compiled; nothing for a library that came as it is.</summary>
        public IReadOnlyList<CSharpSyntaxTree> Sources { get; }

        /// <summary>For the compilations that reference it; null when it does not compile.</summary>
        public MetadataReference Reference { get; }

        /// <summary>Its IL.</summary>
        public ModuleDefinition Module => _module.Value;

        private static ModuleDefinition ReadModule(string name, IReadOnlyList<Finding> findings, byte[] image, byte[] symbols)
        {
            if (image == null)
            {
                throw new InvalidOperationException($"{name} does not compile: {string.Join("; ", findings.Take(3))}");
            }

            var parameters = new ReaderParameters(ReadingMode.Deferred);
            if (symbols != null)
            {
                parameters.ReadSymbols = true;
                parameters.SymbolStream = new MemoryStream(symbols);
                parameters.SymbolReaderProvider = new PortablePdbReaderProvider();
            }

            return ModuleDefinition.ReadModule(new MemoryStream(image), parameters);
        }
    }
}
