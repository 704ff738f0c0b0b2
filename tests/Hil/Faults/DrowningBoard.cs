using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Answers nobody while many ask.</summary>
    internal sealed class DrowningBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private const int Many = 20;

        private long _second;
        private int _requests;

        protected override byte[] ToIp(int terminal, byte[] datagram)
        {
            if (Clock.Milliseconds / Bench.Second != _second)
            {
                _second = Clock.Milliseconds / Bench.Second;
                _requests = 0;
            }

            return ++_requests > Many ? null : datagram;
        }
    }
}
