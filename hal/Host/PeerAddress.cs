using System;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace NanoComm.Hal.Host
{
    // A DatagramPeer as the operating system's socket address, rewritten in place. Port, address and scope lie at the
    // same offsets on Linux, Windows and macOS; what lies before them is left as .NET made it.
    internal static class PeerAddress
    {
        private const int PortOffset = 2;
        private const int IPv4Offset = 4;
        private const int IPv4Length = 4;
        private const int IPv6Offset = 8;
        private const int IPv6Length = 16;
        private const int ScopeOffset = 24;

        // False when the peer is not of the family, or has no port that could be sent to.
        public static bool TryWrite(DatagramPeer peer, SocketAddress address)
        {
            bool isIPv6 = address.Family == AddressFamily.InterNetworkV6;
            int length = isIPv6 ? IPv6Length : IPv4Length;
            if (peer.AddressLength != length || peer.Port < 1 || peer.Port > ushort.MaxValue)
            {
                return false;
            }

            Span<byte> bytes = address.Buffer.Span;
            BinaryPrimitives.WriteUInt16BigEndian(bytes[PortOffset..], (ushort)peer.Port);
            peer.Address.AsSpan(0, length).CopyTo(bytes[(isIPv6 ? IPv6Offset : IPv4Offset)..]);
            if (isIPv6)
            {
                BitConverter.TryWriteBytes(bytes[ScopeOffset..], (uint)peer.ScopeId);
            }

            return true;
        }

        public static void Read(SocketAddress address, DatagramPeer peer)
        {
            ReadOnlySpan<byte> bytes = address.Buffer.Span;
            bool isIPv6 = address.Family == AddressFamily.InterNetworkV6;
            int length = isIPv6 ? IPv6Length : IPv4Length;
            bytes.Slice(isIPv6 ? IPv6Offset : IPv4Offset, length).CopyTo(peer.Address);
            peer.AddressLength = length;
            peer.ScopeId = isIPv6 ? BitConverter.ToUInt32(bytes[ScopeOffset..]) : 0;
            peer.Port = BinaryPrimitives.ReadUInt16BigEndian(bytes[PortOffset..]);
        }

        // Address and port; not the scope, which the operating system tells for some addresses and not for others.
        public static bool IsSame(SocketAddress a, SocketAddress b)
        {
            bool isIPv6 = a.Family == AddressFamily.InterNetworkV6;
            int offset = isIPv6 ? IPv6Offset : IPv4Offset;
            int length = isIPv6 ? IPv6Length : IPv4Length;
            ReadOnlySpan<byte> left = a.Buffer.Span;
            ReadOnlySpan<byte> right = b.Buffer.Span;
            return left.Slice(PortOffset, sizeof(ushort)).SequenceEqual(right.Slice(PortOffset, sizeof(ushort)))
                && left.Slice(offset, length).SequenceEqual(right.Slice(offset, length));
        }
    }
}
