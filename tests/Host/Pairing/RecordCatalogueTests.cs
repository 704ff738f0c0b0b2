using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using NUnit.Framework;
using NanoComm.Keys;
using NanoComm.Records;

namespace NanoComm.Tests.Host.Pairing
{
    /// <summary>The catalogue of durable records, and what has to agree with it.</summary>
    internal static class RecordCatalogueTests
    {
        [Test]
        public static void The_page_shows_the_catalogue()
        {
            IEnumerable<string> written = File
                .ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "pairing.md"))
                .SkipWhile(line => line != "## Records").Skip(1)
                .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .Select(cells => string.Join(' ', cells[1].Trim('`'), cells[2], cells[3], cells[4], cells[5], cells[6]));

            Assert.That(written, Is.EqualTo(RecordCatalogue.All().Select(record => string.Join(' ', record.Name, record.Owner,
                Word(record.IsSecret), Word(record.IsPersonal), Word(record.IsErased), BitOf(record.Part)))));
        }

        [Test]
        public static void What_is_secret_or_personal_is_erased()
        {
            Assert.That(RecordCatalogue.All().Where(record => (record.IsSecret || record.IsPersonal) && !record.IsErased), Is.Empty);
            Assert.That(RecordCatalogue.All().Where(record => record.Part != ErasedPart.None && !record.IsErased), Is.Empty);
            Assert.That(RecordCatalogue.All().Select(record => record.Name), Is.Unique);
        }

        // The key office is another implementation of the page, and has names of its own.
        [Test]
        public static void The_key_office_has_the_same_bits_and_orders()
        {
            Assert.That(Members<Erased>(), Is.EqualTo(Members<ErasedPart>()));
            Assert.That(Members<NanoComm.Keys.ErasureOrder>(), Is.EqualTo(Members<ErasureOrderKind>()));
        }

        private static IEnumerable<string> Members<T>()
            where T : struct, Enum
        {
            return Enum.GetValues<T>().Select(value => $"{value} {Convert.ToInt32(value)}");
        }

        private static string Word(bool yes) => yes ? "yes" : "no";

        private static string BitOf(ErasedPart part)
        {
            return part == ErasedPart.None ? "none" : $"{BitOperations.Log2((uint)part)}";
        }
    }
}
