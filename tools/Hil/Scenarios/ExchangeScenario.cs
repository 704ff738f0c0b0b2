using System.Collections.Generic;
using System.Linq;
using NanoComm.Keys;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>
    /// The exchange of keys, with the board's power cut in the first millisecond and at frames on its way, before the metering
    /// unit hears them and after. In the short run at a few of them, in the long run at all.
    /// </summary>
    public sealed class ExchangeScenario : Scenario
    {
        private const int Patience = 30 * Bench.Second;
        private const int Slowest = 60;
        private const int Beyond = 3;

        /// <inheritdoc/>
        public override string Name => "exchange";

        /// <inheritdoc/>
        public override string Title => "Power is cut at any point of an exchange: it comes to its end, and never leaves two pairings or none";

        /// <inheritdoc/>
        public override string Source => "R26";

        /// <inheritdoc/>
        public override int Seconds => 30;

        /// <inheritdoc/>
        public override IReadOnlyList<BoardAbility> Needs { get; } =
            [BoardAbility.Ip, BoardAbility.Power, BoardAbility.PutRecords];

        /// <inheritdoc/>
        public override void Run(Bench bench)
        {
            bench.MakeReady();
            int frames = CountFrames(bench);
            bench.Tell("frames of an exchange", frames, "");
            double slowest = Cut(bench, 0, false);
            int cuts = 1;
            foreach ((int frame, bool isHeard) in bench.Setup.IsLong ? All(frames) : Some(frames))
            {
                slowest = double.Max(slowest, Cut(bench, frame, isHeard));
                cuts++;
            }

            bench.Tell("power cuts", cuts, "");
            bench.Board.PowerOff();
            bench.Board.PowerOn();
            bench.UntilPower(bench.TerminalOf(0), Bench.Minute);
            bench.AtMost("time to be paired after a cut, slowest", slowest, "s", Slowest);
        }

        private static IEnumerable<(int Frame, bool IsHeard)> All(int frames)
        {
            return Enumerable.Range(1, frames + Beyond).SelectMany(frame => new[] { (frame, false), (frame, true) });
        }

        private static IEnumerable<(int Frame, bool IsHeard)> Some(int frames)
        {
            return [(1, false), (frames / 2, true), (frames - 1, true), (frames, false), (frames, true)];
        }

        // Of the board, from its start to the commit.
        private static int CountFrames(Bench bench)
        {
            bench.Board.PowerOff();
            Ticket ticket = bench.Office.NextTicket();
            bench.Give(ticket.Bytes);
            long before = bench.MeteringLine.Frames;
            bench.Board.PowerOn();
            bench.AwaitPairing(ticket);
            return (int)(bench.MeteringLine.Frames - before);
        }

        // At frame 0 the cut comes in the first millisecond.
        private static double Cut(Bench bench, int frame, bool isHeard)
        {
            bench.Board.PowerOff();
            Ticket ticket = bench.Office.NextTicket();
            bench.Give(ticket.Bytes);
            uint before = bench.Meter.State.Slots.CommittedEpoch;
            if (frame == 0)
            {
                bench.Board.PowerOn();
                bench.Run(1);
                bench.Board.PowerOff();
            }
            else
            {
                bench.Check(bench.PowerUntilFrame(frame, isHeard, Patience), $"the board sends frame {frame} of the exchange");
            }

            bench.Note($"power cut at frame {frame}, {(isHeard ? "after" : "before")} the metering unit heard it");
            CheckSlots(bench, before);
            long from = bench.Now;
            bench.Board.PowerOn();
            bench.AwaitPairing(ticket);
            bench.UntilPower(bench.TerminalOf(0), Bench.Minute);
            CheckSlots(bench, bench.Office.Epoch);
            return (bench.Now - from) / 1000.0;
        }

        // One pairing is active, the committed one, and it is none that was before.
        private static void CheckSlots(Bench bench, uint least)
        {
            var slots = bench.Meter.State.Slots;
            bench.Check(slots.CommittedEpoch >= least, $"the committed epoch fell: {slots.CommittedEpoch} after {least}");
            bench.Check(slots.Active?.Epoch == slots.CommittedEpoch, "the active pairing is not the committed one");
        }
    }
}
