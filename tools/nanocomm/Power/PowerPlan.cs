using System.Collections.Generic;
using System.Linq;
using NanoComm.PowerPlanning;

namespace NanoComm.Tool
{
    /// <summary>A board's power as a planner sees it.</summary>
    internal sealed class PowerPlan
    {
        public PowerPlan(PowerBoard board, PowerDeclaration declaration)
        {
            Board = board.Name;
            Declaration = declaration;
            Faults = PowerCheck.Find(declaration);
            Unit = PowerText.Unit(declaration.Supply.Kind);
            if (Faults.All(fault => fault.Kind is PowerFaultKind.PowerUp or PowerFaultKind.PrimaryPath or PowerFaultKind.ModelTooLow))
            {
                Sums = new PowerSums(declaration);
                Hour = new TrafficHour(declaration, Sums.InService);
            }
        }

        public string Board { get; }

        public PowerDeclaration Declaration { get; }

        public IReadOnlyList<PowerFault> Faults { get; }

        /// <summary>VA or W.</summary>
        public string Unit { get; }

        /// <summary>Null when there are figures that do not add up to anything.</summary>
        public PowerSums Sums { get; }

        /// <summary>Null as <see cref="Sums"/>.</summary>
        public TrafficHour Hour { get; }

        /// <summary>What is worth knowing, in mVA, from the least to the most that matters.</summary>
        public IEnumerable<(string What, double Drawn)> Lines()
        {
            yield return ("at power-up, before the firmware has run", Sums.PowerUp.Drawn);
            yield return ("the primary path and what cannot be switched", Sums.Primary.Drawn);
            yield return ("in service, in the mean", Sums.Typical(Sums.InService));
            yield return ("an hour of traffic, in the mean", Hour.Means.Average());
            yield return ("an hour of traffic, at most", Hour.Peaks.Max());
            yield return ("in service, as the governor charges it", Sums.InService.Drawn);
            if (Sums.WorstGranted != null)
            {
                yield return ("worst case: the most that the governor can grant", Sums.WorstGranted.Drawn);
            }

            yield return ("everything at once", Sums.Together.Drawn);
        }
    }
}
