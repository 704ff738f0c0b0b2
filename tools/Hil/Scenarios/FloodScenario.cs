using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;
using NanoComm.Reporting;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>Who asks too much, and does not prove that it is there: the terminal notices nothing, and the flood gains
    /// nothing.</summary>
    public sealed class FloodScenario : Scenario
    {
        private const int FloodSeconds = 10;
        private const int PerSecond = 200;
        private const int Tick = 50;
        private const int AskPause = 200;
        private const int Patience = 1000;

        // Half of what a board like an ESP32 takes a second is for those without a place (docs/requirements.md, R16).
        private const int MostOfStrangers = 40;
        private const byte DayOfHistory = 0xE4;
        private const byte HistoryDay = 0xE5;

        /// <inheritdoc/>
        public override string Name => "flood";

        /// <inheritdoc/>
        public override string Title => "A flood from an address that proves nothing: the terminal is answered, the flood refused and told";

        /// <inheritdoc/>
        public override string Source => "R16, R20";

        /// <inheritdoc/>
        public override int Seconds => 15;

        /// <inheritdoc/>
        public override IReadOnlyList<BoardAbility> Needs { get; } =
            [BoardAbility.Ip, BoardAbility.SecondTerminal, BoardAbility.PutRecords];

        /// <inheritdoc/>
        public override void Run(Bench bench)
        {
            bench.MakeReady();
            Terminal there = bench.TerminalOf(0);
            Terminal flood = bench.TerminalOf(1);
            flood.ProvesItself = false;
            TakePlace(bench, there);
            long start = bench.Now;
            long askedBefore = flood.Asked;
            long answeredBefore = flood.Answered;
            Pour(bench, flood, start, askedBefore);
            var times = new List<ReportPoint>();
            int unanswered = 0;
            while (bench.Now < start + (FloodSeconds * Bench.Second))
            {
                bool isAnswered = there.Get(Patience, Bench.Power) != null;
                unanswered += isAnswered ? 0 : 1;
                times.Add(new ReportPoint((bench.Now - start) / 1000.0, isAnswered ? there.AnswerTime : double.NaN));
                bench.Run(AskPause);
            }

            bench.Run(Bench.Second);
            bench.AtLeast("requests of the flood", flood.Asked - askedBefore, "", FloodSeconds * PerSecond * 0.8);
            bench.AtMost("answers to the flood", flood.Answered - answeredBefore, "", (FloodSeconds + 2) * MostOfStrangers);
            bench.AtMost("questions of the terminal without an answer", unanswered, "", 0);
            bench.AtMost("answer time, slowest", times.Max(point => point.Value), "ms", Patience);
            bench.Results.Series.Add(new ReportSeries("answer time during the flood", "ms", times, Patience));
            if (bench.Board.Lacks(BoardAbility.Log) == null)
            {
                bench.Check(bench.HasLogged("refused", start), "the log does not tell of what was refused");
            }
        }

        // Who sets a selector, and is let, has a place.
        private static void TakePlace(Bench bench, Terminal terminal)
        {
            long until = bench.Now + Bench.Minute;
            while (terminal.Ask(Patience, Terminal.MeterEoj, EchonetMessage.SetC, [(HistoryDay, [0])])?.Esv
                != EchonetMessage.SetRes)
            {
                bench.Check(bench.Now < until, "the terminal gets no place");
                bench.Run(AskPause);
            }
        }

        // As many as are due: a bench on a busy machine is late now and then.
        private static void Pour(Bench bench, Terminal flood, long start, long before)
        {
            if (bench.Now >= start + (FloodSeconds * Bench.Second))
            {
                return;
            }

            long due = (bench.Now - start + Tick) * PerSecond / Bench.Second;
            for (long i = flood.Asked - before; i < due; i++)
            {
                flood.Send(Terminal.MeterEoj, EchonetMessage.Get, [(DayOfHistory, Array.Empty<byte>())]);
            }

            bench.Clock.At(bench.Now + Tick, () => Pour(bench, flood, start, before));
        }
    }
}
