using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NanoComm.Tests.Fleet
{
    /// <summary>A controller at an address of its own, which asks by the standard's bytes.</summary>
    internal sealed class Terminal : IDisposable
    {
        private const int Patience = 5000;
        private const int HeaderLength = 12;
        private const byte GetAnswer = 0x72;
        private static readonly byte[] FromController = [0x05, 0xFF, 0x01];
        private static readonly byte[] ToMeter = [0x02, 0x88, 0x01];

        private readonly Socket _socket;
        private readonly int _port;
        private ushort _tid;

        public Terminal(string address, int port)
        {
            _port = port;
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
            {
                ReceiveBufferSize = 1 << 20,
                ReceiveTimeout = Patience,
            };
            _socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
        }

        /// <summary>What a meter answers to Get of one property: its EDT; null when it does not answer in time.</summary>
        public byte[] Get(IPAddress meter, byte epc)
        {
            Send(new IPEndPoint(meter, _port), epc);
            long begin = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begin).TotalMilliseconds < Patience)
            {
                if (Receive(out IPAddress sender, epc) is byte[] value && sender.Equals(meter))
                {
                    return value;
                }
            }

            return null;
        }

        /// <summary>Asks the group for one property: who answered, and after how many milliseconds.</summary>
        /// <param name="local">Address of the interface on which to ask.</param>
        /// <param name="epc">The property.</param>
        /// <param name="milliseconds">How long to listen.</param>
        public Dictionary<IPAddress, double> Search(IPAddress local, byte epc, int milliseconds)
        {
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, local.GetAddressBytes());
            var answers = new Dictionary<IPAddress, double>();
            long begin = Stopwatch.GetTimestamp();
            Send(new IPEndPoint(IPAddress.Parse("224.0.23.0"), _port), epc);
            while (Stopwatch.GetElapsedTime(begin).TotalMilliseconds < milliseconds)
            {
                if (_socket.Poll(10_000, SelectMode.SelectRead) && Receive(out IPAddress sender, epc) is not null)
                {
                    answers.TryAdd(sender, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                }
            }

            return answers;
        }

        public void Dispose()
        {
            _socket.Dispose();
        }

        private void Send(IPEndPoint destination, byte epc)
        {
            _tid++;
            byte[] frame = [0x10, 0x81, (byte)(_tid >> 8), (byte)_tid, .. FromController, .. ToMeter, 0x62, 1, epc, 0];
            _socket.SendTo(frame, destination);
        }

        // Null for what is no answer to the last question.
        private byte[] Receive(out IPAddress sender, byte epc)
        {
            var buffer = new byte[2000];
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            int length;
            try
            {
                length = _socket.ReceiveFrom(buffer, ref from);
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.TimedOut)
            {
                sender = IPAddress.None;
                return null;
            }

            sender = ((IPEndPoint)from).Address;
            bool isAnswer = length > HeaderLength + 1 && BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(2)) == _tid
                && buffer[10] == GetAnswer && buffer[HeaderLength] == epc;
            return isAnswer ? buffer[(HeaderLength + 2)..length] : null;
        }
    }
}
