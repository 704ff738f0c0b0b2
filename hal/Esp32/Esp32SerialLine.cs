using System;
using System.IO.Ports;
using System.Threading;
using nanoFramework.Hardware.Esp32;

namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// A UART of the ESP32: COM2 or COM3, as COM1 belongs to the debugger. The receive buffer must hold the longest
    /// burst that may arrive while the loop is busy: its overflow is silent.
    /// </summary>
    public sealed class Esp32SerialLine : ISerialLine
    {
        // The data event comes on arrival only. Bytes that arrive between a drain and the next wait, or while events
        // queue up behind a busy interpreter, have been seen to stay without one: a poll finds them.
        private const int PollInterval = 200;

        private const int ScratchLength = 64;

        private readonly SerialPort _port;
        private readonly byte[] _scratch = new byte[ScratchLength];
        private ISignal _received;
        private Timer _poll;

        /// <summary>Routes the pins and opens the line, 8N1, no flow control.</summary>
        /// <param name="com">2 or 3.</param>
        /// <param name="transmitPin">GPIO number of TX.</param>
        /// <param name="receivePin">GPIO number of RX.</param>
        /// <param name="baudRate">Bits per second.</param>
        /// <param name="receiveBuffer">Receive buffer in bytes.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such port.</exception>
        public Esp32SerialLine(int com, int transmitPin, int receivePin, int baudRate, int receiveBuffer)
        {
            if (com != 2 && com != 3)
            {
                throw new ArgumentOutOfRangeException(nameof(com));
            }

            // The pins count only if they are routed before the port exists.
            Configuration.SetPinFunction(transmitPin, com == 2 ? DeviceFunction.COM2_TX : DeviceFunction.COM3_TX);
            Configuration.SetPinFunction(receivePin, com == 2 ? DeviceFunction.COM2_RX : DeviceFunction.COM3_RX);

            // An open port keeps the buffer it was opened with.
            _port = new SerialPort("COM" + com.ToString(), baudRate);
            _port.ReadBufferSize = receiveBuffer;
            _port.Open();
        }

        /// <inheritdoc/>
        public int BaudRate
        {
            get { return _port.BaudRate; }
        }

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            _received = received;
            _port.DataReceived += OnDataReceived;
            _poll = new Timer(OnPoll, null, PollInterval, PollInterval);
        }

        /// <inheritdoc/>
        public int Read(byte[] buffer, int offset, int count)
        {
            // Never more than is there: nanoFramework's Read would wait for all of it, and lose it on a timeout.
            int waiting = _port.BytesToRead;
            int length = waiting < count ? waiting : count;
            return length > 0 ? _port.Read(buffer, offset, length) : 0;
        }

        /// <inheritdoc/>
        public void Write(byte[] buffer, int offset, int count)
        {
            _port.Write(buffer, offset, count);
        }

        /// <inheritdoc/>
        public void DiscardInput()
        {
            // What is there now, and no more: a line that never falls silent must not keep its loop here.
            int left = _port.BytesToRead;
            while (left > 0)
            {
                left -= _port.Read(_scratch, 0, left < ScratchLength ? left : ScratchLength);
            }
        }

        private void OnDataReceived(object sender, SerialDataReceivedEventArgs e)
        {
            _received.Set();
        }

        private void OnPoll(object state)
        {
            if (_port.BytesToRead > 0)
            {
                _received.Set();
            }
        }
    }
}
