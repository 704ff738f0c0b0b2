using System.Linq;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The kinds of what happens to a controller, for people. Programs get the English word as it is.</summary>
    internal static class HemsKind
    {
        private static readonly string[] Kinds =
        [
            Words.Later("demand"), Words.Later("fetched"), Words.Later("found"), Words.Later("halfHour"), Words.Later("joined"),
            Words.Later("left"), Words.Later("meter"), Words.Later("minute"), Words.Later("module"), Words.Later("notified"),
            Words.Later("reactive"), Words.Later("reading"), Words.Later("search"), Words.Later("trouble"),
        ];

        /// <summary>A kind's name, filled up to the width of the longest.</summary>
        public static string NameOf(string kind)
        {
            return Cells.Pad(Words.OfLater(kind), Kinds.Max(each => Cells.Width(Words.OfLater(each))));
        }
    }
}
