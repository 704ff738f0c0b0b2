using System;
using System.Buffers.Binary;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// An HDLC frame of format type 3 (Green Book 8.4.1), without its flags.
    /// </summary>
    /// <param name="Destination">Address it is for.</param>
    /// <param name="Source">Address it is from.</param>
    /// <param name="Control">Control field.</param>
    /// <param name="IsSegmented">More segments of the same information follow.</param>
    /// <param name="Information">Information field; empty when there is none.</param>
    public readonly record struct HdlcFrame(
        HdlcAddress Destination, HdlcAddress Source, byte Control, bool IsSegmented, ReadOnlyMemory<byte> Information)
    {
        /// <summary>Opens and closes a frame.</summary>
        public const byte Flag = 0x7E;

        /// <summary>Shortest frame between its flags: format, addresses of a byte each, control, one check sequence.</summary>
        public const int MinLength = 7;

        /// <summary>Longest frame between its flags: the format field has eleven bits for it.</summary>
        public const int MaxLength = 0x7FF;

        private const int FormatLength = 2;
        private const int ControlLength = 1;
        private const int CheckLength = 2;
        private const int FormatType3 = 0xA000;
        private const int SegmentationBit = 0x0800;

        /// <summary>The length that a format field announces, or 0 when it is not of type 3 or out of range.</summary>
        public static int LengthOf(byte first, byte second)
        {
            int length = ((first & 0x07) << 8) | second;
            return (first & 0xF0) == FormatType3 >> 8 && length >= MinLength ? length : 0;
        }

        /// <summary>Bytes from the format field to the end of the control field.</summary>
        /// <param name="bytes">What follows the opening flag, as far as it is there.</param>
        /// <returns>0 when more bytes are needed to tell, -1 when an address is none.</returns>
        public static int HeaderLengthOf(ReadOnlySpan<byte> bytes)
        {
            int length = FormatLength;
            for (int address = 0; address < 2; address++)
            {
                int part = bytes.Length < length ? 0 : HdlcAddress.LengthOf(bytes[length..]);
                if (part <= 0)
                {
                    return part;
                }

                length += part;
            }

            return length + ControlLength;
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
            int header = HeaderLengthOf(bytes);
            int minLength = header + CheckLength;
            if (header <= 0 || bytes.Length < minLength || LengthOf(bytes[0], bytes[1]) != bytes.Length
                || !EndsWithCheck(bytes))
            {
                return false;
            }

            ReadOnlySpan<byte> information = default;
            if (bytes.Length > minLength)
            {
                if (bytes.Length < minLength + CheckLength || !EndsWithCheck(bytes[..minLength]))
                {
                    return false;
                }

                information = bytes[minLength..^CheckLength];
            }

            bool isSegmented = (bytes[0] & (SegmentationBit >> 8)) != 0;
            ReadOnlySpan<byte> addresses = bytes[FormatLength..(header - ControlLength)];
            int destination = HdlcAddress.LengthOf(addresses);
            frame = new HdlcFrame(HdlcAddress.Parse(addresses[..destination]), HdlcAddress.Parse(addresses[destination..]),
                bytes[header - ControlLength], isSegmented, information.ToArray());
            return true;
        }

        /// <summary>Writes the frame with both flags.</summary>
        public byte[] ToBytes()
        {
            int header = FormatLength + Destination.Length + Source.Length + ControlLength;
            int length = header + CheckLength + (Information.IsEmpty ? 0 : Information.Length + CheckLength);
            var bytes = new byte[length + 2];
            Span<byte> frame = bytes.AsSpan(1, length);
            bytes[0] = Flag;
            bytes[^1] = Flag;
            BinaryPrimitives.WriteUInt16BigEndian(frame,
                (ushort)(FormatType3 | (IsSegmented ? SegmentationBit : 0) | length));
            Destination.Write(frame[FormatLength..]);
            Source.Write(frame[(FormatLength + Destination.Length)..]);
            frame[header - ControlLength] = Control;
            PutCheck(frame[..(header + CheckLength)]);
            if (!Information.IsEmpty)
            {
                Information.Span.CopyTo(frame[(header + CheckLength)..]);
                PutCheck(frame);
            }

            return bytes;
        }

        private static void PutCheck(Span<byte> bytes)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[^2..], Crc16.Compute(bytes[..^2]));
        }
    }
}
