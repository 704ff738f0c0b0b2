using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using CsvHelper;

namespace NanoComm.Tool
{
    /// <summary>Writes rows for programs, as they come: as many as a ledger has, in the memory of a few.</summary>
    internal static class ListFile
    {
        private const int BytesAtOnce = 64 * 1024;

        private static readonly JsonWriterOptions Indented = new() { Indented = true };

        /// <summary>Writes CSV (RFC 4180, lines end in LF). A cell that a spreadsheet would take for a formula begins with an
        /// apostrophe.</summary>
        public static void WriteCsv<T>(TextWriter output, IEnumerable<ListField<T>> fields, IEnumerable<T> rows)
        {
            ListField<T>[] columns = InFiles(fields);
            using CsvWriter csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n", Injection = CsvInjection.Escape },
                leaveOpen: true);
            csv.WriteHeader(columns.Select(column => column.Key).ToArray());
            foreach (T row in rows)
            {
                foreach (ListField<T> column in columns)
                {
                    csv.WriteField(column.InCsv(row));
                }

                csv.EndRecord();
            }
        }

        /// <summary>Writes a JSON array of objects.</summary>
        /// <param name="output">Where to.</param>
        /// <param name="fields">What each object has.</param>
        /// <param name="rows">The objects.</param>
        /// <param name="more">Writes what else an object has; null for nothing.</param>
        public static void WriteJson<T>(TextWriter output, IEnumerable<ListField<T>> fields, IEnumerable<T> rows,
            Action<Utf8JsonWriter, T> more = null)
        {
            ListField<T>[] columns = InFiles(fields);
            var bytes = new ArrayBufferWriter<byte>(2 * BytesAtOnce);
            using (var json = new Utf8JsonWriter(bytes, Indented))
            {
                json.WriteStartArray();
                foreach (T row in rows)
                {
                    json.WriteStartObject();
                    foreach (ListField<T> column in columns)
                    {
                        Write(json, column.Key, column.Value(row));
                    }

                    more?.Invoke(json, row);
                    json.WriteEndObject();
                    if (json.BytesPending + bytes.WrittenCount > BytesAtOnce)
                    {
                        json.Flush();
                        Drain(bytes, output);
                    }
                }

                json.WriteEndArray();
            }

            Drain(bytes, output);
            output.Write('\n');
            output.Flush();
        }

        private static ListField<T>[] InFiles<T>(IEnumerable<ListField<T>> fields)
        {
            return fields.Where(field => field.Place.HasFlag(ListPlace.Files)).ToArray();
        }

        private static void Write(Utf8JsonWriter json, string key, object value)
        {
            switch (value)
            {
                case null:
                    json.WriteNull(key);
                    break;
                case uint number:
                    json.WriteNumber(key, number);
                    break;
                case int number:
                    json.WriteNumber(key, number);
                    break;
                case long number:
                    json.WriteNumber(key, number);
                    break;
                case decimal number:
                    json.WriteNumber(key, number);
                    break;
                case DateTimeOffset time:
                    json.WriteString(key, time);
                    break;
                default:
                    json.WriteString(key, (string)value);
                    break;
            }
        }

        // The writer escapes what is not ASCII.
        private static void Drain(ArrayBufferWriter<byte> bytes, TextWriter output)
        {
            output.Write(Encoding.ASCII.GetString(bytes.WrittenSpan));
            bytes.ResetWrittenCount();
        }
    }
}
