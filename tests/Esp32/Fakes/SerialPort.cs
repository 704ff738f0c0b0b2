using System.Collections.Generic;
using System.Threading;

namespace System.IO.Ports
{
    public delegate void SerialDataReceivedEventHandler(object sender, SerialDataReceivedEventArgs e);

    public class SerialDataReceivedEventArgs : EventArgs
    {
    }

    /// <summary>
    /// A UART as the interpreter of the ESP32 drives it (targets/ESP32, System.IO.Ports): what does not fit into the FIFO
    /// is sent by a worker of the port, which remembers one order only; and the caller waits for a completion event that
    /// all ports share and that wakes everyone who waits, whose completion it ever was.
    /// </summary>
    public sealed class SerialPort
    {
        private const int FifoLength = 128;
        private const int BitsPerByte = 10;

        private static readonly object Event = new();
        private static int _wakes;
        private static int _waiting;
        private static bool _isLatched;

        private readonly Queue<byte> _arrived = new();
        private readonly AutoResetEvent _order = new(false);
        private (byte[] Buffer, int Offset, int Count) _ordered;

        public SerialPort(string portName, int baudRate)
        {
            PortName = portName;
            BaudRate = baudRate;
            All.Add(this);
            new Thread(Work) { IsBackground = true }.Start();
        }

        public event SerialDataReceivedEventHandler DataReceived;

        public static List<SerialPort> All { get; } = new();

        public string PortName { get; }

        public int BaudRate { get; }

        public int ReadBufferSize { get; set; }

        public int WriteTimeout { get; set; } = Timeout.Infinite;

        /// <summary>The worker does nothing: the line's driver is stuck.</summary>
        public bool IsStuck { get; set; }

        /// <summary>What has left, as far as it was longer than the FIFO.</summary>
        public List<byte> Sent { get; } = new();

        public int BytesToRead
        {
            get
            {
                lock (_arrived)
                {
                    return _arrived.Count;
                }
            }
        }

        public static void Reset()
        {
            All.Clear();
            _isLatched = false;
        }

        public void Open()
        {
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            lock (_arrived)
            {
                for (int i = 0; i < count; i++)
                {
                    buffer[offset + i] = _arrived.Dequeue();
                }
            }

            return count;
        }

        public void Write(byte[] buffer, int offset, int count)
        {
            if (count <= FifoLength)
            {
                return;
            }

            _ordered = (buffer, offset, count);
            _order.Set();
            if (!WaitForAny(WriteTimeout))
            {
                throw new TimeoutException();
            }
        }

        public void Arrive(byte[] bytes)
        {
            lock (_arrived)
            {
                foreach (byte b in bytes)
                {
                    _arrived.Enqueue(b);
                }
            }

            DataReceived?.Invoke(this, new SerialDataReceivedEventArgs());
        }

        private static bool WaitForAny(int timeout)
        {
            lock (Event)
            {
                if (_isLatched)
                {
                    _isLatched = false;
                    return true;
                }

                int wakes = _wakes;
                long until = timeout == Timeout.Infinite ? long.MaxValue : Environment.TickCount64 + timeout;
                _waiting++;
                while (wakes == _wakes)
                {
                    long left = until - Environment.TickCount64;
                    if (left <= 0)
                    {
                        break;
                    }

                    Monitor.Wait(Event, (int)long.Min(left, 1000));
                }

                _waiting--;
                return wakes != _wakes;
            }
        }

        private void Work()
        {
            while (true)
            {
                _order.WaitOne();
                if (IsStuck)
                {
                    continue;
                }

                (byte[] buffer, int offset, int count) = _ordered;
                Thread.Sleep(count * BitsPerByte * 1000 / BaudRate);
                Sent.AddRange(buffer.AsSpan(offset, count).ToArray());
                lock (Event)
                {
                    _isLatched = _waiting == 0;
                    _wakes++;
                    Monitor.PulseAll(Event);
                }
            }
        }
    }
}
