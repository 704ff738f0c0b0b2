using NanoComm.Hal;
using NanoComm.Power;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>What a board's loads take of its supply, against what docs/power.md calculates by hand.</summary>
    [TestClass]
    public static class PowerBudgetTests
    {
        private const string Source = "made up";

        [TestMethod]
        public static void The_planning_example_takes_6016_mVA()
        {
            PowerBudget budget = Transformer(new int[] { 0, 850 }, new int[] { 0, 750 });
            Load(budget, PowerPart.Processor, 379);
            Load(budget, PowerPart.WiSun, 70);
            Load(budget, PowerPart.Ethernet, 132);

            // 581 mA × 3.3 V = 1,917,300 µW; ÷ 0.85 = 2,255,648; ÷ 0.75 = 3,007,531; ÷ 0.5 = 6,015,062 µVA.
            Assert.AreEqual(6016, budget.Drawn(new int[] { 379, 70, 132 }));
            Assert.AreEqual(9000, budget.Free);
        }

        [TestMethod]
        public static void Nothing_takes_nothing()
        {
            PowerBudget budget = Transformer(new int[] { 0, 850 }, new int[] { 0, 750 });
            Load(budget, PowerPart.Processor, 379);

            Assert.AreEqual(0, budget.Drawn(new int[] { 0 }));
        }

        [DataRow(0, 400)]
        [DataRow(99, 400)]
        [DataRow(100, 400)]
        [DataRow(200, 500)]
        [DataRow(300, 600)]
        [DataRow(500, 700)]
        [DataRow(900, 700)]
        [TestMethod]
        public static void Efficiency_is_that_of_the_load(int milliwatts, int efficiency)
        {
            var budget = new PowerBudget();
            budget.Supply(SupplyKind.MeterSupply, 3000, 0, 1000, Source);
            budget.Rail("1 V", 1000, null, new int[] { 100, 400, 300, 600, 500, 700 }, 100, Source);
            budget.Load(PowerPart.Other, "load", "1 V", 0, 0);
            budget.State("on", 1, 900, Sends.Never, Source);

            int exact = ((milliwatts * 1000) + efficiency - 1) / efficiency;
            Assert.AreEqual(exact, budget.Drawn(new int[] { milliwatts }));
        }

        [TestMethod]
        public static void Efficiency_that_drops_with_the_load_is_rounded_down()
        {
            var budget = new PowerBudget();
            budget.Supply(SupplyKind.MeterSupply, 3000, 0, 1000, Source);
            budget.Rail("1 V", 1000, null, new int[] { 0, 900, 1000, 899 }, 100, Source);
            budget.Load(PowerPart.Other, "load", "1 V", 0, 0);
            budget.State("on", 1, 900, Sends.Never, Source);

            // 899.5 per mille at the middle: 500 mW take 556, by 899.
            Assert.AreEqual(557, budget.Drawn(new int[] { 500 }));
        }

        [TestMethod]
        public static void A_state_that_sends_unasked_is_charged_at_the_transmit_peak()
        {
            var budget = new PowerBudget();
            FakePower.Declare(budget, 3000);

            int module = budget.Find(PowerPart.WiSun);
            Assert.AreEqual(70, budget.Charge(module, budget.InService(module)));
            Assert.AreEqual(0, budget.Charge(module, 0));
            Assert.AreEqual(PowerBudget.None, budget.Find(PowerPart.Light));
        }

        [TestMethod]
        public static void Two_rails_of_one_feeder_are_added()
        {
            var budget = new PowerBudget();
            budget.Supply(SupplyKind.MeterSupply, 3000, 0, 1000, Source);
            budget.Rail("5 V", 5000, null, new int[] { 0, 1000 }, 100, Source);
            budget.Rail("3.3 V", 3300, "5 V", new int[] { 0, 500 }, 100, Source);
            budget.Load(PowerPart.Processor, "processor", "3.3 V", 0, 0);
            budget.State("on", 1, 100, Sends.Never, Source);
            budget.Load(PowerPart.Other, "fan", "5 V", 0, 0);
            budget.State("on", 1, 100, Sends.Never, Source);

            // 330 mW ÷ 0.5 and 500 mW.
            Assert.AreEqual(1160, budget.Drawn(new int[] { 100, 100 }));
        }

        private static PowerBudget Transformer(int[] buck, int[] rectifier)
        {
            var budget = new PowerBudget();
            budget.Supply(SupplyKind.VoltageTransformer, 15000, 6000, 500, Source);
            budget.Rail("5 V", 5000, null, rectifier, 100, Source);
            budget.Rail("3.3 V", 3300, "5 V", buck, 470, Source);
            return budget;
        }

        private static void Load(PowerBudget budget, PowerPart part, int peak)
        {
            budget.Load(part, "load", "3.3 V", 0, 0);
            budget.State("on", 1, peak, Sends.Never, Source);
        }
    }
}
