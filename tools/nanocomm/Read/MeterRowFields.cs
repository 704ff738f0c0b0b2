using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>The columns of a meter's history, alike in every kind of file, and how their words are read.</summary>
    internal static class MeterRowFields
    {
        public const string Meter = "meter";
        public const string Time = "time";
        public const string Interval = "interval_min";
        public const string Quantity = "quantity";
        public const string Direction = "direction";
        public const string Value = "value";
        public const string Unit = "unit";
        public const string Register = "register";

        /// <summary>In order.</summary>
        public static IReadOnlyList<ListField<MeterRow>> All { get; } =
        [
            new(Meter, Meter, row => row.Meter),
            new(Time, Time, row => row.Time),
            new(Interval, Interval, row => row.Interval),
            new(Quantity, Quantity, row => Word(row.Quantity)),
            new(Direction, Direction, row => Word(row.Direction)),
            new(Value, Value, row => row.Value),
            new(Unit, Unit, row => row.Unit),
            new(Register, Register, row => row.Register),
        ];

        /// <summary>The columns' names.</summary>
        public static string[] Names { get; } = All.Select(field => field.Key).ToArray();

        /// <summary>A word of a column.</summary>
        public static string Word<T>(T value)
            where T : struct, Enum
        {
            return Words<T>.Of[value];
        }

        /// <summary>What a word stands for.</summary>
        /// <returns>False for a word that is none.</returns>
        public static bool TryParse<T>(string word, out T value)
            where T : struct, Enum
        {
            return Words<T>.Back.TryGetValue(word ?? "", out value);
        }

        private static class Words<T>
            where T : struct, Enum
        {
            public static Dictionary<T, string> Of { get; } = Enum.GetValues<T>().ToDictionary(value => value, value => value.ToString()
                .ToLowerInvariant());

            public static Dictionary<string, T> Back { get; } = Of.ToDictionary(pair => pair.Value, pair => pair.Key);
        }
    }
}
