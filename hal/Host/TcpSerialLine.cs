namespace NanoComm.Hal.Host
{
    /// <summary>A TCP peer as the unit's serial line: a simulator, or a serial device server. Called until it
    /// answers.</summary>
    public sealed class TcpSerialLine : ConnectionSerialLine
    {
        /// <summary>Begins to call.</summary>
        /// <param name="host">Name or address.</param>
        /// <param name="port">TCP port.</param>
        /// <param name="baudRate">What the firmware is told, for its timeouts; nothing is slowed down to it.</param>
        public TcpSerialLine(string host, int port, int baudRate)
            : base(LineConnection.ToPeer(host, port), baudRate)
        {
        }
    }
}
