using NanoComm.Hal;

namespace NanoComm.Bench
{
    /// <summary>A port that wakes nobody: it is asked whenever its loop steps.</summary>
    /// <param name="port">The port.</param>
    internal sealed class UnwatchedPort(IDatagramPort port) : IDatagramPort
    {
        public bool IsOpen => port.IsOpen;

        public bool IsReady => port.IsReady;

        public int Lost => port.Lost;

        public bool Open() => port.Open();

        public void Notify(ISignal received)
        {
        }

        public int Receive(byte[] buffer, DatagramPeer sender) => port.Receive(buffer, sender);

        public bool Send(byte[] buffer, int length, DatagramPeer destination) => port.Send(buffer, length, destination);

        public bool SendToGroup(byte[] buffer, int length) => port.SendToGroup(buffer, length);

        public bool SendToTerminals(byte[] buffer, int length) => port.SendToTerminals(buffer, length);
    }
}
