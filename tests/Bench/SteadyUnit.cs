using System;
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
    /// constants, a clock that the wait moves on, a port without a network.
    /// </summary>
    internal sealed class SteadyUnit : IBoard, IClock, ILoops, ILog, IMeteringUnit, ISignal
    {
        private const long FirstDay = 800_000_000 / MeterTime.Day * MeterTime.Day;
        private const int WarmUpMinutes = 90;
        private const int MeasuredMinutes = 60;
        private static readonly uint[] Row = [1, 1];

        private const int Second = 1000;
        private const long Minute = 60 * Second;

        private readonly SimulatedPort _port = new();
        private readonly DatagramPeer _peer = SimulatedUnit.Peer(2);
        private readonly byte[] _request = Frames.GetSeven;
        private ISequence _sequence;
        private CommunicationUnit _unit;
        private bool _isWarm;
        private long _before;
        private long _allocated;
        private int _answers;

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
            var steady = new SteadyUnit();
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
            var steady = new SteadyUnit();
            steady._port.Sent = (_, _, _) => steady._answers++;
            steady._unit = new CommunicationUnit(steady, steady, new UnitSettings(SimulatedUnit.Identity));
            steady._unit.Start();
            steady._sequence.Run();
            const int Wanted = MeasuredMinutes * 60;
            bool worked = steady._answers >= Wanted;
            return new Figure(
                "steady minute (polls, store, 60 Gets, notify): bytes allocated by firmware/Echonet, Metering, RouteB",
                "0", worked ? (steady._allocated / (double)MeasuredMinutes).ToString("0.##") : "the unit did not answer",
                worked && steady._allocated == 0);
        }

        // The metering loop waits for its next poll, a second at most: the customer side works once.
        public WaitResult Wait(long deadline)
        {
            Milliseconds = deadline;
            _port.Deliver(_request, _peer);
            _unit.IpPath.Step(Milliseconds);
            if (!_isWarm && Milliseconds >= WarmUpMinutes * Minute)
            {
                _isWarm = true;
                _answers = 0;
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
