using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using NanoComm.MeterConformance;
using NUnit.Framework;

namespace NanoComm.Tests.Conformance
{
    /// <summary>docs/conformance.md lists the rows that there are, and the library is what the page says.</summary>
    internal static class PageTests
    {
        private const string Head = "| Row | Rule | From |";

        // One for each property: the page lists their properties.
        private static readonly string[] Generated = ["REQ-", "REQSET-", "REQINF-", "FORM-"];

        // One for each class: the page lists one of them.
        private static readonly string[] Classes = ["0EF0", "0288", "028A", "028F"];

        [Test]
        public static void The_page_lists_every_row()
        {
            string[] page = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "conformance.md"));
            string[] wanted = Table().ToArray();
            string[] listed = page.SkipWhile(line => line != Head).Skip(2).TakeWhile(line => line.StartsWith('|')).ToArray();
            Assert.That(listed, Is.EqualTo(wanted), () => $"write this into the page:\n{string.Join('\n', wanted)}");
            string[] properties = Properties().ToArray();
            Assert.That(properties.Where(line => !page.Contains(line)), Is.Empty, () => $"write this into the page:\n{string.Join('\n', properties)}");
        }

        [Test]
        public static void It_shares_no_code_with_the_firmware()
        {
            Assert.That(typeof(RowBook).Assembly.GetReferencedAssemblies().Select(name => name.Name)
                .Where(name => name.StartsWith("NanoComm", StringComparison.Ordinal)), Is.EquivalentTo(new[] { "NanoComm.Hems", "NanoComm.Report" }));
            Assert.That(Assembly.Load("NanoComm.Hems").GetReferencedAssemblies().Concat(Assembly.Load("NanoComm.Report").GetReferencedAssemblies())
                .Select(name => name.Name).Where(name => name.StartsWith("NanoComm", StringComparison.Ordinal)), Is.Empty);
        }

        private static IEnumerable<string> Table()
        {
            return RowBook.All.Where(row => !Generated.Any(prefix => row.Id.StartsWith(prefix, StringComparison.Ordinal)))
                .Select(row => $"| `{row.Id}` | {row.Title} | {row.Source}{(row.IsCertain ? "" : "; **not read: only warns**")} |");
        }

        // "- `REQ-0288-`: 80 81*", * for what only warns.
        private static IEnumerable<string> Properties()
        {
            return from prefix in Generated
                   from one in Classes
                   let rows = RowBook.All.Where(row => row.Id.StartsWith($"{prefix}{one}-", StringComparison.Ordinal)).ToArray()
                   where rows.Length > 0
                   select $"- `{prefix}{one}-`: {string.Join(' ', rows.Select(row => row.Id[^2..] + (row.IsCertain ? "" : "*")))}";
        }
    }
}
