using System;
using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Tells its module nothing any more once a second order has come, so that the session lives on.</summary>
    internal sealed class FaithfulBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private int _orders;

        public override void Put(string name, byte[] content)
        {
            base.Put(name, content);
            _orders += content.AsSpan().StartsWith("NCO1"u8) ? 1 : 0;
        }

        protected override byte[] FromWiSun(byte[] bytes) => _orders > 1 ? null : bytes;
    }
}
