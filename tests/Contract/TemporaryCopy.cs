using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NanoComm.Tests.Contract
{
    /// <summary>A copy of the device side of the repository, for a test to damage. Made once; what a test has changed is
    /// put back when it is done.</summary>
    internal sealed class TemporaryCopy : IDisposable
    {
        private static readonly string[] Folders = { "hal", "firmware", "boards", "tests/Unit", "tests/Contract" };
        private static readonly string[] Kinds =
        {
            ".cs", ".nfproj", ".projitems", ".csproj", ".config", ".txt",
        };

        private static readonly Lazy<Repository> Copy = new(Make);

        private readonly Dictionary<string, byte[]> _before = new();

        private TemporaryCopy()
        {
            Repository = Copy.Value;
        }

        /// <summary>The copy.</summary>
        public Repository Repository { get; }

        /// <summary>The copy of sources and project files, as they are in the repository.</summary>
        public static TemporaryCopy OfDeviceSources()
        {
            return new TemporaryCopy();
        }

        /// <summary>Deletes the copy, when no test needs it any more.</summary>
        public static void Delete()
        {
            if (Copy.IsValueCreated)
            {
                Directory.Delete(Copy.Value.Root, recursive: true);
            }
        }

        /// <summary>Replaces a text in a file; it must be there.</summary>
        public void Replace(string path, string text, string by)
        {
            string content = File.ReadAllText(Repository.Absolute(path));
            if (!content.Contains(text, StringComparison.Ordinal))
            {
                throw new ArgumentException($"{path} has no '{text}'");
            }

            Write(path, content.Replace(text, by));
        }

        /// <summary>Writes a file.</summary>
        public void Write(string path, string text)
        {
            string file = Repository.Absolute(path);
            _before.TryAdd(file, File.Exists(file) ? File.ReadAllBytes(file) : null);
            Directory.CreateDirectory(Path.GetDirectoryName(file));
            File.WriteAllText(file, text);
        }

        /// <summary>Puts back what was changed.</summary>
        public void Dispose()
        {
            foreach ((string file, byte[] content) in _before)
            {
                if (content == null)
                {
                    File.Delete(file);
                }
                else
                {
                    File.WriteAllBytes(file, content);
                }
            }
        }

        private static Repository Make()
        {
            var copy = new Repository(Directory.CreateTempSubdirectory("nanocomm-contract-").FullName);
            foreach (string file in Folders.SelectMany(folder => Kinds.SelectMany(kind => Repository.Here.Files(folder, kind)))
                .Concat(Directory.GetFiles(Repository.Here.Root)
                    .Where(file => Path.GetExtension(file) is ".props" or ".targets" or ".sln")))
            {
                string target = copy.Absolute(Repository.Here.Relative(file));
                Directory.CreateDirectory(Path.GetDirectoryName(target));
                File.Copy(file, target);
            }

            return copy;
        }
    }
}
