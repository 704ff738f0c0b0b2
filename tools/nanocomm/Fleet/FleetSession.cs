using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using NanoComm.CommandLine;
using NanoComm.Fleet;
using NanoComm.Hal;

namespace NanoComm.Tool
{
    /// <summary>One run of a fleet, until Ctrl-C or its time is over.</summary>
    internal sealed class FleetSession : IDisposable
    {
        private const int JsonPeriod = 1000;
        private const int LinePeriod = 5000;
        private const int MostLines = 200;

        private readonly FleetSettings _settings;
        private readonly UnitFleet _fleet;
        private readonly FleetPage _page;
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly EndSignals _end;
        private readonly long _start = Stopwatch.GetTimestamp();
        private double? _complete;

        public FleetSession(FleetSettings settings)
        {
            _settings = settings;
            _fleet = new UnitFleet(settings.Options, Keep);
            _page = settings.Web is null ? null : new FleetPage(settings.Web, _fleet);
            _end = new EndSignals();
        }

        /// <summary>Runs it.</summary>
        public void Run()
        {
            _end.EndAfter(_settings.For);
            _end.EndUnread();
            _fleet.Start();
            _page?.Start();
            if (_settings.IsJson)
            {
                Show(JsonPeriod, report => Console.WriteLine(FleetText.Json(report, Elapsed, _complete)));
            }
            else if (LiveScreen.IsPossible)
            {
                LiveScreen.Run(() => FleetText.Draw(Look(), _fleet, Elapsed, _complete, _page?.Address, _lines.ToArray()),
                    () => FleetText.Brief(Look()), () => { }, _end.Wait);
            }
            else
            {
                Console.WriteLine(FleetText.Head(_fleet, _page?.Address));
                Show(LinePeriod, report => Console.WriteLine(FleetText.Line(report, Elapsed)));
            }
        }

        public void Dispose()
        {
            _page?.Dispose();
            _fleet.Dispose();
            _end.Dispose();
        }

        private double Elapsed => Stopwatch.GetElapsedTime(_start).TotalSeconds;

        private void Show(int period, Action<FleetReport> show)
        {
            bool isOver = false;
            while (!isOver)
            {
                isOver = _end.Wait(period);
                FleetReport report = Look();
                while (_lines.TryDequeue(out string line))
                {
                    (_settings.IsJson ? Console.Error : Console.Out).WriteLine(line);
                }

                show(report);
            }
        }

        private FleetReport Look()
        {
            FleetReport report = _fleet.Look();
            if (report.Started + report.Failed == report.Units)
            {
                _complete ??= Elapsed;
            }

            return report;
        }

        // What thousands of units say of themselves nobody reads: only what is wrong, and the last of that.
        private void Keep(FleetUnit unit, LogLevel level, string source, string text)
        {
            if (level < LogLevel.Error)
            {
                return;
            }

            _lines.Enqueue($"{DateTime.Now:HH:mm:ss.fff} {unit?.Address} {source}: {text}");
            while (_lines.Count > MostLines && _lines.TryDequeue(out _))
            {
            }
        }
    }
}
