using System;
using System.Linq;

namespace NanoComm.Hems
{
    /// <summary>EVENT: something that the module says unasked.</summary>
    /// <param name="Text">The line.</param>
    /// <param name="Number">Its number, two hexadecimal digits in the manual.</param>
    /// <param name="Address">Whom it is about.</param>
    /// <param name="Parameter">Its last field when it has one beside address and side, or 0.</param>
    internal sealed record SkEvent(string Text, int Number, string Address, int Parameter) : SkLine(Text)
    {
        public const int UdpSent = 0x21;
        public const int ScanDone = 0x22;
        public const int JoinFailed = 0x24;
        public const int Joined = 0x25;
        public const int EndAsked = 0x26;
        public const int Ended = 0x27;
        public const int EndTimedOut = 0x28;
        public const int Expired = 0x29;
        public const int LimitBegins = 0x32;
        public const int LimitEnds = 0x33;

        private const string Prefix = "EVENT ";

        /// <summary>Whether it ends the session.</summary>
        public bool EndsSession => Number is EndAsked or Ended or EndTimedOut or Expired;

        /// <summary>Takes a line apart: EVENT nn address [side] [parameter].</summary>
        /// <returns>Null when it is none.</returns>
        public static SkEvent Parse(string line)
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return line.StartsWith(Prefix, StringComparison.Ordinal) && fields.Length > 1
                && TryHex(fields[1], out int number)
                ? new SkEvent(line, number, fields.ElementAtOrDefault(2) ?? string.Empty,
                    fields.Length > 3 && TryHex(fields[^1], out int parameter) ? parameter : 0)
                : null;
        }
    }
}
