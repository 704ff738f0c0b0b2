using System.Collections;
using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>
    /// A datagram port whose network is the test: what arrives is queued by it, what is sent is kept as lines of
    /// "address port frame", to the group as "group frame", to the terminals as "terminals frame".
    /// </summary>
    public sealed class FakePort : IDatagramPort
    {
        private readonly ArrayList _frames = new ArrayList();
        private readonly ArrayList _senders = new ArrayList();

        /// <summary>Whether opening works.</summary>
        public bool NetworkIsThere { get; set; } = true;

        /// <summary>Whether sending works.</summary>
        public bool NetworkRefuses { get; set; }

        /// <summary>How often opening was tried.</summary>
        public int Opened { get; private set; }

        /// <summary>The signal to wake, or null.</summary>
        public ISignal Received { get; private set; }

        /// <summary>What was sent, oldest first.</summary>
        public ArrayList Sent { get; } = new ArrayList();

        /// <summary>Datagrams that have arrived and were not taken.</summary>
        public int Waiting
        {
            get { return _frames.Count; }
        }

        /// <inheritdoc/>
        public bool IsOpen { get; set; }

        /// <inheritdoc/>
        public int Lost { get; set; }

        /// <summary>A datagram arrives.</summary>
        public void Arrive(string address, int scope, int port, string frame)
        {
            byte[] bytes = Hex.Parse(address);
            var peer = new DatagramPeer { AddressLength = bytes.Length, ScopeId = scope, Port = port };
            bytes.CopyTo(peer.Address, 0);
            _senders.Add(peer);
            _frames.Add(Hex.Parse(frame));
        }

        /// <summary>Takes the oldest line sent, or "" without one.</summary>
        public string TakeSent()
        {
            if (Sent.Count == 0)
            {
                return "";
            }

            var line = (string)Sent[0];
            Sent.RemoveAt(0);
            return line;
        }

        /// <inheritdoc/>
        public bool Open()
        {
            Opened++;
            IsOpen = NetworkIsThere;
            return IsOpen;
        }

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            Received = received;
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, DatagramPeer sender)
        {
            while (_frames.Count > 0)
            {
                var frame = (byte[])_frames[0];
                sender.CopyFrom((DatagramPeer)_senders[0]);
                _frames.RemoveAt(0);
                _senders.RemoveAt(0);
                if (frame.Length <= buffer.Length)
                {
                    frame.CopyTo(buffer, 0);
                    return frame.Length;
                }

                Lost++;
            }

            return -1;
        }

        /// <inheritdoc/>
        public bool Send(byte[] buffer, int length, DatagramPeer destination)
        {
            return Keep(Hex.Format(destination.Address, 0, destination.AddressLength) + "%"
                + destination.ScopeId.ToString() + " " + destination.Port.ToString(), buffer, length);
        }

        /// <inheritdoc/>
        public bool SendToGroup(byte[] buffer, int length)
        {
            return Keep("group", buffer, length);
        }

        /// <inheritdoc/>
        public bool SendToTerminals(byte[] buffer, int length)
        {
            return Keep("terminals", buffer, length);
        }

        private bool Keep(string destination, byte[] buffer, int length)
        {
            if (!NetworkRefuses)
            {
                Sent.Add(destination + " " + Hex.Format(buffer, 0, length));
            }

            return !NetworkRefuses;
        }
    }
}
