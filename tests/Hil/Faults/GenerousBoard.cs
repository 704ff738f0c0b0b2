using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Answers every request of a terminal that has proven nothing.</summary>
    internal sealed class GenerousBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        protected override byte[] ToIp(int terminal, byte[] datagram)
        {
            if (terminal == 1)
            {
                byte[] answer = (byte[])datagram.Clone();
                answer[10] = 0x52;
                Clock.At(Clock.Milliseconds, () => TerminalOf(terminal).Hear(answer));
            }

            return datagram;
        }
    }
}
