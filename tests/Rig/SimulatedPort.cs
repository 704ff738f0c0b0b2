using System;
using NanoComm.Echonet;
using NanoComm.Hal;

namespace NanoComm.Rig
{
    /// <summary>A UDP port without a network: datagrams are handed in, and what the unit sends is handed out.</summary>
    public sealed class SimulatedPort : IDatagramPort
    {
        private const int Capacity = 64;

        private readonly Datagram[] _waiting = new Datagram[Capacity];
        private ISignal _received;
        private int _first;
        private int _count;
        private bool _isNew;

        /// <summary>Makes a closed port.</summary>
        public SimulatedPort()
        {
            for (int i = 0; i < Capacity; i++)
            {
                _waiting[i] = new Datagram();
            }
        }

        /// <summary>Takes what the unit sends: buffer, length, and the destination, null for the multicast group. The
        /// buffer is used again at once.</summary>
        public Action<byte[], int, DatagramPeer> Sent { get; set; }

        /// <summary>Whether there is a network: when it goes away the port closes, and opens again when it is back.</summary>
        public bool HasNetwork
        {
            get;
            set
            {
                field = value;
                IsOpen &= value;
            }
        } = true;

        /// <inheritdoc/>
        public bool IsOpen { get; private set; }

        /// <inheritdoc/>
        public bool IsReady => _isNew;

        /// <summary>How often it was opened.</summary>
        public int Opens { get; private set; }

        /// <inheritdoc/>
        public int Lost { get; private set; }

        /// <inheritdoc/>
        public bool Open()
        {
            _isNew = false;
            Opens += HasNetwork && !IsOpen ? 1 : 0;
            IsOpen = HasNetwork;
            return IsOpen;
        }

        /// <summary>The interface has an address from now on, or none; one that comes is told to the unit.</summary>
        public void SetAddress(bool isThere)
        {
            HasNetwork = isThere;
            _isNew = isThere;
            if (isThere)
            {
                _received?.Set();
            }
        }

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            _received = received;
        }

        /// <summary>A datagram arrives.</summary>
        /// <param name="frame">Its payload.</param>
        /// <param name="from">Who sent it; copied.</param>
        public void Deliver(ReadOnlySpan<byte> frame, DatagramPeer from)
        {
            if (!IsOpen || _count == Capacity || frame.Length > Datagram.MaxLength)
            {
                Lost++;
                return;
            }

            Datagram place = _waiting[(_first + _count++) % Capacity];
            place.Length = frame.Length;
            place.From.CopyFrom(from);
            frame.CopyTo(place.Payload);
            _received.Set();
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, DatagramPeer sender)
        {
            if (_count == 0)
            {
                return -1;
            }

            Datagram datagram = _waiting[_first];
            _first = (_first + 1) % Capacity;
            _count--;
            sender.CopyFrom(datagram.From);
            datagram.Payload.AsSpan(0, datagram.Length).CopyTo(buffer);
            return datagram.Length;
        }

        /// <inheritdoc/>
        public bool Send(byte[] buffer, int length, DatagramPeer destination)
        {
            Sent?.Invoke(buffer, length, destination);
            return IsOpen;
        }

        /// <inheritdoc/>
        public bool SendToGroup(byte[] buffer, int length)
        {
            Sent?.Invoke(buffer, length, null);
            return IsOpen;
        }

        /// <inheritdoc/>
        public bool SendToTerminals(byte[] buffer, int length)
        {
            return SendToGroup(buffer, length);
        }

        private sealed class Datagram
        {
            public const int MaxLength = EchonetFrame.MaxLength + 1;

            public readonly byte[] Payload = new byte[MaxLength];
            public readonly DatagramPeer From = new();
            public int Length;
        }
    }
}
