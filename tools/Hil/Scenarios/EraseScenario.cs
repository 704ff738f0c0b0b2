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
            ErasureRecord proof = null;
            long took = bench.Until(() => (proof = Read(bench))?.IsDone == true, Slowest * Bench.Second, "everything is erased");
            bench.AtMost("time until everything is erased", took / 1000.0, "s", Slowest);
            bench.Check(bench.Office.IsGood(proof), "the proof of the erasure is not the unit's own");
            bench.Check(proof.Order == ErasureOrder.Bench, $"the proof names another order: {proof.Order}");
            bench.Check(proof.Erased.HasFlag(Erased.Pairing | Erased.FactoryKeys), $"the proof tells less than there was: {proof.Erased}");
            bench.Run(Bench.Second);
            string[] left = Secrets.Where(record => bench.Board.Records.Read(record) != null).ToArray();
            bench.Check(left.Length == 0, $"after the erasure there is still: {string.Join(", ", left)}");
            long frames = bench.MeteringLine.Frames;
            bench.Run(SilentSeconds * Bench.Second);
            bench.AtMost("frames to the metering unit after it", bench.MeteringLine.Frames - frames, "", 0);
            bench.Check(bench.PowerOf(bench.TerminalOf(0)) == null, "a power is told after the erasure");
        }

        private static ErasureRecord Read(Bench bench)
        {
            byte[] record = bench.Board.Records.Read(ProofRecord);
            return record == null ? null : ErasureRecord.Parse(record);
        }
    }
}
