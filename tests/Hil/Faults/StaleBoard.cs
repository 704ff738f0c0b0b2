using System;
using System.Linq;
using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Serves the last power that it had in place of "no data".</summary>
    internal sealed class StaleBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private const int Properties = 12;
        private const byte Power = 0xE7;

        private static readonly byte[] NoData = [0x7F, 0xFF, 0xFF, 0xFE];

        private byte[] _last = [];

        protected override byte[] FromIp(int terminal, byte[] datagram)
        {
            // It is the first property that is asked for.
            if (datagram.Length < Properties + 2 || datagram[10] is not (0x72 or 0x52) || datagram[Properties] != Power)
            {
                return datagram;
            }

            byte[] edt = datagram[(Properties + 2)..][..datagram[Properties + 1]];
            if (edt.Length == NoData.Length && !edt.SequenceEqual(NoData))
            {
                _last = edt;
                return datagram;
            }

            byte[] rest = datagram[(Properties + 2 + edt.Length)..];
            return _last.Length == 0 ? datagram
                : [.. datagram.AsSpan(0, Properties), Power, (byte)_last.Length, .. _last, .. rest];
        }
    }
}
