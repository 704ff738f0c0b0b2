using System;
using System.IO;
using System.IO.Ports;
using System.Net.Sockets;
using System.Threading;

namespace NanoComm.Hal.Host
{
    /// <summary>
    /// A byte stream that stands for a serial line: opened again when it went away, read by a thread of its own. What
    /// is written while it is away is lost, as on a wire with nobody at the other end.
    /// </summary>
    public sealed class LineConnection : IDisposable
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

        private readonly Func<CancellationToken, Stream> _open;
        private readonly IDisposable _opener;
        private readonly CancellationTokenSource _end = new CancellationTokenSource();
        private readonly TimeSpan _silence;
        private readonly Thread _reader;
        private volatile Stream _stream;

        private LineConnection(string name, Func<CancellationToken, Stream> open, IDisposable opener, TimeSpan silence)
        {
            Name = name;
            _open = open;
            _opener = opener;
            _silence = silence;
            _reader = new Thread(Read) { IsBackground = true, Name = "line " + name };
        }

        /// <summary>Bytes have arrived: the first so many of the array, until the handler returns. On the reader's
        /// thread.</summary>
        public event Action<byte[], int> Received;

        /// <summary>The line came (true) or went (false). On the reader's thread.</summary>
        public event Action<bool> Changed;

        /// <summary>One line of text for what happens to the peers of a listener. On any thread.</summary>
        public event Action<string> Noted;

        /// <summary>What is at the other end, for people.</summary>
        public string Name { get; }

        /// <summary>Whether it is there now.</summary>
        public bool IsOpen => _stream != null;

        /// <summary>A serial port or pseudo terminal, 8N1.</summary>
        /// <exception cref="IOException">It cannot be opened; the message says why.</exception>
        public static LineConnection ToSerialPort(string port, int baudRate)
        {
            // Once here, so that a wrong name is an error at once and not an endless retry.
            Stream first = OpenPort(port, baudRate);
            return new LineConnection(port, _ => Interlocked.Exchange(ref first, null) ?? OpenPort(port, baudRate),
                null, Timeout.InfiniteTimeSpan);
        }

        /// <summary>A TCP peer that is called, again and again until it answers.</summary>
        public static LineConnection ToPeer(string host, int port)
        {
            return new LineConnection($"{host}:{port}", end => Call(host, port, end), null,
                Timeout.InfiniteTimeSpan);
        }

        /// <summary>A TCP port that is listened on, one peer at a time; the next ones wait.</summary>
        /// <param name="host">Address or name.</param>
        /// <param name="port">Port; 0 takes a free one.</param>
        /// <param name="silence">A peer that sends nothing for so long, or takes nothing, is let go.</param>
        /// <exception cref="IOException">The address cannot be used; the message says why.</exception>
        public static LineConnection ToListener(string host, int port, TimeSpan silence)
        {
            var peers = new PeerQueue(host, port, silence);
            var connection = new LineConnection(peers.Name, peers.Next, peers, silence);
            peers.Noted += text => connection.Noted?.Invoke(text);
            return connection;
        }

        /// <summary>Begins to read; subscribe first.</summary>
        public void Start()
        {
            _reader.Start();
        }

        /// <summary>Sends bytes; returns when the stream has taken them.</summary>
        /// <returns>False when the stream broke meanwhile.</returns>
        public bool Write(ReadOnlySpan<byte> bytes)
        {
            Stream stream = _stream;
            try
            {
                stream?.Write(bytes);
                return true;
            }
            catch (Exception failure) when (IsLoss(failure))
            {
                // The reader finds out as well, and opens it again.
                stream.Dispose();
                return false;
            }
        }

        /// <summary>Ends with the peer that is there now.</summary>
        public void HangUp()
        {
            _stream?.Dispose();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _end.Cancel();
            _opener?.Dispose();
            _stream?.Dispose();
            if (_reader.IsAlive)
            {
                _reader.Join(Pause);
            }
        }

        private static Stream OpenPort(string port, int baudRate)
        {
            // A name that stays, such as /dev/serial/by-id/..., is a link, and SerialPort does not take every link.
            string device = File.Exists(port) ? File.ResolveLinkTarget(port, true)?.FullName ?? port : port;
            var serial = new SerialPort(device, baudRate, Parity.None, 8, StopBits.One);
            try
            {
                serial.Open();
                serial.DiscardInBuffer();
                return serial.BaseStream;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException
                or InvalidOperationException)
            {
                serial.Dispose();
                throw new IOException($"the serial port {port} cannot be opened at {baudRate} baud: " + (SerialPortTrouble.Describe(port)
                    ?? $"{failure.Message.TrimEnd('.')}; look whether nobody else has it"), failure);
            }
        }

        private static Stream Call(string host, int port, CancellationToken end)
        {
            var client = new TcpClient { NoDelay = true };
            try
            {
                client.ConnectAsync(host, port, end).AsTask().GetAwaiter().GetResult();
                return client.GetStream();
            }
            catch
            {
                client.Dispose();
                throw;
            }
        }

        private static bool IsLoss(Exception failure)
        {
            return failure is IOException or SocketException or ObjectDisposedException or OperationCanceledException
                or InvalidOperationException or UnauthorizedAccessException;
        }

        private void Read()
        {
            var buffer = new byte[1024];
            while (!_end.IsCancellationRequested)
            {
                try
                {
                    _stream = _open(_end.Token);
                    Changed?.Invoke(true);
                    ReadToTheEnd(_stream, buffer);
                    Changed?.Invoke(false);
                }
                catch (Exception failure) when (IsLoss(failure))
                {
                    _end.Token.WaitHandle.WaitOne(Pause);
                }
            }
        }

        // 0 at the end of the stream, or of our patience.
        private int ReadSome(Stream stream, byte[] buffer)
        {
            if (_silence == Timeout.InfiniteTimeSpan)
            {
                return stream.ReadAsync(buffer, _end.Token).AsTask().GetAwaiter().GetResult();
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            patience.CancelAfter(_silence);
            try
            {
                return stream.ReadAsync(buffer, patience.Token).AsTask().GetAwaiter().GetResult();
            }
            catch (OperationCanceledException) when (!_end.IsCancellationRequested)
            {
                Noted?.Invoke($"let go: it was silent for {_silence.TotalSeconds} s");
                return 0;
            }
        }

        private void ReadToTheEnd(Stream stream, byte[] buffer)
        {
            try
            {
                int count;
                while (!_end.IsCancellationRequested && (count = ReadSome(stream, buffer)) > 0)
                {
                    Received?.Invoke(buffer, count);
                }
            }
            catch (Exception failure) when (IsLoss(failure))
            {
                // Gone: the other side hung up, the adapter was pulled, or this is the end.
            }
            finally
            {
                _stream = null;
                stream.Dispose();
            }
        }
    }
}
