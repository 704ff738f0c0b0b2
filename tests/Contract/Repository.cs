using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace NanoComm.Tests.Contract
{
    /// <summary>A working copy: the one these tests were built from, or a copy of it that a test has damaged.</summary>
    internal sealed class Repository
    {
        private static readonly string[] BuildOutput = { "artifacts", "bin", "obj", "packages", ".git", ".vs" };

        /// <summary>Opens a working copy.</summary>
        /// <param name="root">Its root folder.</param>
        public Repository(string root)
        {
            Root = Path.GetFullPath(root).TrimEnd(Path.DirectorySeparatorChar);
        }

        /// <summary>The working copy these tests were built from.</summary>
        public static Repository Here { get; } = new Repository(Metadata("RepositoryRoot"));

        /// <summary>The root folder, absolute, without a separator at its end.</summary>
        public string Root { get; }

        /// <summary>The value that the project file wrote into this assembly under a key.</summary>
        public static string Metadata(string key)
        {
            return typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == key).Value;
        }

        /// <summary>A path of the repository as an absolute one; either separator.</summary>
        public string Absolute(string path)
        {
            return Path.GetFullPath(Path.Combine(Root, path.Replace('\\', '/')));
        }

        /// <summary>An absolute path as findings show it: from the root, with '/'.</summary>
        public string Relative(string path)
        {
            return Path.GetRelativePath(Root, path).Replace('\\', '/');
        }

        /// <summary>Every file of a folder and the folders below it, in a stable order, without build output.</summary>
        /// <param name="folder">From the root; "" for everything.</param>
        /// <param name="extension">With its dot.</param>
        /// <returns>Absolute paths; none when the folder is absent.</returns>
        public IEnumerable<string> Files(string folder, string extension)
        {
            string start = Absolute(folder);
            return Directory.Exists(start) ? Walk(start, extension) : Array.Empty<string>();
        }

        private static IEnumerable<string> Walk(string folder, string extension)
        {
            foreach (string file in Directory.GetFiles(folder, "*" + extension).Order(StringComparer.Ordinal))
            {
                yield return file;
            }

            foreach (string child in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
            {
                if (!BuildOutput.Contains(Path.GetFileName(child)))
                {
                    foreach (string file in Walk(child, extension))
                    {
                        yield return file;
                    }
                }
            }
        }
    }
}
