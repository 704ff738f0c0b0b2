using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Has no data of a minute in seven, in the rows and as the newest.</summary>
    internal sealed class GapBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private const int Every = 7;

        protected override byte[] FromIp(int terminal, byte[] datagram)
        {
            return MinuteFrame.Change(datagram, (minute, registers) =>
            {
                if (minute % Every == 0)
                {
                    MinuteFrame.SetNoData(registers);
                }
            });
        }
    }
}
