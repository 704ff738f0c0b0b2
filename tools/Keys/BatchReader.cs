using System;
using System.IO;
using System.Linq;

namespace NanoComm.Keys
{
    /// <summary>
    /// Reads the file of a batch: comma-separated values, the first line naming the columns mu, cu and, if wanted,
    /// not_after, in any order. Empty lines do not count; a cell may stand in double quotes.
    /// </summary>
    internal sealed class BatchReader
    {
        private const string Meter = "mu";
        private const string Unit = "cu";
        private const string End = "not_after";
        private const int LongestLine = 256;

        private readonly TextReader _text;
        private readonly char[] _line = new char[LongestLine];
        private string[] _columns;

        public BatchReader(TextReader text)
        {
            _text = text;
        }

        /// <summary>The line last read, from 1.</summary>
        public int Line { get; private set; }

        /// <summary>Reads the next row.</summary>
        /// <param name="request">The row.</param>
        /// <param name="error">What is wrong with it; null where nothing is.</param>
        /// <returns>False at the end.</returns>
        /// <exception cref="InvalidDataException">The first line does not name the columns.</exception>
        public bool Read(out TicketRequest request, out string error)
        {
            request = default;
            error = null;
            string text;
            do
            {
                text = ReadLine(out bool isTooLong);
                if (isTooLong)
                {
                    error = $"longer than {LongestLine} characters";
                }
            }
            while (text is not null && error is null && (text.Length == 0 || IsHeader(text)));
            if (text is null)
            {
                return _columns is not null ? false : throw new InvalidDataException(NoHeader());
            }

            if (_columns is null)
            {
                throw new InvalidDataException(NoHeader());
            }

            error ??= Parse(text, out request);
            return true;
        }

        private static string NoHeader()
        {
            return $"the first line must name the columns: {Meter},{Unit} or {Meter},{Unit},{End}";
        }

        private static string[] Split(string line)
        {
            return line.Split(',').Select(cell => cell.Trim()).Select(cell =>
                cell.Length >= 2 && cell[0] == '"' && cell[^1] == '"' ? cell[1..^1].Trim() : cell).ToArray();
        }

        private bool IsHeader(string line)
        {
            if (_columns is not null)
            {
                return false;
            }

            string[] names = Split(line);
            bool isHeader = names.Contains(Meter) && names.Contains(Unit) && names.Distinct().Count() == names.Length
                && names.All(name => name is Meter or Unit or End);
            _columns = isHeader ? names : throw new InvalidDataException(NoHeader());
            return true;
        }

        private string Parse(string line, out TicketRequest request)
        {
            request = default;
            string[] cells = Split(line);
            if (cells.Length != _columns.Length)
            {
                return $"{cells.Length} cells where the first line names {_columns.Length} columns";
            }

            string Cell(string column) => Array.IndexOf(_columns, column) is int i and >= 0 ? cells[i] : "";
            if (!SystemTitle.TryParse(Cell(Meter), out SystemTitle meter))
            {
                return $"{Meter}: '{Cell(Meter)}' is no title of 16 hexadecimal digits";
            }

            if (!SystemTitle.TryParse(Cell(Unit), out SystemTitle unit))
            {
                return $"{Unit}: '{Cell(Unit)}' is no title of 16 hexadecimal digits";
            }

            if (!NotAfter.TryParse(Cell(End), out uint notAfter))
            {
                return $"{End}: '{Cell(End)}' is not {NotAfter.Form}";
            }

            request = new TicketRequest(TicketKind.Pair, meter, unit, notAfter);
            return null;
        }

        // A file that is no text at all may be one line of gigabytes.
        private string ReadLine(out bool isTooLong)
        {
            int length = 0;
            int c = _text.Read();
            isTooLong = false;
            if (c < 0)
            {
                return null;
            }

            Line++;
            for (; c >= 0 && c != '\n'; c = _text.Read())
            {
                isTooLong |= length == LongestLine;
                if (!isTooLong)
                {
                    _line[length++] = (char)c;
                }
            }

            return new string(_line, 0, length).Trim();
        }
    }
}
