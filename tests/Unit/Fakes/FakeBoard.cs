using System;
using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>A board of one thread with a clock, one signal, a log and a cipher: enough to run one loop. What else a
    /// test needs, it brings.</summary>
    public sealed class FakeBoard : IBoard, ILoops, ILog
    {
        /// <summary>Makes a board whose clock stands at 0.</summary>
        public FakeBoard()
        {
            Time = new FakeClock();
            Signal = new FakeSignal(Time);
            Clock = Time;
            Loops = this;
        }

        /// <summary>The clock, to be moved.</summary>
        public FakeClock Time { get; }

        /// <summary>The one signal.</summary>
        public FakeSignal Signal { get; }

        /// <summary>Lines logged as warnings or errors.</summary>
        public int Warnings { get; private set; }

        /// <summary>Lines logged.</summary>
        public int Lines { get; private set; }

        /// <summary>The last line logged, or null.</summary>
        public string LastLine { get; private set; }

        /// <summary>How often a restart was asked for.</summary>
        public int Restarts { get; private set; }

        /// <inheritdoc/>
        public bool IsStopping { get; set; }

        /// <inheritdoc/>
        public IClock Clock { get; set; }

        /// <inheritdoc/>
        public ILoops Loops { get; set; }

        /// <inheritdoc/>
        public ILog Log
        {
            get { return this; }
        }

        /// <inheritdoc/>
        public IDurableStore Store { get; set; }

        /// <inheritdoc/>
        public IDurableStore Notes { get; set; }

        /// <inheritdoc/>
        public IRandomSource Random { get; set; }

        /// <inheritdoc/>
        public ISerialLine MeteringLine { get; set; }

        /// <inheritdoc/>
        public ISerialLine WiSunLine { get; set; }

        /// <inheritdoc/>
        public IResetLine WiSunReset { get; set; }

        /// <inheritdoc/>
        public IDatagramPort[] RouteBPorts { get; set; } = new IDatagramPort[0];

        /// <inheritdoc/>
        public IWifiRadio Wifi { get; set; }

        /// <inheritdoc/>
        public IIndicator Indicator
        {
            get { return null; }
        }

        /// <inheritdoc/>
        public ISupplyMonitor SupplyMonitor { get; set; }

        /// <inheritdoc/>
        public void DeclarePower(IPowerSheet sheet)
        {
            FakePower.Declare(sheet, FakePower.Ample);
        }

        /// <inheritdoc/>
        public ISignal CreateSignal(string name)
        {
            return Signal;
        }

        /// <inheritdoc/>
        public void Write(LogLevel level, string source, string text)
        {
            Lines++;
            LastLine = text;
            if (level >= LogLevel.Warning)
            {
                Warnings++;
            }
        }

        /// <inheritdoc/>
        public IBlockCipher CreateBlockCipher(byte[] key)
        {
            return new PortableAes(key);
        }

        /// <inheritdoc/>
        public IMac CreateMac(byte[] key)
        {
            return new PortableMac(key);
        }

        /// <inheritdoc/>
        public void Restart(string reason)
        {
            Restarts++;
        }

        /// <inheritdoc/>
        public LoopBeat Start(string name, IReaction reaction, ISignal wake)
        {
            throw new NotSupportedException();
        }

        /// <inheritdoc/>
        public LoopBeat Start(string name, ISequence sequence)
        {
            throw new NotSupportedException();
        }

        /// <inheritdoc/>
        public void StartWatch(IReaction watch)
        {
            throw new NotSupportedException();
        }
    }
}
