using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsvHelper;

namespace NanoComm.Keys
{
    /// <summary>
    /// Reads rows as programs and spreadsheets write them: comma, semicolon or tab between the cells, quotes (RFC 4180), any line end,
    /// a byte order mark or none. The first line names the columns, in any order and case; others than those wanted are not looked at.
    /// </summary>
    internal sealed class RowFile : IDisposable
    {
        // A quote that is never closed makes one row of the rest of the file.
        private const int LongestRow = 64 * 1024;

        private readonly CsvReader _csv;
        private readonly Dictionary<string, int> _columns = [];

        private RowFile(Stream stream, string[] needed, string[] wanted)
        {
            _csv = CsvReader.Create(stream, new CsvReaderOptions
            {
                TrackLineNumbers = true,
                TrimWhitespace = true,
                TrimInsideQuotes = true,
                MaxRecordSize = LongestRow,
                MalformedData = CsvMalformedDataHandling.Skip,
                OnMalformedRecord = record => Faults.Add(new BatchError((int)record.LineNumber, 0, "the quotes make no sense: a cell with a quote in "
                    + "it stands in quotes, and has it twice")),
                NormalizeHeaderName = name => name.Trim().Replace(' ', '_').Replace('-', '_'),
            });
            try
            {
                _csv.ReadHeader();
            }
            catch (CsvFormatException)
            {
                throw NoHeader(needed, wanted);
            }

            foreach (string name in needed.Concat(wanted))
            {
                if (_csv.TryGetFieldIndex(name, out int index))
                {
                    _columns[name] = index;
                }
            }

            if (needed.Any(name => !_columns.ContainsKey(name)) || needed.Concat(wanted).Any(name => _csv.TryGetFieldIndex(name, 1, out _)))
            {
                throw NoHeader(needed, wanted);
            }
        }

        /// <summary>What was wrong with rows that were passed over.</summary>
        public List<BatchError> Faults { get; } = [];

        /// <summary>The line of the row, from 1.</summary>
        public int Line => (int)_csv.LineNumber;

        /// <summary>Opens a file.</summary>
        /// <param name="path">The file.</param>
        /// <param name="needed">Columns that it has.</param>
        /// <param name="wanted">Columns that it may have.</param>
        /// <exception cref="IOException">It cannot be read.</exception>
        /// <exception cref="InvalidDataException">The first line does not name the columns.</exception>
        public static RowFile Open(string path, string[] needed, string[] wanted)
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            try
            {
                return new RowFile(file, needed, wanted);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }

        /// <summary>Goes on to the next row that is not empty.</summary>
        /// <returns>False at the end.</returns>
        public bool Read()
        {
            try
            {
                bool isRow = _csv.Read();
                while (isRow && !IsWhole())
                {
                    isRow = _csv.Read();
                }

                return isRow;
            }
            catch (CsvFormatException error)
            {
                Faults.Add(new BatchError((int)error.LineNumber, 0, $"longer than {LongestRow / 1024} KB: a quote is opened here, or further up, and "
                    + "not closed; nothing below was read"));
                return false;
            }
        }

        /// <summary>A cell of the row; empty where there is no such column.</summary>
        public string this[string column] => _columns.TryGetValue(column, out int index) ? _csv.GetString(index) : "";

        /// <inheritdoc/>
        public void Dispose()
        {
            _csv.Dispose();
        }

        private static InvalidDataException NoHeader(string[] needed, string[] wanted)
        {
            return new InvalidDataException($"the first line must name the columns {string.Join(", ", needed)}"
                + (wanted.Length > 0 ? $" and may name {string.Join(", ", wanted)}" : "") + ", each once");
        }

        private bool IsWhole()
        {
            int columns = _csv.Headers.Count;
            if (Enumerable.Range(0, _csv.FieldCount).All(IsEmpty))
            {
                return false;
            }

            if (_csv.FieldCount < columns || Enumerable.Range(columns, _csv.FieldCount - columns).Any(i => !IsEmpty(i)))
            {
                Faults.Add(new BatchError(Line, 0, $"{_csv.FieldCount} cells where the first line names {columns} columns"));
                return false;
            }

            return true;
        }

        private bool IsEmpty(int cell) => _csv.GetSpan(cell).Length == 0;
    }
}
