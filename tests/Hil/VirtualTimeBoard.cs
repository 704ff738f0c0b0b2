using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Hil;
using NanoComm.Metering;
using NanoComm.Records;
using NanoComm.Rig;
using NanoComm.Simulators;

namespace NanoComm.Tests.Hil
{
    /// <summary>The firmware in virtual time as a board under test. Each life has loops, power and a network of its own; what
    /// outlives it is the medium and the two lines.</summary>
    internal sealed class VirtualTimeBoard : IBoardUnderTest
    {
        private const int Baud = 115200;
        private const int RestartMilliseconds = 500;

        // As an ESP32 can bear it, and as the bench starts the virtual board.
        private const int PathRequestsPerSecond = 40;

        private readonly VirtualScheduler _scheduler;
        private readonly int _speed;
        private readonly MemoryFiles _files = new();
        private readonly SimulatedSerialLine _meteringLine;
        private readonly SimulatedSerialLine _wiSunLine;
        private readonly List<TerminalLine> _terminals = [];
        private LifeLoops _loops;
        private PowerSupply _power;
        private SimulatedPort _port;

        public VirtualTimeBoard(VirtualScheduler scheduler, int speed)
        {
            _scheduler = scheduler;
            _speed = speed;
            _meteringLine = new SimulatedSerialLine(scheduler, Baud);
            _wiSunLine = new SimulatedSerialLine(scheduler, Baud);
            Records = new FileRecords(_files);
        }

        public event Action<BoardLogLine> Logged;

        public string Name => "the firmware in virtual time";

        public IByteLine MeteringLine => _meteringLine.FarEnd;

        public IByteLine WiSunLine => _wiSunLine.FarEnd;

        public IBoardRecords Records { get; }

        public string Lacks(BoardAbility ability)
        {
            return ability == BoardAbility.Resources ? "in virtual time nothing takes memory that means anything" : null;
        }

        public void PowerOn()
        {
            if (_power != null)
            {
                return;
            }

            _power = new PowerSupply();
            _loops = new LifeLoops(_scheduler);
            _port = new SimulatedPort { Sent = Deliver };
            _meteringLine.DiscardInput();
            _wiSunLine.DiscardInput();
            PowerSupply power = _power;
            try
            {
                new CommunicationUnit(MakeBoard(), null, Settings()).Start();
            }
            catch (PowerCutException) when (power.IsOff)
            {
                // While it started.
            }
        }

        public void PowerOff()
        {
            if (_power == null)
            {
                return;
            }

            _power.Cut();
            _loops.End();
            _port.Sent = null;
            _power = null;
        }

        public IByteLine OpenTerminal(int number)
        {
            var terminal = new TerminalLine(this, (byte)(number + 2));
            _terminals.Add(terminal);
            return terminal;
        }

        public IPAddress AddressOf(int number)
        {
            DatagramPeer peer = SimulatedUnit.Peer((byte)(number + 2));
            return new IPAddress(peer.Address[..peer.AddressLength]);
        }

        public BoardResources Measure() => null;

        public void Dispose()
        {
            _scheduler.Dispose();
        }

        private UnitSettings Settings() => new(SimulatedUnit.Identity)
        {
            MeterClockRate = _speed,
            ServesHighVoltage = true,
            MeterClass = MeterClass.LowVoltage,
            IpPathRequestsPerSecond = PathRequestsPerSecond,
        };

        private SimulatedBoard MakeBoard() => new(_scheduler, new PowerCutFiles(_files, _power), _port)
        {
            Loops = _loops,
            MeteringLine = new PowerCutLine(_meteringLine, _power),
            WiSunLine = new PowerCutLine(_wiSunLine, _power),
            Logged = (level, source, text) =>
                Logged?.Invoke(new BoardLogLine(_scheduler.Milliseconds, $"{level} {source}: {text}")),
            Restarting = Restart,
        };

        private void Restart()
        {
            PowerSupply power = _power;
            _scheduler.At(_scheduler.Milliseconds + RestartMilliseconds, () =>
            {
                if (power == _power)
                {
                    PowerOff();
                    PowerOn();
                }
            });
        }

        private void Deliver(byte[] buffer, int length, DatagramPeer destination)
        {
            byte[] datagram = buffer[..length];
            foreach (TerminalLine terminal in _terminals)
            {
                if (destination is null || destination.IsSameHost(terminal.Peer))
                {
                    _scheduler.At(_scheduler.Milliseconds, () => terminal.Take(datagram));
                }
            }
        }

        private void Arrive(byte[] datagram, DatagramPeer from)
        {
            _scheduler.At(_scheduler.Milliseconds, () =>
            {
                if (_power != null)
                {
                    _port.Deliver(datagram, from);
                }
            });
        }

        private sealed class TerminalLine(VirtualTimeBoard board, byte host) : IByteLine
        {
            public event Action<ReadOnlyMemory<byte>> Received;

            public DatagramPeer Peer { get; } = SimulatedUnit.Peer(host);

            public void Send(ReadOnlyMemory<byte> bytes) => board.Arrive(bytes.ToArray(), Peer);

            public void Take(byte[] datagram) => Received?.Invoke(datagram);
        }

        private sealed class FileRecords(IFiles files) : IBoardRecords
        {
            public void Put(string name, byte[] content)
            {
                if (!new DurableStore(files).Write(name, content, content.Length))
                {
                    throw new InvalidOperationException($"the medium did not take {name}");
                }
            }

            public byte[][] Read(params string[] names) => [.. names.Select(Read)];

            private byte[] Read(string name)
            {
                var buffer = new byte[DurableStore.MaxLength];
                int length = new DurableStore(files).Read(name, buffer);
                return length < 0 ? null : buffer[..length];
            }
        }
    }
}
