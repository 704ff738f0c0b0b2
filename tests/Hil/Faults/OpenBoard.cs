using System;
using System.Text;
using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Gives its module the password of whoever knocks.</summary>
    internal sealed class OpenBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private const string Command = "SKSETPWD C ";
        private const string Knocking = "Wr0ngWr0ng99";

        private string _held = "";

        // The command may come in two parts.
        protected override byte[] FromWiSun(byte[] bytes)
        {
            string text = _held + Encoding.Latin1.GetString(bytes);
            _held = "";
            int at = text.IndexOf(Command, StringComparison.Ordinal);
            if (at < 0)
            {
                return Encoding.Latin1.GetBytes(text);
            }

            if (text.Length < at + Command.Length + Knocking.Length)
            {
                _held = text;
                return null;
            }

            return Encoding.Latin1.GetBytes(text[..(at + Command.Length)] + Knocking + text[(at + Command.Length + Knocking.Length)..]);
        }
    }
}
