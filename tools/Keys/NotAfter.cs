using System;
using System.Globalization;

namespace NanoComm.Keys
{
    /// <summary>The end of a ticket's validity, as one writes it.</summary>
    public static class NotAfter
    {
        /// <summary>What can be written, for messages.</summary>
        public const string Form = "a date such as 2026-07-31 or 2026/07/31 (to the end of that day) or a time such as 2026-07-31T17:00";

        // ISO 8601, and what spreadsheets make of it.
        private static readonly string[] Days = ["yyyy-MM-dd", "yyyy/M/d"];

        private static readonly string[] Times =
        [
            "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK",
            "yyyy-MM-dd H:mm", "yyyy-MM-dd H:mm:ss", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss",
        ];

        /// <summary>Reads it. Without a zone it is this computer's time.</summary>
        /// <param name="text">A date or time; empty for no end.</param>
        /// <param name="seconds">As <see cref="UtilityTime"/>.</param>
        /// <returns>False when it is neither, or not within 2020…2156.</returns>
        public static bool TryParse(string text, out uint seconds)
        {
            seconds = UtilityTime.Never;
            return text.Length == 0 || TryParse(text, isEnd: true, out seconds);
        }

        /// <summary>Reads the beginning of a time instead: of a day its first second.</summary>
        /// <param name="text">A date or time.</param>
        /// <param name="seconds">As <see cref="UtilityTime"/>.</param>
        /// <returns>False when it is neither, or not within 2020…2156.</returns>
        public static bool TryParseSince(string text, out uint seconds) => TryParse(text, isEnd: false, out seconds);

        private static bool TryParse(string text, bool isEnd, out uint seconds)
        {
            if (DateTime.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None,
                out DateTime day))
            {
                DateTime first = isEnd ? day.AddDays(day < DateTime.MaxValue.Date ? 1 : 0).AddSeconds(-1) : day;
                return TryTake(new DateTimeOffset(first), out seconds);
            }

            seconds = 0;
            return DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal,
                out DateTimeOffset time) && TryTake(time, out seconds);
        }

        private static bool TryTake(DateTimeOffset time, out uint seconds)
        {
            bool isTellable = time >= UtilityTime.ToTime(0) && time <= UtilityTime.Last;
            seconds = isTellable ? UtilityTime.FromTime(time) : 0;
            return isTellable;
        }
    }
}
