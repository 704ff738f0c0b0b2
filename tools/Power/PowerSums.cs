using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hal;
using NanoComm.Power;

namespace NanoComm.PowerPlanning
{
    /// <summary>
    /// The combinations of a board's loads that matter. Which the governor would grant says the firmware's model; what
    /// they take says the oracle.
    /// </summary>
    public sealed class PowerSums
    {
        private readonly PowerDeclaration _declaration;
        private readonly PowerBudget _budget;

        /// <summary>Adds up.</summary>
        /// <param name="declaration">A declaration whose figures are without faults.</param>
        public PowerSums(PowerDeclaration declaration)
            : this(declaration, declaration.ToBudget())
        {
        }

        /// <summary>Adds up, with a model that need not be the board's own.</summary>
        /// <param name="declaration">What the loads take.</param>
        /// <param name="budget">What the governor goes by.</param>
        public PowerSums(PowerDeclaration declaration, PowerBudget budget)
        {
            _declaration = declaration;
            _budget = budget;
            PowerUp = Combine(load => load.AtPowerUp);
            DeclaredLoad primary = declaration.Loads.FirstOrDefault(IsPath);
            Primary = Combine(load => load == primary ? load.Sending : load.IsSwitched ? 0 : load.Sending);
            Together = Combine(load => load.Sending);
            WorstGranted = All(load => load.Sending).Where(IsGranted).Select(levels => new PowerCombination(declaration, levels))
                .MaxBy(combination => combination.Drawn);
            InService = ServeInOrder();
            Refused = Refusals();
        }

        /// <summary>Before the firmware has run.</summary>
        public PowerCombination PowerUp { get; }

        /// <summary>What cannot be switched, and the primary path.</summary>
        public PowerCombination Primary { get; }

        /// <summary>Every load in service, and sending.</summary>
        public PowerCombination Together { get; }

        /// <summary>The most that the governor can grant; null when it can grant nothing.</summary>
        public PowerCombination WorstGranted { get; }

        /// <summary>What is in service for good, when each load asks in the order of its right.</summary>
        public PowerCombination InService { get; }

        /// <summary>What cannot be in service, and beside what; empty when all may.</summary>
        public IReadOnlyList<string> Refused { get; }

        /// <summary>What the loads take in the mean in those states, in mVA.</summary>
        /// <param name="combination">States of all loads.</param>
        public double Typical(PowerCombination combination)
        {
            return PowerOracle.Drawn(_declaration,
                _declaration.Loads.Zip(combination.Levels, (load, level) => (double)load.States[level].Typical).ToArray());
        }

        private static bool IsPath(DeclaredLoad load)
        {
            return load.Part is PowerPart.WiSun or PowerPart.Ethernet || (load.Part == PowerPart.Processor && load.Transmit > 0);
        }

        private PowerCombination Combine(Func<DeclaredLoad, int> level)
        {
            return new PowerCombination(_declaration, _declaration.Loads.Select(level).ToArray());
        }

        // Every choice of levels, each from 0 to a load's highest.
        private IEnumerable<int[]> All(Func<DeclaredLoad, int> highest)
        {
            IEnumerable<int[]> all = [[]];
            foreach (DeclaredLoad load in _declaration.Loads)
            {
                all = all.SelectMany(_ => Enumerable.Range(0, highest(load) + 1), (before, level) => (int[])[.. before, level]);
            }

            return all;
        }

        private bool IsGranted(int[] levels)
        {
            return _budget.Drawn(levels.Select((level, load) => _budget.Charge(load, level)).ToArray()) <= _budget.Free;
        }

        // Whether loads may be in service for days: with each of them sending, one at a time.
        private bool MayServe(int[] levels)
        {
            return IsGranted(levels) && levels.Select((level, load) => level == _declaration.Loads[load].InService
                    ? [.. levels[..load], _declaration.Loads[load].Sending, .. levels[(load + 1)..]]
                    : levels)
                .All(IsGranted);
        }

        private PowerCombination ServeInOrder()
        {
            var levels = new int[_declaration.Loads.Count];
            for (int load = 0; load < levels.Length; load++)
            {
                int[] with = [.. levels];
                with[load] = _declaration.Loads[load].InService;
                levels = MayServe(with) ? with : levels;
            }

            return new PowerCombination(_declaration, levels);
        }

        private List<string> Refusals()
        {
            List<int[]> tooMuch = All(load => load.InService).Where(IsInOrOut).Where(levels => !MayServe(levels)).ToList();

            // Those alone from which nothing can be left out.
            return tooMuch.Where(levels => !tooMuch.Any(less => less != levels && less.Zip(levels).All(pair => pair.First <= pair.Second)))
                .Select(Describe).ToList();
        }

        private bool IsInOrOut(int[] levels)
        {
            return _declaration.Loads.Zip(levels).All(pair => pair.Second == 0 || pair.Second == pair.First.InService);
        }

        private string Describe(int[] levels)
        {
            List<string> names = _declaration.Loads.Where((load, i) => load.IsSwitched && levels[i] > 0)
                .Select(load => $"{load.Name} {load.States[^1].Name}").ToList();
            return names.Count switch
            {
                0 => "nothing can be in service",
                1 => $"{names[0]} is refused always",
                _ => $"{names[^1]} is refused beside {string.Join(" and ", names[..^1])}",
            };
        }
    }
}
