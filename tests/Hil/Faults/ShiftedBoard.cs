using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>One register of a minute in five is by one too high: that of another minute, as it were.</summary>
    internal sealed class ShiftedBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private const int Every = 5;

        protected override byte[] FromIp(int terminal, byte[] datagram)
        {
            return MinuteFrame.Change(datagram, (minute, registers) =>
            {
                if (minute % Every == 0 && registers[^1] < byte.MaxValue)
                {
                    registers[^1]++;
                }
            });
        }
    }
}
