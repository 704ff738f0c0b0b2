using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NUnit.Framework;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Hems;
using NanoComm.Policy;
using NanoComm.Rig;
using NanoComm.Simulators.WiSun;
using NanoComm.WiSun;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A unit with its Wi-SUN module, a controller with its own, and the air between them.</summary>
    internal sealed class WiSunHome : IDisposable
    {
        public static readonly DateTime Noon = new(2027, 2, 27, 11, 58, 30);

        /// <summary>A lifetime of sessions, in seconds, that has them renewed every twelve minutes.</summary>
        public const int QuarterHour = 900;

        private const int LastPassed = 60;
        private const int SecondOfReading = 5;

        private readonly Queue<string> _passed = new();
        private readonly DateTime _start;
        private ulong _nextMac = 0x001D_1291_0000_0010;

        /// <summary>Makes a home in which nothing runs yet.</summary>
        public WiSunHome(int seed = 1, ModuleOptions module = null, DateTime? start = null, IFiles files = null,
            string password = SimulatedUnit.RouteBPassword, string id = SimulatedUnit.RouteBId,
            int? sessionLifetime = null, PoweredParts parts = null)
        {
            var settings = new UnitSettings(SimulatedUnit.Identity);
            settings.SessionLifetime = sessionLifetime ?? settings.SessionLifetime;
            _start = start ?? Noon;
            Unit = SimulatedUnit.WithWiSun(seed, _start, files ?? new MemoryFiles(), module, settings, parts);
            (Hems, HemsModule) = AddHems(password, id);
            Module.Send += bytes => Note('<', bytes.Span);
            Unit.WiSunLine.FarEnd.Received += bytes => Note('>', bytes.Span);
            Readings = new HemsReadings(Hems);
        }

        public SimulatedUnit Unit { get; }

        public SimulatedModule Module => Unit.Module;

        public Coordinator Coordinator => Unit.Unit.WiSunPath.Coordinator;

        public HemsController Hems { get; }

        public SimulatedModule HemsModule { get; }

        public HemsReadings Readings { get; }

        /// <summary>What the controller has read of each minute.</summary>
        public IReadOnlyDictionary<DateTime, HemsEnergy> Minutes => Readings.Minutes.Values;

        /// <summary>What the controller has read of each half hour.</summary>
        public IReadOnlyDictionary<DateTime, HemsEnergy> HalfHours => Readings.HalfHours.Values;

        public long Now => Unit.Scheduler.Milliseconds;

        /// <summary>A home whose unit is ready for terminals; a first start has chosen channel and PAN.</summary>
        public static WiSunHome Ready(int seed = 1, ModuleOptions module = null, int? sessionLifetime = null)
        {
            var home = new WiSunHome(seed, module, sessionLifetime: sessionLifetime);
            home.Unit.Unit.Start();
            home.RunUntil(() => home.Coordinator.State == CoordinatorState.Ready, 60_000);
            return home;
        }

        /// <summary>A home whose controller has joined.</summary>
        public static WiSunHome Joined(int seed = 1, ModuleOptions module = null, int? sessionLifetime = null)
        {
            WiSunHome home = Ready(seed, module, sessionLifetime);
            home.Hems.Start();
            home.RunUntil(() => home.Hems.State == HemsState.Joined && home.Coordinator.Port.IsJoined, home.Now + 60_000);
            home.Run(1000);
            return home;
        }

        /// <summary>Adds a controller with a module of its own.</summary>
        public (HemsController Hems, SimulatedModule Module) AddHems(string password = SimulatedUnit.RouteBPassword,
            string id = SimulatedUnit.RouteBId)
        {
            var module = new SimulatedModule(Unit.Air, new ModuleOptions { Mac = _nextMac++, FactoryOption = 1 });
            var line = new ByteLinePair(Unit.Air.Clock);
            module.Attach(line.Other);
            var hems = new HemsController(new HemsOptions
            {
                Id = id,
                Password = password,
                ReadsAt = (60 + SecondOfReading - _start.Second) * 1000,
                KeepsAll = true,
            });
            return (HemsOnAir.Attach(hems, Unit.Air.Clock, line.One), module);
        }

        public void Run(long milliseconds)
        {
            Unit.Scheduler.RunUntil(Now + milliseconds);
        }

        /// <summary>Runs until a condition holds; when it does not, tells what passed on the module's line.</summary>
        public void RunUntil(Func<bool> condition, long latest)
        {
            try
            {
                Unit.Scheduler.Run(condition, latest);
            }
            catch (TimeoutException)
            {
                TestContext.Out.WriteLine(string.Join('\n', _passed));
                throw;
            }
        }

        /// <summary>Asks through the controller and waits; null for no answer.</summary>
        public EchonetMessage Get(params byte[] epcs)
        {
            EchonetMessage answer = null;
            bool isDone = false;
            Hems.Ask(0x028801, EchonetMessage.Get, epcs.Select(epc => (epc, Array.Empty<byte>())), message =>
            {
                answer = message;
                isDone = true;
            });
            RunUntil(() => isDone, Now + 120_000);
            return answer;
        }

        /// <summary>Every minute and half hour since the controller began to read is there and is the meter's, and no
        /// minute came later than an hour after its end.</summary>
        public void AssertNothingMissed()
        {
            DateTime now = _start.AddMilliseconds(Now);
            AssertRows(Minutes, TimeSpan.FromMinutes(1), now.AddMinutes(-3), 60 * 60_000L);
            AssertRows(HalfHours, TimeSpan.FromMinutes(30), now.AddMinutes(-3), long.MaxValue);
        }

        /// <summary>No log line, and nothing that describes the path, has a secret in it.</summary>
        public void AssertNoSecrets()
        {
            string shown = string.Join('\n', Unit.Board.LogLines) + Coordinator.Describe()
                + RouteBCredentials.Read(Unit.Board.Store);
            Assert.That(shown, Does.Not.Contain(SimulatedUnit.RouteBPassword));
            Assert.That(shown, Does.Not.Contain(SimulatedUnit.RouteBId[..8]));
            Assert.That(shown, Does.Not.Contain(SimulatedUnit.RouteBId[^8..]));
        }

        public void Dispose()
        {
            Unit.Dispose();
        }

        private void Note(char direction, ReadOnlySpan<byte> bytes)
        {
            _passed.Enqueue($"{Now} {direction} {Encoding.Latin1.GetString(bytes).Replace("\r\n", "|", StringComparison.Ordinal)}");
            if (_passed.Count > LastPassed)
            {
                _passed.Dequeue();
            }
        }

        private void AssertRows(IReadOnlyDictionary<DateTime, HemsEnergy> rows, TimeSpan step, DateTime last, long latest)
        {
            Assert.That(rows, Is.Not.Empty);
            var problems = new List<string>();
            for (DateTime time = rows.Keys.Min(); time <= last; time += step)
            {
                if (!rows.TryGetValue(time, out HemsEnergy row))
                {
                    problems.Add($"{time} is missing");
                }
                else if (row.Normal != Unit.Meter.NormalAt(time) || row.Reverse != Unit.Meter.ReverseAt(time))
                {
                    problems.Add($"{time}: {row}");
                }
                else if (row.ReadAt - (long)(time - _start).TotalMilliseconds > latest)
                {
                    problems.Add($"{time} came at {row.ReadAt}");
                }
            }

            Assert.That(problems.Take(10), Is.Empty, $"of {rows.Count}, {problems.Count} are wrong");
        }
    }
}
