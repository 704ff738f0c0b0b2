using System;
using System.Linq;
using NanoComm.Hal;
using NanoComm.PowerPlanning;

namespace NanoComm.Tests.Host.Power
{
    /// <summary>A declaration without faults, and the same with one thing changed.</summary>
    internal static class BenchDeclaration
    {
        public const string Source = "planning value: made up for a test";

        public static readonly PowerDeclaration Sound = new(Declare);

        public static PowerDeclaration Supply(Func<DeclaredSupply, DeclaredSupply> change)
        {
            return new PowerDeclaration(Sound, change(Sound.Supply), Sound.Rails, Sound.Loads);
        }

        public static PowerDeclaration Rail(Func<DeclaredRail, DeclaredRail> change)
        {
            return new PowerDeclaration(Sound, Sound.Supply, [Sound.Rails[0], change(Sound.Rails[1])], Sound.Loads);
        }

        public static PowerDeclaration Rails(params DeclaredRail[] more)
        {
            return new PowerDeclaration(Sound, Sound.Supply, Sound.Rails.Concat(more), Sound.Loads);
        }

        public static PowerDeclaration Load(PowerPart part, Func<DeclaredLoad, DeclaredLoad> change)
        {
            return new PowerDeclaration(Sound, Sound.Supply, Sound.Rails,
                Sound.Loads.Select(load => load.Part == part ? change(load) : load));
        }

        public static PowerDeclaration Loads(params DeclaredLoad[] more)
        {
            return new PowerDeclaration(Sound, Sound.Supply, Sound.Rails, Sound.Loads.Concat(more));
        }

        public static PowerDeclaration State(PowerPart part, int number, Func<DeclaredState, DeclaredState> change)
        {
            return Load(part, load => load with { States = [.. load.States.Select((state, i) => i == number ? change(state) : state)] });
        }

        /// <summary>The same, but for one call that is left out or made again.</summary>
        public static PowerDeclaration Calls(Action<IPowerSheet> instead)
        {
            return new PowerDeclaration(instead);
        }

        public static void Declare(IPowerSheet sheet)
        {
            DeclareSupply(sheet);
            sheet.Rail("5 V", 5000, null, [0, 750], 1000, Source);
            sheet.Rail("3.3 V", 3300, "5 V", [50, 700, 500, 850, 2000, 900], 470, Source);
            DeclareLoads(sheet);
        }

        public static void DeclareSupply(IPowerSheet sheet)
        {
            sheet.Supply(SupplyKind.VoltageTransformer, 15000, 6000, 500, Source);
            sheet.Moments(3000, 1000, 10, Source);
            sheet.LowSupply(4500, 4725, Source);
        }

        public static void DeclareLoads(IPowerSheet sheet)
        {
            sheet.Load(PowerPart.Ethernet, "PHY", "3.3 V", 0, 0);
            sheet.State("link up", 110, 132, Sends.Never, Source);
            sheet.Load(PowerPart.WiSun, "module", "3.3 V", 70, 0);
            sheet.State("held in reset", 1, 2, Sends.Never, Source);
            sheet.State("serving", 35, 35, Sends.WhenAsked, Source);
            sheet.Burst(200, Source);
            sheet.Load(PowerPart.Processor, "processor", "3.3 V", 379, 0);
            sheet.State("Wi-Fi idle", 40, 68, Sends.Never, Source);
            sheet.State("Wi-Fi on", 110, 118, Sends.Unasked, Source);
        }
    }
}
