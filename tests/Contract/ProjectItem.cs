using System.Collections.Generic;

namespace NanoComm.Tests.Contract
{
    /// <summary>An item of a project file.</summary>
    /// <param name="Kind">Compile, Reference, ProjectReference …</param>
    /// <param name="Include">What it includes, properties expanded.</param>
    /// <param name="File">The project, or the file it imports, that says so.</param>
    /// <param name="Metadata">Child elements as they are written, properties not expanded.</param>
    internal sealed record ProjectItem(string Kind, string Include, string File,
        IReadOnlyDictionary<string, string> Metadata)
    {
        /// <summary>The included path, absolute.</summary>
        /// <param name="projectFolder">Folder of the project: MSBuild takes items relative to it, imported ones too.</param>
        public string Path(string projectFolder)
        {
            return System.IO.Path.GetFullPath(System.IO.Path.Combine(projectFolder, Include.Replace('\\', '/')));
        }
    }
}
