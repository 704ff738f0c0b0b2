using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NanoComm.Tests.Contract
{
    /// <summary>What no project may bring along, however long the chain of references: a test's code in a program that is
    /// shipped, the firmware in what it is checked against.</summary>
    internal static class SharedCode
    {
        public const string ShippedTest = nameof(ShippedTest);
        public const string CommonOrigin = nameof(CommonOrigin);

        private const string Tests = "tests/";
        private const string Firmware = "firmware/";

        /// <summary>The programs that are shipped: every .csproj outside of the tests that makes one.</summary>
        public static IEnumerable<string> Programs(Repository repository)
        {
            return repository.Files("", ".csproj").Select(repository.Relative)
                .Where(path => !path.StartsWith(Tests) && Read(repository, path).Property("OutputType") == "Exe");
        }

        /// <summary>A program that is shipped has nothing of a test's in it.</summary>
        public static IEnumerable<Finding> CheckProgram(Repository repository, string project)
        {
            return Below(repository, project, Tests).Select(path => new Finding(project, ShippedTest,
                $"brings along {path}; what a program needs of it belongs to tools/ or to the program"));
        }

        /// <summary>What the firmware is checked against has none of its code.</summary>
        public static IEnumerable<Finding> CheckChecker(Repository repository, string project)
        {
            return Below(repository, project, Firmware).Select(path => new Finding(project, CommonOrigin,
                $"brings along {path}; subject and oracle would err together"));
        }

        private static IEnumerable<string> Below(Repository repository, string project, string folder)
        {
            return BroughtAlong(repository, project, new HashSet<string> { project })
                .Where(path => path.StartsWith(folder));
        }

        private static IEnumerable<string> BroughtAlong(Repository repository, string project, HashSet<string> seen)
        {
            string directory = Path.GetDirectoryName(repository.Absolute(project));
            foreach (ProjectItem reference in Read(repository, project).Items("ProjectReference"))
            {
                string path = repository.Relative(reference.Path(directory));
                if (!seen.Add(path))
                {
                    continue;
                }

                yield return path;

                // What a test project has is a test's: enough is known, and its file may use more of MSBuild.
                if (!path.StartsWith(Tests))
                {
                    foreach (string further in BroughtAlong(repository, path, seen))
                    {
                        yield return further;
                    }
                }
            }
        }

        private static ProjectFile Read(Repository repository, string project)
        {
            return new ProjectFile(repository, repository.Absolute(project));
        }
    }
}
