using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mono.Cecil;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// Who may know whom in firmware/: the tables of docs/architecture.md, held against what was compiled. Both ways: an
    /// arrow in the code stands in the table, and an arrow in the table is used.
    /// </summary>
    internal sealed class ArrowTable
    {
        public const string Arrow = nameof(Arrow);
        public const string Unused = nameof(Unused);
        public const string NoRow = nameof(NoRow);
        public const string Never = nameof(Never);

        /// <summary>Where the tables are.</summary>
        public const string Page = "docs/architecture.md";

        private const string MayKnow = "## Who may know whom";
        private const string NeverKnow = "## Arrows that never come";
        private const string Ours = "NanoComm";
        private const string Unit = "unit";
        private const string Hal = "hal";

        private static readonly Regex Name = new("`([A-Za-z]+)`");

        private readonly IReadOnlyList<Room> _may;
        private readonly IReadOnlyList<Room> _never;

        /// <summary>Reads the tables.</summary>
        /// <param name="page">Lines of the page.</param>
        /// <exception cref="InvalidDataException">The page has no such table.</exception>
        public ArrowTable(string[] page)
        {
            _may = Read(page, MayKnow);
            _never = Read(page, NeverKnow);
        }

        /// <summary>The tables of a working copy.</summary>
        public static ArrowTable Of(Repository repository)
        {
            return new ArrowTable(File.ReadAllLines(repository.Absolute(Page)));
        }

        /// <summary>Holds the firmware to the tables.</summary>
        public IEnumerable<Finding> Check(DeviceAssembly firmware)
        {
            List<(string From, string To, string Place, string What)> arrows = Arrows(firmware).ToList();
            return Foreign(arrows).Concat(WithoutUse(arrows)).Concat(Rows(firmware)).Concat(CheckNever());
        }

        /// <summary>Holds the table of what may be to the table of what never comes: not even a way over other rooms
        /// leads there.</summary>
        public IEnumerable<Finding> CheckNever()
        {
            foreach (Room wall in _never)
            {
                foreach (string other in wall.Others.Where(other => other != wall.Name))
                {
                    IReadOnlyList<string> way = Way(wall.Name, other);
                    if (way != null)
                    {
                        yield return new Finding($"{Page}({wall.Line})", Never, $"{wall.Name} never comes to know {other}, and "
                            + $"the table above lets it: {string.Join(" -> ", way)}");
                    }
                }
            }
        }

        private IEnumerable<Finding> Foreign(IEnumerable<(string From, string To, string Place, string What)> arrows)
        {
            return arrows.Where(arrow => !Allows(arrow.From, arrow.To))
                .Select(arrow => new Finding(arrow.Place, Arrow, $"{arrow.From} must not know {arrow.What}: take this use out, "
                    + $"or add `{arrow.To}` to the row `{arrow.From}` of {Page}"))
                .Distinct();
        }

        private IEnumerable<Finding> WithoutUse(IEnumerable<(string From, string To, string Place, string What)> arrows)
        {
            HashSet<(string, string)> used = arrows.Select(arrow => (arrow.From, arrow.To)).ToHashSet();
            return _may.SelectMany(room => room.Others.Where(other => !used.Contains((room.Name, other)))
                .Select(other => new Finding($"{Page}({room.Line})", Unused,
                    $"nothing in {room.Name} uses {other}: take `{other}` out of the row `{room.Name}`")));
        }

        private IEnumerable<Finding> Rows(DeviceAssembly firmware)
        {
            List<string> rooms = firmware.Module.GetTypes().Select(RoomOf).Where(room => room != null).Distinct().ToList();
            return rooms.Except(_may.Select(row => row.Name))
                .Select(room => new Finding(Page, NoRow, $"firmware/ has the room {room}: add a row `{room}`"))
                .Concat(_may.Where(row => !rooms.Contains(row.Name))
                    .Select(row => new Finding($"{Page}({row.Line})", NoRow,
                        $"firmware/ has no room {row.Name}: take the row `{row.Name}` out")));
        }

        private bool Allows(string from, string to)
        {
            return _may.Any(room => room.Name == from && room.Others.Contains(to));
        }

        // The shortest way over arrows of the table, or null.
        private IReadOnlyList<string> Way(string from, string to)
        {
            var ways = new Queue<IReadOnlyList<string>>(new[] { new[] { from } });
            var seen = new HashSet<string> { from };
            while (ways.TryDequeue(out IReadOnlyList<string> way))
            {
                if (way[^1] == to)
                {
                    return way;
                }

                foreach (string next in _may.Where(room => room.Name == way[^1]).SelectMany(room => room.Others).Where(seen.Add))
                {
                    ways.Enqueue(way.Append(next).ToList());
                }
            }

            return null;
        }

        // A constant is not in the IL where it is used: what a source says that it uses counts too.
        private static IEnumerable<(string From, string To, string Place, string What)> Arrows(DeviceAssembly firmware)
        {
            IEnumerable<(string From, string To, string Place, string What)> compiled = TypeUse.All(firmware.Module)
                .Where(use => use.Type is not TypeSpecification)
                .Select(use => (RoomOf(use.User), RoomOf(use.Type), use.Place, ApiRenderer.TypeName(use.Type)));
            IEnumerable<(string From, string To, string Place, string What)> said = firmware.Sources
                .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<UsingDirectiveSyntax>())
                .SelectMany(directive => Users(directive).Select(user => (RoomOf(user.Name.ToString()),
                    RoomOf(directive.Name.ToString()), PlaceOf(directive), $"what is in {directive.Name}")));
            return compiled.Concat(said).Where(arrow => arrow.From != null && arrow.To != null && arrow.From != arrow.To);
        }

        // The namespace that a directive stands in, or each of the file.
        private static IEnumerable<NamespaceDeclarationSyntax> Users(UsingDirectiveSyntax directive)
        {
            return directive.Parent is NamespaceDeclarationSyntax around
                ? new[] { around }
                : directive.Parent.DescendantNodes().OfType<NamespaceDeclarationSyntax>();
        }

        private static string PlaceOf(UsingDirectiveSyntax directive)
        {
            return $"{directive.SyntaxTree.FilePath}({directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1},1)";
        }

        /// <summary>The room of a type; null for what is not ours.</summary>
        public static string RoomOf(TypeReference type)
        {
            TypeReference outer = type.GetElementType();
            while (outer.DeclaringType != null)
            {
                outer = outer.DeclaringType;
            }

            return RoomOf(outer.Namespace);
        }

        // NanoComm.Echonet.Objects is in Echonet; what is not ours is in no room.
        private static string RoomOf(string name)
        {
            string[] parts = name.Split('.');
            return parts[0] != Ours ? null
                : parts.Length == 1 ? Unit
                : parts[1] == "Hal" ? Hal
                : parts[1];
        }

        private static IReadOnlyList<Room> Read(string[] page, string heading)
        {
            int start = Array.IndexOf(page, heading);
            var rows = new List<Room>();
            for (int i = start + 1; start >= 0 && i < page.Length && !page[i].StartsWith("## ", StringComparison.Ordinal); i++)
            {
                string[] cells = page[i].Split('|');
                Match name = cells.Length > 2 ? Name.Match(cells[1]) : Match.Empty;
                if (name.Success)
                {
                    rows.Add(new Room(name.Groups[1].Value,
                        Name.Matches(cells[2]).Select(match => match.Groups[1].Value).ToList(), i + 1));
                }
            }

            return rows.Count > 0 ? rows : throw new InvalidDataException($"{Page} has no table under '{heading}'");
        }
    }
}
