using System.Collections.Generic;
using NanoComm.Hil.Scenarios;

namespace NanoComm.Hil
{
    /// <summary>The scenarios there are: the one list of them.</summary>
    public static class ScenarioList
    {
        /// <summary>All, in the order in which one board goes through them: the one that leaves it without keys comes last.</summary>
        public static IReadOnlyList<Scenario> All { get; } =
        [
            new StartScenario(),
            new HourScenario(),
            new LineScenario(),
            new GoneScenario(),
            new ExchangeScenario(),
            new WrongTicketScenario(),
            new JoinScenario(),
            new WrongPasswordScenario(),
            new CloseScenario(),
            new FloodScenario(),
            new OrderScenario(),
            new SoakScenario(),
            new EraseScenario(),
        ];
    }
}
