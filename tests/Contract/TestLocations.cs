using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// Whether the test adapter of nanoFramework 3.x finds where a test stands. It reads the .nfproj above the assembly as
    /// a text, takes each Compile Include as it is written, and shows the first of these files that has the name of the
    /// class and the name of the method (nanoFramework.TestFramework, TestAdapter/Discover.cs). A file that is not there
    /// ends its search with an exception. Its line number counts carriage returns, which our files do not have: it is 1.
    /// </summary>
    internal static class TestLocations
    {
        public const string Import = nameof(Import);
        public const string NotLiteral = nameof(NotLiteral);
        public const string NotThere = nameof(NotThere);
        public const string Elsewhere = nameof(Elsewhere);

        private const string Attributes = "nanoFramework.TestFramework.";
        private static readonly string[] Shown = { "TestMethodAttribute", "DataRowAttribute", "SetupAttribute", "CleanupAttribute" };
        private static readonly Regex Compile = new("<Compile Include=\"(?<path>[^\"]+)\"", RegexOptions.IgnoreCase);
        private static readonly Regex List = new("<Import [^>]*\\.projitems", RegexOptions.IgnoreCase);

        /// <summary>Checks how a project of unit tests lists its sources.</summary>
        public static IEnumerable<Finding> CheckList(Repository repository, DeviceProject project)
        {
            if (List.IsMatch(File.ReadAllText(project.Path)))
            {
                yield return new Finding(project.Name, Import,
                    "imports a .projitems: the test adapter does not read it, so list the sources in the project");
            }

            List<string> written = Written(project).ToList();
            foreach (string path in project.Sources.Select(source => source.Path(project.Folder)).Except(written.Select(Path.GetFullPath)))
            {
                yield return new Finding(project.Name, NotLiteral, $"compiles {repository.Relative(path)} and does not have it "
                    + "as <Compile Include=\"its path\", in these letters, where the test adapter looks for it");
            }

            foreach (string path in written.Where(path => !File.Exists(path)))
            {
                yield return new Finding(project.Name, NotThere,
                    $"lists {repository.Relative(path)}, which is not there: the test adapter ends with an exception");
            }
        }

        /// <summary>Checks what the adapter would show for each test.</summary>
        /// <param name="repository">Where the sources are.</param>
        /// <param name="project">The project of the tests.</param>
        /// <param name="module">What it compiles to.</param>
        public static IEnumerable<Finding> Check(Repository repository, DeviceProject project, ModuleDefinition module)
        {
            List<(string Path, string Text)> files = Written(project).Where(File.Exists)
                .Select(path => (Path.GetFullPath(path), File.ReadAllText(path))).ToList();
            foreach (TypeDefinition type in module.GetTypes().Where(type => Has(type, "TestClassAttribute")))
            {
                foreach (MethodDefinition method in type.Methods.Where(method => Shown.Any(attribute => Has(method, attribute))))
                {
                    string found = files.Where(file => file.Text.Contains($"class {type.Name}", StringComparison.Ordinal)
                        && file.Text.Contains($" {method.Name}(", StringComparison.Ordinal)).Select(file => file.Path).FirstOrDefault();
                    string place = TypeUse.PlaceOf(method);
                    string shown = found == null ? "nothing" : repository.Relative(found);
                    if (!place.StartsWith(shown + "(", StringComparison.Ordinal))
                    {
                        yield return new Finding(place, Elsewhere, $"the test adapter shows {shown} for it: it takes the first file "
                            + $"of {project.Name} with 'class {type.Name}' and ' {method.Name}(' in it");
                    }
                }
            }
        }

        private static IEnumerable<string> Written(DeviceProject project)
        {
            return Compile.Matches(File.ReadAllText(project.Path))
                .Select(match => Path.Combine(project.Folder, match.Groups["path"].Value.Replace('\\', '/')));
        }

        private static bool Has(ICustomAttributeProvider provider, string attribute)
        {
            return provider.CustomAttributes.Any(item => item.AttributeType.FullName == Attributes + attribute);
        }
    }
}
