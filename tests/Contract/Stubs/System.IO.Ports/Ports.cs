namespace System.IO.Ports
{
    public enum Parity : int
    {
        None = 0,
        Odd = 1,
        Even = 2,
    }

    public enum SerialData : int
    {
        Chars = 1,
        WatchChar = 2,
    }

    public class SerialDataReceivedEventArgs : EventArgs
    {
        internal SerialDataReceivedEventArgs() => throw null;

        public SerialData EventType => throw null;
    }

    public delegate void SerialDataReceivedEventHandler(object sender, SerialDataReceivedEventArgs e);

    public sealed class SerialPort : IDisposable
    {
        public SerialPort(
            string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8,
            StopBits stopBits = StopBits.One) => throw null;

        public event SerialDataReceivedEventHandler DataReceived
        {
            add => throw null;
            remove => throw null;
        }

        public int BaudRate
        {
            get => throw null;
            set => throw null;
        }

        public int BytesToRead => throw null;

        public string PortName => throw null;

        public int ReadBufferSize
        {
            get => throw null;
            set => throw null;
        }

        public int WriteTimeout
        {
            get => throw null;
            set => throw null;
        }

        public void Dispose() => throw null;

        public void Open() => throw null;

        public int Read(byte[] buffer, int offset, int count) => throw null;

        public void Write(byte[] buffer, int offset, int count) => throw null;

        public void Write(string text) => throw null;
    }

    public enum StopBits : int
    {
        One = 1,
        Two = 2,
        OnePointFive = 3,
    }
}
