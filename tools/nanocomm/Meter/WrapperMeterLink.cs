using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The client's end of the TCP wrapper of IEC 62056-47: version, two wPorts and a length before each APDU.
    /// TCP sends again by itself.</summary>
    internal sealed class WrapperMeterLink : IMeterLink
    {
        private const int HeaderLength = 8;
        private const int LengthOffset = 6;
        private const ushort Version = 1;
        private const int Patience = 5000;

        private readonly MeterChannel _channel;
        private readonly byte[] _there;
        private readonly byte[] _back;

        /// <summary>Takes a channel, which is this link's from now on.</summary>
        /// <param name="channel">The channel.</param>
        /// <param name="client">SAP of the client.</param>
        /// <param name="server">wPort of the metering unit.</param>
        public WrapperMeterLink(MeterChannel channel, byte client, byte server)
        {
            _channel = channel;
            _there = [Version >> 8, (byte)Version, 0, client, 0, server];
            _back = [Version >> 8, (byte)Version, 0, server, 0, client];
        }

        /// <inheritdoc/>
        public string Name => _channel.Name;

        /// <inheritdoc/>
        public void Connect()
        {
            _channel.Discard();
        }

        /// <inheritdoc/>
        public byte[] Exchange(byte[] apdu)
        {
            var length = new byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)apdu.Length);
            _channel.Send([.. _there, .. length, .. apdu]);
            return Listen();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _channel.Dispose();
        }

        private byte[] Listen()
        {
            var all = new List<byte>();
            long start = Stopwatch.GetTimestamp();
            while (true)
            {
                int left = Patience - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                byte[] bytes = _channel.Read(left)
                    ?? throw new UserError($"the metering unit at {Name} does not answer within {Patience / 1000} s: is it one that "
                        + "speaks the wrapper of IEC 62056-47, and is it served (it serves one peer at a time)");
                all.AddRange(bytes);
                ReadOnlySpan<byte> message = CollectionsMarshal.AsSpan(all);
                if (message.Length >= _back.Length && !message.StartsWith(_back))
                {
                    throw new UserError($"what is at {Name} does not answer in the wrapper of IEC 62056-47: for HDLC over TCP give "
                        + "tcp: in place of wrapper:");
                }

                if (message.Length >= HeaderLength
                    && message.Length >= HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(message[LengthOffset..]))
                {
                    return message[HeaderLength..].ToArray();
                }
            }
        }
    }
}
