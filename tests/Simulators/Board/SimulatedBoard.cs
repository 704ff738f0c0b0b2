using System;
using System.Collections.Generic;
using NanoComm.Hal;
using NanoComm.Hal.Host;

namespace NanoComm.Simulators
{
    /// <summary>A board in virtual time: its loops, its clock and its random bytes are the scheduler's.</summary>
    public sealed class SimulatedBoard : IBoard, ILog
    {
        private readonly VirtualScheduler _scheduler;
        private readonly IDatagramPort[] _ports;

        /// <summary>Makes a board.</summary>
        /// <param name="scheduler">Runs its loops.</param>
        /// <param name="files">Its durable medium, which outlives a restart.</param>
        /// <param name="ports">Its IP path; none for a board without one.</param>
        public SimulatedBoard(VirtualScheduler scheduler, IFiles files, params IDatagramPort[] ports)
        {
            _scheduler = scheduler;
            Store = new DurableStore(files);
            _ports = ports;
        }

        /// <summary>What the firmware logged, oldest first.</summary>
        public List<string> LogLines { get; } = [];

        /// <inheritdoc/>
        public string Name => "Simulated";

        /// <inheritdoc/>
        public IClock Clock => _scheduler;

        /// <inheritdoc/>
        public ILoops Loops => _scheduler;

        /// <inheritdoc/>
        public IDurableStore Store { get; }

        /// <inheritdoc/>
        public IRandomSource Random => _scheduler.Random;

        /// <inheritdoc/>
        public ILog Log => this;

        /// <inheritdoc/>
        public ISerialLine MeteringLine { get; init; }

        /// <inheritdoc/>
        public ISerialLine WiSunLine => null;

        /// <inheritdoc/>
        public IDatagramPort[] RouteBPorts => _ports;

        /// <inheritdoc/>
        public IWifiRadio Wifi => null;

        /// <inheritdoc/>
        public IIndicator Indicator => null;

        /// <inheritdoc/>
        public IBlockCipher CreateBlockCipher(byte[] key) => new AesBlockCipher(key);

        /// <inheritdoc/>
        public void Restart(string reason)
        {
            throw new NotSupportedException(reason);
        }

        /// <inheritdoc/>
        public void Write(LogLevel level, string source, string text)
        {
            LogLines.Add($"{_scheduler.Milliseconds} {level} {source}: {text}");
        }
    }
}
