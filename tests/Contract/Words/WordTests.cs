using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// What <c>swap</c>, <c>hems</c> and <c>board log</c> say has a Japanese text in tools/CommandLine/Words/ja.json, every hole in it,
    /// and the table has nothing else. What they say goes by <c>Words</c>; what rooms below say in English is in its section "others".
    /// </summary>
    public static class WordTests
    {
        private const string Table = "tools/CommandLine/Words/ja.json";
        private const string Others = "others";
        private const string Libraries = "libraries";

        // What an archive is called, in its form.
        private const string Archive = "an archive of tickets";

        // Every text in these is said to a person, or is named below.
        private static readonly string[] Speaking =
        [
            "tools/nanocomm/Swap", "tools/nanocomm/Hems", "tools/nanocomm/Log", "tools/nanocomm/Board/SerialPortCheck.cs",
            "tools/nanocomm/Nanoff/NanoffRun.cs", "tools/CommandLine/HostProgram.cs", "tools/CommandLine/LiveScreen.cs",
            "tools/CommandLine/OpenSecret.cs", "tools/CommandLine/RecordCheck.cs", "tools/CommandLine/RouteBCredentials.cs",
            "tools/CommandLine/SecretFile.cs", "tools/CommandLine/SecretOption.cs",
        ];

        // Where Words may be asked: commands in English share what three commands reach of it, and no text is lost.
        private static readonly string[] Asking = ["tools/nanocomm", "tools/CommandLine"];

        // Rooms below, which know no language: what reaches the three commands is translated by its form.
        private static readonly string[] Below =
        [
            "tools/Hems", "tools/Keys/Ticket.cs", "tools/Keys/TicketArchive.cs", "tools/Keys/TableFile.cs", "hal/Host/FolderFiles.cs", "hal/Host/RegularFile.cs",
            "hal/Host/OwnerOnly.cs", "tools/Flash/PartitionTable.cs", "tools/Flash/LittleFsVolume.cs",
        ];

        // Not for people: names of commands, kinds of events, parts of a unit, words of protocols and of JSON, units.
        private static readonly HashSet<string> Names =
        [
            "swap", "hems", "log", "en", "ja", "IP", "EOF", "W", "A", "kW", "kWh", "kvarh", "E1", "D3, D4, E6",
            "demand", "fetched", "found", "halfHour", "joined", "left", "meter", "minute", "module", "notified", "reactive", "reading", "search", "trouble",
            "event", "at", "get", "set", "inf", "eoj", "kilowattHoursPerStep", "kilowattsPerStep", "kilovarHoursPerStep", "controller",
            "time", "level", "source", "text", "largest", "managed", "free", "total", "reset", "memory", "boot", "panic", "interpreter", "port", "code",
            "Error", "Warning", "Debug", "NFPKTV1\0", "receipt", "erasure", "libc", "access", "datagrams", "main", "board", "metering", "power", "udp", "files",
            "nanocomm", "path", "P12", "green", "yellow", "default", "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz",
        ];

        // A help's names of values, options, addresses, formats, markup: no words.
        private static readonly Regex Code = new(@"--?[a-z][a-z-]*|\b[A-Z0-9_|\[\]:]{2,}\b|\[/?[a-z]*\]|^\.\w+$|^\\?/\w*|\b(?:yyyy|MM|dd|HH|mm|ss|fff)\b|\bE\d{4}\b");
        private static readonly Regex Word = new("[A-Za-z]{2,}");
        private static readonly Regex Sentence = new("[A-Za-z]{2,} [A-Za-z]{2,}|^[a-z]+ [a-z]+");
        private static readonly Regex Query = new(@"\b(?:SELECT|PRAGMA|BEGIN|CREATE|SK[A-Z]+|Pan ID|AND cu|SQLite format)\b");
        private static readonly Regex Hole = new(@"\{\d[^}]*\}");

        // In files that are read here, of what the three commands do not ask for.
        private static readonly string[] NotReached =
        [
            "of the folder {0} a part is lost: no whole commit in blocks {1} and {2}", "the folder {0} leads into itself, or too deep", "the folder {0} has no place",
            "its blocks are not those of a file", "there are more bytes in files than the volume has", "the line",
        ];

        private static readonly Dictionary<string, Dictionary<string, string>> Sections =
            JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(File.ReadAllText(Repository.Here.Absolute(Table)));

        private static IEnumerable<(string File, SaidText Text)> Said => Sources(Asking)
            .SelectMany(file => SaidTexts.Of(file.Text).Select(text => (file.Name, text)))
            .Where(found => found.text.Said is "Of" or "Later");

        private static IEnumerable<string> Own => Sections.Where(section => section.Key is not (Others or Libraries)).SelectMany(section => section.Value.Keys);

        [Test]
        public static void Every_text_has_a_Japanese_one_and_every_Japanese_one_a_text()
        {
            List<string> keys = Said.Select(said => said.Text.Key).Distinct().ToList();
            Assert.That(keys, Has.Count.GreaterThan(250), "the texts of the three commands");
            Assert.That(keys.Except(Own), Is.Empty, $"no Japanese text in {Table}");
            Assert.That(Own.Except(keys), Is.Empty, $"in {Table}, and nobody says it");
        }

        [Test]
        public static void Every_hole_of_a_text_is_in_its_Japanese_one()
        {
            Assert.That(Sections.Where(section => section.Key is not (Others or Libraries)).SelectMany(section => section.Value)
                .Where(pair => !Holes(pair.Key).SetEquals(Holes(pair.Value))).Select(pair => pair.Key), Is.Empty);
            Assert.That(Sections[Others].Concat(Sections[Libraries])
                .Where(pair => !Numbers(pair.Value).IsSubsetOf(Numbers(pair.Key))).Select(pair => pair.Key), Is.Empty);
        }

        [Test]
        public static void A_text_stands_in_the_table_once()
        {
            Assert.That(Sections.Values.SelectMany(section => section.Keys).GroupBy(key => key).Where(group => group.Count() > 1)
                .Select(group => group.Key), Is.Empty);
        }

        [Test]
        public static void No_text_goes_past_the_words()
        {
            Assert.That(Sources(Speaking).SelectMany(file => Past(file.Text).Select(text => $"{file.Name}:{text.Line}: {text.Words}")), Is.Empty);
        }

        [Test]
        public static void No_text_is_made_where_nobody_can_look_it_up()
        {
            Assert.That(Sources(Asking).SelectMany(file => SaidTexts.Unknown(file.Text).Select(line => $"{file.Name}:{line}")), Is.Empty);
        }

        [Test]
        public static void What_rooms_below_say_is_known_by_its_form()
        {
            List<string> texts = Sources(Below).SelectMany(file => SaidTexts.Of(file.Text)).Where(text => !text.IsPattern)
                .Where(text => Sentence.IsMatch(text.Words) && !Query.IsMatch(text.Words)).Select(text => text.Key).Distinct().ToList();
            Assert.That(texts.Except(Sections[Others].Keys).Except(NotReached), Is.Empty, $"not in the section {Others} of {Table}");
            Assert.That(Sections[Others].Keys.Except(Sources(Below).SelectMany(file => SaidTexts.Of(file.Text)).Select(text => text.Key))
                .Except([Archive]), Is.Empty, $"in the section {Others} of {Table}, and nobody says it");
        }

        [TestCase("class A { void F() { Say(\"the unit starts\"); } }", "the unit starts")]
        [TestCase("class A { void F() { Say($\"the unit {x} starts\"); } }", "the unit  starts")]
        [TestCase("class A { void F() { Say(Words.Of($\"{(x ? \"good news\" : \"\")}\")); } }", "good news")]
        [TestCase("class A { void F() { Say(Words.OfOther(\"the unit starts\")); } }", "the unit starts")]
        [TestCase("class A { void F() { Say(new JsonObject { [\"address\"] = \"the unit starts\" }); } }", "the unit starts")]
        [TestCase("class A { void F() { Say(Words.Of(\"the unit starts\")); Say(\"--port\"); Say($\"{x:HH:mm}: {y}\"); } }", null)]
        public static void A_text_that_goes_past_is_found(string source, string past)
        {
            Assert.That(Past(source).Select(text => text.Words), past is null ? Is.Empty : Is.EqualTo(new[] { past }));
        }

        [TestCase("Words.Of(text)", true)]
        [TestCase("Words.Of(x ? \"a\" : \"b\")", true)]
        [TestCase("Words.Of($\"a {x}\" + \" b\")", true)]
        [TestCase("Words.Of($\"a {x}\" + $\" b\")", false)]
        [TestCase("Words.Later(\"a\" + \"b\")", false)]
        public static void A_text_that_nobody_can_look_up_is_found(string call, bool isFound)
        {
            Assert.That(SaidTexts.Unknown($"class A {{ void F() {{ Say({call}); }} }}").Any(), Is.EqualTo(isFound));
        }

        [TestCase("\"a \" + \"b\"", "a b")]
        [TestCase("$\"{x:X2} of {y}, {{z}}\" + $\" {w}\"", "{0:X2} of {1}, {{z}} {2}")]
        [TestCase("$\"{{none}}\"", "{none}")]
        public static void A_key_is_what_the_program_asks_the_table_for(string text, string key)
        {
            Assert.That(SaidTexts.Of($"class A {{ void F() {{ Say(Words.Of({text})); }} }}").Single().Key, Is.EqualTo(key));
        }

        private static IEnumerable<SaidText> Past(string source)
        {
            return SaidTexts.Of(source).Where(text => text.Said is not ("Of" or "Later") && !text.IsPattern && !Names.Contains(text.Words)
                && Word.IsMatch(Code.Replace(text.Words, "")));
        }

        private static IEnumerable<(string Name, string Text)> Sources(IEnumerable<string> places)
        {
            return places.SelectMany(place => place.EndsWith(".cs", StringComparison.Ordinal) ? [Repository.Here.Absolute(place)]
                    : Repository.Here.Files(place, ".cs"))
                .Select(file => (Repository.Here.Relative(file), File.ReadAllText(file)));
        }

        private static HashSet<string> Holes(string text) => Hole.Matches(text).Select(match => match.Value).ToHashSet();

        private static HashSet<string> Numbers(string text) => Hole.Matches(text).Select(match => match.Value[1..2]).ToHashSet();
    }
}
