using System;
using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Makes room for any ticket by giving up the pairing that it has.</summary>
    internal sealed class CredulousBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private const int After = 2 * Bench.Second;

        public override void Put(string name, byte[] content)
        {
            base.Put(name, content);
            if (Read("pairing")[0] != null && content.AsSpan().StartsWith("NCT1"u8))
            {
                Clock.At(Clock.Milliseconds + After, () =>
                {
                    PowerOff();
                    base.Put("pairing", []);
                    PowerOn();
                });
            }
        }
    }
}
