using System;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Rig;

namespace NanoComm.Bench
{
    /// <summary>A board with real threads and a real clock.</summary>
    internal sealed class BenchBoard : IBoard, ILog, IDisposable
    {
        private readonly ThreadLoops _loops;

        public BenchBoard(ISerialLine meteringLine, params IDatagramPort[] ports)
        {
            MeteringLine = meteringLine;
            RouteBPorts = ports;
            _loops = new ThreadLoops(Clock, this);
        }

        public IClock Clock { get; } = new MonotonicClock();

        public ILoops Loops => _loops;

        public IDurableStore Store { get; } = new DurableStore(new MemoryFiles());

        public IDurableStore Notes { get; } = new DurableStore(new MemoryFiles());

        public IRandomSource Random { get; } = new SystemRandom();

        public ILog Log => this;

        public ISerialLine MeteringLine { get; }

        public ISerialLine WiSunLine => null;

        public IResetLine WiSunReset => null;

        public IDatagramPort[] RouteBPorts { get; }

        public IWifiRadio Wifi => null;

        public IIndicator Indicator => null;

        public ISupplyMonitor SupplyMonitor => null;

        public void DeclarePower(IPowerSheet sheet) => AmplePower.Declare(sheet);

        public IBlockCipher CreateBlockCipher(byte[] key) => new AesBlockCipher(key);

        public IMac CreateMac(byte[] key) => new HmacSha256(key);

        public void Restart(string reason) => throw new NotSupportedException(reason);

        public void Write(LogLevel level, string source, string text)
        {
            if (level >= LogLevel.Warning)
            {
                Console.Error.WriteLine($"{source}: {text}");
            }
        }

        public void Dispose()
        {
            _loops.Stop();
            _loops.Join(2000);
            _loops.Dispose();
        }
    }
}
