using System.Text;
using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Tells its module nothing to send.</summary>
    internal sealed class SilentRadioBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        protected override byte[] FromWiSun(byte[] bytes)
        {
            return Encoding.Latin1.GetString(bytes).Contains("SKSENDTO") ? null : bytes;
        }
    }
}
