using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// As much of MSBuild's evaluation as the device projects use: properties in order, imports inside the repository,
    /// items, and conditions made of comparisons and Exists. Anything beyond is refused rather than guessed.
    /// </summary>
    internal sealed class ProjectFile
    {
        private static readonly Regex Reference = new(@"\$\((\w+)\)");
        private static readonly Regex Comparison = new(@"^'(?<left>[^']*)'\s*(?<not>!|=)=\s*'(?<right>[^']*)'$");
        private static readonly Regex Existence = new(@"^(?<not>!?)\s*Exists\s*\(\s*'(?<path>[^']*)'\s*\)$");

        private readonly Dictionary<string, string> _properties = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<ProjectItem> _items = new();

        /// <summary>Evaluates a project in the Release configuration, as the nanoFramework build system would.</summary>
        /// <param name="repository">Where its imports may be.</param>
        /// <param name="path">Absolute path of the project.</param>
        public ProjectFile(Repository repository, string path)
        {
            _properties["Configuration"] = "Release";
            _properties["Platform"] = "AnyCPU";
            _properties["MSBuildProjectExtension"] = Path.GetExtension(path);
            _properties["MSBuildProjectDirectory"] = Path.GetDirectoryName(path);
            _properties["MSBuildProjectName"] = Path.GetFileNameWithoutExtension(path);

            // Nothing is installed here: imports of the build system itself are guarded by Exists, and skipped.
            _properties["MSBuildExtensionsPath"] = "/nanoframework-is-not-installed";
            string common = repository.Absolute("Directory.Build.props");
            if (File.Exists(common))
            {
                Evaluate(common);
            }

            Evaluate(path);
        }

        /// <summary>Every item, in order, imported ones included.</summary>
        public IEnumerable<ProjectItem> Items(string kind)
        {
            return _items.Where(item => item.Kind == kind);
        }

        /// <summary>A property's value, "" when it has none.</summary>
        public string Property(string name)
        {
            return _properties.GetValueOrDefault(name, "");
        }

        private void Evaluate(string path)
        {
            string outerFile = Property("MSBuildThisFileDirectory");
            string folder = Path.GetDirectoryName(path) + "/";
            _properties["MSBuildThisFileDirectory"] = folder;
            XElement root = XDocument.Load(path, LoadOptions.SetLineInfo).Root;
            foreach (XElement element in root.Elements().Where(element => Holds(element, path)))
            {
                switch (element.Name.LocalName)
                {
                    case "PropertyGroup":
                        foreach (XElement property in element.Elements().Where(property => Holds(property, path)))
                        {
                            _properties[property.Name.LocalName] = Expand(property.Value.Trim());
                        }

                        break;
                    case "ItemGroup":
                        _items.AddRange(element.Elements().Where(item => Holds(item, path))
                            .Select(item => ReadItem(item, path)));
                        break;
                    case "Import":
                        Evaluate(Full(folder, Expand(element.Attribute("Project").Value)));
                        break;
                }
            }

            _properties["MSBuildThisFileDirectory"] = outerFile;
        }

        private ProjectItem ReadItem(XElement item, string path)
        {
            string include = item.Attribute("Include")?.Value
                ?? throw new InvalidDataException($"{path}: <{item.Name.LocalName}> without Include");
            Dictionary<string, string> metadata = item.Elements()
                .ToDictionary(child => child.Name.LocalName, child => child.Value.Trim());
            return new ProjectItem(item.Name.LocalName, Expand(include), path, metadata);
        }

        private bool Holds(XElement element, string path)
        {
            string condition = element.Attribute("Condition")?.Value.Trim();
            return string.IsNullOrEmpty(condition)
                || Regex.Split(condition, @"\s+or\s+", RegexOptions.IgnoreCase).Any(either =>
                    Regex.Split(either, @"\s+and\s+", RegexOptions.IgnoreCase).All(term => HoldsTerm(term.Trim(), path)));
        }

        private bool HoldsTerm(string term, string path)
        {
            Match comparison = Comparison.Match(term);
            if (comparison.Success)
            {
                bool equal = Expand(comparison.Groups["left"].Value).Equals(
                    Expand(comparison.Groups["right"].Value), StringComparison.OrdinalIgnoreCase);
                return equal == (comparison.Groups["not"].Value != "!");
            }

            Match existence = Existence.Match(term);
            if (existence.Success)
            {
                bool exists = File.Exists(
                    Full(Path.GetDirectoryName(path), Expand(existence.Groups["path"].Value)));
                return exists == (existence.Groups["not"].Value != "!");
            }

            throw new InvalidDataException($"{path}: condition not understood by the contract tests: {term}");
        }

        private string Expand(string text)
        {
            return Reference.Replace(text, match => Property(match.Groups[1].Value));
        }

        private static string Full(string folder, string path)
        {
            return Path.GetFullPath(Path.Combine(folder, path.Replace('\\', '/')));
        }
    }
}
