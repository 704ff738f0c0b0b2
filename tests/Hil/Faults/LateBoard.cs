using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Serves 40 seconds after its start.</summary>
    internal sealed class LateBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private const int Late = 40 * Bench.Second;

        private long _servesFrom;

        public override void PowerOn()
        {
            base.PowerOn();
            _servesFrom = Clock.Milliseconds + Late;
        }

        protected override byte[] FromIp(int terminal, byte[] datagram) => Clock.Milliseconds < _servesFrom ? null : datagram;
    }
}
