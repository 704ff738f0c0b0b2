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
        private const int EsvOffset = 10;
        private const byte Get = 0x62;

        private readonly ArrayList _frames = new ArrayList();
        private readonly ArrayList _senders = new ArrayList();

        /// <summary>Whether opening works.</summary>
        public bool NetworkIsThere { get; set; } = true;

        /// <summary>Whether the hosts answer what the unit asks them, as nodes do; what it asks is then not kept.</summary>
        public bool HostsAnswer { get; set; } = true;

        /// <summary>The one host that does, by its address; null for all.</summary>
        public string HostThatAnswers { get; set; }

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
        public bool IsReady { get; set; }

        /// <inheritdoc/>
        public int Lost { get; set; }

        /// <summary>A datagram arrives by unicast.</summary>
        public void Arrive(string address, int scope, int port, string frame)
        {
            Arrive(address, scope, port, frame, DatagramCast.Unicast);
        }

        /// <summary>A datagram arrives.</summary>
        public void Arrive(string address, int scope, int port, string frame, DatagramCast cast)
        {
            byte[] bytes = Hex.Parse(address);
            var peer = new DatagramPeer { AddressLength = bytes.Length, ScopeId = scope, Port = port, Cast = cast };
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
            string host = Hex.Format(destination.Address, 0, destination.AddressLength);
            if (HostsAnswer && buffer[EsvOffset] == Get && (HostThatAnswers == null || HostThatAnswers == host))
            {
                _senders.Add(Copy(destination));
                _frames.Add(Hex.Parse("1081" + Hex.Format(buffer, 2, 2) + "0EF0010EF0017201D6040105FF01"));
                return true;
            }

            return Keep(host + "%"
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

        private static DatagramPeer Copy(DatagramPeer peer)
        {
            var copy = new DatagramPeer();
            copy.CopyFrom(peer);
            copy.Cast = DatagramCast.Unicast;
            return copy;
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
