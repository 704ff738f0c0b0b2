using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NanoComm.Tests.Contract
{
    /// <summary>Project files: every source listed once, one version of every package, nothing conditional.</summary>
    internal static class ProjectRules
    {
        public const string NotListed = nameof(NotListed);
        public const string ListedTwice = nameof(ListedTwice);
        public const string NotThere = nameof(NotThere);
        public const string PackageVersion = nameof(PackageVersion);
        public const string HintPath = nameof(HintPath);
        public const string Conditional = nameof(Conditional);
        public const string Solution = nameof(Solution);

        private const string UnitTests = "tests/Unit";
        private const string PackagesProps = "nanoFramework.Packages.props";
        private const string PackagePrefix = "nanoFramework.";
        private const string DeviceConfiguration = "Device|Any CPU";

        private static readonly string[] SharedFolders = { "hal", "firmware", "boards", "tests" };
        private static readonly string[] ProjectExtensions = { ".projitems", ".nfproj", ".csproj" };
        private static readonly Regex Hint = new(
            @"(?:^|[\\/])packages[\\/](?<id>[A-Za-z][\w.]*?)\.\$\((?<property>\w+)\)[\\/]lib[\\/](?:\w+[\\/])?(?<file>[\w.]+)\.(?:dll|exe)$");

        /// <summary>
        /// Every source of a folder with a .projitems or .nfproj, and of the folders below without a project of their
        /// own, is listed in exactly one of them, by name; and every listed file is there. The unit tests' device
        /// projects list those of tests/Unit, and may share what is in its Fakes.
        /// </summary>
        public static IEnumerable<Finding> CheckSources(Repository repository)
        {
            List<string> lists = SharedFolders.SelectMany(folder => ProjectExtensions
                .Where(extension => extension != ".csproj")
                .SelectMany(extension => repository.Files(folder, extension))).ToList();
            ILookup<string, string> listed = lists.SelectMany(list => Listed(list).Select(file => (list, file)))
                .ToLookup(pair => pair.file, pair => pair.list);
            foreach (IGrouping<string, string> entry in listed.Where(entry => !File.Exists(entry.Key)))
            {
                yield return new Finding(repository.Relative(entry.First()), NotThere,
                    $"lists {repository.Relative(entry.Key)}, which is not there");
            }

            string fakes = repository.Absolute(UnitTests + "/Fakes") + Path.DirectorySeparatorChar;
            foreach (IGrouping<string, string> home in lists.GroupBy(list => HomeOf(repository, list)))
            {
                string folder = home.Key;
                string names = string.Join(" or ", home.Select(repository.Relative));
                foreach (string source in repository.Files(repository.Relative(folder), ".cs")
                    .Where(source => OwnerOf(source) == folder))
                {
                    int count = listed[source].Count();
                    if (count == 0)
                    {
                        yield return new Finding(repository.Relative(source), NotListed, $"add it to {names}");
                    }
                    else if (count > 1 && !source.StartsWith(fakes, StringComparison.Ordinal))
                    {
                        yield return new Finding(repository.Relative(source), ListedTwice,
                            $"in {string.Join(" and ", listed[source].Select(repository.Relative))}");
                    }
                }
            }
        }

        /// <summary>Package versions come from one file: packages.config agrees with it, and hint paths use it.</summary>
        public static IEnumerable<Finding> CheckPackages(Repository repository, IEnumerable<DeviceProject> projects)
        {
            Dictionary<string, string> versions = XDocument.Load(repository.Absolute(PackagesProps))
                .Descendants().Where(element => !element.HasElements)
                .ToDictionary(element => element.Name.LocalName, element => element.Value.Trim());
            foreach (DeviceProject project in projects)
            {
                string config = Path.Combine(project.Folder, "packages.config");
                Dictionary<string, string> packages = File.Exists(config)
                    ? XDocument.Load(config).Root.Elements()
                        .ToDictionary(item => item.Attribute("id").Value, item => item.Attribute("version").Value)
                    : new Dictionary<string, string>();
                foreach ((string id, string version) in packages)
                {
                    string expected = versions.GetValueOrDefault(PropertyOf(id), "no version");
                    if (version != expected)
                    {
                        yield return new Finding(repository.Relative(config), PackageVersion,
                            $"{id} {version}; {PackagesProps} says {expected}");
                    }
                }

                foreach (Finding finding in project.References
                    .Select(reference => CheckHint(project, reference, packages.Keys, versions))
                    .Where(finding => finding != null))
                {
                    yield return finding;
                }
            }
        }

        /// <summary>Firmware is one source for both homes.</summary>
        public static IEnumerable<Finding> CheckNoConditionals(Repository repository)
        {
            foreach (string path in repository.Files("firmware", ".cs"))
            {
                string[] lines = File.ReadAllLines(path);
                for (int i = 0; i < lines.Length; i++)
                {
                    if (Regex.IsMatch(lines[i], @"^\s*#\s*(if|elif|else|define|undef)\b"))
                    {
                        yield return new Finding($"{repository.Relative(path)}({i + 1},1)", Conditional,
                            "firmware/ is the same source in both homes: what differs belongs behind a hal interface");
                    }
                }
            }
        }

        /// <summary>The solution builds .nfproj projects under the Device configuration only, and nothing else there.</summary>
        public static IEnumerable<Finding> CheckSolution(Repository repository, IEnumerable<DeviceProject> projects)
        {
            string path = repository.Files("", ".sln").First();
            string text = File.ReadAllText(path);
            Dictionary<string, string> byId = Regex
                .Matches(text, @"Project\(""[^""]*""\) = ""[^""]*"", ""(?<path>[^""]*proj)"", ""(?<id>[^""]*)""")
                .ToDictionary(match => match.Groups["id"].Value, match => match.Groups["path"].Value.Replace('\\', '/'));
            ILookup<string, string> built = Regex
                .Matches(text, @"(?<id>\{[^}]*\})\.(?<configuration>[^.\r\n]*)\.Build\.0")
                .ToLookup(match => match.Groups["id"].Value, match => match.Groups["configuration"].Value);
            string place = repository.Relative(path);
            foreach (string missing in projects.Select(project => project.Name).Except(byId.Values))
            {
                yield return new Finding(place, Solution, $"{missing} is not in the solution");
            }

            foreach ((string id, string project) in byId)
            {
                bool device = project.EndsWith(".nfproj", StringComparison.Ordinal);
                if (device && !built[id].SequenceEqual(new[] { DeviceConfiguration }))
                {
                    yield return new Finding(place, Solution, $"{project} is to be built under Device, and only there; "
                        + $"it is built under: {string.Join(", ", built[id])}");
                }
                else if (!device && built[id].Contains(DeviceConfiguration))
                {
                    yield return new Finding(place, Solution, $"{project} is built under Device; that is for .nfproj only");
                }
            }
        }

        private static Finding CheckHint(DeviceProject project, ProjectItem reference, IEnumerable<string> packages,
            Dictionary<string, string> versions)
        {
            string assembly = DeviceProject.SimpleName(reference);
            string hint = reference.Metadata.GetValueOrDefault("HintPath", "");
            Match match = Hint.Match(hint);
            string id = match.Groups["id"].Value;
            string wrong = !match.Success
                    ? @"has the form packages\<id>.$(NF_<id>)\lib\<assembly>.dll"
                : match.Groups["file"].Value != assembly ? $"ends in {assembly}.dll"
                : match.Groups["property"].Value != PropertyOf(id) ? $"takes the version from $({PropertyOf(id)})"
                : !versions.ContainsKey(PropertyOf(id)) ? $"needs {PropertyOf(id)} in {PackagesProps}"
                : !packages.Contains(id) ? $"needs {id} in the packages.config beside the project"
                : null;
            return wrong == null ? null : new Finding(project.Name, HintPath,
                $"the HintPath of {assembly} is '{hint}'; a good one {wrong}");
        }

        // nanoFramework.System.Device.Gpio has its version in NF_System_Device_Gpio.
        private static string PropertyOf(string package)
        {
            string name = package.StartsWith(PackagePrefix, StringComparison.Ordinal)
                ? package[PackagePrefix.Length..]
                : package;
            return "NF_" + name.Replace('.', '_');
        }

        private static IEnumerable<string> Listed(string list)
        {
            string folder = Path.GetDirectoryName(list);
            return XDocument.Load(list).Descendants()
                .Where(element => element.Name.LocalName == "Compile")
                .Select(element => element.Attribute("Include").Value
                    .Replace("$(MSBuildThisFileDirectory)", "").Replace('\\', '/'))
                .Select(file => Path.GetFullPath(Path.Combine(folder, file)));
        }

        // Whose sources a list has: those of its own folder.
        private static string HomeOf(Repository repository, string list)
        {
            string unitTests = repository.Absolute(UnitTests);
            return list.StartsWith(Path.Combine(unitTests, "Device") + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? unitTests
                : Path.GetDirectoryName(list);
        }

        // The nearest folder upwards with a project or a list in it.
        private static string OwnerOf(string source)
        {
            string folder = Path.GetDirectoryName(source);
            while (!Directory.GetFiles(folder).Any(file => ProjectExtensions.Contains(Path.GetExtension(file))))
            {
                folder = Path.GetDirectoryName(folder);
            }

            return folder;
        }
    }
}
