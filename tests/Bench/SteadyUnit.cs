using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Records;
using NanoComm.Rig;

namespace NanoComm.Bench
{
    /// <summary>
    /// A unit on a single thread whose every byte of allocation is the firmware's: a metering unit that answers from
    /// constants, a clock that the wait moves on, a port without a network or with one.
    /// </summary>
    internal sealed class SteadyUnit : IBoard, IClock, ILoops, ILog, IMeteringUnit, ISignal
    {
        private const long FirstDay = 800_000_000 / MeterTime.Day * MeterTime.Day;
        private const int WarmUpMinutes = 90;
        private const int MeasuredMinutes = 60;
        private const int GetsOfNode = 100_000;
        private static readonly uint[] Row = [1, 1];

        private const int Second = 1000;
        private const long Minute = 60 * Second;

        private readonly IDatagramPort _port;
        private readonly Action _ask;
        private readonly Action _hear;
        private ISequence _sequence;
        private CommunicationUnit _unit;
        private bool _isWarm;
        private long _before;
        private long _allocated;
        private int _asked;

        // Who asks through the port before each step of the path, and hears the answer behind it.
        private SteadyUnit(IDatagramPort port, Action ask, Action hear)
        {
            _port = port;
            _ask = ask;
            _hear = hear;
        }

        public IClock Clock => this;

        public ILoops Loops => this;

        public IDurableStore Store { get; } = new DurableStore(new MemoryFiles());

        public IDurableStore Notes => Store;

        public IRandomSource Random { get; } = new SeededRandom(1);

        public ILog Log => this;

        public ISerialLine MeteringLine => null;

        public ISerialLine WiSunLine => null;

        public IResetLine WiSunReset => null;

        public IDatagramPort[] RouteBPorts => [_port];

        public IWifiRadio Wifi => null;

        public IIndicator Indicator => null;

        public ISupplyMonitor SupplyMonitor => null;

        public long Milliseconds { get; private set; }

        public bool IsStopping => Milliseconds >= (WarmUpMinutes + MeasuredMinutes) * Minute;

        public void DeclarePower(IPowerSheet sheet) => AmplePower.Declare(sheet);

        /// <summary>A node with one reading.</summary>
        public static EchonetNode MakeNode(MeterClass meterClass)
        {
            var data = new MeterData(1, meterClass);
            EchonetIdentity identity = SimulatedUnit.Identity;
            var steady = new SteadyUnit(null, null, null);
            var location = new InstallationLocation(steady.Store);
            steady.FillOnce(data, meterClass);
            if (meterClass == MeterClass.LowVoltage)
            {
                var meter = new LowVoltageMeter(new MeterValues(identity, location, data));
                return new EchonetNode(0, new NodeProfile(identity, meter), meter);
            }

            var values = new HighVoltageValues(identity, location, data);
            var one = new HighVoltageMeter(values);
            var both = new BidirectionalHighVoltageMeter(values);
            return new EchonetNode(0, new NodeProfile(identity, one, both), one, both);
        }

        /// <summary>Runs an hour and a half, then measures an hour: each minute 60 polls, one of them with the minute,
        /// and 60 Gets of seven properties, every half-hour a notification.</summary>
        public static Figure Measure()
        {
            int answers = 0;
            var port = new SimulatedPort { Sent = (_, _, _) => answers++ };
            DatagramPeer peer = SimulatedUnit.Peer(2);
            byte[] request = Frames.GetSeven;
            SteadyUnit steady = Run(port, 0, () => port.Deliver(request, peer), () => { });
            bool worked = answers >= steady._asked;
            return new Figure(
                "steady minute (polls, store, 60 Gets, notify): bytes allocated by firmware/Echonet, Metering, RouteB",
                "0", worked ? (steady._allocated / (double)MeasuredMinutes).ToString("0.##") : "the unit did not answer",
                worked && steady._allocated == 0);
        }

        /// <summary>The same over a real socket: what a Get allocates from the kernel to the node and back, the polls of the same time
        /// included; and the node alone.</summary>
        public static IEnumerable<Figure> MeasureGet()
        {
            EchonetNode node = MakeNode(MeterClass.LowVoltage);
            var terminal = new Terminal(node);
            byte[] request = Frames.GetSeven;
            var response = new byte[EchonetNode.BufferLength];
            int wrong = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < GetsOfNode; i++)
            {
                wrong += node.Handle(request, request.Length, terminal, 1, response) > 0 && response[EchonetFrame.EsvOffset] == Esv.GetRes ? 0 : 1;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            yield return new Figure("node, Get of 7 properties: bytes allocated", "0",
                wrong == 0 ? $"{allocated / (double)GetsOfNode:0.##}" : $"{wrong} not answered", wrong == 0 && allocated == 0);

            int answers = 0;
            using var port = new UdpPort(IPAddress.Parse("127.0.76.5"), 0, false);
            port.Open();
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 1000 };
            socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.77.1"), port.Port));
            socket.Connect("127.0.76.5", port.Port);
            SteadyUnit steady = Run(new UnwatchedPort(port), port.Port, () => socket.Send(request), () =>
            {
                do
                {
                    socket.Receive(response);
                }
                while (response[EchonetFrame.EsvOffset] == Esv.Get);

                answers += response[EchonetFrame.EsvOffset] == Esv.GetRes ? 1 : 0;
            });
            bool worked = answers >= steady._asked;
            yield return new Figure("path, socket to socket, Get of 7 properties: bytes allocated", "0",
                worked ? $"{steady._allocated / (double)steady._asked:0.##}" : $"{answers} of {steady._asked} answered",
                worked && steady._allocated == 0);
        }

        private static SteadyUnit Run(IDatagramPort port, int number, Action ask, Action hear)
        {
            var steady = new SteadyUnit(port, ask, hear);
            var settings = new UnitSettings(SimulatedUnit.Identity);
            settings.EchonetPort = number == 0 ? settings.EchonetPort : number;
            steady._unit = new CommunicationUnit(steady, steady, settings);
            steady._unit.Start();
            steady._sequence.Run();
            return steady;
        }

        // The metering loop waits for its next poll, a second at most: the customer side works once.
        public WaitResult Wait(long deadline)
        {
            Milliseconds = deadline;
            _ask();
            _unit.IpPath.Step(Milliseconds);
            _hear();
            _asked++;
            if (!_isWarm && Milliseconds >= WarmUpMinutes * Minute)
            {
                _isWarm = true;
                _before = GC.GetAllocatedBytesForCurrentThread();
            }

            _allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
            return IsStopping ? WaitResult.Stopping : WaitResult.TimedOut;
        }

        public void Set()
        {
        }

        public ISignal CreateSignal(string name) => this;

        public LoopBeat Start(string name, IReaction reaction, ISignal wake)
        {
            reaction.Step(Milliseconds);
            return new LoopBeat(name, Milliseconds);
        }

        // The one that reads the metering unit; it is run once all is started.
        public LoopBeat Start(string name, ISequence sequence)
        {
            _sequence = sequence;
            return new LoopBeat(name, Milliseconds);
        }

        public void StartWatch(IReaction watch)
        {
        }

        public IBlockCipher CreateBlockCipher(byte[] key) => new AesBlockCipher(key);

        public IMac CreateMac(byte[] key) => new HmacSha256(key);

        public void Restart(string reason) => throw new NotSupportedException(reason);

        public void Write(LogLevel level, string source, string text)
        {
        }

        public bool HasGaps => false;

        public MeteringResult ReadParameters(MeterParameters parameters)
        {
            return parameters.Set("BENCH"u8.ToArray(), 1, 3, 8) ? MeteringResult.Ok : MeteringResult.Refused;
        }

        public MeteringResult ReadLive(MeterReading reading)
        {
            reading.SetRegisters(reading.Time, (uint)(Milliseconds / Second), 1);
            reading.SetInstantaneous(1234, 60, 40);
            return MeteringResult.Ok;
        }

        public MeteringResult ReadNow(MeterReading reading)
        {
            long time = FirstDay + (Milliseconds / Second);
            ReadLive(reading);
            reading.SetRegisters(time, reading.Normal, reading.Reverse);
            reading.SetMinute(MeterTime.Floor(time, MeterTime.Minute), (uint)(Milliseconds / Second), 1);
            return MeteringResult.Ok;
        }

        public MeteringResult ReadMinutes(long from, long to, IProfileSink sink)
        {
            return Fill(from, to, MeterTime.Minute, sink);
        }

        public MeteringResult ReadHalfHours(long from, long to, IProfileSink sink)
        {
            return Fill(from, to, MeterTime.HalfHour, sink);
        }

        public MeteringResult ReadRequest(ProfileRequest request) => MeteringResult.Refused;

        private void FillOnce(MeterData data, MeterClass meterClass)
        {
            var clock = new MeterClock(1);
            var reading = new MeterReading(meterClass);
            var parameters = new MeterParameters(meterClass);
            ReadParameters(parameters);
            ReadNow(reading);
            clock.Set(reading.Time, 0);
            data.HalfHours.Put(FirstDay, 1, 2);
            if (meterClass == MeterClass.HighVoltage)
            {
                parameters.High.Set(0, 1, 0, 8, 0, 0, 8);
                reading.High[HighVoltageReading.LagNormal] = 1;
                data.High.Reactive.Put(FirstDay, 1, 2);
                data.High.Demand.Put(FirstDay, 1, 2);
            }

            data.Publish(parameters, reading, clock, 0);
            data.PublishHalfHour();
        }

        private static MeteringResult Fill(long from, long to, int interval, IProfileSink sink)
        {
            for (long time = from; time <= to; time += interval)
            {
                sink.Put(time, Row);
            }

            return MeteringResult.Ok;
        }
    }
}
