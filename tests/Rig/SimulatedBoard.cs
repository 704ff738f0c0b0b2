using System;
using System.Collections.Generic;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;

namespace NanoComm.Rig
{
    /// <summary>A board in virtual time: its loops, its clock and its random bytes are the scheduler's.</summary>
    public sealed class SimulatedBoard : IBoard, ILog
    {
        private readonly VirtualScheduler _scheduler;
        private readonly IDatagramPort[] _ports;
        private readonly ILoops _loops;

        /// <summary>Makes a board.</summary>
        /// <param name="scheduler">Runs its loops.</param>
        /// <param name="files">Its durable medium, which outlives a restart.</param>
        /// <param name="ports">Its IP path; none for a board without one.</param>
        public SimulatedBoard(VirtualScheduler scheduler, IFiles files, params IDatagramPort[] ports)
        {
            _scheduler = scheduler;
            _loops = scheduler;
            Store = new DurableStore(files);
            Notes = new DurableStore(files);
            Light = new SimulatedLight(scheduler);
            _ports = ports;
        }

        /// <summary>What the firmware logged, oldest first.</summary>
        public List<string> LogLines { get; } = [];

        /// <summary>Told each of them as it is logged.</summary>
        public Action<LogLevel, string, string> Logged { get; init; }

        /// <summary>Told each wish for a restart.</summary>
        public Action Restarting { get; init; }

        /// <summary>The indicator light.</summary>
        public SimulatedLight Light { get; }

        /// <summary>How often the firmware asked for a restart. Its loops run on: what restarts the unit is the test,
        /// which makes a new one on the same medium.</summary>
        public int Restarts { get; private set; }

        /// <summary>Why it asked for the last one, or null.</summary>
        public string RestartReason { get; private set; }

        /// <inheritdoc/>
        public IClock Clock => _scheduler;

        /// <inheritdoc/>
        public ILoops Loops
        {
            get => _loops;
            init => _loops = value;
        }

        /// <inheritdoc/>
        public IDurableStore Store { get; }

        /// <inheritdoc/>
        public IDurableStore Notes { get; }

        /// <inheritdoc/>
        public IRandomSource Random => _scheduler.Random;

        /// <inheritdoc/>
        public ILog Log => this;

        /// <inheritdoc/>
        public ISerialLine MeteringLine { get; init; }

        /// <inheritdoc/>
        public ISerialLine WiSunLine { get; init; }

        /// <inheritdoc/>
        public IResetLine WiSunReset { get; init; }

        /// <inheritdoc/>
        public IDatagramPort[] RouteBPorts => _ports;

        /// <inheritdoc/>
        public IWifiRadio Wifi { get; set; }

        /// <inheritdoc/>
        public IIndicator Indicator => Light;

        /// <inheritdoc/>
        public ISupplyMonitor SupplyMonitor { get; init; }

        /// <summary>The board's figures: more than it needs unless a test says otherwise.</summary>
        public Action<IPowerSheet> Power { get; init; } = AmplePower.Declare;

        /// <inheritdoc/>
        public void DeclarePower(IPowerSheet sheet) => Power(sheet);

        /// <inheritdoc/>
        public IBlockCipher CreateBlockCipher(byte[] key) => new AesBlockCipher(key);

        /// <inheritdoc/>
        public IMac CreateMac(byte[] key) => new HmacSha256(key);

        /// <inheritdoc/>
        public void Restart(string reason)
        {
            Restarts++;
            RestartReason = reason;
            Restarting?.Invoke();
        }

        /// <inheritdoc/>
        public void Write(LogLevel level, string source, string text)
        {
            LogLines.Add($"{_scheduler.Milliseconds} {level} {source}: {text}");
            Logged?.Invoke(level, source, text);
        }
    }
}
