using System;
using System.Collections.Generic;
using NanoComm.Hal;

namespace NanoComm.PowerPlanning
{
    /// <summary>A load as declared, with its states: see <see cref="IPowerSheet.Load"/>.</summary>
    public sealed record DeclaredLoad(PowerPart Part, string Name, string Rail, int Transmit, int AtPowerUp)
    {
        /// <summary>Its states, the first the one that draws least.</summary>
        public IReadOnlyList<DeclaredState> States { get; init; } = [];

        /// <summary>Its longest transmission; null when none is declared.</summary>
        public DeclaredBurst Burst { get; init; }

        /// <summary>The number of its last state, the one in service.</summary>
        public int InService => States.Count - 1;

        /// <summary>Whether the firmware can take it out of service.</summary>
        public bool IsSwitched => InService > 0;

        /// <summary>Whether each transmission in service is asked for.</summary>
        public bool SendsWhenAsked => States[InService].Sends == Sends.WhenAsked;

        /// <summary>The number of what it is charged with while it sends in service.</summary>
        public int Sending => InService + (SendsWhenAsked ? 1 : 0);

        /// <summary>What it is charged with, in mA at its rail.</summary>
        /// <param name="level">A state; or the one behind the last, a transmission that was asked for.</param>
        public int Charge(int level)
        {
            if (level > InService)
            {
                return Transmit;
            }

            DeclaredState state = States[level];
            return state.Sends == Sends.Unasked ? Math.Max(state.Peak, Transmit) : state.Peak;
        }

        /// <summary>What it is charged with, for people.</summary>
        public string Describe(int level)
        {
            string doing = level > InService ? "sending" : States[level].Name;
            return $"{Name} {doing} {Charge(level)} mA";
        }
    }
}
