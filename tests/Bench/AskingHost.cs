using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using NanoComm.Echonet;

namespace NanoComm.Bench
{
    /// <summary>A host with one ECHONET Lite socket and several clients behind it, told apart by transaction id: each asks again as
    /// soon as it has its answer. Like every controller the host answers who asks it for its instances (D6).</summary>
    internal sealed class AskingHost : IDisposable
    {
        private const int Longest = 2048;

        // struct sockaddr_in, and where the address lies in it.
        private const int NameSize = 16;
        private const int AddressOffset = 4;
        private const int AddressLength = 4;

        private const int ReceiveBufferLength = 1 << 20;

        // A client that has no answer by then asks again.
        private static readonly long Patience = Stopwatch.Frequency;

        private static readonly byte[] Instances = [0x04, 0x01, 0x05, 0xFF, 0x01];

        private readonly Socket _socket;
        private readonly int _descriptor;
        private readonly IPEndPoint _meter;
        private readonly byte[] _name;
        private readonly byte[] _names;
        private readonly byte[] _received;
        private readonly byte[] _requests;
        private readonly LinuxDatagrams.MessageVector[] _in;
        private readonly LinuxDatagrams.MessageVector[] _out;
        private readonly LinuxDatagrams.Part[] _inParts;
        private readonly LinuxDatagrams.Part[] _outParts;
        private readonly byte[] _introduction = new byte[EchonetFrame.PropertiesOffset + 1 + Instances.Length];
        private readonly long[] _sentAt;
        private readonly int _length;
        private int _due;

        /// <summary>Opens it; nothing is asked yet.</summary>
        /// <param name="local">Its address, on the port of the meter: answers go there, wherever a request came from.</param>
        /// <param name="meter">Who is asked.</param>
        /// <param name="request">What.</param>
        /// <param name="clients">How many clients it has, 1…256.</param>
        public AskingHost(IPAddress local, IPEndPoint meter, byte[] request, int clients)
        {
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
            {
                ReceiveBufferSize = ReceiveBufferLength,
            };

            // A peer that listens on every address has this port too; the one of the address gets what is for it.
            _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            _socket.Bind(new IPEndPoint(local, meter.Port));
            _descriptor = (int)_socket.SafeHandle.DangerousGetHandle();
            _meter = meter;
            _name = GC.AllocateArray<byte>(NameSize, pinned: true);
            _names = GC.AllocateArray<byte>(clients * NameSize, pinned: true);
            meter.Serialize().Buffer.Span[..NameSize].CopyTo(_name);
            _length = request.Length;
            _sentAt = new long[clients];
            _received = GC.AllocateArray<byte>(clients * Longest, pinned: true);
            _requests = GC.AllocateArray<byte>(clients * _length, pinned: true);
            (_in, _inParts) = MakeRoom(clients, _received, Longest);
            (_out, _outParts) = MakeRoom(clients, _requests, _length);
            for (int client = 0; client < clients; client++)
            {
                _out[client].Message.Name = Marshal.UnsafeAddrOfPinnedArrayElement(_name, 0);
                _out[client].Message.NameSize = NameSize;
                _in[client].Message.Name = Marshal.UnsafeAddrOfPinnedArrayElement(_names, client * NameSize);
                _in[client].Message.NameSize = NameSize;
                request.CopyTo(RequestOf(client));
                RequestOf(client)[EchonetFrame.TidOffset + 1] = (byte)client;
            }
        }

        /// <summary>For who waits for several.</summary>
        public int Descriptor => _descriptor;

        /// <summary>Requests that have had no answer in time.</summary>
        public int Lost { get; private set; }

        /// <summary>Answers that did not give all that was asked.</summary>
        public int Refused { get; private set; }

        /// <summary>Has every client ask.</summary>
        public void Begin()
        {
            long now = Stopwatch.GetTimestamp();
            for (int client = 0; client < _sentAt.Length; client++)
            {
                Ask(client, now);
            }

            Send();
        }

        /// <summary>Has those ask again who have waited too long.</summary>
        public void AskAgain()
        {
            long now = Stopwatch.GetTimestamp();
            for (int client = 0; client < _sentAt.Length; client++)
            {
                if (now - _sentAt[client] > Patience)
                {
                    Lost++;
                    Ask(client, now);
                }
            }

            Send();
        }

        /// <summary>Takes the answers that are there, and has their clients ask again.</summary>
        /// <param name="took">Is told how long each took, in ticks of the <see cref="Stopwatch"/>.</param>
        public void Receive(Action<long> took)
        {
            int count = LinuxDatagrams.Receive(_descriptor, _in);
            long now = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
            {
                // Whatever port it sends from.
                if (AddressOf(_names.AsSpan(i * NameSize)).SequenceEqual(AddressOf(_name)))
                {
                    Take(_received.AsSpan(i * Longest, (int)_in[i].Length), now, took);
                }
            }

            Send();
        }

        public void Dispose() => _socket.Dispose();

        private static (LinuxDatagrams.MessageVector[], LinuxDatagrams.Part[]) MakeRoom(int count, byte[] memory, int length)
        {
            LinuxDatagrams.MessageVector[] messages = GC.AllocateArray<LinuxDatagrams.MessageVector>(count, pinned: true);
            LinuxDatagrams.Part[] parts = GC.AllocateArray<LinuxDatagrams.Part>(count, pinned: true);
            for (int i = 0; i < count; i++)
            {
                parts[i].Start = Marshal.UnsafeAddrOfPinnedArrayElement(memory, i * length);
                parts[i].Length = (nuint)length;
                messages[i].Message.Parts = Marshal.UnsafeAddrOfPinnedArrayElement(parts, i);
                messages[i].Message.PartNumber = 1;
            }

            return (messages, parts);
        }

        private static ReadOnlySpan<byte> AddressOf(ReadOnlySpan<byte> name) => name.Slice(AddressOffset, AddressLength);

        private Span<byte> RequestOf(int client) => _requests.AsSpan(client * _length, _length);

        private void Take(ReadOnlySpan<byte> datagram, long now, Action<long> took)
        {
            if (datagram.Length <= EchonetFrame.OpcOffset)
            {
                return;
            }

            bool isForNode = datagram[EchonetFrame.DeojOffset] == Eoj.NodeProfile >> 16;
            if (datagram[EchonetFrame.EsvOffset] == Esv.Get && isForNode)
            {
                Introduce(datagram);
                return;
            }

            int client = datagram[EchonetFrame.TidOffset + 1];
            if (client < _sentAt.Length && datagram[EchonetFrame.TidOffset] == RequestOf(client)[EchonetFrame.TidOffset])
            {
                Refused += datagram[EchonetFrame.EsvOffset] == Esv.GetSna ? 1 : 0;
                took(now - _sentAt[client]);
                Ask(client, now);
            }
        }

        // Who is asked is one of those that it may be: it has a controller, 05FF01.
        private void Introduce(ReadOnlySpan<byte> question)
        {
            EchonetFrame.WriteHeader(_introduction, question[EchonetFrame.TidOffset], question[EchonetFrame.TidOffset + 1], Eoj.NodeProfile,
                Eoj.NodeProfile, Esv.GetRes);
            _introduction[EchonetFrame.OpcOffset] = 1;
            _introduction[EchonetFrame.PropertiesOffset] = Epc.SelfNodeInstanceListS;
            Instances.CopyTo(_introduction, EchonetFrame.PropertiesOffset + 1);
            _socket.SendTo(_introduction, _meter);
        }

        private void Ask(int client, long now)
        {
            RequestOf(client)[EchonetFrame.TidOffset]++;
            _sentAt[client] = now;
            _outParts[_due++].Start = Marshal.UnsafeAddrOfPinnedArrayElement(_requests, client * _length);
        }

        private void Send()
        {
            if (_due > 0)
            {
                // Clients whose request the network did not take find out by waiting in vain.
                LinuxDatagrams.Send(_descriptor, _out, _due);
                _due = 0;
            }
        }
    }
}
