using System;
using NanoComm.Hal.Host;

namespace NanoComm.Simulators
{
    /// <summary>A simulator's end of a real line: a serial port or pseudo terminal, or TCP from either side. What
    /// arrives is raised on the line's reader thread.</summary>
    public sealed class StreamByteLine : IByteLine, IDisposable
    {
        private readonly LineConnection _connection;

        private StreamByteLine(LineConnection connection)
        {
            _connection = connection;
            _connection.Received += (bytes, count) => Received?.Invoke(bytes.AsMemory(0, count));
        }

        /// <inheritdoc/>
        public event Action<ReadOnlyMemory<byte>> Received;

        /// <summary>The line came (true) or went (false).</summary>
        public event Action<bool> Changed
        {
            add => _connection.Changed += value;
            remove => _connection.Changed -= value;
        }

        /// <summary>One line of text for what happens to the peers of a TCP port. On any thread.</summary>
        public event Action<string> Noted
        {
            add => _connection.Noted += value;
            remove => _connection.Noted -= value;
        }

        /// <summary>What it is connected to, for people.</summary>
        public string Name => _connection.Name;

        /// <summary>A serial port or pseudo terminal.</summary>
        /// <exception cref="System.IO.IOException">It cannot be opened; the message says why.</exception>
        public static StreamByteLine OpenPort(string port, int baudRate)
        {
            return new StreamByteLine(LineConnection.ToSerialPort(port, baudRate));
        }

        /// <summary>A TCP port that is listened on; one peer at a time, the next one waits.</summary>
        /// <param name="host">Address or name.</param>
        /// <param name="port">Port; 0 takes a free one.</param>
        /// <param name="silence">A peer that sends nothing for so long, or takes nothing, is let go.</param>
        /// <exception cref="System.IO.IOException">The address cannot be used; the message says why.</exception>
        public static StreamByteLine Listen(string host, int port, TimeSpan silence)
        {
            return new StreamByteLine(LineConnection.ToListener(host, port, silence));
        }

        /// <summary>A TCP peer that is called, again and again until it answers.</summary>
        public static StreamByteLine Connect(string host, int port)
        {
            return new StreamByteLine(LineConnection.ToPeer(host, port));
        }

        /// <summary>Begins to read; subscribe first.</summary>
        public void Start()
        {
            _connection.Start();
        }

        /// <summary>Ends with the peer that is there now.</summary>
        public void HangUp()
        {
            _connection.HangUp();
        }

        /// <inheritdoc/>
        public void Send(ReadOnlyMemory<byte> bytes)
        {
            _connection.Write(bytes.Span);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _connection.Dispose();
        }
    }
}
