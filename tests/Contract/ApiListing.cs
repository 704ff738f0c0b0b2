using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NanoComm.Tests.Contract
{
    /// <summary>Every public and protected member of one nanoFramework assembly, read from Api/.</summary>
    internal sealed class ApiListing
    {
        private const string ReferencesMark = "(references: ";
        private static readonly string[] Modifiers = { "static", "abstract", "sealed" };

        private readonly Dictionary<string, ApiType> _types;

        private ApiListing(string assembly, IReadOnlyList<string> references, Dictionary<string, ApiType> types)
        {
            Assembly = assembly;
            References = references;
            _types = types;
        }

        /// <summary>Name of the assembly.</summary>
        public string Assembly { get; }

        /// <summary>Names of the assemblies it references.</summary>
        public IReadOnlyList<string> References { get; }

        /// <summary>Reads the listings of a folder.</summary>
        /// <returns>By name of the assembly.</returns>
        public static IReadOnlyDictionary<string, ApiListing> ReadAll(string folder)
        {
            return Directory.GetFiles(folder, "*.txt")
                .Select(file => Read(File.ReadAllLines(file)))
                .ToDictionary(listing => listing.Assembly);
        }

        /// <summary>A type by its name, or null.</summary>
        public ApiType Find(string name)
        {
            return _types.GetValueOrDefault(name);
        }

        /// <summary>Reads one listing.</summary>
        public static ApiListing Read(IEnumerable<string> lines)
        {
            var types = new Dictionary<string, ApiType>();
            string head = null;
            string typeLine = null;
            var members = new List<string>();
            foreach (string line in lines.Append("end"))
            {
                if (head == null)
                {
                    head = line;
                }
                else if (line.StartsWith(' '))
                {
                    members.Add(line.Trim());
                }
                else if (line.Length > 0)
                {
                    Add(types, typeLine, members);
                    typeLine = line;
                    members.Clear();
                }
            }

            int mark = head.IndexOf(ReferencesMark, StringComparison.Ordinal);
            return new ApiListing(head[..mark].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                Split(head[(mark + ReferencesMark.Length)..].TrimEnd(')', ' ')), types);
        }

        private static void Add(Dictionary<string, ApiType> types, string line, List<string> members)
        {
            if (line == null)
            {
                return;
            }

            if (line.StartsWith("delegate ", StringComparison.Ordinal))
            {
                string name = ApiType.OverloadGroup(line).TrimEnd('(');
                types.Add(name, new ApiType(name, "delegate", Array.Empty<string>(), new[] { line }));
                return;
            }

            string[] sides = line.Split(" : ");
            string[] words = sides[0].Split(' ');
            int kindWords = Modifiers.Contains(words[0]) ? 2 : 1;
            string kind = string.Join(' ', words.Take(kindWords));
            string[] bases = sides.Length > 1 ? Split(sides[1]) : Array.Empty<string>();
            types.Add(words[kindWords], new ApiType(words[kindWords], kind, bases,
                kind == "enum" ? members.SelectMany(Split).ToList() : members.ToList()));
        }

        private static string[] Split(string list)
        {
            return list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
    }
}
