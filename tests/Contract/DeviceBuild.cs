using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// Compiles the device projects as the nanoFramework build would: C# 9, Release, the real core library, and no other
    /// library but the stubs of the references that each project declares. Everything is compiled once.
    /// </summary>
    internal sealed class DeviceBuild
    {
        public const string MissingReference = nameof(MissingReference);
        public const string UnknownPackage = nameof(UnknownPackage);
        public const string WrongLanguage = nameof(WrongLanguage);

        private static readonly EmitOptions StubEmit = new(metadataOnly: true);
        private static readonly EmitOptions Emit = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

        private readonly Repository _repository;
        private readonly Dictionary<string, DeviceAssembly> _stubs = new();
        private readonly Dictionary<string, DeviceAssembly> _assemblies = new();
        private readonly Dictionary<string, (CSharpCompilation, List<Finding>)> _terms = new();

        /// <summary>Finds the projects and compiles nothing yet.</summary>
        /// <param name="repository">The working copy.</param>
        public DeviceBuild(Repository repository)
        {
            _repository = repository;
            Listings = ApiListing.ReadAll(repository.Absolute("tests/Contract/Api"));
            Projects = DeviceProject.Discover(repository);
        }

        /// <summary>The members of the packages that cannot be had here.</summary>
        public IReadOnlyDictionary<string, ApiListing> Listings { get; }

        /// <summary>Every .nfproj of the working copy.</summary>
        public IReadOnlyList<DeviceProject> Projects { get; }

        /// <summary>Names of the assemblies that have stubs.</summary>
        public IEnumerable<string> StubNames =>
            Directory.GetDirectories(StubFolder("")).Select(Path.GetFileName).Order(StringComparer.Ordinal);

        /// <summary>A project by the name of its assembly.</summary>
        public DeviceProject Project(string assembly)
        {
            return Projects.SingleOrDefault(project => project.AssemblyName == assembly)
                ?? throw new InvalidOperationException($"no .nfproj makes {assembly}");
        }

        /// <summary>What a reference stands for: the real core library, or the stubs of an assembly, compiled. An empty
        /// assembly when nothing of it is declared; null when it has no listing either.</summary>
        public DeviceAssembly Library(string name)
        {
            if (name == CoreLibrary.Name)
            {
                return CoreLibrary.Assembly;
            }

            if (!_stubs.TryGetValue(name, out DeviceAssembly stub))
            {
                stub = Listings.ContainsKey(name) || Directory.Exists(StubFolder(name))
                    ? CompileStub(name, _repository.Files($"tests/Contract/Stubs/{name}", ".cs").Select(Parse))
                    : null;
                _stubs[name] = stub;
            }

            return stub;
        }

        /// <summary>Compiles declarations as a stub assembly.</summary>
        /// <param name="name">Name of the assembly; its listing says what it references.</param>
        /// <param name="trees">The declarations.</param>
        public DeviceAssembly CompileStub(string name, IEnumerable<SyntaxTree> trees)
        {
            IEnumerable<string> references = Listings.TryGetValue(name, out ApiListing listing)
                ? listing.References
                : new[] { CoreLibrary.Name };

            // Declarations have no bodies (extern) and hold to the real members, not to good style: errors only.
            var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, deterministic: true,
                warningLevel: 0, generalDiagnosticOption: ReportDiagnostic.Suppress);
            return Compile(CSharpCompilation.Create(name, trees,
                references.Select(Library).Select(library => library?.Reference).Where(reference => reference != null), options),
                Array.Empty<Finding>(), StubEmit);
        }

        /// <summary>A device project's sources, with what they refer to.</summary>
        public CSharpCompilation Sources(DeviceProject project)
        {
            (CSharpCompilation terms, _) = Terms(project);
            return terms.AddSyntaxTrees(Trees(project));
        }

        /// <summary>A device project, compiled.</summary>
        public DeviceAssembly Assembly(DeviceProject project)
        {
            if (!_assemblies.TryGetValue(project.Path, out DeviceAssembly assembly))
            {
                assembly = Compile(project);
                _assemblies[project.Path] = assembly;
            }

            return assembly;
        }

        /// <summary>Compiles sources with what they refer to.</summary>
        public DeviceAssembly Compile(CSharpCompilation sources)
        {
            return Compile(sources, Array.Empty<Finding>(), Emit);
        }

        /// <summary>Compiles a source in place of a device project's own, under the same terms.</summary>
        public DeviceAssembly CompileAlone(DeviceProject project, SyntaxTree source)
        {
            (CSharpCompilation terms, List<Finding> findings) = Terms(project);
            return Compile(terms.AddSyntaxTrees(source), findings, Emit);
        }

        /// <summary>A source that exists only in a test.</summary>
        /// <param name="path">Where it would be, from the root.</param>
        /// <param name="text">The source.</param>
        public SyntaxTree Synthetic(string path, string text)
        {
            return CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), Language(Array.Empty<string>()), path);
        }

        private IEnumerable<SyntaxTree> Trees(DeviceProject project)
        {
            return project.Sources.Select(item => item.Path(project.Folder)).Where(File.Exists)
                .Select(path => Parse(path, project.Symbols));
        }

        private DeviceAssembly Compile(DeviceProject project)
        {
            (CSharpCompilation terms, List<Finding> findings) = Terms(project);
            return Compile(terms.AddSyntaxTrees(Trees(project)), findings, Emit);
        }

        // What a project's sources are compiled under: everything but the sources.
        private (CSharpCompilation Terms, List<Finding> Findings) Terms(DeviceProject project)
        {
            if (_terms.TryGetValue(project.Path, out (CSharpCompilation, List<Finding>) known))
            {
                return known;
            }

            var findings = new List<Finding>();
            if (project.LanguageVersion != "9")
            {
                findings.Add(new Finding(project.Name, WrongLanguage,
                    $"LangVersion is '{project.LanguageVersion}'; the nanoFramework build is held to 9"));
            }

            List<MetadataReference> references = References(project, findings).ToList();
            known = (CSharpCompilation.Create(project.AssemblyName, null, references, Options(project)), findings);
            _terms[project.Path] = known;
            return known;
        }

        private static CSharpParseOptions Language(IEnumerable<string> symbols)
        {
            // Documentation is checked by the .NET build of the same files.
            return new CSharpParseOptions(LanguageVersion.CSharp9, DocumentationMode.Parse, preprocessorSymbols: symbols);
        }

        private static CSharpCompilationOptions Options(DeviceProject project)
        {
            return new CSharpCompilationOptions(
                project.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                checkOverflow: project.ChecksArithmetic,
                allowUnsafe: project.AllowsUnsafe,
                generalDiagnosticOption: ReportDiagnostic.Error,
                specificDiagnosticOptions: project.SilencedWarnings
                    .ToDictionary(code => code, _ => ReportDiagnostic.Suppress),
                deterministic: true);
        }

        private IEnumerable<MetadataReference> References(DeviceProject project, List<Finding> findings)
        {
            foreach (string name in project.References.Select(DeviceProject.SimpleName))
            {
                DeviceAssembly library = Library(name);
                if (library == null)
                {
                    findings.Add(new Finding(project.Name, UnknownPackage,
                        $"references {name}, an assembly that no listing in tests/Contract/Api knows"));
                }
                else if (library.Reference != null)
                {
                    yield return library.Reference;
                }
            }

            foreach (string path in project.ProjectReferences)
            {
                DeviceProject other = Projects.FirstOrDefault(candidate => candidate.Path == path);
                if (other == null)
                {
                    findings.Add(new Finding(project.Name, MissingReference,
                        $"references {_repository.Relative(path)}, which is not there"));
                }
                else if (Assembly(other).Reference != null)
                {
                    yield return Assembly(other).Reference;
                }
            }
        }

        private static DeviceAssembly Compile(CSharpCompilation compilation, IReadOnlyList<Finding> before, EmitOptions emit)
        {
            using var image = new MemoryStream();
            using var symbols = new MemoryStream();
            EmitResult result = compilation.Emit(image, emit.EmitMetadataOnly ? null : symbols, options: emit);
            List<Finding> findings = before.Concat(result.Diagnostics
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(CompilerFinding.From)).ToList();
            return new DeviceAssembly(compilation.AssemblyName, findings, result.Success ? image.ToArray() : null,
                result.Success && !emit.EmitMetadataOnly ? symbols.ToArray() : null,
                compilation.SyntaxTrees.Cast<CSharpSyntaxTree>());
        }

        private string StubFolder(string name)
        {
            return _repository.Absolute($"tests/Contract/Stubs/{name}");
        }

        private SyntaxTree Parse(string path)
        {
            return Parse(path, Array.Empty<string>());
        }

        private SyntaxTree Parse(string path, IEnumerable<string> symbols)
        {
            return CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(path), Encoding.UTF8),
                Language(symbols), _repository.Relative(path));
        }
    }
}
