using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Hems;
using NanoComm.Tests.Host.Tools;
using NanoComm.Tool;
using NUnit.Framework;
using ParquetSharp;

namespace NanoComm.Tests.Host.Data
{
    /// <summary>Files of a meter's history: what is written is read, by us and by others, and what is no such file is told.</summary>
    [Parallelizable]
    internal static class MeterTableTests
    {
        private const int MinutesOfYear = 525_600;
        private const long MegaByte = 1 << 20;

        private static readonly TimeSpan Japan = TimeSpan.FromHours(9);
        private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, Japan);

        [TestCase("rows.csv")]
        [TestCase("rows.json")]
        [TestCase("rows.parquet")]
        public static void What_is_written_is_read(string name)
        {
            using var folder = new TemporaryFolder();
            string file = Path.Combine(folder.Path, name);
            List<MeterRow> rows = Some();
            MeterTable.Write(file, rows);
            Assert.That(MeterTable.Read("file", file), Is.EqualTo(rows));
            Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1), "nothing beside it");
        }

        [TestCase("rows.csv")]
        [TestCase("rows.json")]
        [TestCase("rows.parquet")]
        public static void A_table_without_rows_is_one(string name)
        {
            using var folder = new TemporaryFolder();
            string file = Path.Combine(folder.Path, name);
            MeterTable.Write(file, []);
            Assert.That(MeterTable.Read("file", file), Is.Empty);
        }

        [Test]
        public static void Parquet_is_what_Apaches_own_reader_reads()
        {
            using var folder = new TemporaryFolder();
            string file = Path.Combine(folder.Path, "rows.parquet");
            List<MeterRow> rows = Some();
            MeterTable.Write(file, rows);

            using var reader = new ParquetFileReader(file);
            Assert.That(Enumerable.Range(0, reader.FileMetaData.NumColumns).Select(i => reader.FileMetaData.Schema.Column(i).Name),
                Is.EqualTo(new[] { "meter", "time", "interval_min", "quantity", "direction", "value", "unit", "register" }));
            Assert.That(reader.FileMetaData.Schema.Column(1).LogicalType.ToString(), Does.Contain("isAdjustedToUTC=true").And.Contain("microseconds"));
            using RowGroupReader group = reader.RowGroup(0);
            int count = (int)group.MetaData.NumRows;
            Assert.That(count, Is.EqualTo(rows.Count));
            Assert.That(Column<string>(group, 0), Is.EqualTo(rows.Select(row => row.Meter)));
            Assert.That(Column<DateTime>(group, 1), Is.EqualTo(rows.Select(row => row.Time.UtcDateTime)));
            Assert.That(Column<int>(group, 2), Is.EqualTo(rows.Select(row => row.Interval)));
            Assert.That(Column<double?>(group, 5), Is.EqualTo(rows.Select(row => (double?)row.Value)));
            Assert.That(Column<long?>(group, 7), Is.EqualTo(rows.Select(row => row.Register)));
        }

        [TestCase("meter,time\nx,y\n", "the first line does not name interval_min")]
        [TestCase("", "is no history")]
        [TestCase("HEADER\nM,2026-11-23 03:30,30,energy,normal,1,kWh,1\n", "line 2, column time: '2026-11-23 03:30' is no time")]
        [TestCase("HEADER\nM,2026-11-23T03:30:00+09:00,0,energy,normal,1,kWh,1\n", "column interval_min: '0' is no number of minutes")]
        [TestCase("HEADER\nM,2026-11-23T03:30:00+09:00,30,gas,normal,1,kWh,1\n", "column quantity: 'gas' is no quantity")]
        [TestCase("HEADER\nM,2026-11-23T03:30:00+09:00,30,energy,up,1,kWh,1\n", "column direction: 'up' is no direction")]
        [TestCase("HEADER\nM,2026-11-23T03:30:00+09:00,30,energy,normal,one,kWh,1\n", "column value: 'one' is no number")]
        [TestCase("HEADER\nM,2026-11-23T03:30:00+09:00,30,energy,normal,1,kWh,-1\n", "column register: '-1' is no register")]
        [TestCase("HEADER\nM,2026-11-23T03:30:00+09:00,30,energy,normal,1,kWh,1\nM,2026-11-23T03:30:00+09:00,30,energy,normal,1,kWh,1\n", "not in order")]
        public static void What_is_no_such_file_is_told_with_its_line(string text, string says)
        {
            using var folder = new TemporaryFolder();
            string file = Path.Combine(folder.Path, "rows.csv");
            File.WriteAllText(file, text.Replace("HEADER", string.Join(',', MeterRowFields.Names), StringComparison.Ordinal));
            Assert.That(() => MeterTable.Read("file", file).Count(), Throws.TypeOf<UserError>().With.Message.Contains(says));
        }

        [TestCase("rows.json", "{")]
        [TestCase("rows.json", "[1]")]
        [TestCase("rows.json", "[{\"meter\": 1}]")]
        [TestCase("rows.parquet", "PAR1 and no more")]
        [TestCase("rows.parquet", "")]
        [TestCase("rows.csv", "\"")]
        public static void Garbage_is_no_history(string name, string text)
        {
            using var folder = new TemporaryFolder();
            string file = Path.Combine(folder.Path, name);
            File.WriteAllText(file, text);
            Assert.That(() => MeterTable.Read("file", file).Count(), Throws.TypeOf<UserError>().With.Message.Contains(file));
        }

        [Test]
        public static void Of_a_row_that_file_and_meter_have_the_one_with_data_stays_and_the_meters_goes_first()
        {
            var random = new Random(7);
            for (int round = 0; round < 50; round++)
            {
                List<MeterRow> kept = Pick(random, 1);
                List<MeterRow> read = Pick(random, 2);

                // Row by row, without order.
                var expected = kept.ToDictionary(Key);
                foreach (MeterRow row in read)
                {
                    expected[Key(row)] = row.Register == null && expected.TryGetValue(Key(row), out MeterRow old) ? old : row;
                }

                Assert.That(RowMerge.Of(kept, read), Is.EqualTo(expected.Values.OrderBy(row => row, MeterRow.Order)));
            }
        }

        [Test]
        [Explicit("A year takes half a minute on a quiet machine. dotnet test tests/Host --filter FullyQualifiedName~A_year_of_minutes")]
        public static void A_year_of_minutes_is_written_and_read_in_the_memory_of_a_few_rows()
        {
            using var folder = new TemporaryFolder();
            string file = Path.Combine(folder.Path, "year.parquet");
            var clock = Stopwatch.StartNew();
            long most = 0;
            MeterTable.Write(file, Year(MinutesOfYear).Select((row, i) =>
            {
                most = i % 50_000 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true)) : most;
                return row;
            }));
            TestContext.Out.WriteLine($"written in {clock.Elapsed.TotalSeconds:0.0} s, {new FileInfo(file).Length / MegaByte} MB, managed heap at most "
                + $"{most / MegaByte} MB");
            Assert.That(most, Is.LessThan(100 * MegaByte));

            clock.Restart();
            Assert.That(MeterTable.Read("file", file).Sum(row => row.Register.Value), Is.EqualTo(Year(MinutesOfYear).Sum(row => row.Register.Value)));
            TestContext.Out.WriteLine($"read back in {clock.Elapsed.TotalSeconds:0.0} s");
            using var reader = new ParquetFileReader(file);
            long sum = 0;
            for (int i = 0; i < reader.FileMetaData.NumRowGroups; i++)
            {
                using RowGroupReader group = reader.RowGroup(i);
                sum += Column<long?>(group, 7).Sum(register => register.Value);
            }

            Assert.That((reader.FileMetaData.NumRows, sum), Is.EqualTo((2L * MinutesOfYear, Year(MinutesOfYear).Sum(row => row.Register.Value))));
        }

        private static IEnumerable<MeterRow> Year(int minutes)
        {
            return Enumerable.Range(0, minutes * 2).Select(i => new MeterRow("M", Begin.AddMinutes(i / 2), 1, HemsQuantity.Energy, (MeterDirection)(i % 2),
                0.001m * (10_000_000 + (i * 7)), 10_000_000 + (i * 7)));
        }

        private static List<MeterRow> Some()
        {
            return
            [
                new MeterRow("M-1", Begin, 30, HemsQuantity.Energy, MeterDirection.Normal, 49331.591m, 49_331_591),
                new MeterRow("M-1", Begin, 30, HemsQuantity.Energy, MeterDirection.Reverse, null, null),
                new MeterRow("M-1", Begin, 30, HemsQuantity.Demand, MeterDirection.Normal, 0.6m, 1),
                new MeterRow("M-1", Begin, 1, HemsQuantity.Reactive, MeterDirection.Normal, null, 4_294_967_295),
                new MeterRow("=M,\"2\"", Begin.AddMinutes(30), 30, HemsQuantity.Energy, MeterDirection.Normal, 99_999_999m, 99_999_999),
            ];
        }

        private static List<MeterRow> Pick(Random random, int seed)
        {
            return Enumerable.Range(0, 40).Where(_ => random.Next(2) == 0).Select(i => new MeterRow("M" + (i % 2), Begin.AddMinutes(30 * (i / 4)), 30,
                HemsQuantity.Energy, (MeterDirection)(i / 2 % 2), null, random.Next(3) == 0 ? null : (seed * 1000) + i))
                .OrderBy(row => row, MeterRow.Order).ToList();
        }

        private static object Key(MeterRow row) => (row.Meter, row.Time, row.Interval, row.Quantity, row.Direction);

        private static T[] Column<T>(RowGroupReader group, int number)
        {
            using ColumnReader column = group.Column(number);
            using LogicalColumnReader<T> typed = column.LogicalReader<T>();
            return typed.ReadAll((int)group.MetaData.NumRows);
        }
    }
}
