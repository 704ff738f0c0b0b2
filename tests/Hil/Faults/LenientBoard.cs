using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Takes a terminal for its neighbour, and so answers who is cut off.</summary>
    internal sealed class LenientBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private int _asking;

        protected override byte[] ToIp(int terminal, byte[] datagram)
        {
            _asking = terminal;
            if (terminal == 0)
            {
                return datagram;
            }

            TerminalOf(0).SendAsIs(datagram);
            return null;
        }

        protected override byte[] FromIp(int terminal, byte[] datagram)
        {
            if (_asking == 0)
            {
                return datagram;
            }

            TerminalOf(_asking).Hear(datagram);
            return null;
        }
    }
}
