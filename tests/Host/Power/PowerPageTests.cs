using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NanoComm.PowerPlanning;
using NanoComm.Tests.Host.Tools;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Power
{
    /// <summary>docs/power.md, each table against the code: what boards declare, the sums, the calculation by hand, links.</summary>
    internal static class PowerPageTests
    {
        private static readonly string[] Page = File.ReadAllLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "power.md"));

        private static readonly PowerPlan[] Plans = [.. PowerBoard.All.Select(board => new PowerPlan(board, new PowerDeclaration(board.Declare)))];

        [Test]
        public static void Each_load_of_each_board_stands_there()
        {
            Assert.That(Table("Board, load"), Is.EqualTo(Plans.SelectMany(plan => plan.Declaration.Loads.SelectMany(load =>
                load.States.Select((state, level) => Row($"{plan.Board}, {load.Name}", state.Name, state.Typical, state.Peak, load.Charge(level),
                    level == load.AtPowerUp ? "at power-up" : "", state.Source))))));
        }

        [Test]
        public static void Each_supply_stands_there()
        {
            Assert.That(Table("Board, supply"), Is.EqualTo(Plans.Select(plan => Row(plan.Board, Number(plan.Declaration.Supply.Rated),
                Number(plan.Declaration.Supply.Reserved), Number(plan.Declaration.Free), plan.Declaration.Supply.PowerFactor / 1000.0,
                plan.Declaration.Moments.Crest / 1000.0, $"{plan.Declaration.Moments.Inrush} mA, {plan.Declaration.Moments.InrushTime} ms",
                $"{Volts(plan.Declaration.LowSupply.Low)}, {Volts(plan.Declaration.LowSupply.Good)}", plan.Declaration.Supply.Source))));
        }

        [Test]
        public static void Each_rail_stands_there()
        {
            Assert.That(Table("Board, rail"), Is.EqualTo(Plans.SelectMany(plan => plan.Declaration.Rails.Select(rail =>
                Row($"{plan.Board}, {rail.Name}", rail.Feeder ?? "the supply", PowerText.Efficiency(rail), $"{rail.Storage} µF",
                    rail.Source)))));
        }

        [Test]
        public static void Each_sum_stands_there()
        {
            Assert.That(Table("Taken of the supply, mVA"), Is.EqualTo(Plans[0].Lines().Select((line, i) =>
                Row([line.What, .. Plans.Select(plan => Number((int)Math.Ceiling(plan.Lines().ElementAt(i).Drawn)))]))));
        }

        [Test]
        public static void What_is_calculated_by_hand_is_what_the_model_says()
        {
            List<string> rows = [.. Table("By hand")];
            foreach (string row in rows)
            {
                string[] cells = row.Split(" | ");
                decimal[] figures = [.. cells[1..].Select(cell => decimal.Parse(cell, NumberStyles.Number, CultureInfo.InvariantCulture))];
                (decimal current, decimal power, decimal last, decimal afterLast, decimal first, decimal afterFirst, decimal factor, decimal taken)
                    = (figures[0], figures[1], figures[2], figures[3], figures[4], figures[5], figures[6], figures[7]);
                Assert.That(power, Is.EqualTo(current * 3.3m), row);
                Assert.That(afterLast, Is.EqualTo(Math.Round(power * 100 / last, 2)), row);
                Assert.That(afterFirst, Is.EqualTo(Math.Round(power * 100 / last * 100 / first, 2)), row);
                Assert.That(taken, Is.EqualTo(Math.Round(power * 100 / last * 100 / first / factor, 2)), row);

                PowerPlan plan = Plans.Single(each => each.Board == cells[0]);
                Assert.That(current, Is.EqualTo(plan.Sums.Together.Charges.Sum()), row);
                Assert.That(figures[8], Is.EqualTo(plan.Declaration.ToBudget().Drawn(plan.Sums.Together.Charges)), row);
                Assert.That(figures[8], Is.EqualTo(Math.Ceiling(taken)), row);
            }

            Assert.That(rows.Select(row => row.Split(" | ")[0]), Is.EqualTo(Plans.Select(plan => plan.Board)));
        }

        [Test]
        public static void Each_radio_of_a_link_stands_there()
        {
            Assert.That(Table("Radio"), Is.EqualTo(LinkRadio.All.Select(radio => Row(radio.Name, radio.Megahertz, radio.Power,
                Math.Round(radio.FirstMetre, 1), radio.Wall, radio.LossOf(Enclosure.All[1]), radio.LossOf(Enclosure.All[2]),
                radio.LossOf(Enclosure.All[3]), radio.UsableFrom))));
        }

        [Test]
        public static void Each_fault_of_a_declaration_stands_there()
        {
            Assert.That(Table("Fault").Select(row => row.Split(" | ")[0]), Is.EqualTo(Enum.GetNames<PowerFaultKind>().Select(name => $"`{name}`")));
        }

        [TestCase("power")]
        [TestCase("link")]
        public static void The_sample_is_what_the_command_says(string command)
        {
            using var folder = new TemporaryFolder();
            File.WriteAllLines(Path.Combine(folder.Path, "unit.log"),
                ["link Wi-SUN -74 dBm, 6 dB above -80", "link Wi-SUN -76 dBm, 4 dB above -80"]);
            int first = Array.FindIndex(Page, line => line.StartsWith($"$ nanocomm {command} ", StringComparison.Ordinal));
            IEnumerable<string> sample = Page.Skip(first + 1).TakeWhile(line => line != "```");

            string output = PlainText.Of(ToolCommand.Run(folder.Path, new Dictionary<string, string>(), Page[first].Split(' ')[2..]).Output);

            Assert.That(output.TrimEnd().Split('\n').Select(line => line.TrimEnd()), Is.EqualTo(sample));
        }

        private static IEnumerable<string> Table(string head)
        {
            int first = Array.FindIndex(Page, line => line.StartsWith($"| {head} |", StringComparison.Ordinal));
            Assert.That(first, Is.Not.Negative, $"no table '{head}'");
            return Page.Skip(first + 2).TakeWhile(line => line.StartsWith('|'))
                .Select(line => Row([.. line.Trim('|').Split('|', StringSplitOptions.TrimEntries)]));
        }

        private static string Row(params object[] cells)
        {
            return string.Join(" | ", cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)));
        }

        private static string Number(int figure) => figure.ToString("N0", CultureInfo.InvariantCulture);

        private static string Volts(int millivolts) => (millivolts / 1000.0).ToString(CultureInfo.InvariantCulture) + " V";
    }
}
