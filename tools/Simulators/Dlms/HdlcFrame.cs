using System;
using System.Buffers.Binary;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// An HDLC frame of format type 3 with one-byte addresses (Green Book 8.4.1), without its flags.
    /// </summary>
    /// <param name="Destination">Address, 0…127.</param>
    /// <param name="Source">Address, 0…127.</param>
    /// <param name="Control">Control field.</param>
    /// <param name="IsSegmented">More segments of the same information follow.</param>
    /// <param name="Information">Information field; empty when there is none.</param>
    public readonly record struct HdlcFrame(
        byte Destination, byte Source, byte Control, bool IsSegmented, ReadOnlyMemory<byte> Information)
    {
        /// <summary>Opens and closes a frame.</summary>
        public const byte Flag = 0x7E;

        /// <summary>Shortest frame between its flags: format, addresses, control, one check sequence.</summary>
        public const int MinLength = 7;

        /// <summary>Longest frame between its flags: the format field has eleven bits for it.</summary>
        public const int MaxLength = 0x7FF;

        private const int HeaderLength = 5;
        private const int FormatType3 = 0xA000;
        private const int SegmentationBit = 0x0800;

        /// <summary>The length that a format field announces, or 0 when it is not of type 3 or out of range.</summary>
        public static int LengthOf(byte first, byte second)
        {
            int length = ((first & 0x07) << 8) | second;
            return (first & 0xF0) == FormatType3 >> 8 && length >= MinLength ? length : 0;
        }

        /// <summary>Whether the last two bytes are the check sequence of the others.</summary>
        public static bool EndsWithCheck(ReadOnlySpan<byte> bytes)
        {
            return BinaryPrimitives.ReadUInt16LittleEndian(bytes[^2..]) == Crc16.Compute(bytes[..^2]);
        }

        /// <summary>Reads a frame.</summary>
        /// <param name="bytes">What was between the flags.</param>
        /// <param name="frame">The frame; its information is a copy.</param>
        /// <returns>False when a check sequence, the length or an address is wrong.</returns>
        public static bool TryParse(ReadOnlySpan<byte> bytes, out HdlcFrame frame)
        {
            frame = default;
            if (bytes.Length < MinLength || LengthOf(bytes[0], bytes[1]) != bytes.Length
                || !EndsWithCheck(bytes) || !IsOneByte(bytes[2]) || !IsOneByte(bytes[3]))
            {
                return false;
            }

            ReadOnlySpan<byte> information = default;
            if (bytes.Length > MinLength)
            {
                if (bytes.Length < HeaderLength + 4 || !EndsWithCheck(bytes[..(HeaderLength + 2)]))
                {
                    return false;
                }

                information = bytes[(HeaderLength + 2)..^2];
            }

            bool isSegmented = (bytes[0] & (SegmentationBit >> 8)) != 0;
            frame = new HdlcFrame((byte)(bytes[2] >> 1), (byte)(bytes[3] >> 1), bytes[4], isSegmented,
                information.ToArray());
            return true;
        }

        /// <summary>Writes the frame with both flags.</summary>
        public byte[] ToBytes()
        {
            int length = MinLength + (Information.IsEmpty ? 0 : Information.Length + 2);
            var bytes = new byte[length + 2];
            Span<byte> frame = bytes.AsSpan(1, length);
            bytes[0] = Flag;
            bytes[^1] = Flag;
            BinaryPrimitives.WriteUInt16BigEndian(frame,
                (ushort)(FormatType3 | (IsSegmented ? SegmentationBit : 0) | length));
            frame[2] = (byte)((Destination << 1) | 1);
            frame[3] = (byte)((Source << 1) | 1);
            frame[4] = Control;
            PutCheck(frame[..(HeaderLength + 2)]);
            if (!Information.IsEmpty)
            {
                Information.Span.CopyTo(frame[(HeaderLength + 2)..]);
                PutCheck(frame);
            }

            return bytes;
        }

        private static bool IsOneByte(byte address)
        {
            return (address & 1) != 0;
        }

        private static void PutCheck(Span<byte> bytes)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[^2..], Crc16.Compute(bytes[..^2]));
        }
    }
}
