using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Runtime.InteropServices;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Hil;
using NanoComm.Reporting;

namespace NanoComm.Tool
{
    /// <summary>One run of the bench.</summary>
    internal sealed class HilSession
    {
        private const int EchonetPort = 3610;

        // Addresses of the PC that this session has for itself: a net for each bench in it.
        private const byte Net = 14;
        private const int AddressesOfBench = 16;

        // From the start of one board's program to the next, ms: it takes a processor for about as long.
        private const int Stagger = 700;

        private readonly HilSettings _settings;
        private readonly ReportFolder _folder;
        private readonly Report _report = new("nanoComm bench", DateTimeOffset.Now);
        private readonly CancellationTokenSource _end = new();
        private readonly Lock _console = new();

        private HilSession(HilSettings settings)
        {
            _settings = settings;
            try
            {
                _folder = new ReportFolder(settings.Report);
            }
            catch (IOException error)
            {
                throw new UserError("--report: " + error.Message);
            }
        }

        /// <summary>Runs it.</summary>
        /// <returns>The exit code.</returns>
        /// <exception cref="UserError">Nothing could be tried.</exception>
        public static int Run(HilSettings settings)
        {
            return new HilSession(settings).Run();
        }

        private int Run()
        {
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
            using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
            _report.Facts.Add(new ReportFact("board", _settings.Board?.Folder ?? "virtual, in processes of their own"));
            _report.Facts.Add(new ReportFact("machine", $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors"));
            foreach (Scenario scenario in _settings.Scenarios)
            {
                _report.Cases.Add(ScenarioRun.NewCase(scenario));
            }

            string lost = null;
            if (_settings.Board == null)
            {
                RunVirtual();
            }
            else
            {
                lost = RunBoard();
            }

            Write();
            Say($"{_report}: {Path.Combine(Path.GetFullPath(_settings.Report), ReportFolder.Page)}");
            return lost != null ? throw new UserError(lost) : _report.ExitCode;
        }

        private void Write()
        {
            try
            {
                _folder.Write(_report);
            }
            catch (IOException error)
            {
                throw new UserError("--report: " + error.Message);
            }
        }

        // One board goes through all of them. Returns what ended the run before its end, or null.
        private string RunBoard()
        {
            using var clock = new RealBenchClock(_end.Token);
            using var board = new SerialBoard(clock, _settings.Board);
            var bench = new Bench(clock, board, new BenchSetup
            {
                Start = DateTime.Now,
                Hours = _settings.Hours,
                IsLong = _settings.IsLong,
                FirstLook = _settings.Patience,
                Wifi = _settings.Wifi,
            });
            var first = new ReportCase(FirstCheck.Name, "Every cable is where it belongs", string.Empty);
            _report.Cases.Insert(0, first);
            string lost = Attempt(first, () => CheckFirst(bench, first));
            for (int i = 0; i < _settings.Scenarios.Count && lost == null; i++)
            {
                Scenario scenario = _settings.Scenarios[i];
                ReportCase results = _report.Cases[i + 1];
                Say($"{scenario.Name}: begins");
                lost = Attempt(results, () =>
                {
                    ScenarioRun.Run(scenario, bench, results);
                    return null;
                });
                Say(Describe(results));
            }

            foreach (ReportCase left in _report.Cases.Where(one => lost != null && one.Verdict == ReportVerdict.Skipped
                && one.Message.Length == 0))
            {
                left.Message = $"not run: {lost}";
            }

            return lost;
        }

        private string CheckFirst(Bench bench, ReportCase first)
        {
            Say($"{first.Id}: begins");
            bench.Results = first;
            string wrong = FirstCheck.Run(bench);
            first.Verdict = wrong == null ? ReportVerdict.Passed : ReportVerdict.Failed;
            first.Message = wrong ?? string.Empty;
            first.Duration = TimeSpan.FromMilliseconds(bench.Now);
            Say(Describe(first));
            return wrong;
        }

        private static string Attempt(ReportCase results, Func<string> run)
        {
            try
            {
                return run();
            }
            catch (Exception error) when (error is BenchLostException or ScenarioFailedException or UserError or IOException
                or OperationCanceledException)
            {
                results.Verdict = ReportVerdict.Failed;
                results.Message = error is OperationCanceledException ? "ended by the user" : error.Message;
                return results.Message;
            }
        }

        private static string Describe(ReportCase results)
        {
            return $"{results.Id}: {results.Verdict.ToString().ToLowerInvariant()} after {results.Duration.TotalSeconds:F1} s"
                + (results.Message.Length == 0 ? "" : ": " + results.Message);
        }

        private void RunVirtual()
        {
            IReadOnlyList<string> program = VirtualBoardPlace.FindProgram(_settings.VirtualBoard);

            // The longest first: that is the shortest way.
            var waiting = new Queue<int>(Enumerable.Range(0, _settings.Scenarios.Count)
                .OrderByDescending(number => _settings.Scenarios[number].Seconds));
            Thread[] workers = Enumerable.Range(0, Math.Min(_settings.AtOnce, waiting.Count)).Select(worker => new Thread(() =>
            {
                Thread.Sleep(worker * Stagger);
                while (TryTake(waiting, out int number))
                {
                    RunVirtual(program, number);
                }
            })).ToArray();
            foreach (Thread worker in workers)
            {
                worker.Start();
            }

            foreach (Thread worker in workers)
            {
                worker.Join();
            }
        }

        private void RunVirtual(IReadOnlyList<string> program, int number)
        {
            Scenario scenario = _settings.Scenarios[number];
            ReportCase results = _report.Cases[number];
            var setup = new BenchSetup { Speed = scenario.Speed, Hours = _settings.Hours, IsLong = _settings.IsLong };
            try
            {
                using var clock = new RealBenchClock(_end.Token);
                using var board = new VirtualBoardProcess(clock, new VirtualBoardPlace(program, Address(number)), setup.Speed);
                Say($"{scenario.Name}: begins");
                ScenarioRun.Run(scenario, new Bench(clock, board, setup), results);
            }
            catch (Exception error)
            {
                // Whatever it was, it is this scenario's, and the others go on.
                results.Verdict = ReportVerdict.Failed;
                results.Message = error is OperationCanceledException ? "ended by the user" : error.Message;
            }

            Say(Describe(results));
        }

        private static IPEndPoint Address(int number)
        {
            int first = AddressesOfBench * number;
            byte[] bytes = [127, (byte)(Net + (first / 256)), (byte)Environment.ProcessId, (byte)((first % 256) + 2)];
            return new IPEndPoint(new IPAddress(bytes), EchonetPort);
        }

        private bool TryTake(Queue<int> waiting, out int number)
        {
            lock (waiting)
            {
                return waiting.TryDequeue(out number) && !_end.IsCancellationRequested;
            }
        }

        private void Say(string text)
        {
            lock (_console)
            {
                Console.WriteLine(text);
            }
        }

        private void End(PosixSignalContext context)
        {
            context.Cancel = true;
            _end.Cancel();
        }
    }
}
