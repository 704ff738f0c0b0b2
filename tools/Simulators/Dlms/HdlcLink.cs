using System;
using System.Collections.Generic;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// The server's end of one data link: normal response mode, window 1, segmentation both ways (Green Book 8.4).
    /// It speaks only when asked, under the address that it was asked by, and answers a repeated frame with what it
    /// answered before.
    /// </summary>
    public sealed class HdlcLink
    {
        private const int LlcLength = 3;

        private static readonly byte[] RequestLlc = [0xE6, 0xE6, 0x00];
        private static readonly byte[] ResponseLlc = [0xE6, 0xE7, 0x00];

        private readonly byte _client;
        private readonly HdlcParameters _own;
        private readonly int _maxApdu;
        private readonly IApduHandler _handler;
        private readonly List<byte> _received = new();

        private HdlcParameters _settled = HdlcParameters.Default;
        private HdlcAddress _server;
        private bool _isConnected;
        private int _sendNumber;
        private int _receiveNumber;
        private ReadOnlyMemory<byte> _toSend;
        private byte[] _last = [];

        /// <summary>Makes a link, disconnected.</summary>
        /// <param name="client">The client's address, which is its SAP.</param>
        /// <param name="own">What this side can do.</param>
        /// <param name="maxApdu">Longest APDU taken; a longer one ends the link.</param>
        /// <param name="handler">Takes the APDUs.</param>
        public HdlcLink(byte client, HdlcParameters own, int maxApdu, IApduHandler handler)
        {
            _client = client;
            _own = own;
            _maxApdu = maxApdu;
            _handler = handler;
        }

        /// <summary>Takes a frame of this link.</summary>
        /// <returns>The frame to answer with, with its flags; empty for none.</returns>
        public byte[] Receive(HdlcFrame frame)
        {
            if ((frame.Control & HdlcControl.PollFinal) == 0 || frame.Information.Length > _own.MaxReceive)
            {
                return [];
            }

            _server = frame.Destination;
            return frame.Control switch
            {
                HdlcControl.Snrm => Connect(frame.Information.Span),
                HdlcControl.Disc => Disconnect(),
                _ when !_isConnected => Frame(HdlcControl.Dm),
                _ when HdlcControl.IsInformation(frame.Control) => TakeInformation(frame),
                _ when HdlcControl.IsReceiveReady(frame.Control) => TakeReady(frame.Control),
                _ => [],
            };
        }

        private byte[] Connect(ReadOnlySpan<byte> field)
        {
            if (!HdlcParameters.TryParse(field, out HdlcParameters proposal))
            {
                return Frame(HdlcControl.Dm);
            }

            Close();
            _settled = _own.Negotiate(proposal);
            _isConnected = true;
            bool isDefault = field.IsEmpty && _settled == HdlcParameters.Default;
            return Frame(HdlcControl.Ua, isDefault ? default : _settled.ToBytes());
        }

        private byte[] Disconnect()
        {
            bool was = _isConnected;
            Close();
            return Frame(was ? HdlcControl.Ua : HdlcControl.Dm);
        }

        /// <summary>Forgets what was opened.</summary>
        public void Close()
        {
            _isConnected = false;
            _sendNumber = 0;
            _receiveNumber = 0;
            _toSend = default;
            _last = [];
            _received.Clear();
            _handler.Disconnected(_client);
        }

        private byte[] TakeInformation(HdlcFrame frame)
        {
            int number = HdlcControl.SendNumber(frame.Control);
            if (number != _receiveNumber)
            {
                // The answer got lost when it is the frame before; anything else is told what is expected.
                return number == Previous(_receiveNumber) && _last.Length > 0
                    ? _last
                    : Frame(HdlcControl.ReceiveReady(_receiveNumber));
            }

            _receiveNumber = Next(_receiveNumber);
            _toSend = default;
            if (_received.Count + frame.Information.Length > _maxApdu + LlcLength)
            {
                Close();
                return Frame(HdlcControl.Dm);
            }

            _received.AddRange(frame.Information.Span);
            return frame.IsSegmented ? Remember(Frame(HdlcControl.ReceiveReady(_receiveNumber))) : Answer();
        }

        private byte[] Answer()
        {
            byte[] request = _received.ToArray();
            _received.Clear();
            byte[] response = request.AsSpan().StartsWith(RequestLlc) ? _handler.Handle(_client, request[LlcLength..])
                : null;
            if (response == null)
            {
                _last = [];
                return [];
            }

            _toSend = (byte[])[.. ResponseLlc, .. response];
            return SendSegment();
        }

        private byte[] TakeReady(byte control)
        {
            bool isAcknowledged = HdlcControl.ReceiveNumber(control) == _sendNumber;
            if (!isAcknowledged && _last.Length > 0)
            {
                return _last;
            }

            return isAcknowledged && !_toSend.IsEmpty ? SendSegment() : Frame(HdlcControl.ReceiveReady(_receiveNumber));
        }

        private byte[] SendSegment()
        {
            int length = Math.Min(_toSend.Length, _settled.MaxTransmit);
            ReadOnlyMemory<byte> segment = _toSend[..length];
            _toSend = _toSend[length..];
            byte control = HdlcControl.Information(_receiveNumber, _sendNumber);
            _sendNumber = Next(_sendNumber);
            return Remember(new HdlcFrame(_client, _server, control, !_toSend.IsEmpty, segment).ToBytes());
        }

        private byte[] Frame(byte control, ReadOnlyMemory<byte> information = default)
        {
            return new HdlcFrame(_client, _server, control, false, information).ToBytes();
        }

        private byte[] Remember(byte[] frame)
        {
            _last = frame;
            return frame;
        }

        private static int Next(int number)
        {
            return (number + 1) & 7;
        }

        private static int Previous(int number)
        {
            return (number + 7) & 7;
        }
    }
}
