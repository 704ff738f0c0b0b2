namespace NanoComm.Bytes
{
    /// <summary>Numbers in network order.</summary>
    public static class BigEndian
    {
        /// <summary>Reads three bytes.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first one.</param>
        public static int ReadU24(byte[] buffer, int offset)
        {
            return (buffer[offset] << 16) | (buffer[offset + 1] << 8) | buffer[offset + 2];
        }

        /// <summary>Reads two bytes.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first one.</param>
        /// <returns>0…FFFF.</returns>
        public static int ReadU16(byte[] buffer, int offset)
        {
            return (buffer[offset] << 8) | buffer[offset + 1];
        }

        /// <summary>Reads four bytes.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first one.</param>
        public static uint ReadU32(byte[] buffer, int offset)
        {
            return ((uint)buffer[offset] << 24) | ((uint)buffer[offset + 1] << 16)
                | ((uint)buffer[offset + 2] << 8) | buffer[offset + 3];
        }

        /// <summary>Writes three bytes.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first one.</param>
        /// <param name="value">The number; its low 24 bits count.</param>
        public static void WriteU24(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)(value >> 16);
            buffer[offset + 1] = (byte)(value >> 8);
            buffer[offset + 2] = (byte)value;
        }

        /// <summary>Writes two bytes.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first one.</param>
        /// <param name="value">The number, of which the low 16 bits are written.</param>
        public static void WriteU16(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)(value >> 8);
            buffer[offset + 1] = (byte)value;
        }

        /// <summary>Writes four bytes.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first one.</param>
        /// <param name="value">The number.</param>
        public static void WriteU32(byte[] buffer, int offset, uint value)
        {
            buffer[offset] = (byte)(value >> 24);
            buffer[offset + 1] = (byte)(value >> 16);
            buffer[offset + 2] = (byte)(value >> 8);
            buffer[offset + 3] = (byte)value;
        }

        /// <summary>Writes a number in as many bytes as it is to have.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="value">The number, or the bits of a signed one; its low bytes count.</param>
        /// <param name="size">How many bytes, 1…4.</param>
        public static void Write(byte[] buffer, int offset, uint value, int size)
        {
            for (int i = offset + size - 1; i >= offset; i--)
            {
                buffer[i] = (byte)value;
                value >>= 8;
            }
        }
    }
}
