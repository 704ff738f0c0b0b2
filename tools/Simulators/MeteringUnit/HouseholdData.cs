using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using NanoComm.Hal.Host;

namespace NanoComm.Simulators
{
    /// <summary>
    /// Power of a household, minute by minute over whole days, in integers (W and var) so that energy can be summed
    /// without rounding. Read from a CSV file: the header line
    /// <c>minute,active_kw,reactive_kvar,voltage_v,current_a</c>, then 1,440 consecutive minutes a day from 00:00, one
    /// day or more.
    /// </summary>
    public sealed class HouseholdData
    {
        /// <summary>Rows in a day.</summary>
        public const int MinutesPerDay = 1440;

        /// <summary>Largest power in W or var, either sign: a low-voltage contract in Japan is below 50 kW.</summary>
        public const int MaxPower = 50000;

        private const string Header = "minute,active_kw,reactive_kvar,voltage_v,current_a";
        private const string MinuteFormat = "yyyy-MM-ddTHH:mm";
        private const string RecordedName = "household-1min-2007-02-01.csv";

        private static readonly Lazy<HouseholdData> LazyRecorded = new(LoadRecorded);

        private readonly int[] _active;
        private readonly int[] _reactive;

        private HouseholdData(int[] active, int[] reactive)
        {
            _active = active;
            _reactive = reactive;
        }

        /// <summary>The two recorded days 2007-02-01 and 2007-02-02 (see Data/ATTRIBUTION.md).</summary>
        public static HouseholdData Recorded => LazyRecorded.Value;

        /// <summary>Whole days, 1 and up.</summary>
        public int Days => _active.Length / MinutesPerDay;

        /// <summary>Minutes: <see cref="Days"/> × 1,440.</summary>
        public int Minutes => _active.Length;

        /// <summary>Reads a file.</summary>
        /// <param name="path">A CSV file of the format above.</param>
        /// <exception cref="InvalidDataException">The file cannot be read or is not of that format. The message is one
        /// line: file, line number, what is wrong, what is expected.</exception>
        public static HouseholdData Load(string path)
        {
            try
            {
                using TextReader reader = TextFile.Open(path);
                return Read(reader, path);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new InvalidDataException(
                    $"{path}: no such file; expected a CSV file that begins with \"{Header}\"", e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                string why = Directory.Exists(path) ? "it is a folder" : e.Message.ReplaceLineEndings(" ");
                throw new InvalidDataException($"{path}: cannot be read ({why}); expected a readable CSV file", e);
            }
        }

        /// <summary>Active power drawn by the household, W.</summary>
        /// <param name="minute">0…<see cref="Minutes"/> − 1, from 00:00 of the first day.</param>
        public int ActiveWatts(int minute)
        {
            return _active[minute];
        }

        /// <summary>Reactive power of the household, var.</summary>
        /// <param name="minute">0…<see cref="Minutes"/> − 1, from 00:00 of the first day.</param>
        public int ReactiveVars(int minute)
        {
            return _reactive[minute];
        }

        private static HouseholdData LoadRecorded()
        {
            using Stream stream = typeof(HouseholdData).Assembly.GetManifestResourceStream(RecordedName);
            using var reader = new StreamReader(stream);
            return Read(reader, RecordedName);
        }

        private static HouseholdData Read(TextReader reader, string name)
        {
            string header = reader.ReadLine();
            Require(header != null, name, 1, "the file is empty", $"\"{Header}\"");
            Require(header == Header, name, 1, $"the header is {Quote(header)}", $"\"{Header}\"");

            var active = new List<int>();
            var reactive = new List<int>();
            DateTime first = default;
            int line = 1;
            for (string row = reader.ReadLine(); row != null; row = reader.ReadLine())
            {
                line++;
                string[] fields = row.Split(',');
                Require(fields.Length == 5, name, line, $"{fields.Length} field(s) in {Quote(row)}", $"5: {Header}");
                if (line == 2)
                {
                    first = FirstMinute(fields[0], name);
                }

                string minute = first.AddMinutes(active.Count).ToString(MinuteFormat, CultureInfo.InvariantCulture);
                Require(fields[0] == minute, name, line, $"minute is {Quote(fields[0])}",
                    $"\"{minute}\", minutes being consecutive");
                active.Add(Thousandths(fields[1], "active_kw", 0, name, line));
                reactive.Add(Thousandths(fields[2], "reactive_kvar", -MaxPower, name, line));
                RequireNumber(fields[3], "voltage_v", name, line);
                RequireNumber(fields[4], "current_a", name, line);
            }

            Require(active.Count > 0, name, 2, "there are no rows", "1,440 rows a day");
            int last = active.Count % MinutesPerDay;
            Require(last == 0, name, line, $"the file ends after {last} minute(s) of its last day",
                "whole days of 1,440 minutes");
            return new HouseholdData(active.ToArray(), reactive.ToArray());
        }

        private static DateTime FirstMinute(string text, string name)
        {
            bool parsed = DateTime.TryParseExact(text, MinuteFormat, CultureInfo.InvariantCulture, DateTimeStyles.None,
                out DateTime minute);
            Require(parsed && minute.TimeOfDay == TimeSpan.Zero, name, 2, $"minute is {Quote(text)}",
                "00:00 of the first day, such as \"2007-02-01T00:00\"");
            return minute;
        }

        private static int Thousandths(string text, string column, int least, string name, int line)
        {
            bool parsed = TryNumber(text, out decimal number);
            string range = $"a number from {least / 1000} to {MaxPower / 1000} with at most three decimals";
            Require(parsed && number * 1000 >= least && number <= MaxPower / 1000
                && decimal.Truncate(number * 1000) == number * 1000, name, line, $"{column} is {Quote(text)}", range);
            return (int)(number * 1000);
        }

        private static void RequireNumber(string text, string column, string name, int line)
        {
            Require(TryNumber(text, out _), name, line, $"{column} is {Quote(text)}", "a number");
        }

        // Bounded, so that a number of any length can be multiplied without overflow.
        private static bool TryNumber(string text, out decimal number)
        {
            return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out number) && Math.Abs(number) < 1000000;
        }

        private static void Require(bool holds, string name, int line, string wrong, string expected)
        {
            if (!holds)
            {
                throw new InvalidDataException($"{name}, line {line}: {wrong}; expected {expected}");
            }
        }

        // A file that is no text at all must not flood the message or break its line.
        private static string Quote(string text)
        {
            var quoted = new StringBuilder("\"");
            foreach (char c in text.Length > 60 ? text[..60] : text)
            {
                quoted.Append(char.IsControl(c) ? '?' : c);
            }

            return quoted.Append(text.Length > 60 ? "…\"" : "\"").ToString();
        }
    }
}
