using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hal;

namespace NanoComm.PowerPlanning
{
    /// <summary>What a planner changes in a declaration, to see what would come of it.</summary>
    public sealed class WhatIf
    {
        /// <summary>The name of Wi-Fi among the parts: it is no load of its own, but a state of the processor.</summary>
        public const string Wifi = "wifi";

        /// <summary>What others take of the supply first, in mVA; null as declared.</summary>
        public int? Reserved { get; init; }

        /// <summary>Per mille; null as declared.</summary>
        public int? PowerFactor { get; init; }

        /// <summary>Of the converter declared last, at any load, per mille; null as declared.</summary>
        public int? Efficiency { get; init; }

        /// <summary>Parts to add, as another board declares them: of <see cref="Parts"/>.</summary>
        public IReadOnlyList<string> With { get; init; } = [];

        /// <summary>Parts to leave out, of the same.</summary>
        public IReadOnlyList<string> Without { get; init; } = [];

        /// <summary>The parts that can be added or left out.</summary>
        public static IEnumerable<string> Parts =>
            [Wifi, .. Declared.Select(load => load.Part).Distinct().Where(part => part != PowerPart.Processor)
                .Select(part => part.ToString().ToLowerInvariant())];

        private static IEnumerable<DeclaredLoad> Declared => PowerBoard.All.SelectMany(board => new PowerDeclaration(board.Declare).Loads);

        /// <summary>A declaration with the changes.</summary>
        public PowerDeclaration Apply(PowerDeclaration declaration)
        {
            DeclaredSupply supply = declaration.Supply with
            {
                Reserved = Reserved ?? declaration.Supply.Reserved,
                PowerFactor = PowerFactor ?? declaration.Supply.PowerFactor,
            };
            List<DeclaredRail> rails = [.. declaration.Rails];
            if (Efficiency is int efficiency)
            {
                rails[^1] = rails[^1] with { Efficiency = [0, efficiency] };
            }

            List<DeclaredLoad> loads = [.. declaration.Loads];
            foreach (string part in With)
            {
                Add(loads, part, rails[^1].Name);
            }

            foreach (string part in Without)
            {
                Remove(loads, part);
            }

            return new PowerDeclaration(declaration, supply, rails, loads);
        }

        private static void Add(List<DeclaredLoad> loads, string part, string rail)
        {
            if (loads.Any(load => Is(load, part)))
            {
                return;
            }

            DeclaredLoad added = Declared.First(load => Is(load, part));
            loads.RemoveAll(load => load.Part == added.Part);

            // Behind what is there: what is added has the least right.
            loads.Add(added with { Rail = rail });
        }

        private static void Remove(List<DeclaredLoad> loads, string part)
        {
            if (part != Wifi)
            {
                loads.RemoveAll(load => Is(load, part));
                return;
            }

            int processor = loads.FindIndex(load => Is(load, part));
            if (processor >= 0)
            {
                loads[processor] = loads[processor] with { Transmit = 0, AtPowerUp = 0, States = [loads[processor].States[0]] };
            }
        }

        private static bool Is(DeclaredLoad load, string part)
        {
            return part == Wifi
                ? load.Part == PowerPart.Processor && load.Transmit > 0
                : load.Part.ToString().Equals(part, StringComparison.OrdinalIgnoreCase);
        }
    }
}
