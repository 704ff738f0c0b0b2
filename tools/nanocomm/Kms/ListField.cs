using System;
using System.Globalization;

namespace NanoComm.Tool
{
    /// <summary>A column of a list: on the screen, in CSV and in JSON alike.</summary>
    /// <param name="Heading">What it is called on the screen.</param>
    /// <param name="Key">What it is called in files.</param>
    /// <param name="Value">Gets it: a text, a number, a time, or null where there is none.</param>
    /// <param name="Shown">How the screen shows it, where that is more than the value.</param>
    /// <param name="Place">Where it is to be seen.</param>
    internal sealed record ListField<T>(string Heading, string Key, Func<T, object> Value, Func<T, string> Shown = null,
        ListPlace Place = ListPlace.Everywhere)
    {
        /// <summary>As the screen shows it; empty where there is none.</summary>
        public string OnScreen(T row) => Shown?.Invoke(row) ?? Value(row) switch
        {
            null => "",
            DateTimeOffset time => KmsOptions.Show(time, ""),
            object value => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

        /// <summary>As CSV has it; empty where there is none.</summary>
        public string InCsv(T row) => Value(row) switch
        {
            null => "",
            DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
            object value => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }
}
