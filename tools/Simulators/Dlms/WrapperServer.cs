using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// The TCP wrapper of a server (IEC 62056-47, 7): before each APDU a header of four numbers of two bytes, version 1,
    /// source and destination wPort, length of the APDU. A client's wPort is its SAP. A segment of TCP may hold several
    /// messages or a part of one. Where a header cannot be right, what follows cannot be made out either: the end.
    /// </summary>
    public sealed class WrapperServer : IDataLink
    {
        /// <summary>The port that is registered for it, with TCP and UDP.</summary>
        public const int Port = 4059;

        private const int Version = 1;
        private const int HeaderLength = 8;
        private const int SourceOffset = 2;
        private const int DestinationOffset = 4;
        private const int LengthOffset = 6;

        private readonly int _server;
        private readonly byte[] _clients;
        private readonly int _maxApdu;
        private readonly IApduHandler _handler;
        private readonly Action<string, bool> _complain;
        private readonly List<byte> _bytes = [];
        private bool _isBroken;

        /// <summary>Makes the layer.</summary>
        /// <param name="server">Own wPort: the logical device.</param>
        /// <param name="clients">SAPs of the clients that are served.</param>
        /// <param name="maxApdu">Longest APDU taken.</param>
        /// <param name="handler">Takes the APDUs.</param>
        /// <param name="complain">Takes what is wrong with a message, and whether that is the end of the line.</param>
        public WrapperServer(int server, IEnumerable<byte> clients, int maxApdu, IApduHandler handler,
            Action<string, bool> complain)
        {
            _server = server;
            _clients = clients.ToArray();
            _maxApdu = maxApdu;
            _handler = handler;
            _complain = complain;
        }

        /// <inheritdoc/>
        public int BadFrames { get; private set; }

        /// <inheritdoc/>
        public IEnumerable<byte[]> Receive(ReadOnlySpan<byte> bytes)
        {
            var answers = new List<byte[]>();
            foreach ((int source, int destination, byte[] apdu) in Take(bytes))
            {
                if (destination != _server || !_clients.Contains((byte)Math.Min(source, byte.MaxValue)))
                {
                    BadFrames++;
                    _complain($"from wPort {source} to wPort {destination}: no such association here, not answered", false);
                }
                else if (_handler.Handle((byte)source, apdu) is byte[] response)
                {
                    answers.Add(Wrap(source, response));
                }
            }

            return answers;
        }

        /// <inheritdoc/>
        public void Ignore(ReadOnlySpan<byte> bytes)
        {
            Take(bytes);
        }

        /// <inheritdoc/>
        public void Pause()
        {
            // TCP loses nothing: what has begun goes on whenever it comes.
        }

        /// <inheritdoc/>
        public void Reset()
        {
            _bytes.Clear();
            _isBroken = false;
            foreach (byte client in _clients)
            {
                _handler.Disconnected(client);
            }
        }

        private List<(int Source, int Destination, byte[] Apdu)> Take(ReadOnlySpan<byte> bytes)
        {
            var messages = new List<(int, int, byte[])>();
            _bytes.AddRange(bytes);
            while (!_isBroken && _bytes.Count >= HeaderLength && CheckHeader(out int length) && _bytes.Count >= HeaderLength + length)
            {
                messages.Add((Number(SourceOffset), Number(DestinationOffset), [.. _bytes.GetRange(HeaderLength, length)]));
                _bytes.RemoveRange(0, HeaderLength + length);
            }

            return messages;
        }

        private bool CheckHeader(out int length)
        {
            length = Number(LengthOffset);
            string wrong = Number(0) != Version ? $"version {Number(0)}, not {Version}"
                : length == 0 || length > _maxApdu ? $"an APDU of {length} bytes, not 1 to {_maxApdu}"
                : null;
            if (wrong != null)
            {
                BadFrames++;
                _isBroken = true;
                _bytes.Clear();
                _complain(wrong + ": closed", true);
            }

            return wrong == null;
        }

        private int Number(int offset)
        {
            return (_bytes[offset] << 8) | _bytes[offset + 1];
        }

        private byte[] Wrap(int client, byte[] apdu)
        {
            var message = new byte[HeaderLength + apdu.Length];
            BinaryPrimitives.WriteUInt16BigEndian(message, Version);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(SourceOffset), (ushort)_server);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(DestinationOffset), (ushort)client);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(LengthOffset), (ushort)apdu.Length);
            apdu.CopyTo(message, HeaderLength);
            return message;
        }
    }
}
