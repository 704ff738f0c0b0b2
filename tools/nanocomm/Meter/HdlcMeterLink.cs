using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tool
{
    /// <summary>The client's end of HDLC in normal response mode, window 1, with the LLC header before each APDU.</summary>
    internal sealed class HdlcMeterLink : IMeterLink
    {
        private const int Attempts = 3;
        private const int Turnaround = 1500;
        private const int BitsPerByte = 10;
        private const int LongestFrame = 160;
        private const int Modulus = 8;

        private static readonly byte[] Command = [0xE6, 0xE6, 0x00];
        private static readonly byte[] Response = [0xE6, 0xE7, 0x00];

        private readonly MeterChannel _channel;
        private readonly byte _client;
        private readonly byte _server;
        private readonly int _patience;
        private int _maxTransmit;
        private int _send;
        private int _receive;

        /// <summary>Takes a channel, which is this link's from now on.</summary>
        /// <param name="channel">The channel.</param>
        /// <param name="client">SAP of the client.</param>
        /// <param name="server">HDLC address of the metering unit, 1…127.</param>
        /// <param name="baud">Bits per second of the line.</param>
        public HdlcMeterLink(MeterChannel channel, byte client, byte server, int baud)
        {
            _channel = channel;
            _client = client;
            _server = server;
            _patience = Turnaround + (2 * LongestFrame * BitsPerByte * 1000 / baud);
        }

        /// <inheritdoc/>
        public string Name => _channel.Name;

        /// <inheritdoc/>
        public void Connect()
        {
            _send = 0;
            _receive = 0;
            HdlcParameters own = HdlcParameters.Default;
            HdlcFrame answer = Ask(HdlcControl.Snrm, default, false);
            if (answer.Control != HdlcControl.Ua || !HdlcParameters.TryParse(answer.Information.Span, out HdlcParameters settled))
            {
                throw Nonsense("it does not open the link");
            }

            _maxTransmit = own.Negotiate(settled).MaxTransmit;
        }

        /// <inheritdoc/>
        public byte[] Exchange(byte[] apdu)
        {
            byte[] rest = [.. Command, .. apdu];
            HdlcFrame answer = default;
            while (rest.Length > 0)
            {
                byte[] segment = rest[..Math.Min(rest.Length, _maxTransmit)];
                rest = rest[segment.Length..];
                answer = Ask(HdlcControl.Information(_receive, _send), segment, rest.Length > 0);
                _send = (_send + 1) % Modulus;
                if (rest.Length > 0 && !HdlcControl.IsReceiveReady(answer.Control))
                {
                    throw Closed(answer);
                }
            }

            return Collect(answer);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _channel.Send(Frame(HdlcControl.Disc, default, false));
            _channel.Dispose();
        }

        private byte[] Collect(HdlcFrame answer)
        {
            var all = new List<byte>();
            while (true)
            {
                if (!HdlcControl.IsInformation(answer.Control) || HdlcControl.SendNumber(answer.Control) != _receive)
                {
                    throw Closed(answer);
                }

                _receive = (_receive + 1) % Modulus;
                all.AddRange(answer.Information.Span);
                if (!answer.IsSegmented)
                {
                    break;
                }

                answer = Ask(HdlcControl.ReceiveReady(_receive), default, false);
            }

            return all.Take(Response.Length).SequenceEqual(Response) ? all.Skip(Response.Length).ToArray()
                : throw Nonsense("no LLC header");
        }

        private byte[] Frame(byte control, ReadOnlyMemory<byte> information, bool isSegmented)
        {
            return new HdlcFrame(_server, _client, control, isSegmented, information).ToBytes();
        }

        // What stays without an answer is sent again: who had it already answers what it answered before.
        private HdlcFrame Ask(byte control, ReadOnlyMemory<byte> information, bool isSegmented)
        {
            byte[] frame = Frame(control, information, isSegmented);
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                _channel.Discard();
                _channel.Send(frame);
                if (Listen() is HdlcFrame answer)
                {
                    return answer;
                }
            }

            throw new UserError($"the metering unit at {Name} does not answer: look whether it has power, is the one at that line and "
                + $"has the HDLC address {_server}, and whether the bit rate is right (--baud), and nobody else uses the line");
        }

        private HdlcFrame? Listen()
        {
            var frames = new HdlcDeframer();
            long start = Stopwatch.GetTimestamp();
            int left = _patience;
            while (left > 0 && _channel.Read(left) is byte[] bytes)
            {
                foreach (HdlcFrame frame in frames.Push(bytes))
                {
                    if (frame.Destination.Upper == _client && frame.Source.Upper == _server)
                    {
                        return frame;
                    }
                }

                left = _patience - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            return null;
        }

        private UserError Closed(HdlcFrame answer)
        {
            return answer.Control == HdlcControl.Dm
                ? new UserError($"the metering unit at {Name} has closed the link in the middle, as after a power cut: try again")
                : Nonsense($"control field {answer.Control:X2}");
        }

        private UserError Nonsense(string what)
        {
            return new UserError($"the metering unit at {Name} answers what makes no sense in HDLC ({what}): is it one, and does "
                + "nobody else use the line");
        }
    }
}
