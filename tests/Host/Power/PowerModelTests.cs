using System;
using System.Linq;
using NanoComm.Power;
using NanoComm.PowerPlanning;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Power
{
    /// <summary>The firmware's model against the oracle, and what the tool says the governor does against the governor.</summary>
    internal static class PowerModelTests
    {
        private const int Boards = 300;

        [TestCase(false)]
        [TestCase(true)]
        public static void The_model_never_says_less_than_the_oracle_and_hardly_more(bool hasCurves)
        {
            var random = new Random(20261128);
            for (int board = 0; board < Boards; board++)
            {
                PowerDeclaration declaration = Any(random, hasCurves);
                Assert.That(PowerCheck.Find(declaration).Select(fault => fault.Kind)
                    .Except([PowerFaultKind.PowerUp, PowerFaultKind.PrimaryPath]), Is.Empty);
                PowerBudget budget = declaration.ToBudget();
                int[] currents = [.. declaration.Loads.Select(_ => random.Next(400))];

                double exact = PowerOracle.Drawn(declaration, currents.Select(current => (double)current).ToArray());
                double more = budget.Drawn(currents) - exact;

                // A curve's efficiency is rounded down to the per mille, for each of the converters on the way.
                double allowed = 1.01 + (hasCurves ? exact * declaration.Rails.Count * 0.0025 : 0);
                Assert.That(more, Is.InRange(-1e-6, allowed), $"board {board}: {exact} mVA");
            }
        }

        [Test]
        public static void What_is_in_service_is_what_the_governor_lets_be()
        {
            for (int reserved = 6000; reserved < 14000; reserved += 50)
            {
                PowerDeclaration declaration = BenchDeclaration.Supply(supply => supply with { Reserved = reserved });
                var governor = new PowerGovernor(declaration.ToBudget());
                var sums = new PowerSums(declaration);
                long now = 1000;
                foreach (DeclaredLoad load in declaration.Loads.Where(load => load.IsSwitched))
                {
                    governor.Of(load.Part).TurnOn(now++);
                }

                foreach (DeclaredLoad load in declaration.Loads.Where(load => load.IsSwitched))
                {
                    int level = sums.InService.Levels[declaration.Loads.ToList().IndexOf(load)];
                    Assert.That(governor.Of(load.Part).IsOn, Is.EqualTo(level == load.InService), $"{load.Name}, {reserved} mVA reserved");
                }
            }
        }

        [TestCase(6000, "")]
        [TestCase(9500, "processor Wi-Fi on is refused beside module serving")]
        [TestCase(10000, "processor Wi-Fi on is refused always")]
        [TestCase(12500, "processor Wi-Fi on is refused always|module serving is refused always")]
        public static void What_is_refused_beside_what_is_told(int reserved, string refused)
        {
            PowerDeclaration declaration = BenchDeclaration.Supply(supply => supply with { Reserved = reserved });

            Assert.That(string.Join('|', new PowerSums(declaration).Refused), Is.EqualTo(refused));
        }

        [Test]
        public static void Nothing_granted_exceeds_the_share_at_any_reserve()
        {
            for (int reserved = 0; reserved < 15000; reserved += 100)
            {
                PowerDeclaration declaration = BenchDeclaration.Supply(supply => supply with { Reserved = reserved });

                Assert.That(new PowerSums(declaration).WorstGranted?.Drawn ?? 0, Is.LessThanOrEqualTo(15000 - reserved));
            }
        }

        private static PowerDeclaration Any(Random random, bool hasCurves)
        {
            DeclaredRail[] rails =
            [
                new("supply", 5000 + random.Next(7000), null, Efficiency(random, hasCurves), 1000, BenchDeclaration.Source),
                new("middle", 5000, "supply", Efficiency(random, hasCurves), 470, BenchDeclaration.Source),
                new("last", 3300, random.Next(2) == 0 ? "supply" : "middle", Efficiency(random, hasCurves), 470, BenchDeclaration.Source),
            ];
            DeclaredSupply supply = BenchDeclaration.Sound.Supply with { PowerFactor = 300 + random.Next(700) };
            return new PowerDeclaration(BenchDeclaration.Sound, supply, rails,
                BenchDeclaration.Sound.Loads.Select(load => load with { Rail = rails[random.Next(rails.Length)].Name }));
        }

        // Rising with the load: the input rises too.
        private static int[] Efficiency(Random random, bool isCurve)
        {
            int least = 500 + random.Next(400);
            return isCurve
                ? [100, least, 800, least + 20, 3000, least + 40 + random.Next(50)]
                : [0, least];
        }
    }
}
