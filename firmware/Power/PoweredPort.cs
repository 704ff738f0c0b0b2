using NanoComm.Hal;

namespace NanoComm.Power
{
    /// <summary>A port of the IP network as its path sees it: nothing leaves it while its radio or PHY has no grant.
    /// </summary>
    public sealed class PoweredPort : IDatagramPort
    {
        private readonly IDatagramPort _port;
        private readonly PowerGrant _power;

        private PoweredPort(IDatagramPort port, PowerGrant power)
        {
            _port = port;
            _power = power;
        }

        /// <inheritdoc/>
        public bool IsOpen
        {
            get { return _power.IsOn && _port.IsOpen; }
        }

        /// <inheritdoc/>
        public bool IsReady
        {
            get { return _power.IsOn && _port.IsReady; }
        }

        /// <inheritdoc/>
        public int Lost
        {
            get { return _port.Lost; }
        }

        /// <summary>A board's IP ports, each behind the grant of what they send by.</summary>
        /// <param name="board">The board.</param>
        /// <param name="power">Of its Wi-Fi radio or its Ethernet PHY.</param>
        public static IDatagramPort[] All(IBoard board, PowerGrant power)
        {
            IDatagramPort[] ports = board.RouteBPorts;
            var powered = new IDatagramPort[ports.Length];
            for (int i = 0; i < ports.Length; i++)
            {
                powered[i] = new PoweredPort(ports[i], power);
            }

            return powered;
        }

        /// <inheritdoc/>
        public bool Open()
        {
            return _power.IsOn && _port.Open();
        }

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            _port.Notify(received);
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, DatagramPeer sender)
        {
            return _port.Receive(buffer, sender);
        }

        /// <inheritdoc/>
        public bool Send(byte[] buffer, int length, DatagramPeer destination)
        {
            return MaySend() && _port.Send(buffer, length, destination);
        }

        /// <inheritdoc/>
        public bool SendToGroup(byte[] buffer, int length)
        {
            return MaySend() && _port.SendToGroup(buffer, length);
        }

        /// <inheritdoc/>
        public bool SendToTerminals(byte[] buffer, int length)
        {
            return MaySend() && _port.SendToTerminals(buffer, length);
        }

        private bool MaySend()
        {
            _power.Count();
            return _power.MaySend;
        }
    }
}
