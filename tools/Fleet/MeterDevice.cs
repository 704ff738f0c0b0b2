using System;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Fleet
{
    /// <summary>A metering unit of a fleet, which outlives the communication units before it.</summary>
    internal sealed class MeterDevice : IClock
    {
        private static readonly SystemRandom SharedRandom = new();

        private readonly MeteringUnitServer _server;
        private IClock _clock;
        private long _before;
        private IByteLine _line;

        /// <summary>Makes it, with its power on.</summary>
        /// <param name="profile">What flows through it.</param>
        /// <param name="state">What it keeps.</param>
        /// <param name="clock">The clock of the communication unit before it, which it shares.</param>
        /// <param name="speed">Metering seconds in a second.</param>
        /// <param name="service">Makes it a high-voltage one; null for low voltage.</param>
        public MeterDevice(NetProfile profile, MeteringUnitState state, IClock clock, int speed, HighVoltageService service)
        {
            _clock = clock;
            Energy = new SimulatedMeteringUnit(profile, this, DateTime.Now, speed, service);
            _server = new MeteringUnitServer(Energy, state, this, SharedRandom);
            _server.Send += bytes => _line.Send(bytes);
        }

        /// <summary>What it measures.</summary>
        public SimulatedMeteringUnit Energy { get; }

        /// <summary>What it keeps.</summary>
        public MeteringUnitState State => _server.State;

        /// <inheritdoc/>
        public long Milliseconds => _before + _clock.Milliseconds;

        /// <summary>Puts it at the line of a communication unit that begins now.</summary>
        public void Connect(IByteLine line, IClock clock)
        {
            if (_line is not null)
            {
                _line.Received -= Receive;
                _before = Milliseconds - clock.Milliseconds;
                _server.BeginLine();
            }

            _clock = clock;
            _line = line;
            line.Received += Receive;
        }

        private void Receive(ReadOnlyMemory<byte> bytes)
        {
            _server.Receive(bytes.Span);
        }
    }
}
