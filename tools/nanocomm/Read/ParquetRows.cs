using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NanoComm.Hems;
using Parquet;
using Parquet.Schema;

namespace NanoComm.Tool
{
    /// <summary>A meter's history as Apache Parquet: times in microseconds UTC, values as doubles, one row group after the other.</summary>
    internal static class ParquetRows
    {
        private const int RowsOfGroup = 64 * 1024;
        private const string Zone = "nanocomm.zone";

        private static readonly DataField Meter = new(MeterRowFields.Meter, typeof(string), isNullable: false);
        private static readonly DataField Time = new DateTimeDataField(MeterRowFields.Time, DateTimeFormat.Timestamp, isAdjustedToUTC: true,
            unit: DateTimeTimeUnit.Micros, isNullable: false);

        private static readonly DataField Interval = new DataField<int>(MeterRowFields.Interval);
        private static readonly DataField Quantity = new(MeterRowFields.Quantity, typeof(string), isNullable: false);
        private static readonly DataField Direction = new(MeterRowFields.Direction, typeof(string), isNullable: false);
        private static readonly DataField Value = new DataField<double?>(MeterRowFields.Value);
        private static readonly DataField Unit = new(MeterRowFields.Unit, typeof(string), isNullable: true);
        private static readonly DataField Register = new DataField<long?>(MeterRowFields.Register);
        private static readonly ParquetSchema Schema = new(Meter, Time, Interval, Quantity, Direction, Value, Unit, Register);

        /// <summary>Writes rows in order.</summary>
        /// <param name="stream">Where to; written forward only.</param>
        /// <param name="rows">The rows.</param>
        public static void Write(Stream stream, IEnumerable<MeterRow> rows)
        {
            WriteAsync(stream, rows).GetAwaiter().GetResult();
        }

        /// <summary>Reads it group by group.</summary>
        /// <exception cref="IOException">It cannot be read.</exception>
        /// <exception cref="InvalidDataException">It is no such file.</exception>
        public static IEnumerable<MeterRow> Read(string path)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            ParquetReader reader = Await(ParquetReader.CreateAsync(file, leaveStreamOpen: true));
            TimeSpan zone = ZoneOf(reader);
            for (int group = 0; group < reader.RowGroupCount; group++)
            {
                foreach (MeterRow row in Await(ReadAsync(reader, group, zone)))
                {
                    yield return row;
                }
            }
        }

        private static async Task WriteAsync(Stream stream, IEnumerable<MeterRow> rows)
        {
            ParquetWriter writer = await ParquetWriter.CreateAsync(Schema, stream,
                new ParquetOptions { CompressionMethod = CompressionMethod.Zstd });
            await using (writer)
            {
                foreach (MeterRow[] some in rows.Chunk(RowsOfGroup))
                {
                    // The file knows instants alone: the zone that the user reads them in goes beside them.
                    writer.CustomMetadata = new Dictionary<string, string>
                    {
                        [Zone] = some[0].Time.ToString("zzz", CultureInfo.InvariantCulture),
                    };
                    using ParquetRowGroupWriter group = writer.CreateRowGroup();
                    await group.WriteAsync(Meter, Column(some, row => row.Meter));
                    await group.WriteAsync<DateTime>(Time, Column(some, row => row.Time.UtcDateTime));
                    await group.WriteAsync<int>(Interval, Column(some, row => row.Interval));
                    await group.WriteAsync(Quantity, Column(some, row => MeterRowFields.Word(row.Quantity)));
                    await group.WriteAsync(Direction, Column(some, row => MeterRowFields.Word(row.Direction)));
                    await group.WriteAsync<double>(Value, Column(some, row => (double?)row.Value));
                    await group.WriteAsync(Unit, Column(some, row => row.Unit));
                    await group.WriteAsync<long>(Register, Column(some, row => row.Register));
                    group.CompleteValidate();
                }
            }
        }

        private static T[] Column<T>(MeterRow[] rows, Func<MeterRow, T> get)
        {
            return Array.ConvertAll(rows, row => get(row));
        }

        private static async Task<MeterRow[]> ReadAsync(ParquetReader reader, int number, TimeSpan zone)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(number);
            int count = checked((int)group.RowCount);
            string[] meters = await ReadAsync(group, Meter, count);
            string[] quantities = await ReadAsync(group, Quantity, count);
            string[] directions = await ReadAsync(group, Direction, count);
            var times = new DateTime[count];
            var intervals = new int[count];
            var values = new double?[count];
            var registers = new long?[count];
            await group.ReadAsync<DateTime>(Time, times.AsMemory());
            await group.ReadAsync<int>(Interval, intervals.AsMemory());
            await group.ReadAsync<double>(Value, values.AsMemory());
            await group.ReadAsync<long>(Register, registers.AsMemory());
            var rows = new MeterRow[count];
            for (int i = 0; i < count; i++)
            {
                rows[i] = new MeterRow(meters[i], new DateTimeOffset(DateTime.SpecifyKind(times[i], DateTimeKind.Utc)).ToOffset(zone), intervals[i],
                    Parse<HemsQuantity>(quantities[i]), Parse<MeterDirection>(directions[i]), (decimal?)values[i], registers[i]);
            }

            return rows;
        }

        private static async Task<string[]> ReadAsync(ParquetRowGroupReader group, DataField field, int count)
        {
            var texts = new string[count];
            await group.ReadAsync(field, texts.AsMemory());
            return texts;
        }

        private static T Parse<T>(string word)
            where T : struct, Enum
        {
            return MeterRowFields.TryParse(word, out T value) ? value : throw new InvalidDataException($"'{word}' is no word of {typeof(T).Name}");
        }

        private static TimeSpan ZoneOf(ParquetReader reader)
        {
            string missing = string.Join(", ", MeterRowFields.Names.Except(reader.Schema.DataFields.Select(field => field.Name)));
            if (missing.Length > 0)
            {
                throw new InvalidDataException($"it has no column {missing}");
            }

            return reader.CustomMetadata != null && reader.CustomMetadata.TryGetValue(Zone, out string text)
                && DateTimeOffset.TryParseExact(text, "zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset zone)
                ? zone.Offset : TimeSpan.Zero;
        }

        // The library tells what makes no sense by exceptions of any kind.
        private static T Await<T>(Task<T> task)
        {
            try
            {
                return task.GetAwaiter().GetResult();
            }
            catch (Exception error) when (error is not (IOException or UnauthorizedAccessException or OutOfMemoryException))
            {
                throw new InvalidDataException(error.Message, error);
            }
        }
    }
}
