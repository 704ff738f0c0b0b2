using System;
using System.Collections.Generic;
using System.Net;
using NanoComm.Hil;
using NanoComm.Simulators;

namespace NanoComm.Tests.Hil
{
    /// <summary>A board with something wrong at its boundary: what it does is what the board behind it does, but for what a
    /// derived class spoils. So the same fault is planted in virtual time and in another process.</summary>
    internal abstract class BoardProxy : IBoardUnderTest, IBoardRecords
    {
        private readonly Dictionary<int, ProxyLine> _terminals = [];

        protected BoardProxy(IBenchClock clock, IBoardUnderTest board)
        {
            Clock = clock;
            Board = board;
            MeteringLine = new ProxyLine(board.MeteringLine, FromMetering, ToMetering);
            WiSunLine = new ProxyLine(board.WiSunLine, FromWiSun, bytes => bytes);
        }

        public event Action<BoardLogLine> Logged
        {
            add => Board.Logged += value;
            remove => Board.Logged -= value;
        }

        public string Name => Board.Name;

        public IByteLine MeteringLine { get; }

        public IByteLine WiSunLine { get; }

        public IBoardRecords Records => this;

        protected IBenchClock Clock { get; }

        protected IBoardUnderTest Board { get; }

        public string Lacks(BoardAbility ability) => Board.Lacks(ability);

        public virtual void PowerOn() => Board.PowerOn();

        public virtual void PowerOff() => Board.PowerOff();

        public virtual void Put(string name, byte[] content) => Board.Records.Put(name, content);

        public virtual byte[][] Read(params string[] names) => Board.Records.Read(names);

        public IByteLine OpenTerminal(int number)
        {
            var line = new ProxyLine(Board.OpenTerminal(number), bytes => FromIp(number, bytes), bytes => ToIp(number, bytes));
            _terminals.Add(number, line);
            return line;
        }

        public IPAddress AddressOf(int number) => Board.AddressOf(number);

        public virtual BoardResources Measure() => Board.Measure();

        public void Dispose() => Board.Dispose();

        protected ProxyLine TerminalOf(int number) => _terminals[number];

        /// <summary>What becomes of bytes; null for nothing.</summary>
        protected virtual byte[] FromMetering(byte[] bytes) => bytes;

        protected virtual byte[] ToMetering(byte[] bytes) => bytes;

        protected virtual byte[] FromWiSun(byte[] bytes) => bytes;

        protected virtual byte[] FromIp(int terminal, byte[] datagram) => datagram;

        protected virtual byte[] ToIp(int terminal, byte[] datagram) => datagram;

        /// <summary>A line on which bytes are changed.</summary>
        internal sealed class ProxyLine : IByteLine
        {
            private readonly IByteLine _line;
            private readonly Func<byte[], byte[]> _to;

            public ProxyLine(IByteLine line, Func<byte[], byte[]> from, Func<byte[], byte[]> to)
            {
                _line = line;
                _to = to;
                line.Received += bytes =>
                {
                    if (from(bytes.ToArray()) is byte[] left)
                    {
                        Received?.Invoke(left);
                    }
                };
            }

            public event Action<ReadOnlyMemory<byte>> Received;

            public void Send(ReadOnlyMemory<byte> bytes)
            {
                if (_to(bytes.ToArray()) is byte[] left)
                {
                    _line.Send(left);
                }
            }

            /// <summary>Sends past the fault.</summary>
            public void SendAsIs(byte[] bytes) => _line.Send(bytes);

            /// <summary>Hears what the board never said.</summary>
            public void Hear(byte[] bytes) => Received?.Invoke(bytes);
        }
    }
}
