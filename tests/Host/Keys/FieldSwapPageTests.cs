using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Pairing;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>docs/field-swap.md tells the technician what his tool tells him, in each language.</summary>
    [TestFixture("field-swap.md", Language.English)]
    [TestFixture("field-swap.ja.md", Language.Japanese)]
    [NonParallelizable]
    internal sealed class FieldSwapPageTests(string page, Language language)
    {
        private readonly string[][] _rows = File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, page))
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToArray();

        [OneTimeSetUp]
        public void Speak() => Words.Speak(language);

        [OneTimeTearDown]
        public void SpeakEnglish() => Words.Speak(Language.English);

        [Test]
        public void Each_reason_has_its_row()
        {
            IEnumerable<string> told = Enum.GetValues<PairingDetail>().Where(detail => detail != PairingDetail.None)
                .Select(detail => $"{(int)detail}: {SwapAdvice.What(detail)} {SwapAdvice.Do(detail)}");
            IEnumerable<string> written = _rows.Where(row => int.TryParse(row[0], out _))
                .Select(row => $"{row[0]}: {row[1]} {row[2]}");
            Assert.That(written, Is.EqualTo(told));
        }

        [Test]
        public void Each_light_has_its_row()
        {
            int first = Array.FindIndex(_rows, row => row[0] is "Light" or "表示灯") + 2;
            IEnumerable<string> written = _rows.Skip(first).TakeWhile(row => row[0] is not ("Code" or "コード")).Select(row => row[0]);
            Assert.That(written, Is.EqualTo(SwapAdvice.Lights.Select(row => row.Light)));
        }
    }
}
