using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;

namespace NanoComm.Tool
{
    /// <summary>An option that takes a time of the meter.</summary>
    internal static class MeterTime
    {
        private const int FirstYear = 2000;
        private const int LastYear = 2098;

        private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm"];

        /// <summary>An option that takes a day of the meter's.</summary>
        public static Option<DateTime?> Day(string name, string description) => new(name)
        {
            Description = $"{description}, as 2026-07-31.",
            HelpName = "DAY",
            CustomParser = result =>
            {
                string text = result.Tokens.Single().Value;
                if (DateTime.TryParseExact(text, Forms[0], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day)
                    && day.Year is >= FirstYear and <= LastYear)
                {
                    return day;
                }

                result.AddError($"{name}: '{text}' is no day such as 2026-07-31");
                return null;
            },
        };

        public static Option<DateTime?> Option(string name, string description) => new(name)
        {
            Description = $"{description}, in the meter's civil time: 2026-07-31 (its beginning) or 2026-07-31T17:00.",
            HelpName = "TIME",
            CustomParser = result =>
            {
                string text = result.Tokens.Single().Value;
                if (DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
                    && time.Year is >= FirstYear and <= LastYear)
                {
                    return time;
                }

                result.AddError($"{name}: '{text}' is no time such as 2026-07-31T17:00, nor a day such as 2026-07-31");
                return null;
            },
        };
    }
}
