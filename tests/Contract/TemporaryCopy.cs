using System;
using System.IO;
using System.Linq;

namespace NanoComm.Tests.Contract
{
    /// <summary>A copy of the device side of the repository, for a test to damage.</summary>
    internal sealed class TemporaryCopy : IDisposable
    {
        private static readonly string[] Folders = { "hal", "firmware", "boards", "tests" };
        private static readonly string[] Kinds =
        {
            ".cs", ".nfproj", ".projitems", ".csproj", ".config", ".txt",
        };

        private TemporaryCopy()
        {
            Repository = new Repository(Directory.CreateTempSubdirectory("nanocomm-contract-").FullName);
        }

        /// <summary>The copy.</summary>
        public Repository Repository { get; }

        /// <summary>Copies sources and project files.</summary>
        public static TemporaryCopy OfDeviceSources()
        {
            var copy = new TemporaryCopy();
            foreach (string file in Folders.SelectMany(folder => Kinds.SelectMany(kind => Repository.Here.Files(folder, kind)))
                .Concat(Directory.GetFiles(Repository.Here.Root).Where(file => Path.GetExtension(file) is ".props" or ".targets" or ".sln")))
            {
                string target = copy.Repository.Absolute(Repository.Here.Relative(file));
                Directory.CreateDirectory(Path.GetDirectoryName(target));
                File.Copy(file, target);
            }

            return copy;
        }

        /// <summary>Replaces a text in a file; it must be there.</summary>
        public void Replace(string path, string text, string by)
        {
            string file = Repository.Absolute(path);
            string content = File.ReadAllText(file);
            if (!content.Contains(text, StringComparison.Ordinal))
            {
                throw new ArgumentException($"{path} has no '{text}'");
            }

            File.WriteAllText(file, content.Replace(text, by));
        }

        /// <summary>Writes a file.</summary>
        public void Write(string path, string text)
        {
            string file = Repository.Absolute(path);
            Directory.CreateDirectory(Path.GetDirectoryName(file));
            File.WriteAllText(file, text);
        }

        /// <summary>Deletes the copy.</summary>
        public void Dispose()
        {
            Directory.Delete(Repository.Root, recursive: true);
        }
    }
}
