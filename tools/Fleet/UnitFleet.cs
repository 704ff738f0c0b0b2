using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Hal.Host;

namespace NanoComm.Fleet
{
    /// <summary>
    /// Many units in one process, each a firmware of its own on a board of its own, at an address of its own. A few workers
    /// step the loops of all of them. Linux only.
    /// </summary>
    public sealed class UnitFleet : IDisposable
    {
        /// <summary>The most units that one may have: their titles have five digits.</summary>
        public const int MostUnits = 99_999;

        private const int StopMilliseconds = 5000;
        private const int Percent = 100;

        private readonly MonotonicClock _clock = new();
        private readonly GroupFeed _group;
        private readonly CrowdWorker[] _workers;
        private readonly FolderLock _lock;
        private readonly Action<FleetUnit, LogLevel, string, string> _log;
        private readonly FaultClock _faults;

        /// <summary>Puts a fleet together; nothing runs yet.</summary>
        /// <param name="options">What it is to be; see <see cref="FleetLimits"/> first.</param>
        /// <param name="log">Told what the firmware of each unit logs, on its worker's thread.</param>
        /// <exception cref="UserError">The store is in use or cannot be had.</exception>
        /// <exception cref="IOException">The system does not give what it takes.</exception>
        public UnitFleet(FleetOptions options, Action<FleetUnit, LogLevel, string, string> log)
        {
            Options = options;
            _log = log;
            _lock = options.Store is null ? null : UnitStore.TakeAll(options.Store, "nanocomm fleet");
            var own = new HashSet<IPAddress>(options.Addresses.Take(options.Count));
            _group = GroupFeed.Open(options.Addresses[0], options.Port, own.Contains, out string groupError);
            GroupError = groupError;
            _workers = Enumerable.Range(1, options.Workers)
                .Select(number => new CrowdWorker($"units {number}", _clock, _group, Report)).ToArray();
            var random = new Random(options.Seed);
            Units = Enumerable.Range(0, options.Count).Select(number =>
            {
                FleetFault fault = options.Faults.Find(random.Next(Percent));
                bool isHighVoltage = random.Next(Percent) < options.HighVoltageShare;
                return new FleetUnit(this, _workers[number % _workers.Length], number, fault, isHighVoltage);
            }).ToArray();
            _faults = new FaultClock(Units);
        }

        /// <summary>As many as the processor has cores, eight at most: more would have more to tell each other than to
        /// do.</summary>
        public static int UsualWorkers => Math.Min(Environment.ProcessorCount, 8);

        /// <summary>What it is.</summary>
        public FleetOptions Options { get; }

        /// <summary>The units.</summary>
        public IReadOnlyList<FleetUnit> Units { get; }

        /// <summary>Why it hears no group, in one line; null when it does.</summary>
        public string GroupError { get; }

        /// <summary>Starts it: the workers at once, the units one after another.</summary>
        public void Start()
        {
            foreach (FleetUnit unit in Units)
            {
                unit.Post(unit.Start);
            }

            _group?.Start();
            foreach (CrowdWorker worker in _workers)
            {
                worker.Start();
            }

            _faults.Start();
        }

        /// <summary>How it is now. Any thread.</summary>
        public FleetReport Look()
        {
            using Process process = Process.GetCurrentProcess();
            CommunicationUnit[] units = Units.Select(unit => unit.Unit).ToArray();
            return new FleetReport
            {
                Units = Units.Count,
                Started = Units.Count(unit => unit.Starts > 0),
                Reading = Units.Count(unit => unit.IsReading),
                Failed = Units.Count(unit => unit.Failure is not null),
                Starts = Units.Sum(unit => (long)unit.Starts),
                States = units.Where(unit => unit is not null).GroupBy(unit => unit.Metering.State)
                    .OrderBy(group => group.Key).ToDictionary(group => group.Key.ToString(), group => group.Count()),
                Counters = Units.Aggregate(new FleetCounters(), (sum, unit) => sum + unit.Before.With(unit.Unit)),
                GroupRequests = _group?.Written ?? 0,
                Waiting = _workers.Sum(worker => worker.Waiting),
                LongestStep = _workers.Max(worker => worker.StepSince is >= 0 and long since ? _clock.Milliseconds - since : 0),
                Threads = process.Threads.Count,
                Memory = process.WorkingSet64,
                Processor = process.TotalProcessorTime.TotalSeconds,
            };
        }

        /// <summary>Takes the power of all units away.</summary>
        public void Dispose()
        {
            _faults.Dispose();
            bool isStopped = _workers.Select(worker => worker.Stop(StopMilliseconds)).ToArray().All(stopped => stopped);
            _group?.Dispose();
            if (isStopped)
            {
                foreach (FleetUnit unit in Units)
                {
                    unit.Stop();
                }

                foreach (CrowdWorker worker in _workers)
                {
                    worker.Dispose();
                }
            }

            _lock?.Dispose();
        }

        internal void Log(FleetUnit unit, LogLevel level, string source, string text) => _log(unit, level, source, text);

        private void Report(Exception failure)
        {
            _log(null, LogLevel.Error, "fleet", "a loop was ended by an exception: " + failure);
        }
    }
}
