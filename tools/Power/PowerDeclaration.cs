using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hal;
using NanoComm.Power;

namespace NanoComm.PowerPlanning
{
    /// <summary>
    /// Everything that a board has declared of its power, names and sources included, in the order in which it came. It
    /// takes what is wrong too: <see cref="PowerCheck"/> finds it.
    /// </summary>
    public sealed class PowerDeclaration : IPowerSheet
    {
        private readonly List<DeclaredRail> _rails = [];
        private readonly List<DeclaredLoad> _loads = [];
        private readonly List<string> _misplaced = [];

        /// <summary>Takes what a board declares.</summary>
        /// <param name="declare">Writes it.</param>
        public PowerDeclaration(Action<IPowerSheet> declare)
        {
            declare(this);
        }

        /// <summary>The same with another supply, other rails or other loads.</summary>
        public PowerDeclaration(PowerDeclaration other, DeclaredSupply supply, IEnumerable<DeclaredRail> rails,
            IEnumerable<DeclaredLoad> loads)
        {
            Supply = supply;
            Moments = other.Moments;
            LowSupply = other.LowSupply;
            _rails.AddRange(rails);
            _loads.AddRange(loads);
            _misplaced.AddRange(other._misplaced);
        }

        /// <summary>The supply; null when none is declared.</summary>
        public DeclaredSupply Supply { get; private set; }

        /// <summary>What it bears for moments; null when that is not declared.</summary>
        public DeclaredMoments Moments { get; private set; }

        /// <summary>When it counts as low; null when that is not declared.</summary>
        public DeclaredLowSupply LowSupply { get; private set; }

        /// <summary>The rails, each behind the one that feeds it.</summary>
        public IReadOnlyList<DeclaredRail> Rails => _rails;

        /// <summary>The loads, in the order of their right to power.</summary>
        public IReadOnlyList<DeclaredLoad> Loads => _loads;

        /// <summary>What came twice, or before what it belongs to.</summary>
        public IReadOnlyList<string> Misplaced => _misplaced;

        /// <summary>What the supply has left for this unit, in mVA.</summary>
        public int Free => Supply.Rated - Supply.Reserved;

        /// <summary>The firmware's own model, told the same.</summary>
        public PowerBudget ToBudget()
        {
            var budget = new PowerBudget();
            Tell(budget);
            return budget;
        }

        /// <inheritdoc/>
        void IPowerSheet.Supply(SupplyKind kind, int rated, int reserved, int powerFactor, string source)
        {
            NoteTwice(Supply, "the supply");
            Supply = new DeclaredSupply(kind, rated, reserved, powerFactor, source);
        }

        /// <inheritdoc/>
        void IPowerSheet.Moments(int crest, int inrush, int inrushTime, string source)
        {
            NoteTwice(Moments, "what the supply bears for moments");
            Moments = new DeclaredMoments(crest, inrush, inrushTime, source);
        }

        /// <inheritdoc/>
        void IPowerSheet.LowSupply(int low, int good, string source)
        {
            NoteTwice(LowSupply, "when the supply is low");
            LowSupply = new DeclaredLowSupply(low, good, source);
        }

        /// <inheritdoc/>
        void IPowerSheet.Rail(string name, int millivolts, string feeder, int[] efficiency, int storage, string source)
        {
            _rails.Add(new DeclaredRail(name, millivolts, feeder, efficiency, storage, source));
        }

        /// <inheritdoc/>
        void IPowerSheet.Load(PowerPart part, string name, string rail, int transmit, int atPowerUp)
        {
            _loads.Add(new DeclaredLoad(part, name, rail, transmit, atPowerUp));
        }

        /// <inheritdoc/>
        void IPowerSheet.State(string name, int typical, int peak, Sends sends, string source)
        {
            Change($"the state '{name}'",
                load => load with { States = [.. load.States, new DeclaredState(name, typical, peak, sends, source)] });
        }

        /// <inheritdoc/>
        void IPowerSheet.Burst(int longest, string source)
        {
            Change("a longest transmission", load => load with { Burst = new DeclaredBurst(longest, source) });
        }

        private void Tell(IPowerSheet sheet)
        {
            sheet.Supply(Supply.Kind, Supply.Rated, Supply.Reserved, Supply.PowerFactor, Supply.Source);
            foreach (DeclaredRail rail in _rails)
            {
                sheet.Rail(rail.Name, rail.Millivolts, rail.Feeder, rail.Efficiency, rail.Storage, rail.Source);
            }

            foreach (DeclaredLoad load in _loads)
            {
                sheet.Load(load.Part, load.Name, load.Rail, load.Transmit, load.AtPowerUp);
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

        private void NoteTwice(object before, string what)
        {
            if (before != null)
            {
                _misplaced.Add($"{what} is declared twice");
            }
        }

        private void Change(string what, Func<DeclaredLoad, DeclaredLoad> change)
        {
            if (_loads.Count == 0)
            {
                _misplaced.Add($"{what} is declared before any load");
                return;
            }

            _loads[^1] = change(_loads.Last());
        }
    }
}
