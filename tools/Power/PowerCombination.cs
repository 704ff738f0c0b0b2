using System.Collections.Generic;
using System.Linq;

namespace NanoComm.PowerPlanning
{
    /// <summary>What each load is charged with at one moment, and what that takes of the supply.</summary>
    public sealed class PowerCombination
    {
        private readonly PowerDeclaration _declaration;

        /// <summary>Makes it.</summary>
        /// <param name="declaration">Of the board.</param>
        /// <param name="levels">Of each load: a state, or a transmission.</param>
        public PowerCombination(PowerDeclaration declaration, IReadOnlyList<int> levels)
        {
            _declaration = declaration;
            Levels = levels;
            Charges = levels.Select((level, load) => declaration.Loads[load].Charge(level)).ToArray();
            Drawn = PowerOracle.Drawn(declaration, Charges.Select(charge => (double)charge).ToArray());
        }

        /// <summary>Of each load: a state, or a transmission.</summary>
        public IReadOnlyList<int> Levels { get; }

        /// <summary>Of each load, in mA at its rail.</summary>
        public int[] Charges { get; }

        /// <summary>What it takes of the supply, in mVA.</summary>
        public double Drawn { get; }

        /// <summary>Whether the free share is enough for it.</summary>
        public bool Fits => Drawn <= _declaration.Free;

        /// <summary>Sum, loads and limit, for people.</summary>
        public override string ToString()
        {
            DeclaredSupply supply = _declaration.Supply;
            string unit = PowerText.Unit(supply.Kind);
            return string.Join(" + ", Levels.Select((level, load) => _declaration.Loads[load].Describe(level)))
                + $" take {PowerText.Of(Drawn, unit)} of the supply; free are {PowerText.Of(_declaration.Free, unit)} "
                + $"({PowerText.Of(supply.Rated, unit)} less {PowerText.Of(supply.Reserved, unit)} reserved): "
                + (Fits ? $"{PowerText.Of(_declaration.Free - Drawn, unit)} to spare"
                    : $"{PowerText.Of(Drawn - _declaration.Free, unit)} too much");
        }
    }
}
