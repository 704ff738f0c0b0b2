using System.Text.RegularExpressions;

namespace NanoComm.Tests.Host.Power
{
    /// <summary>What a command has written, without the colours that a terminal is asked for.</summary>
    internal static class PlainText
    {
        public static string Of(string output) => Regex.Replace(output, @"\u001b\[[0-9;]*m", "");
    }
}
