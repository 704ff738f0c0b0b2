using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsvHelper;

namespace NanoComm.Tool
{
    /// <summary>Reads a meter's history from CSV: the columns in any order, others beside them.</summary>
    internal static class CsvRows
    {
        private const int LongestRow = 64 * 1024;

        /// <summary>Reads it row by row.</summary>
        /// <exception cref="IOException">It cannot be read.</exception>
        /// <exception cref="InvalidDataException">It is no such file; told at the row.</exception>
        public static IEnumerable<MeterRow> Read(string path)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            using CsvReader csv = Open(file);
            while (TryRead(csv))
            {
                yield return new RawRow
                {
                    Meter = Unescape(Cell(csv, MeterRowFields.Meter)),
                    Time = Cell(csv, MeterRowFields.Time),
                    Interval = Cell(csv, MeterRowFields.Interval),
                    Quantity = Cell(csv, MeterRowFields.Quantity),
                    Direction = Cell(csv, MeterRowFields.Direction),
                    Value = Cell(csv, MeterRowFields.Value),
                    Register = Cell(csv, MeterRowFields.Register),
                }.ToRow($"line {csv.LineNumber}");
            }
        }

        private static CsvReader Open(Stream stream)
        {
            CsvReader csv = CsvReader.Create(stream, new CsvReaderOptions { TrackLineNumbers = true, MaxRecordSize = LongestRow });
            try
            {
                csv.ReadHeader();
            }
            catch (CsvFormatException error)
            {
                throw new InvalidDataException(error.Message, error);
            }

            string[] missing = MeterRowFields.Names.Where(name => !csv.TryGetFieldIndex(name, out _)).ToArray();
            return missing.Length == 0 ? csv : throw new InvalidDataException($"the first line does not name {string.Join(", ", missing)}");
        }

        private static bool TryRead(CsvReader csv)
        {
            try
            {
                return csv.Read();
            }
            catch (CsvFormatException error)
            {
                throw new InvalidDataException($"line {error.LineNumber}: {error.Message}", error);
            }
        }

        // What a spreadsheet would take for a formula is written with an apostrophe before it.
        private static string Unescape(string text)
        {
            return text is ['\'', '=' or '+' or '-' or '@', ..] ? text[1..] : text;
        }

        private static string Cell(CsvReader csv, string name)
        {
            return csv.TryGetFieldIndex(name, out int index) && index < csv.FieldCount ? csv.GetString(index) : null;
        }
    }
}
