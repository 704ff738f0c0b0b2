using System;
using System.Buffers.Binary;

namespace NanoComm.Tests.Host.Flash
{
    /// <summary>Changes a metadata block and makes the checks of its commits right again, as somebody would who makes a volume up.
    /// Written for the tests: it shares nothing with the reader.</summary>
    internal static class LittleFsForger
    {
        /// <summary>Changes bytes, and mends what the changes break.</summary>
        public static void Change(Span<byte> block, (int At, byte Value)[] changes)
        {
            foreach ((int at, byte value) in changes)
            {
                block[at] ^= value;
            }

            uint before = uint.MaxValue;
            uint crc = Add(uint.MaxValue, block[..4]);
            int place = 4;
            while (place + 8 <= block.Length)
            {
                uint tag = BinaryPrimitives.ReadUInt32BigEndian(block[place..]) ^ before;
                int length = (tag & 0x3FF) == 0x3FF ? 0 : (int)(tag & 0x3FF);
                if (tag >> 31 != 0 || place + 4 + length > block.Length)
                {
                    return;
                }

                before = tag;
                crc = Add(crc, block.Slice(place, 4));
                if ((tag >> 20 & 0x780) == 0x500)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(block[(place + 4)..], crc);
                    before ^= (tag >> 20 & 1) << 31;
                    crc = uint.MaxValue;
                }
                else
                {
                    crc = Add(crc, block.Slice(place + 4, length));
                }

                place += 4 + length;
            }
        }

        /// <summary>The CRC-32 of littlefs, of more bytes.</summary>
        public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
        {
            foreach (byte value in bytes)
            {
                crc ^= value;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
                }
            }

            return crc;
        }
    }
}
