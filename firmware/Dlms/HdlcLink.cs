using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.Dlms
{
    /// <summary>
    /// The client's end of an HDLC link in normal response mode, window one (IEC 62056-46), with the LLC header
    /// (IEC 62056-46, 6.2) in front of each APDU. The client speaks, the server answers; what stays unanswered is sent
    /// again, and what the server says twice is heard once.
    /// </summary>
    public sealed class HdlcLink
    {
        /// <summary>Longest information field in bytes while nothing else was negotiated.</summary>
        public const int DefaultInformation = 128;

        private const int LlcLength = 3;
        private const byte LlcRemote = 0xE6;
        private const byte LlcCommand = 0xE6;
        private const byte LlcResponse = 0xE7;

        // Parameter negotiation in SNRM and UA, IEC 62056-46, 6.4.4.4.3.2.
        private const byte NegotiationFormat = 0x81;
        private const byte NegotiationGroup = 0x80;
        private const byte MaxInformationTransmit = 0x05;
        private const byte MaxInformationReceive = 0x06;
        private const int MinInformation = 32;

        private const int SequenceMask = 0x07;
        private const int BitsPerByte = 10;
        private const int SilentCharacters = 10;

        private readonly ISerialLine _line;
        private readonly ISignal _received;
        private readonly IClock _clock;
        private readonly LinkSettings _settings;
        private readonly HdlcReceiver _receiver;
        private readonly byte[] _frame;
        private readonly int _interOctet;
        private readonly int _longestFrame;
        private readonly TurnaroundEstimate _turnaround;
        private readonly byte _server;

        private byte _client;
        private int _frameLength;
        private int _frameDuration;
        private int _sendNumber;
        private int _receiveNumber;
        private int _maxTransmit;
        private int _damagedBefore;
        private bool _isConnected;
        private bool _isHeard;
        private long _heard;
        private long _deadline;
        private long _latest;
        private long _lastByte;

        /// <summary>Makes a link, closed.</summary>
        /// <param name="line">The line, from now on this link's alone.</param>
        /// <param name="loops">Makes the signal that waits for the line.</param>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="settings">Sizes and times.</param>
        public HdlcLink(ISerialLine line, ILoops loops, IClock clock, LinkSettings settings)
        {
            _line = line;
            _clock = clock;
            _settings = settings;
            _receiver = new HdlcReceiver(settings.MaxInformation);
            _frame = new byte[settings.MaxInformation + HdlcFrame.Overhead];
            _interOctet = Duration(SilentCharacters) + settings.InterOctetMargin;
            _longestFrame = Duration(settings.MaxInformation + HdlcFrame.Overhead);
            _turnaround = new TurnaroundEstimate(settings.LeastTurnaround, settings.ServerTurnaround);
            _server = HdlcFrame.Address(settings.ServerAddress);
            _received = loops.CreateSignal("response of the metering unit");
            line.Notify(_received);
        }

        /// <summary>Whether a command is sent again as soon as the server takes longer for it than it usually does,
        /// instead of after the longest that it may take: for what is worth less the later it comes.</summary>
        public bool IsQuick { get; set; }

        // Since the command was sent something came that was no frame, though it began as one.
        private bool IsDamaged => _receiver.Damaged != _damagedBefore;

        /// <summary>What went over the link.</summary>
        public HdlcStatistics Statistics { get; } = new HdlcStatistics();

        /// <summary>Counts what was received and was not a frame.</summary>
        public HdlcReceiver Receiver => _receiver;

        /// <summary>Opens the link, whatever state the server is in (SNRM, UA).</summary>
        /// <param name="clientAddress">The client's SAP, 1…127.</param>
        public HdlcResult Connect(int clientAddress)
        {
            _client = HdlcFrame.Address(clientAddress);
            Forget();
            _sendNumber = 0;
            _receiveNumber = 0;
            _maxTransmit = _settings.MaxInformation < DefaultInformation
                ? _settings.MaxInformation
                : DefaultInformation;
            _isConnected = false;
            Prepare(HdlcControl.Snrm, WriteNegotiation(), false);
            HdlcResult result = Ask(HdlcControl.Ua);
            if (result == HdlcResult.Ok)
            {
                result = ReadNegotiation() ? HdlcResult.Ok : HdlcResult.Rejected;
            }

            _isConnected = result == HdlcResult.Ok;
            return result;
        }

        /// <summary>Sends an APDU and receives the one that answers it, both in as many frames as it takes.</summary>
        /// <param name="request">Holds the request.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes, 1 and up.</param>
        /// <param name="response">Takes the response, from index 0.</param>
        /// <param name="responseLength">Its length in bytes.</param>
        /// <returns>Anything but <see cref="HdlcResult.Ok"/> leaves the link closed.</returns>
        public HdlcResult Exchange(byte[] request, int offset, int length, byte[] response, out int responseLength)
        {
            responseLength = 0;
            if (!_isConnected)
            {
                return HdlcResult.Disconnected;
            }

            // What is there before the question answers another one: its numbers may fit all the same.
            Forget();
            HdlcResult result = Send(request, offset, length);
            if (result == HdlcResult.Ok)
            {
                result = Receive(response, out responseLength);
            }

            _isConnected = result == HdlcResult.Ok;
            return result;
        }

        private void Forget()
        {
            _line.DiscardInput();
            _receiver.Reset(_client, _server);
        }

        private HdlcResult Send(byte[] request, int offset, int length)
        {
            _frame[HdlcFrame.InformationOffset] = LlcRemote;
            _frame[HdlcFrame.InformationOffset + 1] = LlcCommand;
            _frame[HdlcFrame.InformationOffset + 2] = 0;
            int header = LlcLength;
            while (true)
            {
                int part = length > _maxTransmit - header ? _maxTransmit - header : length;
                Array.Copy(request, offset, _frame, HdlcFrame.InformationOffset + header, part);
                offset += part;
                length -= part;
                Prepare(HdlcControl.Information(_sendNumber, _receiveNumber), header + part, length > 0);
                _sendNumber = (_sendNumber + 1) & SequenceMask;
                if (length == 0)
                {
                    return Ask(HdlcControl.Information(0, 0));
                }

                HdlcResult result = Ask(HdlcControl.ReceiveReady(0));
                if (result != HdlcResult.Ok)
                {
                    return result;
                }

                header = 0;
            }
        }

        private HdlcResult Receive(byte[] response, out int length)
        {
            length = 0;
            int header = LlcLength;
            if (!HasLlc())
            {
                return HdlcResult.Rejected;
            }

            while (true)
            {
                int part = _receiver.InformationLength - header;
                if (part > response.Length - length)
                {
                    return HdlcResult.TooLong;
                }

                Array.Copy(_receiver.Buffer, _receiver.InformationOffset + header, response, length, part);
                length += part;
                _receiveNumber = (_receiveNumber + 1) & SequenceMask;
                if (!_receiver.IsSegment)
                {
                    return HdlcResult.Ok;
                }

                Prepare(HdlcControl.ReceiveReady(_receiveNumber), 0, false);
                HdlcResult result = Ask(HdlcControl.Information(0, 0));
                if (result != HdlcResult.Ok)
                {
                    return result;
                }

                header = 0;
            }
        }

        private bool HasLlc()
        {
            byte[] buffer = _receiver.Buffer;
            int offset = _receiver.InformationOffset;
            return _receiver.InformationLength >= LlcLength
                && buffer[offset] == LlcRemote && buffer[offset + 1] == LlcResponse && buffer[offset + 2] == 0;
        }

        // Sends the prepared frame until the expected kind of frame answers it.
        private HdlcResult Ask(byte expected)
        {
            long sent = _clock.Milliseconds + _frameDuration;
            for (int attempt = 0; attempt <= _settings.Retries; attempt++)
            {
                if (attempt > 0)
                {
                    Statistics.Retransmissions++;
                }

                if (!Transmit())
                {
                    Statistics.WriteFailures++;
                    continue;
                }

                HdlcResult result = Await();
                while (result == HdlcResult.Ok)
                {
                    Statistics.FramesReceived++;
                    if (IsAnswer(expected))
                    {
                        _turnaround.Answered(_heard - sent);
                        return HdlcResult.Ok;
                    }

                    result = Judge(expected);
                    if (result == HdlcResult.Ok)
                    {
                        result = Await();
                    }
                }

                if (result != HdlcResult.NoAnswer)
                {
                    return result;
                }

                Statistics.Timeouts++;
            }

            _turnaround.Missed();
            return HdlcResult.NoAnswer;
        }

        private bool IsAnswer(byte expected)
        {
            byte control = _receiver.Control;
            if (expected == HdlcControl.Ua)
            {
                return HdlcControl.Is(control, HdlcControl.Ua);
            }

            if (HdlcControl.IsInformation(expected))
            {
                return HdlcControl.IsInformation(control)
                    && _receiver.InformationLength > 0
                    && HdlcControl.SendNumber(control) == _receiveNumber
                    && HdlcControl.ReceiveNumber(control) == _sendNumber;
            }

            return HdlcControl.IsReceiveReady(control) && HdlcControl.ReceiveNumber(control) == _sendNumber;
        }

        // A frame that is not the answer. Late doubles of earlier frames are passed over in silence: to answer each
        // would double every frame that follows.
        private HdlcResult Judge(byte expected)
        {
            byte control = _receiver.Control;
            if (HdlcControl.Is(control, HdlcControl.Dm))
            {
                return HdlcResult.Disconnected;
            }

            if (HdlcControl.Is(control, HdlcControl.Frmr))
            {
                Statistics.FrameRejects++;
                return HdlcResult.Rejected;
            }

            bool isReady = HdlcControl.IsReceiveReady(control);
            if (expected != HdlcControl.Ua
                && (isReady || HdlcControl.IsReceiveNotReady(control))
                && HdlcControl.ReceiveNumber(control) == _sendNumber)
            {
                // It has our frame, and needs time. The next attempt asks again, instead of saying it again.
                Statistics.Busy++;
                Prepare(HdlcControl.ReceiveReady(_receiveNumber), 0, false);
            }
            else if (HdlcControl.IsInformation(control)
                && HdlcControl.SendNumber(control) == ((_receiveNumber - 1) & SequenceMask))
            {
                Statistics.Duplicates++;
            }
            else
            {
                Statistics.Unexpected++;
            }

            return HdlcResult.Ok;
        }

        private void Prepare(byte control, int informationLength, bool isSegment)
        {
            _frameLength = HdlcFrame.Complete(_frame, informationLength, isSegment, _server, _client, control);
            _frameDuration = Duration(_frameLength);
        }

        // False when the line did not take all of it. What did leave is no frame to the server, and the next one begins
        // with a flag.
        private bool Transmit()
        {
            bool isTaken = _line.Write(_frame, 0, _frameLength);
            Statistics.FramesSent++;
            Statistics.BytesSent += _frameLength;
            _lastByte = _clock.Milliseconds;
            _damagedBefore = _receiver.Damaged;

            // Nothing may come for so long; from the first byte on, a longest frame has its time.
            _isHeard = false;
            _deadline = _lastByte + _frameDuration + _interOctet
                + (IsQuick ? _turnaround.Limit : _settings.ServerTurnaround);
            _latest = _deadline + _longestFrame;
            return isTaken;
        }

        // Waits for the next frame, at most until the deadline of the frame sent last. An answer that came damaged is
        // not waited for.
        private HdlcResult Await()
        {
            while (!_receiver.Next())
            {
                int count = _receiver.Fill(_line);
                long now = _clock.Milliseconds;
                if (count > 0)
                {
                    Statistics.BytesReceived += count;
                    _lastByte = now;
                    Hear(now);
                    if (_receiver.Next())
                    {
                        break;
                    }
                }
                else if (_receiver.IsInFrame && now >= _lastByte + _interOctet && _receiver.GiveUp())
                {
                    break;
                }

                if (now >= _deadline || (IsDamaged && now >= _lastByte + _interOctet))
                {
                    return HdlcResult.NoAnswer;
                }

                if (count == 0 && WaitForByte() == WaitResult.Stopping)
                {
                    return HdlcResult.Stopping;
                }
            }

            return HdlcResult.Ok;
        }

        private void Hear(long now)
        {
            _deadline = _latest;
            _heard = _isHeard ? _heard : now;
            _isHeard = true;
        }

        private WaitResult WaitForByte()
        {
            long silence = _lastByte + _interOctet;
            return _received.Wait((_receiver.IsInFrame || IsDamaged) && silence < _deadline ? silence : _deadline);
        }

        private int Duration(int bytes)
        {
            return (int)((long)bytes * BitsPerByte * 1000 / _line.BaudRate) + 1;
        }

        // What the standard has as its default goes without saying.
        private int WriteNegotiation()
        {
            int size = _settings.MaxInformation;
            if (size == DefaultInformation)
            {
                return 0;
            }

            int i = HdlcFrame.InformationOffset;
            _frame[i++] = NegotiationFormat;
            _frame[i++] = NegotiationGroup;
            int lengthAt = i++;
            i = WriteParameter(i, MaxInformationTransmit, size);
            i = WriteParameter(i, MaxInformationReceive, size);
            _frame[lengthAt] = (byte)(i - lengthAt - 1);
            return i - HdlcFrame.InformationOffset;
        }

        private int WriteParameter(int i, byte parameter, int value)
        {
            _frame[i++] = parameter;
            if (value > 0xFF)
            {
                _frame[i++] = 2;
                _frame[i++] = (byte)(value >> 8);
            }
            else
            {
                _frame[i++] = 1;
            }

            _frame[i++] = (byte)value;
            return i;
        }

        private bool ReadNegotiation()
        {
            byte[] buffer = _receiver.Buffer;
            int i = _receiver.InformationOffset;
            int end = i + _receiver.InformationLength;
            if (i == end)
            {
                return true;
            }

            if (end - i < 3 || buffer[i] != NegotiationFormat || buffer[i + 1] != NegotiationGroup
                || buffer[i + 2] != end - i - 3)
            {
                return false;
            }

            for (i += 3; i < end; i += 2 + buffer[i + 1])
            {
                if (end - i < 2 || buffer[i + 1] > end - i - 2)
                {
                    return false;
                }

                if (buffer[i] == MaxInformationReceive && !LimitTransmit(buffer, i + 2, buffer[i + 1]))
                {
                    return false;
                }
            }

            return true;
        }

        // What the server receives bounds what we send. What it sends is bounded by what we proposed: longer frames
        // are dropped by the receiver.
        private bool LimitTransmit(byte[] buffer, int offset, int count)
        {
            if (count < 1 || count > 2)
            {
                return false;
            }

            int size = count == 1 ? buffer[offset] : BigEndian.ReadU16(buffer, offset);
            _maxTransmit = size < _settings.MaxInformation ? size : _settings.MaxInformation;
            return size >= MinInformation;
        }
    }
}
