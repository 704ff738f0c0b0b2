using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Hems
{
    /// <summary>An ECHONET Lite frame of format 1 as a controller makes and reads it (ECHONET Lite specification, part II,
    /// 3.2); no code of the meter's is in it.</summary>
    public sealed class EchonetMessage
    {
        /// <summary>The object that a controller speaks as.</summary>
        public const int Controller = 0x05FF01;

        /// <summary>The node profile.</summary>
        public const int NodeProfile = 0x0EF001;

        /// <summary>Response to <see cref="Get"/> of which not everything can be had.</summary>
        public const byte GetSna = 0x52;

        /// <summary>Request to write, with response.</summary>
        public const byte SetC = 0x61;

        /// <summary>Request to read.</summary>
        public const byte Get = 0x62;

        /// <summary>Response to <see cref="SetC"/>.</summary>
        public const byte SetRes = 0x71;

        /// <summary>Response to <see cref="Get"/>.</summary>
        public const byte GetRes = 0x72;

        /// <summary>Notification.</summary>
        public const byte Inf = 0x73;

        /// <summary>Notification that wants <see cref="InfCRes"/>.</summary>
        public const byte InfC = 0x74;

        /// <summary>Response to <see cref="InfC"/>.</summary>
        public const byte InfCRes = 0x7A;

        private const int HeaderLength = 12;
        private const int BitmapLength = 16;
        private const int FirstEpc = 0x80;

        /// <summary>Transaction id.</summary>
        public ushort Tid { get; set; }

        /// <summary>Sender's object.</summary>
        public int Seoj { get; init; } = Controller;

        /// <summary>Receiver's object.</summary>
        public int Deoj { get; init; }

        /// <summary>Service.</summary>
        public byte Esv { get; init; }

        /// <summary>Properties in order.</summary>
        public List<(byte Epc, byte[] Edt)> Properties { get; } = new();

        /// <summary>Whether it tells something unasked.</summary>
        public bool IsNotification => Esv is Inf or InfC;

        /// <summary>Reads a frame; null when it is none, or damaged.</summary>
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

            return at == frame.Length ? message : null;
        }

        /// <summary>The EPCs of a property map (appendix of the specification, property map description form).</summary>
        /// <param name="map">9D, 9E or 9F; null for none.</param>
        /// <returns>Nothing, when it is damaged.</returns>
        public static IReadOnlySet<byte> ParseMap(byte[] map)
        {
            if (map == null || map.Length != 1 + (map[0] < BitmapLength ? map[0] : BitmapLength))
            {
                return new HashSet<byte>();
            }

            return map[0] < BitmapLength
                ? map.Skip(1).ToHashSet()
                : Enumerable.Range(FirstEpc, 0x80).Where(epc => (map[1 + (epc & 0x0F)] & (1 << ((epc >> 4) - 8))) != 0)
                    .Select(epc => (byte)epc).ToHashSet();
        }

        /// <summary>Data of a property; null without it, and where it has none, as one that is refused.</summary>
        public byte[] Find(byte epc)
        {
            return Properties.FirstOrDefault(property => property.Epc == epc).Edt is { Length: > 0 } edt ? edt : null;
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
