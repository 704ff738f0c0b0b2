using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Data
{
    /// <summary>docs/data.md names the columns, sensors and options that there are.</summary>
    internal static partial class DataPageTests
    {
        private static readonly string[] Page = File.ReadAllLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "data.md"));

        [Test]
        public static void Its_columns_are_those_of_the_files()
        {
            Assert.That(Table("| Column |").Select(row => row[0]), Is.EqualTo(MeterRowFields.Names));
        }

        [Test]
        public static void Its_sensors_are_those_that_are_announced()
        {
            Assert.That(Table("| Key |").Select(row => string.Join(' ', row)), Is.EqualTo(MeterSensor.All.Select(sensor =>
                $"{sensor.Key} {sensor.Unit} {sensor.DeviceClass} {(sensor.IsTotal ? "total_increasing" : "measurement")}")));
        }

        [Test]
        public static void Its_options_are_those_of_the_commands_and_theirs_are_told()
        {
            Command[] commands = [ReadCommand.Make(), PlotCommand.Make(), MqttCommand.Make()];
            string[] options = commands.SelectMany(command => command.Options).Select(option => option.Name).Distinct().Order().ToArray();
            string[] named = OptionName().Matches(string.Join('\n', Page)).Select(match => match.Value).Distinct().Order().ToArray();
            Assert.That(named, Is.EqualTo(options));
        }

        [GeneratedRegex("--[a-z][a-z-]*[a-z]")]
        private static partial Regex OptionName();

        private static IEnumerable<string[]> Table(string head)
        {
            return Page.SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray());
        }
    }
}
