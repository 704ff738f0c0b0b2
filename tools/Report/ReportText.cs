using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NanoComm.Reporting
{
    /// <summary>Text as every reader of a report can show it.</summary>
    internal static class ReportText
    {
        private const char ControlPictures = '\u2400';
        private const char PictureOfDelete = '\u2421';

        /// <summary>Makes text harmless: a control character, which no XML may hold and a terminal would obey, becomes a picture of
        /// itself; what turns the direction of writing, and what is no character, becomes U+FFFD.</summary>
        /// <param name="text">Any text, or null.</param>
        public static string Clean(string text)
        {
            // Enumerating by rune gives U+FFFD for each half of a pair that stands alone.
            return string.Concat((text ?? string.Empty).EnumerateRunes().Select(Clean));
        }

        /// <summary>A figure for people: four decimals, or two above a thousand.</summary>
        public static string Number(double value)
        {
            if (!double.IsFinite(value))
            {
                return "not measured";
            }

            double size = Math.Abs(value);
            string format = size is not 0 and (< 0.001 or >= 1e15) ? "G5" : size < 1000 ? "0.####" : "#,0.##";
            return value.ToString(format, CultureInfo.InvariantCulture);
        }

        /// <summary>A time in seconds with milliseconds.</summary>
        public static string Seconds(TimeSpan time)
        {
            return time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);
        }

        /// <summary>A figure with its limit, in words.</summary>
        public static string Figure(ReportFigure figure)
        {
            return $"{figure.Name}: {Number(figure.Value)}{Unit(figure.Unit)}{Limit(figure)}";
        }

        /// <summary>A unit behind a number.</summary>
        public static string Unit(string unit)
        {
            return string.IsNullOrEmpty(unit) ? string.Empty : " " + unit;
        }

        /// <summary>A verdict as a word.</summary>
        public static string Word(ReportVerdict verdict)
        {
            return verdict.ToString().ToLowerInvariant();
        }

        private static string Limit(ReportFigure figure)
        {
            return figure.Limit is not double limit ? string.Empty
                : $" (at {(figure.IsMinimum ? "least" : "most")} {Number(limit)}{(figure.IsWithin ? string.Empty : "; not kept")})";
        }

        private static string Clean(Rune rune)
        {
            return rune.Value switch
            {
                '\t' or '\n' => rune.ToString(),
                < ' ' => ((char)(ControlPictures + rune.Value)).ToString(),
                0x7F => PictureOfDelete.ToString(),
                _ when Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFE or 0xFFFF
                    => Rune.ReplacementChar.ToString(),
                _ => rune.ToString(),
            };
        }
    }
}
