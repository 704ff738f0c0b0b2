using System.Collections.Generic;
using System.Linq;
using NanoComm.Keys;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>A bench orders a unit to erase everything, and has the proof.</summary>
    public sealed class EraseScenario : Scenario
    {
        private const string ProofRecord = "zeroise";
        private const int Slowest = 60;
        private const int SilentSeconds = 8;
        private const int ReadingSeconds = 300;
        private const int Pause = 100;

        // What must not be found any more (docs/pairing.md).
        private static readonly string[] Secrets = ["pairing", "ticket-a", "ticket-b", "route-b", "order", "factory", "receipt"];

        /// <inheritdoc/>
        public override string Name => "erase";

        /// <inheritdoc/>
        public override string Title => "A bench orders everything erased: the proof is good, the records are gone, the unit is silent";

        /// <inheritdoc/>
        public override string Source => "R28";

        /// <inheritdoc/>
        public override int Seconds => 25;

        /// <inheritdoc/>
        public override IReadOnlyList<BoardAbility> Needs { get; } =
            [BoardAbility.Ip, BoardAbility.PutRecords, BoardAbility.ReadRecords];

        /// <inheritdoc/>
        public override void Run(Bench bench)
        {
            bench.MakeReady();
            bench.Give(bench.Office.EraseOrder);
            bench.Forget();
            bench.AtMost("time until no power is told", UntilNoPower(bench) / 1000.0, "s", Slowest);
            byte[][] records = null;
            ErasureRecord proof = null;
            bench.Until(() => (proof = Proof(records = bench.Board.Records.Read([ProofRecord, .. Secrets])))?.IsDone == true,
                ReadingSeconds * Bench.Second, "everything is erased");
            bench.Check(bench.Office.IsGood(proof), "the proof of the erasure is not the unit's own");
            bench.Check(proof.Order == ErasureOrder.Bench, $"the proof names another order: {proof.Order}");
            bench.Check(proof.Erased.HasFlag(Erased.Pairing | Erased.FactoryKeys), $"the proof tells less than there was: {proof.Erased}");
            string[] left = Secrets.Where((_, i) => records[1 + i] != null).ToArray();
            bench.Check(left.Length == 0, $"after the erasure there is still: {string.Join(", ", left)}");
            long frames = bench.MeteringLine.Frames;
            bench.Run(SilentSeconds * Bench.Second);
            bench.AtMost("frames to the metering unit after it", bench.MeteringLine.Frames - frames, "", 0);
            bench.Check(bench.PowerOf(bench.TerminalOf(0)) == null, "a power is told after the erasure");
        }

        // Twice in a row: a datagram may be lost.
        private static long UntilNoPower(Bench bench)
        {
            long from = bench.Now;
            Terminal terminal = bench.TerminalOf(0);
            while (bench.PowerOf(terminal) != null || bench.PowerOf(terminal) != null)
            {
                bench.Check(bench.Now - from < Slowest * Bench.Second, $"not within {Slowest} s: no power is told any more");
                bench.Run(Pause);
            }

            return bench.Now - from;
        }

        private static ErasureRecord Proof(byte[][] records) => records[0] == null ? null : ErasureRecord.Parse(records[0]);
    }
}
