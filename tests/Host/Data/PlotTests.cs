using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NanoComm.Hems;
using NanoComm.Tests.Host.Tools;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Data
{
    /// <summary><c>plot</c>: what flowed between registers, and the chart of it.</summary>
    internal static class PlotTests
    {
        private const int Port = 36202;

        private static readonly DateTimeOffset Midnight = new(2026, 11, 22, 0, 0, 0, TimeSpan.FromHours(9));

        [Test]
        public static void Between_two_registers_flowed_their_difference_and_where_one_is_missing_nobody_knows()
        {
            long?[] registers = [10, 13, null, 20, 20, 5, 7];
            List<EnergyInterval> intervals = EnergyIntervals.Of(registers.Select((register, i) => Row(i, register)));
            Assert.That(intervals.Select(one => one.Energy), Is.EqualTo(new decimal?[] { 3, null, null, 0, null, 2 }), "a register that went back is another one");
            Assert.That(intervals.Select(one => one.Begin), Is.EqualTo(Enumerable.Range(0, 6).Select(i => Midnight.AddMinutes(30 * i))));
        }

        [Test]
        public static void Rows_that_are_not_there_are_not_bridged()
        {
            Assert.That(EnergyIntervals.Of([Row(0, 10), Row(1, 11), Row(3, 30), Row(4, 31)]).Select(one => (one.Begin, one.Energy)),
                Is.EqualTo(new[] { (Midnight, (decimal?)1), (Midnight.AddMinutes(90), 1) }));
        }

        [Test]
        public static void Demand_is_a_mean_of_the_half_hour_that_ended_and_days_are_sums()
        {
            MeterRow demand = Row(1, 6) with { Quantity = HemsQuantity.Demand };
            Assert.That(EnergyIntervals.Of([demand]).Single(), Is.EqualTo(new EnergyInterval(Midnight, TimeSpan.FromMinutes(30), MeterDirection.Normal, 6)));

            List<EnergyInterval> days = EnergyIntervals.ByDay(EnergyIntervals.Of(Enumerable.Range(0, 98).Select(i => Row(i, i))));
            Assert.That(days.Select(day => (day.Begin, day.Energy)), Is.EqualTo(new[]
            {
                (Midnight, (decimal?)48), (Midnight.AddDays(1), 48), (Midnight.AddDays(2), 1),
            }));
        }

        [TestCase("day.svg", 1, "96.6 kWh from the grid, 48.3 kWh to the grid; 2 without data", "2026-11-22, time +09:00")]
        [TestCase("days.svg", 2, "197.4 kWh from the grid, 98.7 kWh to the grid; 2 without data", "2026-11-21 to 2026-11-22, time +09:00")]
        public static void A_chart_says_what_flowed_and_how_much_is_not_known(string name, int days, string title, string axis)
        {
            using var folder = new TemporaryFolder();
            string file = Path.Combine(folder.Path, "rows.csv");
            MeterTable.Write(file, Enumerable.Range(-48, 48 * 3).SelectMany(i => new[]
            {
                Row(i, i == 5 ? null : 1000 + (i * 21)) with { Value = i == 5 ? null : 1000 + (i * 2.1m) },
                Row(i, 500 + i) with { Direction = MeterDirection.Reverse, Value = i == 5 ? null : 500 + (i * 1.05m) },
            }));
            string chart = Path.Combine(folder.Path, name);
            (int exitCode, string output, string error) = ToolCommand.Run("plot", file, "--out", chart, "--day", "2026-11-22", "--days",
                days.ToString(CultureInfo.InvariantCulture));
            Assert.That((exitCode, output.Trim(), error), Is.EqualTo((0, chart, "")));
            string svg = File.ReadAllText(chart);
            Assert.That(svg, Does.Contain("M: " + title).And.Contain(axis).And.Contain("no data"));
        }

        [Test]
        public static void A_meter_is_drawn_without_a_file()
        {
            using var folder = new TemporaryFolder();
            using var socket = new FakeMeterSocket(FakeMeter.Low(), Port);
            string chart = Path.Combine(folder.Path, "today.png");
            (int exitCode, _, string error) = ToolCommand.Run("plot", "--from", socket.Address.ToString(), "--out", chart);
            Assert.That((exitCode, error), Is.EqualTo((0, "")));
            Assert.That(File.ReadAllBytes(chart)[..4], Is.EqualTo(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }));
        }

        [TestCase("give a file that 'read' wrote, or --from", "--out", "chart.png")]
        [TestCase("ends in neither .png nor .svg", "rows.csv", "--out", "chart.pdf")]
        [TestCase("ends in none of .csv, .json, .parquet", "rows.txt", "--out", "chart.png")]
        [TestCase("rows.csv cannot be read", "no such rows.csv", "--out", "chart.png")]
        [TestCase("'2026-13-01' is no day", "rows.csv", "--out", "chart.png", "--day", "2026-13-01")]
        [TestCase("go with --from and a dongle", "rows.csv", "--out", "chart.png", "--id", "00")]
        public static void A_bad_command_line_gives_one_line_and_exit_code_2(string says, params string[] arguments)
        {
            (int exitCode, string output, string error) = ToolCommand.Run(["plot", .. arguments]);
            Assert.That((exitCode, output), Is.EqualTo((2, "")));
            Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(error, Does.Contain(says));
        }

        [Test]
        public static void What_is_not_in_a_file_is_told()
        {
            using var folder = new TemporaryFolder();
            string file = Path.Combine(folder.Path, "rows.csv");
            MeterTable.Write(file, [Row(0, 1), Row(0, 1) with { Meter = "N" }, Row(1, 2)]);
            string Error(params string[] arguments) => ToolCommand.Run(["plot", file, "--out", Path.Combine(folder.Path, "chart.png"), .. arguments]).Error;
            Assert.That(Error("--quantity", "demand"), Does.Contain("there is no demand of 30 minutes to draw"));
            Assert.That(Error(), Does.Contain("has 2 meters: name one of M, N"));
            Assert.That(Error("--meter", "X"), Does.Contain("there is no 'X', but M, N"));
            Assert.That(Error("--meter", "M", "--day", "2020-01-01"), Does.Contain("nothing to draw from 2020-01-01 to 2020-01-01: values are there from 2026-11-22"));
        }

        private static MeterRow Row(int halfHour, long? register)
        {
            return new MeterRow("M", Midnight.AddMinutes(30 * halfHour), 30, HemsQuantity.Energy, MeterDirection.Normal, register, register);
        }
    }
}
