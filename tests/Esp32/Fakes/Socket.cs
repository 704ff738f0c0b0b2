using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NanoComm.Tests.Esp32;

namespace System.Net.Sockets
{
    /// <summary>A group and the interface to join it by, as the option's bytes.</summary>
    public sealed class MulticastOption
    {
        private readonly IPAddress _group;
        private readonly IPAddress _local;

        public MulticastOption(IPAddress group, IPAddress local)
        {
            _group = group;
            _local = local;
        }

        public byte[] GetBytes()
        {
            return _group.GetAddressBytes().Concat(_local.GetAddressBytes()).ToArray();
        }
    }

    /// <summary>
    /// A UDP socket as lwIP has it below nanoFramework: Poll looks for exceptions beside data, and without any interface
    /// that is up there is one at once; a group is joined by the interface that has that address at this moment, or not;
    /// nothing leaves without an interface. IPv6 is not in the image.
    /// </summary>
    public sealed class Socket
    {
        private readonly Queue<(IPEndPoint From, byte[] Payload)> _arrived = new();
        private readonly List<string> _groups = new();
        private bool _isOpen = true;

        public Socket(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            if (family == AddressFamily.InterNetworkV6)
            {
                throw new SocketException((int)SocketError.AddressFamilyNotSupported);
            }

            Lan.Add(this);
        }

        public int SendTimeout { get; set; }

        public int ReceiveTimeout { get; set; }

        /// <summary>The port that it is bound to, 0 before.</summary>
        public int Port { get; private set; }

        public void SetSocketOption(SocketOptionLevel level, SocketOptionName name, int value)
        {
        }

        public void SetSocketOption(SocketOptionLevel level, SocketOptionName name, byte[] value)
        {
            lock (Lan.Gate)
            {
                string local = new IPAddress(value.AsSpan(4)).ToString();
                if (!Lan.IsLinkUp || local != Lan.LiveAddress)
                {
                    throw new SocketException((int)SocketError.AddressNotAvailable);
                }

                _groups.Add(new IPAddress(value.AsSpan(0, 4)).ToString());
            }
        }

        public void Bind(IPEndPoint local)
        {
            lock (Lan.Gate)
            {
                if (Lan.IsTaken(local.Port, this))
                {
                    throw new SocketException((int)SocketError.AddressAlreadyInUse);
                }

                Port = local.Port;
            }
        }

        public int SendTo(byte[] buffer, int offset, int size, SocketFlags flags, EndPoint to)
        {
            lock (Lan.Gate)
            {
                if (Lan.LiveAddress == Lan.None)
                {
                    throw new SocketException((int)SocketError.HostUnreachable);
                }

                Lan.Sent.Add($"{((IPEndPoint)to).Address}: {Convert.ToHexString(buffer, offset, size)}");
                return size;
            }
        }

        public bool Poll(int microSeconds, SelectMode mode)
        {
            lock (Lan.Gate)
            {
                long until = Lan.Now + (microSeconds / 1000);
                while (true)
                {
                    if (!_isOpen)
                    {
                        throw new ObjectDisposedException(nameof(Socket));
                    }

                    if (!Lan.IsLinkUp)
                    {
                        throw new SocketException((int)SocketError.NetworkDown);
                    }

                    if (_arrived.Count > 0 || Lan.Now >= until)
                    {
                        return _arrived.Count > 0;
                    }

                    Lan.Parked = Lan.Version;
                    Lan.ParkedUntil = until;
                    Monitor.Wait(Lan.Gate);
                }
            }
        }

        public int ReceiveFrom(byte[] buffer, int offset, int size, SocketFlags flags, ref EndPoint from)
        {
            lock (Lan.Gate)
            {
                (IPEndPoint sender, byte[] payload) = _arrived.Dequeue();
                from = sender;
                int length = int.Min(size, payload.Length);
                Array.Copy(payload, 0, buffer, offset, length);
                return length;
            }
        }

        public void Close()
        {
            _isOpen = false;
            Lan.Remove(this);
        }

        internal void Take(string from, int port, byte[] payload, bool isForGroup)
        {
            if (Port != 0 && (!isForGroup || _groups.Count > 0))
            {
                _arrived.Enqueue((new IPEndPoint(IPAddress.Parse(from), port), payload));
            }
        }
    }
}
