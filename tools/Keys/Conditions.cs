using System.Collections.Generic;

namespace NanoComm.Keys
{
    /// <summary>What a query asks for: only what is wanted stands in its text, so that an index can serve.</summary>
    internal sealed class Conditions
    {
        private readonly List<string> _texts = [];
        private readonly List<object> _values = [];

        /// <summary>The values, in the order of their parameters.</summary>
        public object[] Values => _values.ToArray();

        /// <summary>Adds that a column has a value, or what else is said of it.</summary>
        /// <param name="isWanted">Whether to add it.</param>
        /// <param name="text">A column; or, with a blank behind it, a column and how it compares.</param>
        /// <param name="value">The value.</param>
        public void AddIf(bool isWanted, string text, object value)
        {
            if (isWanted)
            {
                _values.Add(value);
                _texts.Add($"{(text.EndsWith(' ') ? text : text + " = ")}?{_values.Count}");
            }
        }

        /// <summary>Adds a condition without a value.</summary>
        public void Add(string text) => _texts.Add(text);

        /// <summary>Adds that a row stands behind another one in falling order of two columns.</summary>
        public void AddBehind(string columns, object first, object second)
        {
            _values.Add(first);
            _values.Add(second);
            _texts.Add($"({columns}) < (?{_values.Count - 1}, ?{_values.Count})");
        }

        /// <summary>The clause, with a blank before it; empty where nothing is asked for.</summary>
        public override string ToString() => _texts.Count == 0 ? "" : " WHERE " + string.Join(" AND ", _texts);
    }
}
