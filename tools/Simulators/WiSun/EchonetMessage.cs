using System;
using System.Collections.Generic;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>An ECHONET Lite frame of format 1 as a controller makes and reads it; no code of the meter's is in
    /// it.</summary>
    public sealed class EchonetMessage
    {
        /// <summary>Request to write, with response.</summary>
        public const byte SetC = 0x61;

        /// <summary>Request to read.</summary>
        public const byte Get = 0x62;

        /// <summary>Request to notify.</summary>
        public const byte InfReq = 0x63;

        /// <summary>Response to <see cref="SetC"/>.</summary>
        public const byte SetRes = 0x71;

        /// <summary>Response to <see cref="Get"/>.</summary>
        public const byte GetRes = 0x72;

        /// <summary>Notification.</summary>
        public const byte Inf = 0x73;

        private const int HeaderLength = 12;

        /// <summary>Transaction id.</summary>
        public ushort Tid { get; set; }

        /// <summary>Sender's object.</summary>
        public int Seoj { get; init; }

        /// <summary>Receiver's object.</summary>
        public int Deoj { get; init; }

        /// <summary>Service.</summary>
        public byte Esv { get; init; }

        /// <summary>Properties in order.</summary>
        public List<(byte Epc, byte[] Edt)> Properties { get; } = new();

        /// <summary>Reads a frame; null when it is not one.</summary>
        public static EchonetMessage Parse(ReadOnlySpan<byte> frame)
        {
            if (frame.Length < HeaderLength || frame[0] != 0x10 || frame[1] != 0x81)
            {
                return null;
            }

            var message = new EchonetMessage
            {
                Tid = (ushort)((frame[2] << 8) | frame[3]),
                Seoj = (frame[4] << 16) | (frame[5] << 8) | frame[6],
                Deoj = (frame[7] << 16) | (frame[8] << 8) | frame[9],
                Esv = frame[10],
            };
            int at = HeaderLength;
            for (int i = 0; i < frame[11]; i++)
            {
                if (frame.Length - at < 2 || frame.Length - at - 2 < frame[at + 1])
                {
                    return null;
                }

                message.Properties.Add((frame[at], frame.Slice(at + 2, frame[at + 1]).ToArray()));
                at += 2 + frame[at + 1];
            }

            return message;
        }

        /// <summary>Data of a property, or null without it.</summary>
        public byte[] Find(byte epc)
        {
            foreach ((byte found, byte[] edt) in Properties)
            {
                if (found == epc)
                {
                    return edt;
                }
            }

            return null;
        }

        /// <summary>Adds a property.</summary>
        public EchonetMessage With(byte epc, params byte[] edt)
        {
            Properties.Add((epc, edt));
            return this;
        }

        /// <summary>The frame.</summary>
        public byte[] ToBytes()
        {
            var bytes = new List<byte>
            {
                0x10, 0x81, (byte)(Tid >> 8), (byte)Tid, (byte)(Seoj >> 16), (byte)(Seoj >> 8), (byte)Seoj,
                (byte)(Deoj >> 16), (byte)(Deoj >> 8), (byte)Deoj, Esv, (byte)Properties.Count,
            };
            foreach ((byte epc, byte[] edt) in Properties)
            {
                bytes.Add(epc);
                bytes.Add((byte)edt.Length);
                bytes.AddRange(edt);
            }

            return bytes.ToArray();
        }
    }
}
