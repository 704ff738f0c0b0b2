using System.Collections.Generic;
using NanoComm.Hil.Scenarios;

namespace NanoComm.Hil
{
    /// <summary>The scenarios there are: the one list of them.</summary>
    public static class ScenarioList
    {
        /// <summary>All, in the order in which they are run.</summary>
        public static IReadOnlyList<Scenario> All { get; } =
        [
            new StartScenario(),
        ];
    }
}
