using NanoComm.Bytes;

namespace NanoComm.Dlms
{
    /// <summary>
    /// The HDLC frame, format type 3 (IEC 62056-46, 6.4.3), with addresses of one byte:
    /// 7E | format and length 2 | destination | source | control | HCS 2 | information | FCS 2 | 7E.
    /// Without information there is no HCS either. The length counts everything between the flags.
    /// </summary>
    public static class HdlcFrame
    {
        /// <summary>Opens and closes a frame; one may do both.</summary>
        public const byte Flag = 0x7E;

        /// <summary>Offset of the format field, from the opening flag.</summary>
        public const int FormatOffset = 1;

        /// <summary>Offset of the destination address.</summary>
        public const int DestinationOffset = 3;

        /// <summary>Offset of the source address.</summary>
        public const int SourceOffset = 4;

        /// <summary>Offset of the control field.</summary>
        public const int ControlOffset = 5;

        /// <summary>Offset of the information, when there is any.</summary>
        public const int InformationOffset = 8;

        /// <summary>Bytes of a frame around its information, both flags counted.</summary>
        public const int Overhead = InformationOffset + Crc16.Length + 1;

        /// <summary>The smallest length field: a frame without information.</summary>
        public const int MinLength = 7;

        /// <summary>The smallest length field of a frame with information.</summary>
        public const int MinLengthWithInformation = MinLength + Crc16.Length + 1;

        /// <summary>Format type 3 in the first byte of the format field, with the segmentation bit left out.</summary>
        public const byte FormatType = 0xA0;

        /// <summary>The bits of <see cref="FormatType"/>.</summary>
        public const byte FormatTypeMask = 0xF0;

        /// <summary>Says that the APDU goes on in the next frame.</summary>
        public const byte SegmentationBit = 0x08;

        /// <summary>The high bits of the length, in the first byte of the format field.</summary>
        public const byte LengthHighMask = 0x07;

        private const int HeaderLength = 5;

        /// <summary>Makes the address byte of an address (7 bits, with the end mark).</summary>
        /// <param name="address">0…127.</param>
        public static byte Address(int address)
        {
            return (byte)((address << 1) | 1);
        }

        /// <summary>Completes a frame around the information that already stands in it.</summary>
        /// <param name="frame">The frame from index 0, with its information at <see cref="InformationOffset"/>.</param>
        /// <param name="informationLength">Bytes of information; 0 for none. The frame has room for
        /// <see cref="Overhead"/> bytes more.</param>
        /// <param name="isSegment">Whether the APDU goes on in the next frame.</param>
        /// <param name="destination">Address byte of the receiver.</param>
        /// <param name="source">Address byte of the sender.</param>
        /// <param name="control">Control field.</param>
        /// <returns>The length of the frame in bytes, both flags counted.</returns>
        public static int Complete(
            byte[] frame, int informationLength, bool isSegment, byte destination, byte source, byte control)
        {
            int length = informationLength == 0 ? MinLength : MinLength + Crc16.Length + informationLength;
            frame[0] = Flag;
            frame[FormatOffset] = (byte)(FormatType | (isSegment ? SegmentationBit : 0) | (length >> 8));
            frame[FormatOffset + 1] = (byte)length;
            frame[DestinationOffset] = destination;
            frame[SourceOffset] = source;
            frame[ControlOffset] = control;
            if (informationLength != 0)
            {
                Crc16.Append(frame, FormatOffset, HeaderLength);
            }

            Crc16.Append(frame, FormatOffset, length - Crc16.Length);
            frame[FormatOffset + length] = Flag;
            return length + 2;
        }

        /// <summary>Whether the header check sequence of a frame is right.</summary>
        /// <param name="buffer">Holds at least the frame's first <see cref="InformationOffset"/> bytes.</param>
        /// <param name="offset">The opening flag.</param>
        public static bool IsHeaderGood(byte[] buffer, int offset)
        {
            return Crc16.Matches(buffer, offset + FormatOffset, HeaderLength);
        }

        /// <summary>The length field of a frame.</summary>
        /// <param name="buffer">Holds at least the frame's first 3 bytes.</param>
        /// <param name="offset">The opening flag.</param>
        /// <returns>0…2047: the bytes between the flags.</returns>
        public static int Length(byte[] buffer, int offset)
        {
            return ((buffer[offset + FormatOffset] & LengthHighMask) << 8) | buffer[offset + FormatOffset + 1];
        }
    }
}
