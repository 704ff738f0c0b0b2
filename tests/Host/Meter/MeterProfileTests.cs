using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Host.Meter
{
    /// <summary><c>meter profile</c> against the registers of the simulated metering unit.</summary>
    public class MeterProfileTests
    {
        private const string Normal = "active energy normal 1-0:1.8.0 (Wh)";
        private const string Reverse = "active energy reverse 1-0:2.8.0 (Wh)";

        private static readonly DateTime Noon = new(2026, 4, 1, 12, 0, 0);

        [TestCase(1, false)]
        [TestCase(5, false)]
        [TestCase(15, false)]
        [TestCase(30, false)]
        [TestCase(1, true)]
        [TestCase(30, true)]
        public void TheRowsAreTheRegistersAtTheirTimes(int minutes, bool isWrapped)
        {
            using var site = new MeterSite(isWrapped);

            AssertRows(site, minutes, Noon.AddHours(-4), Noon);
        }

        [Test]
        public void ReactiveEnergyAndVoltageComeWithTheirUnits()
        {
            using var site = new MeterSite();
            List<Dictionary<string, string>> rows = Read(site, 5, Noon, Noon);

            Assert.That(rows, Has.Count.EqualTo(1));
            Assert.That(rows[0]["reactive energy normal 1-0:3.8.0 (varh)"], Is.EqualTo($"{site.Energy.ReactiveNormalAt(Noon)}"));
            Assert.That(rows[0]["voltage 1-0:32.7.0 (V)"], Is.EqualTo("100.0"));
        }

        [Test]
        public void HighVoltageIsInItsScalersToo()
        {
            using var site = new MeterSite(isHighVoltage: true);
            List<Dictionary<string, string>> rows = Read(site, 30, Noon.AddHours(-1), Noon);

            Assert.That(rows, Has.Count.EqualTo(3));
            Assert.That(rows[2][Normal], Is.EqualTo((site.Energy.NormalAt(Noon) * 0.1m).ToString(CultureInfo.InvariantCulture)));
            Assert.That(rows[2]["demand normal 1-0:1.5.0 (W)"],
                Is.EqualTo((site.Energy.DemandTo(false, Noon) * 0.1m).ToString(CultureInfo.InvariantCulture)));
        }

        [Test]
        public void WhereThereIsNoDataTheCellsAreEmpty()
        {
            using var site = new MeterSite();
            (int exitCode, string output, string error) = Run(site, 30, Noon, Noon.AddHours(1.5));

            Assert.That(error, Is.Empty);
            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.Contain("4 rows of 30 minutes, 2026-04-01 12:00 to 2026-04-01 13:30, 2 of them no data"));
            string[] lines = File.ReadAllLines(site.In("rows.csv"));
            Assert.That(lines[2], Does.StartWith("2026-04-01T12:30:00+09:00,").And.Not.EndsWith(","));
            Assert.That(lines[3], Is.EqualTo("2026-04-01T13:00:00+09:00,,"));
            Assert.That(lines[4], Is.EqualTo("2026-04-01T13:30:00+09:00,,"));
        }

        [Test]
        public void WithoutAnEndItGoesToTheMetersOwnTime()
        {
            using var site = new MeterSite();
            (int exitCode, string output, _) = site.Run("meter", "profile", "--every", "5", "--from", "2026-04-01T12:01", "--out",
                site.In("rows.csv"));

            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.Contain("6 rows of 5 minutes, 2026-04-01 12:05 to 2026-04-01 12:30, all with data"));
        }

        private static readonly (string Name, Action<MeterSite> Change)[] Differences =
        [
            ("null time", site => site.Server.Quirks.NullTimes = true),
            ("null time at the beginning", site => site.Server.Quirks.TimeEvery = 7),
            ("null value", site => site.Server.Quirks.NullValues = true),
            ("oldest first, null time, null value", site =>
            {
                site.Server.Quirks.OldestFirst = true;
                site.Server.Quirks.NullTimes = true;
                site.Server.Quirks.NullValues = true;
            }),
            ("oldest first, null time at the beginning", site =>
            {
                site.Server.Quirks.OldestFirst = true;
                site.Server.Quirks.TimeEvery = 7;
            }),
            ("five seconds after the grid", site => site.Server.Quirks.LabelOffset = 5),
            ("one second before the grid", site => site.Server.Quirks.LabelOffset = -1),
            ("ranges without their ends", site =>
            {
                site.Server.Quirks.RangeWithoutFirst = true;
                site.Server.Quirks.RangeWithoutLast = true;
            }),
            ("status column", site => site.Server.Quirks.StatusColumn = true),
            ("reverse direction first", site => site.Server.Quirks.ReverseFirst = true),
            ("long64-unsigned", site => site.Server.Quirks.EnergyType = DataTag.Long64Unsigned),
            ("date-time by tag", site => site.Server.Quirks.DateTimeTag = true),
            ("blocks of 100 bytes", site => site.Server.Faults.BlockLength = 100),
        ];

        private static IEnumerable<string> DifferenceNames => Differences.Select(difference => difference.Name);

        [TestCaseSource(nameof(DifferenceNames))]
        public void AMetersHabitsChangeNothing(string name)
        {
            using var site = new MeterSite();
            Differences.Single(difference => difference.Name == name).Change(site);

            AssertRows(site, 1, Noon.AddMinutes(-130), Noon);
        }

        [Test]
        public void RowsThatNoTimeCanBeToldOfAreCountedAndLeftOut()
        {
            using var site = new MeterSite();
            site.Server.Quirks.LabelOffset = 20;
            (int exitCode, string output, _) = Run(site, 30, Noon.AddHours(-1), Noon);

            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.Contain("3 of them no data").And.Contain("Rows that the meter gave have no time on the grid"));
        }

        [Test]
        public void NoDataOf32BitsIsNoData()
        {
            using var site = new MeterSite();
            site.Server.Quirks.EnergyOffset = 0xFFFFFFFFL - site.Energy.NormalAt(Noon);

            Assert.That(Read(site, 30, Noon, Noon)[0][Normal], Is.Empty);
        }

        [Test]
        public void AMeterWithoutTheProfileIsToldByName()
        {
            using var site = new MeterSite();
            site.Server.Quirks.Miss("1.0.99.4.0.255");
            (int exitCode, _, string error) = Run(site, 15, Noon, Noon);

            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.StartWith("nanocomm: the metering unit 4E434D0000000001 gives no profile of 15 minutes "
                + "(1-0:99.4.0.255): ObjectUndefined").And.EndsWith("ask its maker\n"));
            Assert.That(File.Exists(site.In("rows.csv")), Is.False);
        }

        [Test]
        public void AMeterWithoutAccessByRangeIsToldSo()
        {
            using var site = new MeterSite();
            site.Server.Quirks.Without = Conformance.SelectiveAccess;
            (int exitCode, _, string error) = Run(site, 30, Noon, Noon);

            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("gives no rows of 1-0:99.1.0.255 by time").And.Contain("selective access by range"));
        }

        [Test]
        public void AMeterWhoseClockIsWrongDoesNotSayWhenNowIs([Values] bool isMissing)
        {
            using var site = new MeterSite();
            site.Energy.IsClockValid = false;
            if (isMissing)
            {
                site.Server.Quirks.Miss("0.0.1.0.0.255");
            }

            (int exitCode, _, string error) = site.Run("meter", "profile", "--from", "2026-04-01", "--out", site.In("rows.csv"));
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("tells no time that counts: say to what time with --to"));
        }

        [Test]
        public void AFileThatCannotBeWrittenIsToldBeforeAnythingIsRead()
        {
            using var site = new MeterSite();
            (int exitCode, _, string error) = site.Run("meter", "profile", "--from", "2026-04-01", "--out", site.In("none/rows.csv"));

            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("--out: there is no folder for"));
            Assert.That(site.Received, Is.Empty);
        }

        [TestCase("2026-04-01T12:40", "2026-04-01T12:50", "there is no row of 30 minutes")]
        [TestCase("2026-04-02", "2026-04-01", "there is no row of 30 minutes")]
        [TestCase("yesterday", "2026-04-01", "--from: 'yesterday' is no time such as 2026-07-31T17:00")]
        public void TimesThatMakeNoSenseAreRefused(string from, string to, string what)
        {
            using var site = new MeterSite();
            (int exitCode, _, string error) = site.Run("meter", "profile", "--from", from, "--to", to, "--out", site.In("rows.csv"));

            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain(what));
        }

        private static (int ExitCode, string Output, string Error) Run(MeterSite site, int minutes, DateTime from, DateTime to)
        {
            return site.Run("meter", "profile", "--every", $"{minutes}", "--from", $"{from:yyyy-MM-ddTHH:mm}", "--to",
                $"{to:yyyy-MM-ddTHH:mm}", "--out", site.In("rows.csv"));
        }

        private static List<Dictionary<string, string>> Read(MeterSite site, int minutes, DateTime from, DateTime to)
        {
            (int exitCode, _, string error) = Run(site, minutes, from, to);
            Assert.That(error, Is.Empty);
            Assert.That(exitCode, Is.Zero);
            string[] lines = File.ReadAllLines(site.In("rows.csv"));
            string[] heads = lines[0].Split(',');
            return lines.Skip(1).Select(line => heads.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))
                .ToList();
        }

        private static void AssertRows(MeterSite site, int minutes, DateTime from, DateTime to)
        {
            List<Dictionary<string, string>> rows = Read(site, minutes, from, to);
            Assert.That(rows, Has.Count.EqualTo(((int)(to - from).TotalMinutes / minutes) + 1));
            for (int i = 0; i < rows.Count; i++)
            {
                DateTime time = from.AddMinutes(i * minutes);
                Assert.That(rows[i]["time"], Is.EqualTo(time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "+09:00"));
                Assert.That(rows[i][Normal], Is.EqualTo($"{site.Energy.NormalAt(time)}"), $"{time}");
                Assert.That(rows[i][Reverse], Is.EqualTo($"{site.Energy.ReverseAt(time)}"), $"{time}");
            }
        }
    }
}
