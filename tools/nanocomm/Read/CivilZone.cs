using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;

namespace NanoComm.Tool
{
    /// <summary><c>--zone</c>: how far a meter's civil time is from UTC. ECHONET Lite tells times without it.</summary>
    internal static class CivilZone
    {
        private const string Local = "local";

        // Japan has no summer time.
        private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

        public static Option<TimeSpan> Option() => new("--zone")
        {
            Description = "How far the meter's time is from UTC, as +09:00; 'local': as far as this computer's is now.",
            HelpName = "+HH:MM|local",
            DefaultValueFactory = _ => Japan,
            CustomParser = result =>
            {
                string text = result.Tokens.Single().Value;
                if (text == Local)
                {
                    return DateTimeOffset.Now.Offset;
                }

                if (DateTimeOffset.TryParseExact(text, "zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
                    && text[0] is '+' or '-')
                {
                    return time.Offset;
                }

                result.AddError($"--zone: '{text}' is neither a distance from UTC such as +09:00 nor '{Local}'");
                return Japan;
            },
        };

        /// <summary>A distance as it is given.</summary>
        public static string ToText(TimeSpan zone) => new DateTimeOffset(DateTime.UnixEpoch.AddDays(1).Ticks, zone)
            .ToString("zzz", CultureInfo.InvariantCulture);
    }
}
