using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace NanoComm.Tests.Contract
{
    /// <summary>The analyzer that firmware/NanoComm.Firmware.csproj runs, with the same list, run here.</summary>
    internal static class BannedApis
    {
        private const string AnalyzerAssembly = "Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll";

        private static readonly IReadOnlyList<MetadataReference> Library = References().ToList();

        /// <summary>Runs the analyzer over sources, compiled for .NET.</summary>
        /// <param name="repository">Has the list.</param>
        /// <param name="sources">Path from the root, and text.</param>
        public static IReadOnlyList<Finding> Check(Repository repository, IEnumerable<(string Path, string Text)> sources)
        {
            var language = new CSharpParseOptions(LanguageVersion.CSharp9);
            Compilation compilation = CSharpCompilation.Create("NanoComm.Firmware",
                sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, language, source.Path)),
                Library, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
            var options = new AnalyzerOptions(ImmutableArray.Create<AdditionalText>(
                new TextFile(repository.Absolute("firmware/BannedSymbols.txt"))));
            ImmutableArray<Diagnostic> diagnostics = compilation
                .WithAnalyzers(Analyzers(), new CompilationWithAnalyzersOptions(options, null, true, false))
                .GetAllDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
            return diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .Select(CompilerFinding.From).ToList();
        }

        private static ImmutableArray<DiagnosticAnalyzer> Analyzers()
        {
            string folder = Path.Combine(Repository.Metadata("BannedApiAnalyzers"), "analyzers", "dotnet", "cs");
            return Assembly.LoadFrom(Path.Combine(folder, AnalyzerAssembly)).GetTypes()
                .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
                .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type))
                .ToImmutableArray();
        }

        private static IEnumerable<MetadataReference> References()
        {
            return Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location), "System*.dll")
                .Where(IsManaged)
                .Select(path => MetadataReference.CreateFromFile(path));
        }

        private static bool IsManaged(string path)
        {
            return !Path.GetFileName(path).Contains(".Native", StringComparison.Ordinal);
        }

        private sealed class TextFile : AdditionalText
        {
            public TextFile(string path)
            {
                Path = path;
            }

            public override string Path { get; }

            public override SourceText GetText(CancellationToken cancellationToken = default)
            {
                return SourceText.From(File.ReadAllText(Path), Encoding.UTF8);
            }
        }
    }
}
