using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Tests.Contract
{
    /// <summary>A .nfproj, as far as compiling it goes.</summary>
    internal sealed class DeviceProject
    {
        private readonly ProjectFile _file;

        /// <summary>Reads a project.</summary>
        /// <param name="repository">Where it is.</param>
        /// <param name="path">Absolute path of the .nfproj.</param>
        public DeviceProject(Repository repository, string path)
        {
            _file = new ProjectFile(repository, path);
            Path = path;
            Name = repository.Relative(path);
        }

        /// <summary>Absolute path.</summary>
        public string Path { get; }

        /// <summary>Path from the root of the repository, for findings.</summary>
        public string Name { get; }

        /// <summary>Absolute path of its folder.</summary>
        public string Folder => System.IO.Path.GetDirectoryName(Path);

        /// <summary>Name of the assembly it makes.</summary>
        public string AssemblyName => OrElse("AssemblyName", System.IO.Path.GetFileNameWithoutExtension(Path));

        /// <summary>Whether it makes a program, not a library.</summary>
        public bool IsProgram => _file.Property("OutputType").Equals("Exe", StringComparison.OrdinalIgnoreCase);

        /// <summary>Language version as written, "" when not.</summary>
        public string LanguageVersion => _file.Property("LangVersion");

        /// <summary>Whether arithmetic is checked throughout.</summary>
        public bool ChecksArithmetic => IsTrue("CheckForOverflowUnderflow");

        /// <summary>Whether unsafe code is let in.</summary>
        public bool AllowsUnsafe => IsTrue("AllowUnsafeBlocks");

        /// <summary>Preprocessor symbols; the build system adds NANOFRAMEWORK_1_0 to what the project says.</summary>
        public IEnumerable<string> Symbols => List("DefineConstants").Append("NANOFRAMEWORK_1_0").Distinct();

        /// <summary>Warnings it silences.</summary>
        public IEnumerable<string> SilencedWarnings =>
            List("NoWarn").Select(code => int.TryParse(code, out int number) ? $"CS{number:0000}" : code);

        /// <summary>Assemblies it references from packages.</summary>
        public IEnumerable<ProjectItem> References => _file.Items("Reference");

        /// <summary>Projects it references, by absolute path.</summary>
        public IEnumerable<string> ProjectReferences =>
            _file.Items("ProjectReference").Select(item => item.Path(Folder));

        /// <summary>Its source files; imported lists included.</summary>
        public IEnumerable<ProjectItem> Sources => _file.Items("Compile");

        /// <summary>The simple name in a reference.</summary>
        public static string SimpleName(ProjectItem reference)
        {
            return reference.Include.Split(',')[0].Trim();
        }

        /// <summary>Every device project of a working copy.</summary>
        public static IReadOnlyList<DeviceProject> Discover(Repository repository)
        {
            return repository.Files("", ".nfproj").Select(path => new DeviceProject(repository, path)).ToList();
        }

        private string OrElse(string property, string otherwise)
        {
            string value = _file.Property(property);
            return value.Length > 0 ? value : otherwise;
        }

        private bool IsTrue(string property)
        {
            return _file.Property(property).Equals("true", StringComparison.OrdinalIgnoreCase);
        }

        private IEnumerable<string> List(string property)
        {
            return _file.Property(property)
                .Split(new[] { ';', ',' }, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
    }
}
