using System.Globalization;

namespace NanoComm.Virtual
{
    /// <summary>When the supply is low.</summary>
    /// <param name="From">Milliseconds after the start.</param>
    /// <param name="To">Milliseconds after the start.</param>
    internal sealed record LowSupply(int From, int To)
    {
        private const int Second = 1000;
        private const int Longest = 86400;

        /// <summary>Reads <c>AFTER:FOR</c>, both in seconds.</summary>
        /// <returns>Null when it is not that.</returns>
        public static LowSupply Parse(string text)
        {
            string[] parts = text.Split(':');
            return parts.Length == 2 && TryRead(parts[0], 0, out int after) && TryRead(parts[1], 1, out int time)
                ? new LowSupply(after * Second, (after + time) * Second)
                : null;
        }

        /// <summary>Reads seconds of an option.</summary>
        /// <param name="text">A whole number without a sign.</param>
        /// <param name="least">The least that it may be; the most is a day.</param>
        /// <param name="seconds">The number.</param>
        public static bool TryRead(string text, int least, out int seconds)
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
                && seconds >= least && seconds <= Longest;
        }
    }
}
