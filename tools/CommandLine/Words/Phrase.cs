using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;

namespace NanoComm.CommandLine
{
    /// <summary>An interpolated text, kept apart: its format, by which another language's text is found, and what is filled in.
    /// The compiler makes it of <c>$"…"</c>, and of several of them with + between.</summary>
    [InterpolatedStringHandler]
    public readonly struct Phrase
    {
        private readonly StringBuilder _format;
        private readonly List<object> _arguments;

        /// <summary>Begins one.</summary>
        /// <param name="literalLength">Characters outside of the holes.</param>
        /// <param name="formattedCount">Holes.</param>
        public Phrase(int literalLength, int formattedCount)
        {
            _format = new StringBuilder(literalLength + (3 * formattedCount));
            _arguments = new List<object>(formattedCount);
        }

        /// <summary>The format in English, as <see cref="string.Format(string, object[])"/> takes it: the holes are numbered as they
        /// come.</summary>
        public string Format => _format.ToString();

        /// <summary>What the holes hold.</summary>
        public object[] Arguments => _arguments.ToArray();

        /// <summary>A part outside of the holes.</summary>
        public void AppendLiteral(string text)
        {
            _format.Append(text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }

        /// <summary>A hole.</summary>
        /// <param name="value">What is in it.</param>
        /// <param name="format">Behind the colon; null for none.</param>
        public void AppendFormatted(object value, string format = null)
        {
            _format.Append('{').Append(_arguments.Count).Append(format is null ? "" : ":" + format).Append('}');
            _arguments.Add(value);
        }
    }
}
