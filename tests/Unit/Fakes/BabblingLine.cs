using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>A line on which noise never ends: a byte a millisecond.</summary>
    public sealed class BabblingLine : ISerialLine
    {
        private readonly DlmsPeer _peer;

        public BabblingLine(DlmsPeer peer)
        {
            _peer = peer;
        }

        public int BaudRate => 9600;

        public void Notify(ISignal received)
        {
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            _peer.Milliseconds++;
            buffer[offset] = 0x55;
            return 1;
        }

        public bool Write(byte[] buffer, int offset, int count)
        {
            return true;
        }

        public void DiscardInput()
        {
        }
    }
}
