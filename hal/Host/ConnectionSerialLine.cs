using System;

namespace NanoComm.Hal.Host
{
    /// <summary>A serial line over a connection: its reader thread fills a ring, and the signal wakes the
    /// firmware.</summary>
    public abstract class ConnectionSerialLine : ISerialLine, IDisposable
    {
        private const int RingLength = 8192;

        private readonly LineConnection _connection;
        private readonly byte[] _ring = new byte[RingLength];
        private int _first;
        private int _count;
        private volatile ISignal _received;

        private protected ConnectionSerialLine(LineConnection connection, int baudRate)
        {
            BaudRate = baudRate;
            _connection = connection;
            _connection.Received += Put;
            _connection.Start();
        }

        /// <inheritdoc/>
        public int BaudRate { get; }

        /// <summary>Whether the other end is there now.</summary>
        public bool IsOpen => _connection.IsOpen;

        /// <summary>Bytes lost because nobody read them.</summary>
        public long Overrun { get; private set; }

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            _received = received;
            received.Set();
        }

        /// <inheritdoc/>
        public int Read(byte[] buffer, int offset, int count)
        {
            lock (_ring)
            {
                int taken = Math.Min(count, _count);
                for (int i = 0; i < taken; i++)
                {
                    buffer[offset + i] = _ring[(_first + i) % RingLength];
                }

                _first = (_first + taken) % RingLength;
                _count -= taken;
                return taken;
            }
        }

        /// <inheritdoc/>
        public bool Write(byte[] buffer, int offset, int count)
        {
            return _connection.Write(buffer.AsSpan(offset, count));
        }

        /// <inheritdoc/>
        public void DiscardInput()
        {
            lock (_ring)
            {
                _count = 0;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _connection.Dispose();
            GC.SuppressFinalize(this);
        }

        private void Put(byte[] bytes, int count)
        {
            lock (_ring)
            {
                int room = Math.Min(count, RingLength - _count);
                for (int i = 0; i < room; i++)
                {
                    _ring[(_first + _count + i) % RingLength] = bytes[i];
                }

                _count += room;
                Overrun += count - room;
            }

            _received?.Set();
        }
    }
}
