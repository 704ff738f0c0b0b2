using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NanoComm.Hems;
using NanoComm.Tests.Host.Tools;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Data
{
    /// <summary><c>read</c>, from its command line to the rows of its file, at a meter whose every register the test knows.</summary>
    internal static class ReadTests
    {
        private const int Port = 36201;
        private const int Patience = 60_000;
        private const string Header = "meter,time,interval_min,quantity,direction,value,unit,register";

        [Test]
        public static void Days_and_minutes_of_a_low_voltage_meter_are_rows_in_order_with_no_data_empty()
        {
            using var folder = new TemporaryFolder();
            FakeMeter meter = FakeMeter.Low();
            DateTime gap = new(2026, 11, 22, 3, 30, 0);
            Func<DateTime, bool, uint?> register = meter.Register;
            meter.Register = (time, isReverse) => time == gap && isReverse ? null : register(time, isReverse);
            string file = Path.Combine(folder.Path, "history.csv");

            (int exitCode, string output, string error) = Read(meter, "--history", "2", "--minutes", "25", "--out", file);

            Assert.That((exitCode, error), Is.EqualTo((0, "")));
            Assert.That(output, Does.Contain("history.csv: meter FAKE-0001, 292 rows read, 2026-11-21 00:00 to 2026-11-23 12:15 (+09:00), 1 of them no data"));
            string[] lines = File.ReadAllLines(file);
            Assert.That(lines[0], Is.EqualTo(Header));
            Assert.That(lines.Skip(1), Is.EqualTo(Expected(meter, new DateTime(2026, 11, 21), 25, 0.3m)));
            Assert.That(lines, Has.Exactly(1).EqualTo("FAKE-0001,2026-11-22T03:30:00+09:00,30,energy,reverse,,kWh,"));
        }

        [Test]
        public static void A_high_voltage_meter_tells_energy_demand_and_reactive_energy_each_in_its_unit()
        {
            using var folder = new TemporaryFolder();
            FakeMeter meter = FakeMeter.High();
            string file = Path.Combine(folder.Path, "history.csv");
            (int exitCode, _, string error) = Read(meter, "--history", "1", "--minutes", "10", "--out", file, "--zone", "-02:30");
            Assert.That((exitCode, error), Is.EqualTo((0, "")));

            string[] lines = File.ReadAllLines(file);
            uint noon = meter.Register(new DateTime(2026, 11, 22, 12, 0, 0), false).Value;
            string at = "FAKE-0001,2026-11-22T12:00:00-02:30,30,";
            string Of(decimal step) => (noon * step).ToString(CultureInfo.InvariantCulture);
            Assert.That(lines, Does.Contain($"{at}energy,normal,{Of(0.06m)},kWh,{noon}")
                .And.Contain($"{at}demand,normal,{Of(0.6m)},kW,{noon}").And.Contain($"{at}reactive,normal,{Of(6m)},kvarh,{noon}"));

            // A day and twelve hours with their half-hours, three quantities and two directions; ten minutes of two quantities.
            Assert.That(lines, Has.Length.EqualTo(1 + ((48 + 25) * 6) + (10 * 4)));
        }

        // Values written out from what the meter says of each time; C5 is 0.001, CD 0.01, E6 0.0001, D3 600.
        [TestCase("rows.csv")]
        [TestCase("rows.json")]
        [TestCase("rows.parquet")]
        public static void A_high_voltage_meter_of_one_direction_is_read_into_every_kind_of_file(string name)
        {
            using var folder = new TemporaryFolder();
            FakeMeter meter = FakeMeter.HighOneWay();
            DateTime gap = new(2026, 11, 22, 3, 30, 0);
            Func<DateTime, bool, uint?> register = meter.Register;
            meter.Register = (time, isReverse) => time == gap ? null : register(time, isReverse);
            string file = Path.Combine(folder.Path, name);

            (int exitCode, string output, string error) = Read(meter, "--history", "1", "--minutes", "10", "--out", file);

            Assert.That(exitCode, Is.Zero);
            Assert.That(error.TrimEnd(), Is.EqualTo("warning: the meter has no minutes to choose (EF)"));
            Assert.That(output, Does.Contain("219 rows read").And.Contain("3 of them no data"));
            Assert.That(MeterTable.Read("file", file), Is.EqualTo(Enumerable.Range(0, 48 + 25).Select(i => new DateTime(2026, 11, 22).AddMinutes(30 * i))
                .SelectMany(time => new[] { (HemsQuantity.Energy, 0.06m), (HemsQuantity.Demand, 0.6m), (HemsQuantity.Reactive, 6m) }.Select(one => new MeterRow(
                    "FAKE-0001", new DateTimeOffset(time, TimeSpan.FromHours(9)), 30, one.Item1, MeterDirection.Normal, meter.Register(time, false) * one.Item2,
                    meter.Register(time, false))))));
        }

        // Both classes on one node: the one is read that tells more.
        [Test]
        public static void A_high_voltage_board_is_read_alike_into_every_kind_of_file()
        {
            using var folder = new TemporaryFolder();
            string[] options = ["--class", "high", "--listen", "127.0.7.33", "--port", "36207", "--wisun", "none"];
            using Process board = Process.Start(new ProcessStartInfo("dotnet",
                [Path.Combine(TestContext.CurrentContext.TestDirectory, "nanocomm-virtual.dll"), .. options]) { RedirectStandardOutput = true });
            try
            {
                while (!board.StandardOutput.ReadLine().Contains(" reading  ", StringComparison.Ordinal))
                {
                }

                string Read(string name)
                {
                    (int exitCode, string output, string error) = ToolCommand.Run("read", "--from", "127.0.7.33:36207", "--history", "2", "--minutes", "20", "--zone",
                        "local", "--out", Path.Combine(folder.Path, name));
                    Assert.That((exitCode, error), Is.EqualTo((0, "")));
                    return output;
                }

                // It answers before it has read its own history.
                int looks = 0;
                Assert.That(() => Read($"look{looks++}.csv"), Does.Contain("all with data").After(Patience, 500));
                MeterRow[][] tables = new[] { "rows.csv", "rows.json", "rows.parquet" }.Select(name =>
                {
                    Assert.That(Read(name), Does.Contain("all with data"));
                    return MeterTable.Read("file", Path.Combine(folder.Path, name)).ToArray();
                }).ToArray();

                // A minute may pass between two of them.
                MeterRow[] first = tables[0];
                DateTimeOffset from = tables.Max(table => table.First(row => row.Interval == 1).Time);
                DateTimeOffset to = first.Last().Time;
                MeterRow[] Shared(MeterRow[] table) => table.Where(row => row.Time <= to && (row.Interval == 30 || row.Time >= from)).ToArray();
                Assert.That(Shared(tables[1]), Is.EqualTo(Shared(first)));
                Assert.That(Shared(tables[2]), Is.EqualTo(Shared(first)));

                Assert.That(first.Select(row => $"{row.Interval} {row.Quantity} {row.Direction}").Distinct(), Is.EquivalentTo(new[]
                {
                    "30 Energy Normal", "30 Energy Reverse", "30 Demand Normal", "30 Demand Reverse", "30 Reactive Normal", "30 Reactive Reverse",
                    "1 Energy Normal", "1 Energy Reverse", "1 Reactive Normal", "1 Reactive Reverse",
                }));
                foreach (IGrouping<string, MeterRow> series in first.GroupBy(row => $"{row.Interval} {row.Quantity} {row.Direction}"))
                {
                    Assert.That(series.Zip(series.Skip(1), (one, next) => (next.Time - one.Time).TotalMinutes), Is.All.EqualTo(series.First().Interval), series.Key);
                    Assert.That(series.First().Quantity == HemsQuantity.Demand ? [] : series.Select(row => row.Register), Is.Ordered, series.Key);
                }
            }
            finally
            {
                board.Kill();
                board.WaitForExit();
            }
        }

        // From the first moment on, and with something read: whole or not there, and never a half file beside it.
        [TestCase("rows.csv", 0)]
        [TestCase("rows.json", 4)]
        [TestCase("rows.parquet", 4)]
        [Platform("Linux")]
        public static void Cut_short_by_ctrl_c_the_file_is_whole_or_not_there(string name, int daysRead)
        {
            using var folder = new TemporaryFolder();
            FakeMeter meter = FakeMeter.Low();
            using var reached = new ManualResetEventSlim();
            int chosen = 0;
            meter.Asked = (epc, given) =>
            {
                chosen += epc == 0xE5 && given.Length > 0 ? 1 : 0;
                meter.IsSilent = chosen > daysRead || daysRead == 0;
                if (meter.IsSilent)
                {
                    reached.Set();
                }
            };
            string file = Path.Combine(folder.Path, name);
            using var socket = new FakeMeterSocket(meter, Port);
            string tool = Path.Combine(TestContext.CurrentContext.TestDirectory, "nanocomm.dll");
            using Process process = Process.Start(new ProcessStartInfo("dotnet", [tool, "read", "--from", $"{socket.Address}", "--history", "9", "--out", file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            Assert.That(reached.Wait(Patience), "the meter is not asked");
            Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExit();
            Assert.That(process.WaitForExit(Patience), "it does not end");

            string kept = daysRead == 0 ? "nothing is written" : $"{daysRead} of 10 days or tens of minutes are in {file}: the same with --update reads the rest";
            Assert.That((process.ExitCode, process.StandardError.ReadToEnd().TrimEnd()), Is.EqualTo((2, $"nanocomm: interrupted; {kept}")));
            Assert.That(process.StandardOutput.ReadToEnd(), Is.Empty);
            Assert.That(Directory.GetFiles(folder.Path), Is.EqualTo(daysRead == 0 ? [] : new[] { file }));
            Assert.That(daysRead == 0 ? 0 : MeterTable.Read("file", file).Count(), Is.EqualTo(daysRead * 96));
        }

        [Test]
        public static void Rows_of_a_day_that_midnight_made_another_one_are_of_the_day_that_was_wanted()
        {
            FakeMeter meter = FakeMeter.Low();
            meter.Now = new DateTime(2026, 11, 23, 23, 59, 59);
            bool hasPassed = false;
            meter.Asked = (epc, given) =>
            {
                // Midnight passes between the choice of the first day and its reading.
                if (epc == 0xE5 && !hasPassed)
                {
                    hasPassed = true;
                    meter.Now = meter.Now.AddSeconds(2);
                }
            };
            (_, string output, _) = Read(meter, "--history", "2", "--out", "-");
            string[] days = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[1][..10]).ToArray();
            Assert.That(days.Distinct(), Is.EqualTo(new[] { "2026-11-21", "2026-11-22", "2026-11-23" }));
            Assert.That(days.GroupBy(day => day).Select(day => day.Count()), Is.All.EqualTo(96));
        }

        [Test]
        public static void A_file_that_is_there_is_left_alone_or_updated_or_replaced()
        {
            using var folder = new TemporaryFolder();
            FakeMeter meter = FakeMeter.Low();
            string file = Path.Combine(folder.Path, "history.parquet");
            Assert.That(Read(meter, "--history", "1", "--out", file).ExitCode, Is.Zero);
            byte[] first = File.ReadAllBytes(file);

            (int exitCode, _, string error) = Read(meter, "--history", "1", "--out", file);
            Assert.That((exitCode, error), Is.EqualTo((2, $"nanocomm: --out: {file} is there already: --update reads what is missing in it, "
                + $"--replace writes over it{Environment.NewLine}")));
            Assert.That(File.ReadAllBytes(file), Is.EqualTo(first));

            // Two hours later, and three days back: the whole day that is there is not asked for again.
            meter.Now = meter.Now.AddHours(2);
            var chosen = new List<int>();
            meter.Asked = (epc, given) => chosen.AddRange(epc == 0xE5 && given.Length > 0 ? [given[0]] : []);
            Assert.That(Read(meter, "--history", "3", "--out", file, "--update").ExitCode, Is.Zero);
            Assert.That(chosen, Is.EqualTo(new[] { 3, 2, 0 }));
            Assert.That(MeterTable.Read("file", file).Select(row => row.Time).Distinct(),
                Is.EqualTo(Enumerable.Range(0, (3 * 48) + 29).Select(i => new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.FromHours(9)).AddMinutes(30 * i))));

            Assert.That(Read(meter, "--history", "0", "--out", file, "--replace").ExitCode, Is.Zero);
            Assert.That(MeterTable.Read("file", file).Count(), Is.EqualTo(29 * 2));
        }

        [Test]
        public static void What_was_read_before_the_meter_went_is_kept_and_the_rest_is_read_by_update()
        {
            using var folder = new TemporaryFolder();
            FakeMeter meter = FakeMeter.Low();
            string file = Path.Combine(folder.Path, "history.json");
            meter.Asked = (epc, given) => meter.IsSilent |= epc == 0xE5 && given.Length > 0 && given[0] == 3;
            using (var socket = new FakeMeterSocket(meter, Port))
            {
                var session = new ReadSession(new ReadSettings
                {
                    Meter = new HemsSettings { Ip = socket.Address, Every = TimeSpan.FromMinutes(1) },
                    Days = 5,
                    Minutes = 0,
                    Out = file,
                    IsUpdate = false,
                    IsReplaced = false,
                    Zone = TimeSpan.FromHours(9),
                }) { Patience = TimeSpan.FromSeconds(1) };
                Assert.That(session.Run, Throws.TypeOf<CommandLine.UserError>().With.Message.Contains("2 of 6 days or tens of minutes are in "
                    + file + ": the same with --update reads the rest"));
            }

            Assert.That(MeterTable.Read("file", file).Count(), Is.EqualTo(2 * 96));
            meter.Asked = (_, _) => { };
            meter.IsSilent = false;
            Assert.That(Read(meter, "--history", "5", "--out", file, "--update").ExitCode, Is.Zero);
            Assert.That(MeterTable.Read("file", file).Count(), Is.EqualTo((5 * 96) + (25 * 2)));
        }

        [TestCase("ends in none of .csv, .json, .parquet", "--from", "127.0.7.31:36201", "--out", "rows.txt")]
        [TestCase("there is no folder", "--from", "127.0.7.31:36201", "--out", "/no such folder/rows.csv")]
        [TestCase("--update goes with a file", "--from", "127.0.7.31:36201", "--out", "-", "--update")]
        [TestCase("is neither an IP address", "--from", "192.168.1.300", "--out", "-")]
        [TestCase("a dongle needs --id", "--from", "/dev/null", "--out", "-")]
        [TestCase("goes without --id", "--from", "127.0.7.31", "--id", "00", "--out", "-")]
        [TestCase("is neither a distance from UTC", "--from", "127.0.7.31", "--zone", "JST", "--out", "-")]
        [TestCase("is not a whole number from 0 to 99", "--from", "127.0.7.31", "--history", "100", "--out", "-")]
        public static void A_bad_command_line_gives_one_line_and_exit_code_2(string says, params string[] arguments)
        {
            (int exitCode, string output, string error) = ToolCommand.Run(["read", .. arguments]);
            Assert.That((exitCode, output), Is.EqualTo((2, "")));
            Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(error, Does.Contain(says));
        }

        [Test]
        public static void A_folder_in_place_of_a_file_is_named()
        {
            using var folder = new TemporaryFolder();
            string file = Directory.CreateDirectory(Path.Combine(folder.Path, "rows.csv")).FullName;
            (int exitCode, _, string error) = ToolCommand.Run("read", "--from", "127.0.7.31:36201", "--out", file, "--replace");
            Assert.That((exitCode, error), Is.EqualTo((2, $"nanocomm: --out: {file} is a folder: give a file in it"
                + Environment.NewLine)));
        }

        [Test]
        [Platform("Linux")]
        public static void A_full_disk_is_one_line_and_leaves_nothing_under_the_name()
        {
            using var folder = new TemporaryFolder();
            using var socket = new FakeMeterSocket(FakeMeter.Low(), Port);
            string file = Path.Combine(folder.Path, "rows.csv");

            // A file system of its own, of 16 kB, in a name space that only this program sees.
            string tool = Path.Combine(TestContext.CurrentContext.TestDirectory, "nanocomm.dll");
            string script = $"mount -t tmpfs -o size=16k none '{folder.Path}' || exit 77; dotnet '{tool}' read --from {socket.Address} --out '{file}'; "
                + $"echo exit $? >&2; ls -A '{folder.Path}'";
            using Process process = Process.Start(new ProcessStartInfo("unshare", ["-rm", "sh", "-c", script])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string[] error = process.StandardError.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            if (process.ExitCode == 77 || error.Any(line => line.StartsWith("unshare:", StringComparison.Ordinal)))
            {
                Assert.Ignore("needs a file system of its own (unshare, mount)");
            }

            Assert.That(error, Has.Length.EqualTo(2));
            Assert.That(error[0], Does.Contain($"--out: {file} cannot be written, and is as it was: No space left on device"));
            Assert.That((error[1], output.Result), Is.EqualTo(("exit 2", "")), "nothing half written, and nothing beside it");
        }

        private static (int ExitCode, string Output, string Error) Read(FakeMeter meter, params string[] arguments)
        {
            using var socket = new FakeMeterSocket(meter, Port);
            return ToolCommand.Run(["read", "--from", socket.Address.ToString(), .. arguments]);
        }

        // Written out by hand from what the meter says of each time.
        private static IEnumerable<string> Expected(FakeMeter meter, DateTime begin, int minutes, decimal step)
        {
            IEnumerable<(DateTime Time, int Interval)> halfHours = Enumerable.Range(0, 10_000).Select(i => begin.AddMinutes(30 * i))
                .TakeWhile(time => time <= meter.Now).Select(time => (time, 30));
            DateTime newest = meter.Now.AddSeconds(-meter.Now.Second);
            IEnumerable<(DateTime Time, int Interval)> last = Enumerable.Range(0, minutes).Select(i => (newest.AddMinutes(-i), 1));
            foreach ((DateTime time, int interval) in halfHours.Concat(last).OrderBy(row => row.Time).ThenByDescending(row => row.Interval))
            {
                foreach (bool isReverse in new[] { false, true })
                {
                    uint? register = meter.Register(time, isReverse);
                    yield return FormattableString.Invariant($"FAKE-0001,{time:yyyy-MM-ddTHH:mm:ss}+09:00,{interval},energy,")
                        + FormattableString.Invariant($"{(isReverse ? "reverse" : "normal")},{register * step},kWh,{register}");
                }
            }
        }
    }
}
