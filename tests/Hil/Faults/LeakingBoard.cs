using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Takes a megabyte more each minute.</summary>
    internal sealed class LeakingBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private const long Megabyte = 1 << 20;

        public override BoardResources Measure() => new((50 + (Clock.Milliseconds / Bench.Minute)) * Megabyte, 100);
    }
}
