using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hal;
using NanoComm.PowerPlanning;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Power
{
    /// <summary>Each fault that a declaration can have is found, and named.</summary>
    internal static class PowerCheckTests
    {
        private const string Source = BenchDeclaration.Source;

        private static readonly DeclaredState Lit = new("lit", 1, 2, Sends.Never, Source);

        private static readonly (PowerFaultKind Kind, string Says, PowerDeclaration Declaration)[] Faulty =
        [
            (PowerFaultKind.NoFigures, "no supply", BenchDeclaration.Calls(_ => { })),
            (PowerFaultKind.NoFigures, "no rail", BenchDeclaration.Calls(sheet =>
            {
                BenchDeclaration.DeclareSupply(sheet);
                BenchDeclaration.DeclareLoads(sheet);
            })),
            (PowerFaultKind.NoFigures, "no load for the processor", BenchDeclaration.Calls(BenchDeclaration.DeclareSupply)),
            (PowerFaultKind.NoFigures, "PHY has no state", BenchDeclaration.Load(PowerPart.Ethernet, load => load with { States = [] })),
            (PowerFaultKind.Misplaced, "the supply is declared twice", BenchDeclaration.Calls(sheet =>
            {
                BenchDeclaration.DeclareSupply(sheet);
                BenchDeclaration.Declare(sheet);
            })),
            (PowerFaultKind.Misplaced, "the state 'lit' is declared before any load", BenchDeclaration.Calls(sheet =>
            {
                sheet.State("lit", 1, 2, Sends.Never, Source);
                BenchDeclaration.Declare(sheet);
            })),
            (PowerFaultKind.LoadTwice, "second PHY (Ethernet)", BenchDeclaration.Loads(Light("second PHY") with { Part = PowerPart.Ethernet })),
            (PowerFaultKind.LoadTwice, "PHY (Light)", BenchDeclaration.Loads(Light("PHY"))),
            (PowerFaultKind.RailTwice, "3.3 V", BenchDeclaration.Rails(BenchDeclaration.Sound.Rails[1])),
            (PowerFaultKind.UnknownRail, "light hangs on '1.8 V'", BenchDeclaration.Loads(Light("light") with { Rail = "1.8 V" })),
            (PowerFaultKind.UnknownRail, "fed by '12 V'", BenchDeclaration.Rail(rail => rail with { Feeder = "12 V" })),
            (PowerFaultKind.NoBudget, "0 mVA are left", BenchDeclaration.Supply(supply => supply with { Reserved = 15000 })),
            (PowerFaultKind.NoBudget, "-500 mVA are left", BenchDeclaration.Supply(supply => supply with { Reserved = 15500 })),
            (PowerFaultKind.NoSource, "supply: ''", BenchDeclaration.Supply(supply => supply with { Source = "" })),
            (PowerFaultKind.NoSource, "module, serving: 'data sheet'",
                BenchDeclaration.State(PowerPart.WiSun, 1, state => state with { Source = "data sheet" })),
            (PowerFaultKind.NoSource, "rail 3.3 V: 'planning value'",
                BenchDeclaration.Rail(rail => rail with { Source = "planning value" })),
            (PowerFaultKind.NoSource, "longest transmission: 'TBD'",
                BenchDeclaration.Load(PowerPart.WiSun, load => load with { Burst = new DeclaredBurst(200, "TBD") })),
            (PowerFaultKind.EfficiencyPoints, "no pairs", BenchDeclaration.Rail(rail => rail with { Efficiency = [] })),
            (PowerFaultKind.EfficiencyPoints, "no pairs", BenchDeclaration.Rail(rail => rail with { Efficiency = [0, 850, 900] })),
            (PowerFaultKind.EfficiencyPoints, "the point at 500 mW",
                BenchDeclaration.Rail(rail => rail with { Efficiency = [500, 850, 500, 900] })),
            (PowerFaultKind.EfficiencyRange, "1001 at 0 mW", BenchDeclaration.Rail(rail => rail with { Efficiency = [0, 1001] })),
            (PowerFaultKind.EfficiencyRange, "0 at 0 mW", BenchDeclaration.Rail(rail => rail with { Efficiency = [0, 0] })),
            (PowerFaultKind.InputFalls, "less than", BenchDeclaration.Rail(rail => rail with { Efficiency = [100, 300, 200, 900] })),
            (PowerFaultKind.PowerFactor, "1001", BenchDeclaration.Supply(supply => supply with { PowerFactor = 1001 })),
            (PowerFaultKind.PowerFactor, "0 is", BenchDeclaration.Supply(supply => supply with { PowerFactor = 0 })),
            (PowerFaultKind.Range, "reserved are -1", BenchDeclaration.Supply(supply => supply with { Reserved = -1 })),
            (PowerFaultKind.Range, "there is no state 2", BenchDeclaration.Load(PowerPart.WiSun, load => load with { AtPowerUp = 2 })),
            (PowerFaultKind.Range, "typical 133 mA, peak 132 mA",
                BenchDeclaration.State(PowerPart.Ethernet, 0, state => state with { Typical = 133 })),
            (PowerFaultKind.Range, "0 mV", BenchDeclaration.Rail(rail => rail with { Millivolts = 0 })),
            (PowerFaultKind.TransmitPeak, "117 mA while it sends, 118 mA while it does not",
                BenchDeclaration.Load(PowerPart.Processor, load => load with { Transmit = 117 })),
            (PowerFaultKind.TransmitPeak, "34 mA while it sends", BenchDeclaration.Load(PowerPart.WiSun, load => load with { Transmit = 34 })),
            (PowerFaultKind.Burst, "module, serving", BenchDeclaration.Load(PowerPart.WiSun, load => load with { Burst = null })),
            (PowerFaultKind.Burst, "module, serving",
                BenchDeclaration.Load(PowerPart.WiSun, load => load with { Burst = new DeclaredBurst(0, Source) })),
            (PowerFaultKind.Burst, "processor, Wi-Fi idle",
                BenchDeclaration.State(PowerPart.Processor, 0, state => state with { Sends = Sends.WhenAsked })),
            (PowerFaultKind.TooMany, "5 rails", BenchDeclaration.Rails(
                [.. Enumerable.Range(0, 3).Select(i => BenchDeclaration.Sound.Rails[1] with { Name = $"rail {i}" })])),
            (PowerFaultKind.TooMany, "7 loads", BenchDeclaration.Loads(
                [.. Enumerable.Range(3, 4).Select(i => Light($"light {i}") with { Part = (PowerPart)i })])),
            (PowerFaultKind.TooMany, "4 states", BenchDeclaration.Load(PowerPart.WiSun,
                load => load with { States = [load.States[0], load.States[0], load.States[0], load.States[1]] })),
            (PowerFaultKind.FirstState, "'held in reset' is charged 80 mA",
                BenchDeclaration.State(PowerPart.WiSun, 0, state => state with { Peak = 80 })),
            (PowerFaultKind.PowerUp, "processor Wi-Fi on 379 mA",
                BenchDeclaration.Calls(sheet => Declare(sheet, 10000, 1))),
            (PowerFaultKind.PrimaryPath, "PHY link up 132 mA + module held in reset 2 mA + processor Wi-Fi idle 68 mA",
                BenchDeclaration.Calls(sheet => Declare(sheet, 13500, 0))),
        ];

        private static IEnumerable<TestCaseData> Cases => Faulty.Select((faulty, i) =>
            new TestCaseData(faulty.Kind, faulty.Says, faulty.Declaration).SetArgDisplayNames(faulty.Kind.ToString(), faulty.Says, i.ToString()));

        [TestCaseSource(nameof(Cases))]
        public static void A_fault_is_found_and_named(PowerFaultKind kind, string says, PowerDeclaration declaration)
        {
            Assert.That(PowerCheck.Find(declaration).Where(fault => fault.Kind == kind).Select(fault => fault.Text),
                Has.Some.Contains(says));
        }

        [Test]
        public static void Each_kind_of_fault_has_been_tried()
        {
            // The model's has a test of its own: no declaration makes it lie.
            Assert.That(Enum.GetValues<PowerFaultKind>().Except(Faulty.Select(faulty => faulty.Kind)),
                Is.EqualTo(new[] { PowerFaultKind.ModelTooLow }));
        }

        [Test]
        public static void A_sound_declaration_has_none()
        {
            Assert.That(PowerCheck.Find(BenchDeclaration.Sound), Is.Empty);
        }

        [Test]
        public static void One_change_makes_one_kind_of_fault()
        {
            Assert.That(Faulty.Where(faulty => PowerCheck.Find(faulty.Declaration).Any(fault => fault.Kind != faulty.Kind
                && !IsToBeExpectedToo(faulty.Kind, fault.Kind))).Select(faulty => faulty.Says), Is.Empty);
        }

        [TestCase(1, 1000, Description = "of converters")]
        [TestCase(2, null, Description = "of radios")]
        public static void A_model_that_says_less_than_the_loads_take_is_found(int part, int? efficiency)
        {
            PowerDeclaration declaration = BenchDeclaration.Supply(supply => supply with { Reserved = 9500 });
            PowerDeclaration flattering = new(declaration, declaration.Supply,
                declaration.Rails.Select(rail => efficiency is int known ? rail with { Efficiency = [0, known] } : rail),
                declaration.Loads.Select(load => load with { Transmit = load.Transmit / part }));

            Assert.That(PowerCheck.Find(new PowerSums(declaration)), Is.Empty);
            Assert.That(PowerCheck.Find(new PowerSums(declaration, flattering.ToBudget())).Select(fault => fault.Kind),
                Is.EqualTo(new[] { PowerFaultKind.ModelTooLow }));
        }

        [TestCase("LAN8720A data sheet, DS00002165B, page 54")]
        [TestCase("planning value: a bound for 20 mW modules")]
        [TestCase("measured on 2026-11-28 at 25 °C")]
        public static void A_source_that_says_where_a_figure_is_from_is_taken(string source)
        {
            Assert.That(PowerCheck.Find(BenchDeclaration.Supply(supply => supply with { Source = source })), Is.Empty);
        }

        [Test]
        public static void A_load_that_sends_unasked_is_charged_for_it_by_construction()
        {
            PowerDeclaration declaration = BenchDeclaration.State(PowerPart.Processor, 1, state => state with { Typical = 1, Peak = 1 });
            DeclaredLoad processor = declaration.Loads.Single(load => load.Part == PowerPart.Processor);

            Assert.That(processor.Charge(1), Is.EqualTo(379));
            Assert.That(declaration.ToBudget().Charge(2, 1), Is.EqualTo(379));
        }

        [Test]
        public static void Sum_loads_and_limit_are_told()
        {
            Assert.That(new PowerSums(BenchDeclaration.Supply(supply => supply with { Reserved = 13500 })).Primary.ToString(),
                Is.EqualTo("PHY link up 132 mA + module held in reset 2 mA + processor Wi-Fi idle 68 mA take 2.08 VA of the supply; "
                    + "free are 1.50 VA (15.00 VA less 13.50 VA reserved): 0.58 VA too much"));
        }

        // A board without rails has no rail for its loads either; what draws too much on its own does so at power-up.
        private static bool IsToBeExpectedToo(PowerFaultKind kind, PowerFaultKind other)
        {
            return kind == PowerFaultKind.PrimaryPath && other == PowerFaultKind.PowerUp;
        }

        private static DeclaredLoad Light(string name) => new(PowerPart.Light, name, "3.3 V", 0, 0) { States = [Lit] };

        private static void Declare(IPowerSheet sheet, int reserved, int wifiAtPowerUp)
        {
            PowerDeclaration sound = BenchDeclaration.Sound;
            sheet.Supply(sound.Supply.Kind, sound.Supply.Rated, reserved, sound.Supply.PowerFactor, Source);
            sheet.Moments(3000, 1000, 10, Source);
            sheet.LowSupply(4500, 4725, Source);
            sheet.Rail("3.3 V", 3300, null, [0, 640], 470, Source);
            foreach (DeclaredLoad load in sound.Loads)
            {
                sheet.Load(load.Part, load.Name, load.Rail, load.Transmit, load.Part == PowerPart.Processor ? wifiAtPowerUp : load.AtPowerUp);
                foreach (DeclaredState state in load.States)
                {
                    sheet.State(state.Name, state.Typical, state.Peak, state.Sends, state.Source);
                }

                if (load.Burst != null)
                {
                    sheet.Burst(load.Burst.Longest, load.Burst.Source);
                }
            }
        }
    }
}
