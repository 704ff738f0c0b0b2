using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Its medium loses what an exchange has written whenever the power goes: written, and never flushed. The pairing alone
    /// would not do: the unit makes it anew of its ticket.</summary>
    internal sealed class ForgetfulBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        public override void PowerOff()
        {
            base.PowerOff();
            foreach (string record in new[] { "pairing", "ticket-a", "ticket-b", "receipt" })
            {
                if (Read(record)[0] != null)
                {
                    Put(record, []);
                }
            }
        }
    }
}
