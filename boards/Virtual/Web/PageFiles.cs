using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace NanoComm.Virtual.Web
{
    /// <summary>The files of the page, which are in the program: a path is looked up and opens nothing.</summary>
    internal static class PageFiles
    {
        private const string Index = "index.html";

        private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
        {
            [".html"] = "text/html; charset=utf-8",
            [".css"] = "text/css; charset=utf-8",
            [".js"] = "text/javascript; charset=utf-8",
            [".svg"] = "image/svg+xml",
        }.ToFrozenDictionary();

        private static readonly FrozenDictionary<string, (string Type, byte[] Content)> Files = Load();

        /// <summary>Finds the file of a path.</summary>
        /// <param name="path">As the browser asks, from the first slash on.</param>
        /// <param name="type">Its media type.</param>
        /// <param name="content">What is in it.</param>
        public static bool TryGet(string path, out string type, out byte[] content)
        {
            bool isThere = Files.TryGetValue(path, out (string Type, byte[] Content) file);
            (type, content) = file;
            return isThere;
        }

        private static FrozenDictionary<string, (string, byte[])> Load()
        {
            var files = new Dictionary<string, (string, byte[])>();
            Assembly assembly = typeof(PageFiles).Assembly;
            foreach (string name in assembly.GetManifestResourceNames())
            {
                if (Types.TryGetValue(Path.GetExtension(name), out string type))
                {
                    using Stream stream = assembly.GetManifestResourceStream(name);
                    var content = new byte[stream.Length];
                    stream.ReadExactly(content);
                    files.Add("/" + (name == Index ? "" : name), (type, content));
                }
            }

            return files.ToFrozenDictionary();
        }
    }
}
