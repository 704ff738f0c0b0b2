using System;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Bench
{
    /// <summary>A serial line whose far end works on a thread of its own, so that what this thread allocates is the
    /// client's. The line itself allocates nothing.</summary>
    internal sealed class ThreadLine : ISerialLine, IDisposable
    {
        private readonly Bytes _out = new();
        private readonly Bytes _in = new();
        private ISignal _received;

        public int BaudRate => 115200;

        /// <summary>Puts a metering unit at the far end.</summary>
        public void Serve(MeteringUnitServer server)
        {
            server.Send += bytes =>
            {
                _in.Put(bytes.Span);
                _received.Set();
            };
            new Thread(() =>
            {
                var buffer = new byte[Bytes.Capacity];
                for (int count = _out.Wait(buffer); count > 0; count = _out.Wait(buffer))
                {
                    server.Receive(buffer.AsSpan(0, count));
                }
            })
            { IsBackground = true }.Start();
        }

        public void Notify(ISignal received) => _received = received;

        public int Read(byte[] buffer, int offset, int count) => _in.Take(buffer.AsSpan(offset, count));

        public bool Write(byte[] buffer, int offset, int count)
        {
            _out.Put(buffer.AsSpan(offset, count));
            return true;
        }

        public void DiscardInput() => _in.Clear();

        public void Dispose() => _out.Close();

        private sealed class Bytes
        {
            public const int Capacity = 8192;

            private readonly byte[] _bytes = new byte[Capacity];
            private int _count;
            private bool _isClosed;

            public void Put(ReadOnlySpan<byte> bytes)
            {
                lock (_bytes)
                {
                    bytes.CopyTo(_bytes.AsSpan(_count));
                    _count += bytes.Length;
                    Monitor.Pulse(_bytes);
                }
            }

            public int Take(Span<byte> buffer)
            {
                lock (_bytes)
                {
                    int taken = Math.Min(buffer.Length, _count);
                    _bytes.AsSpan(0, taken).CopyTo(buffer);
                    _bytes.AsSpan(taken, _count - taken).CopyTo(_bytes);
                    _count -= taken;
                    return taken;
                }
            }

            public int Wait(Span<byte> buffer)
            {
                lock (_bytes)
                {
                    while (_count == 0 && !_isClosed)
                    {
                        Monitor.Wait(_bytes);
                    }

                    return Take(buffer);
                }
            }

            public void Clear()
            {
                lock (_bytes)
                {
                    _count = 0;
                }
            }

            public void Close()
            {
                lock (_bytes)
                {
                    _isClosed = true;
                    Monitor.Pulse(_bytes);
                }
            }
        }
    }
}
