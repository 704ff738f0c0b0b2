using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Hears nothing on its metering line for 20 seconds, from ten seconds after it was read first on: a UART that an
    /// error stops.</summary>
    internal sealed class DeafBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private const int After = 10 * Bench.Second;
        private const int For = 20 * Bench.Second;

        private long? _first;

        protected override byte[] ToMetering(byte[] bytes)
        {
            _first ??= Clock.Milliseconds;
            long since = Clock.Milliseconds - _first.Value;
            return since is > After and < After + For ? null : bytes;
        }
    }
}
