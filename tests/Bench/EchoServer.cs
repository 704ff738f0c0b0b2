using System;
using System.Net;
using System.Net.Sockets;

namespace NanoComm.Bench
{
    /// <summary>The least that a UDP server in C# can do: what comes goes back to where it came from.</summary>
    internal static class EchoServer
    {
        /// <summary>Argument, before address and port, that makes this program that server until it is killed.</summary>
        public const string Argument = "--echo";

        private const int Longest = 2048;

        public static void Run(IPEndPoint local)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(local);
            var datagram = new byte[Longest];
            var peer = new SocketAddress(AddressFamily.InterNetwork);
            while (true)
            {
                int length = socket.ReceiveFrom(datagram, SocketFlags.None, peer);
                socket.SendTo(datagram.AsSpan(0, length), SocketFlags.None, peer);
            }
        }
    }
}
