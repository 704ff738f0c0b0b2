using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>A scenario's twin: the same with a fault in the board, which the scenario must find.</summary>
    /// <param name="Name">What is wrong with the board.</param>
    /// <param name="Scenario">Which scenario has to find it.</param>
    /// <param name="IsQuick">Whether it is found quickly in real time too, and so looked for there with each run of the tests.</param>
    /// <param name="Plant">Plants it.</param>
    internal sealed record PlantedFault(string Name, string Scenario, bool IsQuick,
        Func<IBenchClock, IBoardUnderTest, IBoardUnderTest> Plant)
    {
        /// <summary>All of them.</summary>
        public static IReadOnlyList<PlantedFault> All { get; } =
        [
            new("serves 40 s after its start", "start", false, (clock, board) => new LateBoard(clock, board)),
            new("loses a minute's row in seven", "hour", false, (clock, board) => new GapBoard(clock, board)),
            new("has a neighbour's register in its rows", "hour", false, (clock, board) => new ShiftedBoard(clock, board)),
            new("is deaf for 20 s after noise", "line", false, (clock, board) => new DeafBoard(clock, board)),
            new("serves the last power for ever", "gone", false, (clock, board) => new StaleBoard(clock, board)),
            new("forgets an exchange with its power", "exchange", false, (clock, board) => new ForgetfulBoard(clock, board)),
            new("loses its pairing by any ticket", "wrong-ticket", false, (clock, board) => new CredulousBoard(clock, board)),
            new("does not answer over the air", "join", false, (clock, board) => new SilentRadioBoard(clock, board)),
            new("lets anyone in", "wrong-password", false, (clock, board) => new OpenBoard(clock, board)),
            new("keeps its session when the route is closed", "close", false, (clock, board) => new FaithfulBoard(clock, board)),
            new("drowns in a flood", "flood", true, (clock, board) => new DrowningBoard(clock, board)),
            new("answers whoever asks", "flood", false, (clock, board) => new GenerousBoard(clock, board)),
            new("answers who is cut off", "order", true, (clock, board) => new LenientBoard(clock, board)),
            new("keeps its factory keys through an erasure", "erase", true, (clock, board) => new KeepingBoard(clock, board)),
            new("leaks memory", "soak", false, (clock, board) => new LeakingBoard(clock, board)),
        ];

        public static PlantedFault Of(string name) => All.Single(fault => fault.Name == name);
    }
}
