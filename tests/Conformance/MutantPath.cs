using System.Collections.Generic;
using NanoComm.MeterConformance;
using NanoComm.Hal;
using NanoComm.Rig;

namespace NanoComm.Tests.Conformance
{
    /// <summary>The way to a simulated unit in virtual time, with a mutant on it.</summary>
    internal sealed class MutantPath : MeterPath
    {
        private const byte ControllerHost = 2;
        private const byte OtherHost = 3;
        private const int EchonetPort = 3610;
        private const int OtherPort = 50000;

        private readonly SimulatedUnit _unit;
        private readonly Mutant _mutant;
        private readonly Queue<HeardFrame> _heard = new();

        public MutantPath(SimulatedUnit unit, Mutant mutant, bool isLinkUp = false)
        {
            _unit = unit;
            _mutant = mutant;
            IsLinkUp = isLinkUp;
            unit.Port.Sent = (buffer, length, destination) => Hear(buffer[..length], destination);
        }

        public override int Port => EchonetPort;

        public override string Name => "simulated unit";

        public override long Now => _unit.Scheduler.Milliseconds;

        public override int Pace => 20;

        public override int ShortestSilence => 500;

        public override bool IsLinkUp { get; }

        public override bool HasGroup => true;

        public override bool Has(PathEnd end)
        {
            return true;
        }

        public override void Send(byte[] frame, PathEnd end, bool toGroup)
        {
            if (_mutant.Request(this, frame, end, toGroup) is { } passed)
            {
                Deliver(passed, end, toGroup);
            }
        }

        /// <summary>Hands a frame to the unit.</summary>
        public void Deliver(byte[] frame, PathEnd end, bool toGroup = false)
        {
            DatagramPeer peer = SimulatedUnit.Peer(end == PathEnd.OtherController ? OtherHost : ControllerHost,
                end == PathEnd.OtherPort ? OtherPort : EchonetPort);
            peer.Cast = toGroup ? DatagramCast.Multicast : DatagramCast.Unicast;
            _unit.Port.Deliver(frame, peer);
        }

        /// <summary>A frame of the mutant's own.</summary>
        public void Reply(byte[] frame, PathEnd end = PathEnd.Controller, bool toGroup = false)
        {
            _heard.Enqueue(new HeardFrame(frame, end, EchonetPort, toGroup, Now));
        }

        /// <summary>A frame that is heard later.</summary>
        public void ReplyLater(HeardFrame heard, int delay)
        {
            _unit.Scheduler.At(Now + delay, () => _heard.Enqueue(heard with { Time = Now }));
        }

        public override HeardFrame Receive(long until)
        {
            bool isOver = Now >= until;
            if (!isOver && _heard.Count == 0)
            {
                _unit.Scheduler.At(until, () => isOver = true);
                _unit.Scheduler.Run(() => isOver || _heard.Count > 0, Deadline.Never);
            }

            return _heard.TryDequeue(out HeardFrame heard) ? heard : null;
        }

        private void Hear(byte[] frame, DatagramPeer to)
        {
            PathEnd end = to == null || (to.Address[3] == ControllerHost && to.Port == EchonetPort) ? PathEnd.Controller
                : to.Address[3] == OtherHost ? PathEnd.OtherController : PathEnd.OtherPort;
            if (_mutant.Heard(this, new HeardFrame(frame, end, EchonetPort, to == null, Now)) is { } heard)
            {
                _heard.Enqueue(heard);
            }
        }
    }
}
