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
            _report.Facts.Add(new ReportFact("board", _settings.Board));
            foreach (Scenario scenario in _settings.Scenarios)
            {
                _report.Cases.Add(ScenarioRun.NewCase(scenario));
            }

            RunVirtual();
            _folder.Write(_report);
            Say($"{_report}: {Path.Combine(Path.GetFullPath(_settings.Report), ReportFolder.Page)}");
            return _report.ExitCode;
        }

        private void RunVirtual()
        {
            string program = VirtualBoardPlace.FindProgram(_settings.VirtualBoard);
            var waiting = new Queue<int>(Enumerable.Range(0, _settings.Scenarios.Count));
            Thread[] workers = Enumerable.Range(0, Math.Min(_settings.AtOnce, waiting.Count)).Select(_ => new Thread(() =>
            {
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

        private void RunVirtual(string program, int number)
        {
            Scenario scenario = _settings.Scenarios[number];
            ReportCase results = _report.Cases[number];
            var setup = new BenchSetup { Speed = scenario.Speed, Number = number, Hours = _settings.Hours };
            try
            {
                using var clock = new RealBenchClock(_end.Token);
                using var board = new VirtualBoardProcess(clock, new VirtualBoardPlace(program, Address(number)), setup.Speed);
                Say($"{scenario.Name}: begins");
                ScenarioRun.Run(scenario, new Bench(clock, board, setup), results);
            }
            catch (BenchLostException)
            {
                // The case says it.
            }
            catch (Exception error) when (error is IOException or UserError or OperationCanceledException)
            {
                results.Message = error is OperationCanceledException ? "ended by the user" : error.Message;
            }

            Say($"{scenario.Name}: {results.Verdict.ToString().ToLowerInvariant()} after {results.Duration.TotalSeconds:F1} s"
                + (results.Message.Length == 0 ? "" : ": " + results.Message));
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
