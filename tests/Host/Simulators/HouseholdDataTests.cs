using System.Collections.Generic;
using System.IO;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Simulators
{
    [TestFixture]
    public sealed class HouseholdDataTests
    {
        [Test]
        public void TheRecordingHoldsTwoDaysInWattsAndVars()
        {
            HouseholdData data = HouseholdData.Recorded;

            Assert.That(data.Days, Is.EqualTo(2));
            Assert.That(data.Minutes, Is.EqualTo(2880));
            Assert.That(data.ActiveWatts(0), Is.EqualTo(326));
            Assert.That(data.ReactiveVars(3), Is.EqualTo(134));
            Assert.That(HouseholdData.Recorded, Is.SameAs(data));
        }

        [TestCase(1)]
        [TestCase(3)]
        public void AFileOfWholeDaysIsLoaded(int days)
        {
            List<string> lines = HouseholdFile.Lines(days, "7.482", "-0.5");
            using var file = new HouseholdFile(lines);

            HouseholdData data = HouseholdData.Load(file.Name);

            Assert.That(data.Days, Is.EqualTo(days));
            Assert.That(data.ActiveWatts(data.Minutes - 1), Is.EqualTo(7482));
            Assert.That(data.ReactiveVars(0), Is.EqualTo(-500));
        }

        [Test]
        public void AMissingFileIsNamed()
        {
            string path = Path.Combine(Path.GetTempPath(), "no such folder", "no such file.csv");

            Assert.That(MessageOf(path), Does.StartWith(path + ": no such file; expected a CSV file"));
        }

        [Test]
        public void AFolderIsNoFile()
        {
            Assert.That(MessageOf(Path.GetTempPath()),
                Does.Contain(": cannot be read").And.Contain("; expected a readable"));
        }

        [Test]
        public void AnEmptyFileIsRefused()
        {
            AssertRefused([], 1, "the file is empty", HouseholdFile.Header);
        }

        [Test]
        public void AHeaderAloneIsRefused()
        {
            AssertRefused([HouseholdFile.Header], 2, "there are no rows", "1,440 rows a day");
        }

        [Test]
        public void AnotherHeaderIsRefused()
        {
            AssertChanged(1, "minute;active_kw", "the header is \"minute;active_kw\"", HouseholdFile.Header);
        }

        // A line of one file, what it is changed to, and the message.
        [TestCase(2, "2007-02-01T00:01,0.5,0.1,100,5", "minute is \"2007-02-01T00:01\"", "00:00 of the first day")]
        [TestCase(2, "1.2.2007,0.5,0.1,100,5", "minute is \"1.2.2007\"", "\"2007-02-01T00:00\"")]
        [TestCase(2, "2007-02-30T00:00,0.5,0.1,100,5", "minute is \"2007-02-30T00:00\"", "00:00 of the first day")]
        [TestCase(17, "2007-02-01T00:16,0.5,0.1,100,5", "minute is \"2007-02-01T00:16\"", "\"2007-02-01T00:15\"")]
        [TestCase(17, "2007-02-01T00:14,0.5,0.1,100,5", "minute is \"2007-02-01T00:14\"", "\"2007-02-01T00:15\"")]
        [TestCase(17, "2007-02-01T00:15,?,0.1,100,5", "active_kw is \"?\"", "a number from 0 to 50")]
        [TestCase(17, "2007-02-01T00:15,,0.1,100,5", "active_kw is \"\"", "a number from 0 to 50")]
        [TestCase(17, "2007-02-01T00:15,-0.001,0.1,100,5", "active_kw is \"-0.001\"", "a number from 0 to 50")]
        [TestCase(17, "2007-02-01T00:15,50.001,0.1,100,5", "active_kw is \"50.001\"", "a number from 0 to 50")]
        [TestCase(17, "2007-02-01T00:15,0.0005,0.1,100,5", "active_kw is \"0.0005\"", "three decimals")]
        [TestCase(17, "2007-02-01T00:15,79228162514264337593543950335,0.1,100,5", "active_kw is \"79", "from 0 to 50")]
        [TestCase(17, "2007-02-01T00:15,0.5,-51,100,5", "reactive_kvar is \"-51\"", "a number from -50 to 50")]
        [TestCase(17, "2007-02-01T00:15,0.5,0.1,x,5", "voltage_v is \"x\"", "a number")]
        [TestCase(17, "2007-02-01T00:15,0.5,0.1,100,1e3", "current_a is \"1e3\"", "a number")]
        [TestCase(17, "2007-02-01T00:15,0.5,0.1,100", "4 field(s) in \"2007-02-01T00:15,0.5,0.1,100\"", "5: minute,")]
        [TestCase(17, "", "1 field(s) in \"\"", "5: minute,")]
        [TestCase(17, "\u0007\u001b[31m", "1 field(s) in \"??[31m\"", "5: minute,")]
        public void ABadRowIsRefused(int line, string text, string wrong, string expected)
        {
            AssertChanged(line, text, wrong, expected);
        }

        [Test]
        public void AGapIsRefused()
        {
            List<string> lines = HouseholdFile.Lines(1);
            lines.RemoveAt(700);

            AssertRefused(lines, 701, "minute is \"2007-02-01T11:40\"",
                "\"2007-02-01T11:39\", minutes being consecutive");
        }

        [TestCase(1440, 1439)]
        [TestCase(1442, 1)]
        public void PartOfADayIsRefused(int lastLine, int minutes)
        {
            List<string> lines = HouseholdFile.Lines(2)[..lastLine];

            AssertRefused(lines, lastLine, $"the file ends after {minutes} minute(s) of its last day",
                "whole days of 1,440 minutes");
        }

        private static void AssertChanged(int line, string text, string wrong, string expected)
        {
            List<string> lines = HouseholdFile.Lines(1);
            lines[line - 1] = text;
            AssertRefused(lines, line, wrong, expected);
        }

        private static void AssertRefused(List<string> lines, int line, string wrong, string expected)
        {
            using var file = new HouseholdFile(lines);
            string message = MessageOf(file.Name);
            string start = $"{file.Name}, line {line}: {wrong}";

            Assert.That(message, Does.StartWith(start));
            Assert.That(message[start.Length..], Does.Contain("; expected ").And.Contain(expected));
        }

        private static string MessageOf(string path)
        {
            string message = Assert.Throws<InvalidDataException>(() => HouseholdData.Load(path)).Message;
            Assert.That(message, Does.Not.Contain("\n").And.Not.Contain("\r"));
            return message;
        }
    }
}
