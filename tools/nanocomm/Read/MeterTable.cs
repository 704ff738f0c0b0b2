using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>Files of a meter's history: rows by time (<see cref="MeterRow.Order"/>), read and written as they come, in the memory of a
    /// few.</summary>
    internal static class MeterTable
    {
        private static readonly (string Ending, MeterTableKind Kind)[] Kinds =
        [
            (".csv", MeterTableKind.Csv), (".json", MeterTableKind.Json), (".parquet", MeterTableKind.Parquet),
        ];

        private static readonly UTF8Encoding PlainUtf8 = new(encoderShouldEmitUTF8Identifier: false);

        /// <summary>The kind of a file, by the end of its name; null for another one.</summary>
        public static MeterTableKind? KindOf(string path)
        {
            return Kinds.Where(kind => kind.Ending.Equals(Path.GetExtension(path), StringComparison.OrdinalIgnoreCase))
                .Select(kind => (MeterTableKind?)kind.Kind).FirstOrDefault();
        }

        /// <summary>What is wrong with a name that ends otherwise.</summary>
        public static string Refuse(string option, string path)
        {
            return $"{option}: '{path}' ends in none of {string.Join(", ", Kinds.Select(kind => kind.Ending))}";
        }

        /// <summary>Reads a file; its first row is read when it is asked for.</summary>
        /// <param name="option">What named it, for errors.</param>
        /// <param name="path">The file.</param>
        /// <exception cref="UserError">It cannot be read, or is no such file: told when a row is asked for.</exception>
        public static IEnumerable<MeterRow> Read(string option, string path)
        {
            MeterTableKind kind = KindOf(path) ?? throw new UserError(Refuse(option, path));
            using IEnumerator<MeterRow> rows = Open(path, kind).GetEnumerator();
            MeterRow? before = null;
            while (TryNext(option, path, rows, out MeterRow row))
            {
                if (before is MeterRow last && MeterRow.Order.Compare(last, row) >= 0)
                {
                    throw new UserError($"{option}: {path}: the rows are not in order of time, each once, from {row.Time:yyyy-MM-dd HH:mm zzz} on: "
                        + "sort them, or read the meter anew");
                }

                before = row;
                yield return row;
            }
        }

        /// <summary>Writes a file: whole, or not at all.</summary>
        /// <param name="path">The file; one that is there is replaced.</param>
        /// <param name="rows">Its rows, in order.</param>
        /// <exception cref="UserError">It cannot be written; what was there is there still.</exception>
        public static void Write(string path, IEnumerable<MeterRow> rows)
        {
            try
            {
                DurableFile.Replace(path, stream => Write(stream, KindOf(path).Value, rows));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--out: {path} cannot be written, and is as it was: {error.Message}");
            }
        }

        /// <summary>Writes rows in order.</summary>
        public static void Write(Stream stream, MeterTableKind kind, IEnumerable<MeterRow> rows)
        {
            if (kind == MeterTableKind.Parquet)
            {
                ParquetRows.Write(stream, rows);
                return;
            }

            using var text = new StreamWriter(stream, PlainUtf8, bufferSize: 64 * 1024, leaveOpen: true);
            WriteText(text, kind, rows);
        }

        /// <summary>Writes rows in order, as CSV or JSON.</summary>
        public static void WriteText(TextWriter text, MeterTableKind kind, IEnumerable<MeterRow> rows)
        {
            if (kind == MeterTableKind.Csv)
            {
                ListFile.WriteCsv(text, MeterRowFields.All, rows);
            }
            else
            {
                ListFile.WriteJson(text, MeterRowFields.All, rows);
            }
        }

        private static IEnumerable<MeterRow> Open(string path, MeterTableKind kind)
        {
            return kind switch
            {
                MeterTableKind.Csv => CsvRows.Read(path),
                MeterTableKind.Json => JsonRows.Read(path),
                _ => ParquetRows.Read(path),
            };
        }

        private static bool TryNext(string option, string path, IEnumerator<MeterRow> rows, out MeterRow row)
        {
            try
            {
                bool isThere = rows.MoveNext();
                row = isThere ? rows.Current : default;
                return isThere;
            }
            catch (InvalidDataException error)
            {
                throw new UserError($"{option}: {path} is no history that 'nanocomm read' wrote: {error.Message}");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"{option}: {path} cannot be read: {error.Message}");
            }
        }
    }
}
