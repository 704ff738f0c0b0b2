using System;
using System.Collections.Generic;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>What SNRM proposes and UA settles, as the sender of the field sees it (Green Book 8.4.5.3.2).</summary>
    /// <param name="MaxTransmit">Longest information field that it sends.</param>
    /// <param name="MaxReceive">Longest information field that it takes.</param>
    public readonly record struct HdlcParameters(int MaxTransmit, int MaxReceive)
    {
        /// <summary>Length of the information fields where nothing else was settled.</summary>
        public const int DefaultLength = 128;

        /// <summary>Shortest that this server works with: LLC header and the start of an APDU fit.</summary>
        public const int MinLength = 16;

        /// <summary>Longest that fits into a frame.</summary>
        public const int MaxLength = 2030;

        private const byte FormatId = 0x81;
        private const byte GroupId = 0x80;
        private const byte TransmitId = 5;
        private const byte ReceiveId = 6;
        private const byte TransmitWindowId = 7;
        private const byte ReceiveWindowId = 8;

        /// <summary>What holds when the field is absent.</summary>
        public static HdlcParameters Default => new(DefaultLength, DefaultLength);

        /// <summary>Reads an information field; windows are ignored, this server's being 1.</summary>
        /// <returns>False when it is malformed or proposes less than <see cref="MinLength"/>.</returns>
        public static bool TryParse(ReadOnlySpan<byte> field, out HdlcParameters parameters)
        {
            parameters = Default;
            if (field.IsEmpty)
            {
                return true;
            }

            if (field.Length < 3 || field[0] != FormatId || field[1] != GroupId || field[2] != field.Length - 3)
            {
                return false;
            }

            for (ReadOnlySpan<byte> rest = field[3..]; !rest.IsEmpty; rest = rest[(2 + rest[1])..])
            {
                if (rest.Length < 2 || rest[1] is 0 or > 4 || rest.Length < 2 + rest[1])
                {
                    return false;
                }

                parameters = parameters.With(rest[0], Number(rest.Slice(2, rest[1])));
            }

            return parameters.MaxTransmit >= MinLength && parameters.MaxReceive >= MinLength;
        }

        /// <summary>What this side can do of what the other one proposes.</summary>
        public HdlcParameters Negotiate(HdlcParameters proposal)
        {
            return new HdlcParameters(Math.Min(MaxTransmit, proposal.MaxReceive),
                Math.Min(MaxReceive, proposal.MaxTransmit));
        }

        /// <summary>Writes an information field, windows of 1 in it.</summary>
        public byte[] ToBytes()
        {
            var field = new List<byte> { FormatId, GroupId, 0 };
            AddLength(field, TransmitId, MaxTransmit);
            AddLength(field, ReceiveId, MaxReceive);
            field.AddRange([TransmitWindowId, 4, 0, 0, 0, 1, ReceiveWindowId, 4, 0, 0, 0, 1]);
            field[2] = (byte)(field.Count - 3);
            return field.ToArray();
        }

        private static void AddLength(List<byte> field, byte id, int value)
        {
            field.AddRange(value <= 0xFF ? [id, 1, (byte)value] : [id, 2, (byte)(value >> 8), (byte)value]);
        }

        private static int Number(ReadOnlySpan<byte> bytes)
        {
            long value = 0;
            foreach (byte b in bytes)
            {
                value = (value << 8) | b;
            }

            return (int)Math.Min(value, MaxLength);
        }

        private HdlcParameters With(byte id, int value)
        {
            return id switch
            {
                TransmitId => this with { MaxTransmit = value },
                ReceiveId => this with { MaxReceive = value },
                _ => this,
            };
        }
    }
}
