using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CsvHelper;

namespace NanoComm.Keys
{
    /// <summary>
    /// Reads the file of a batch as programs and spreadsheets write it: comma, semicolon or tab between the cells, quotes (RFC
    /// 4180), any line end, UTF-8 or UTF-16 with a byte order mark or without. The first line names the columns, in any order and
    /// case: mu, cu and, if wanted, not_after. Other columns are not looked at; empty rows do not count.
    /// </summary>
    public sealed class BatchReader : IDisposable
    {
        private const string Meter = "mu";
        private const string Unit = "cu";
        private const string End = "not_after";

        // A quote that is never closed makes one row of the rest of the file.
        private const int LongestRow = 64 * 1024;

        private readonly CsvReader _csv;
        private readonly int _meter;
        private readonly int _unit;
        private readonly int _end;

        private BatchReader(Func<CsvReaderOptions, CsvReader> open, Encoding encoding)
        {
            _csv = open(new CsvReaderOptions
            {
                Encoding = encoding,
                TrackLineNumbers = true,
                TrimWhitespace = true,
                TrimInsideQuotes = true,
                MaxRecordSize = LongestRow,
                MalformedData = CsvMalformedDataHandling.Skip,
                OnMalformedRecord = record => Report((int)record.LineNumber, 0, Explain(record.Reason)),
                NormalizeHeaderName = name => name.Replace(' ', '_').Replace('-', '_'),
            });
            try
            {
                _csv.ReadHeader();
                _meter = Find(Meter) ?? throw NoHeader();
                _unit = Find(Unit) ?? throw NoHeader();
                _end = Find(End) ?? -1;
            }
            catch (CsvFormatException)
            {
                throw NoHeader();
            }
        }

        /// <summary>What was wrong with the rows read; to be cleared by whoever has told it.</summary>
        public List<BatchError> Faults { get; } = [];

        /// <summary>Columns that it does not look at, by name.</summary>
        public IReadOnlyList<string> Ignored =>
            _csv.Headers.Where((name, i) => i != _meter && i != _unit && i != _end && name.Length > 0).ToList();

        /// <summary>Opens a file.</summary>
        /// <param name="path">The file.</param>
        /// <exception cref="IOException">It cannot be read.</exception>
        /// <exception cref="InvalidDataException">The first line does not name the columns.</exception>
        public static BatchReader Open(string path)
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            try
            {
                Encoding encoding = Guess(file);
                return new BatchReader(options => CsvReader.Create(file, options), encoding);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }

        /// <summary>Reads a text.</summary>
        /// <param name="text">The text.</param>
        /// <exception cref="InvalidDataException">The first line does not name the columns.</exception>
        public static BatchReader Of(TextReader text)
        {
            return new BatchReader(options => CsvReader.Create(text, options), null);
        }

        /// <summary>Reads the next row.</summary>
        /// <param name="row">The row; null where something is wrong with it, or it is empty.</param>
        /// <returns>False at the end.</returns>
        public bool Read(out BatchRow? row)
        {
            row = null;
            try
            {
                if (_csv.Read())
                {
                    row = !IsEmpty() && TryParse(out TicketRequest request) ? new BatchRow((int)_csv.LineNumber, request) : null;
                    return true;
                }
            }
            catch (CsvFormatException error)
            {
                Report((int)error.LineNumber, 0, $"longer than {LongestRow / 1024} KB: a quote is opened here, or further up, and not "
                    + "closed; nothing below was read");
            }

            return false;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _csv.Dispose();
        }

        // Titles are ASCII: without a mark, UTF-16 shows by its zeros.
        private static Encoding Guess(FileStream file)
        {
            if (!file.CanSeek)
            {
                return null;
            }

            Span<byte> start = stackalloc byte[2];
            int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            file.Position = 0;
            return length < start.Length || (start[0] == 0) == (start[1] == 0) ? null
                : start[0] == 0 ? Encoding.BigEndianUnicode : Encoding.Unicode;
        }

        private static string Explain(CsvMalformedReason reason) => reason switch
        {
            CsvMalformedReason.StrayQuote => "a quote stands within a cell: put the cell into quotes, and the quote twice",
            CsvMalformedReason.TextAfterClosingQuote => "something stands behind a closing quote: an earlier quote may not be closed",
            CsvMalformedReason.UnterminatedQuote => "a quote is opened and not closed: the rest of the file counts as one cell",
            _ => "the quotes make no sense",
        };

        private static InvalidDataException NoHeader()
        {
            return new InvalidDataException($"the first line must name the columns: {Meter},{Unit} or {Meter},{Unit},{End}, each once");
        }

        private int? Find(string name)
        {
            if (_csv.TryGetFieldIndex(name, 1, out _))
            {
                throw NoHeader();
            }

            return _csv.TryGetFieldIndex(name, out int index) ? index : null;
        }

        private bool IsEmpty()
        {
            for (int i = 0; i < _csv.FieldCount; i++)
            {
                if (_csv.GetSpan(i).Length > 0)
                {
                    return false;
                }
            }

            return true;
        }

        private bool TryParse(out TicketRequest request)
        {
            request = default;
            int columns = _csv.Headers.Count;
            if (_csv.FieldCount < columns || Enumerable.Range(columns, _csv.FieldCount - columns).Any(i => _csv.GetSpan(i).Length > 0))
            {
                Report((int)_csv.LineNumber, 0, $"{_csv.FieldCount} cells where the first line names {columns} columns");
                return false;
            }

            bool isGood = TryTitle(_meter, Meter, out SystemTitle meter);
            isGood &= TryTitle(_unit, Unit, out SystemTitle unit);
            uint notAfter = UtilityTime.Never;
            if (_end >= 0 && !NotAfter.TryParse(_csv.GetString(_end), out notAfter))
            {
                Refuse(_end, End, $"is not {NotAfter.Form}");
                isGood = false;
            }

            request = new TicketRequest(TicketKind.Pair, meter, unit, notAfter);
            return isGood;
        }

        private bool TryTitle(int cell, string column, out SystemTitle title)
        {
            if (SystemTitle.TryParse(_csv.GetString(cell), out title))
            {
                return true;
            }

            Refuse(cell, column, "is no title of 16 hexadecimal digits");
            return false;
        }

        private void Refuse(int cell, string column, string why)
        {
            Report((int)_csv.LineNumber, cell + 1, $"{column}: {CellText.Quote(_csv.GetString(cell))} {why}");
        }

        private void Report(int line, int cell, string what)
        {
            Faults.Add(new BatchError(line, cell, what));
        }
    }
}
