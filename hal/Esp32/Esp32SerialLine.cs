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
        private const string Source = "uart";

        private const int ScratchLength = 64;

        // The longest message takes 0.12 s at 115200 bits a second, and 1.5 s at 9600.
        private const int WriteTimeout = 2000;

        // What is longer than the FIFO is sent by a worker of the image, and its completion is one event for all ports:
        // two that write at once are woken by each other's, and then lose data or wait for nothing.
        private static readonly object Writing = new object();

        private readonly SerialPort _port;
        private readonly ILog _log;
        private readonly byte[] _scratch = new byte[ScratchLength];
        private ISignal _received;
        private Timer _poll;
        private int _failures;

        /// <summary>Routes the pins and opens the line, 8N1, no flow control.</summary>
        /// <param name="com">2 or 3.</param>
        /// <param name="transmitPin">GPIO number of TX.</param>
        /// <param name="receivePin">GPIO number of RX.</param>
        /// <param name="baudRate">Bits per second.</param>
        /// <param name="receiveBuffer">Receive buffer in bytes.</param>
        /// <param name="log">Told when the line does not take what is written to it.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such port.</exception>
        public Esp32SerialLine(int com, int transmitPin, int receivePin, int baudRate, int receiveBuffer, ILog log)
        {
            if (com != 2 && com != 3)
            {
                throw new ArgumentOutOfRangeException(nameof(com));
            }

            _log = log;

            // The pins count only if they are routed before the port exists.
            Configuration.SetPinFunction(transmitPin, com == 2 ? DeviceFunction.COM2_TX : DeviceFunction.COM3_TX);
            Configuration.SetPinFunction(receivePin, com == 2 ? DeviceFunction.COM2_RX : DeviceFunction.COM3_RX);

            // An open port keeps the buffer it was opened with.
            _port = new SerialPort("COM" + com.ToString(), baudRate);
            _port.ReadBufferSize = receiveBuffer;
            _port.WriteTimeout = WriteTimeout;
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
        /// <remarks>Waits for the other port's write, if there is one under way: for as long as that may take.</remarks>
        public bool Write(byte[] buffer, int offset, int count)
        {
            try
            {
                lock (Writing)
                {
                    _port.Write(buffer, offset, count);
                }
            }
            catch (Exception failure)
            {
                Fail(failure);
                return false;
            }

            if (_failures > 0)
            {
                Recover();
            }

            return true;
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

        private void Fail(Exception failure)
        {
            if (_failures == 0)
            {
                _log.Write(LogLevel.Warning, Source, _port.PortName + " does not take what is written to it: "
                    + failure.Message);
            }

            _failures++;
        }

        private void Recover()
        {
            _log.Write(LogLevel.Info, Source, _port.PortName + " takes what is written to it again; writes that failed: "
                + _failures.ToString());
            _failures = 0;
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
