using System;
using System.IO;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Rig
{
    /// <summary>
    /// The wall: a metering unit that stays while communication units come and go. Each of them lives on a scheduler of
    /// its own; the time here goes on from one to the next.
    /// </summary>
    public sealed class MeteringPoint : IClock
    {
        private long _before;
        private long _connectedAt;
        private VirtualScheduler _scheduler;
        private IByteLine _line;

        /// <summary>Switches a metering unit on.</summary>
        /// <param name="seed">Its challenges.</param>
        /// <param name="start">What the metering clock shows.</param>
        /// <param name="files">Its medium, with a unit that was made on it before.</param>
        /// <param name="service">Makes it a high-voltage one; null for low voltage.</param>
        /// <exception cref="IOException">No unit was.</exception>
        public MeteringPoint(int seed, DateTime start, MemoryFiles files, HighVoltageService service = null)
        {
            Files = files;
            var store = new DurableStore(new PowerCutFiles(files, Power));
            MeteringUnitState state = MeteringUnitState.Load(store)
                ?? throw new IOException("no metering unit was made on that medium");
            Meter = new SimulatedMeteringUnit(HouseholdData.Recorded, this, start, 1, service);
            Server = new MeteringUnitServer(Meter, state, this, new SeededRandom(seed), null, Power);
            Server.Send += bytes => _line?.Send(bytes);
        }

        /// <summary>The metering unit's medium.</summary>
        public MemoryFiles Files { get; }

        /// <summary>What it measures.</summary>
        public SimulatedMeteringUnit Meter { get; }

        /// <summary>Its DLMS server.</summary>
        public MeteringUnitServer Server { get; }

        /// <summary>What lies between the metering unit and each line that is put here, or null: an attacker.</summary>
        public Func<IByteLine, IByteLine> Tap { get; set; }

        /// <summary>Its power.</summary>
        public PowerSupply Power { get; } = new();

        /// <inheritdoc/>
        public long Milliseconds => _before + (_scheduler == null ? 0 : _scheduler.Milliseconds - _connectedAt);

        /// <summary>Switches the metering unit on again, where its power has failed, or off and on.</summary>
        public void Restart()
        {
            Power.Restore();
            Server.Restart();
        }

        /// <summary>Puts a communication unit's line here, in place of the one that is there.</summary>
        internal void Connect(VirtualScheduler scheduler, IByteLine line)
        {
            _before = Milliseconds;
            _connectedAt = scheduler.Milliseconds;
            _scheduler = scheduler;
            if (_line != null)
            {
                _line.Received -= Receive;
            }

            _line = Tap == null ? line : Tap(line);
            _line.Received += Receive;
        }

        private void Receive(ReadOnlyMemory<byte> bytes)
        {
            Server.Receive(bytes.Span);
        }
    }
}
