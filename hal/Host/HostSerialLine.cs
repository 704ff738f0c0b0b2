namespace NanoComm.Hal.Host
{
    /// <summary>A serial port or pseudo terminal of the PC as the unit's serial line; an adapter that was pulled is
    /// taken up again when it comes back.</summary>
    public sealed class HostSerialLine : ConnectionSerialLine
    {
        /// <summary>Opens the port.</summary>
        /// <param name="port">COM3, /dev/ttyUSB0, /dev/pts/4 …</param>
        /// <param name="baudRate">Bits per second.</param>
        /// <exception cref="System.IO.IOException">It cannot be opened; the message says why.</exception>
        public HostSerialLine(string port, int baudRate)
            : base(LineConnection.ToSerialPort(port, baudRate), baudRate)
        {
        }
    }
}
